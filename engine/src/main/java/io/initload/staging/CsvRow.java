package io.initload.staging;

import io.initload.config.ValuePolicy;
import io.initload.mapping.FieldRule;
import io.initload.mapping.FieldSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One CSV record, encoded straight to bytes: RFC 4180, LF, minimal quoting, UTF-8. CR LF and lone
 * CR inside values become LF; NUL and the C0 controls other than TAB and LF are dropped and counted
 * (docs/reference/oracle.md, "Text"); U+FFFD, where bytes of the source were no text, is kept and
 * counted. An unpaired surrogate or an absurd length makes the row unstageable, which {@link
 * #problem()} tells; the texts of its fields can be had all the same.
 *
 * <p>Written by hand because it is the hot loop: twice the rate of the best library
 * (docs/reference/performance.md, "CSV encoding"). Reused from row to row. Not thread-safe.
 */
public final class CsvRow implements FieldSink {
  /**
   * Bytes of the longest record: above what Salesforce takes (400,000 characters), so that nothing
   * loadable is refused here, and small enough to keep memory flat.
   */
  public static final int BYTES_MAX = 4_000_000;

  private static final int DIGITS_MAX = 400;

  /** What a driver makes of bytes that are no text in the database's character set. */
  private static final char REPLACEMENT = '\ufffd';

  /** Salesforce holds 1700-01-01 to 4000-12-31 (docs/reference/salesforce.md, "CSV and values"). */
  private static final int YEAR_MIN = 1700;

  private static final int YEAR_MAX = 4001;
  private static final int SMALL = 64;
  private static final int KEPT_BYTES = 1_000_000;

  private final long bytesMax;
  private byte[] bytes = new byte[4096];
  private int length;
  private int fieldStart;
  private boolean quote;
  private boolean afterCr;
  private boolean ended;
  private int fields;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] quoted = new boolean[64];
  private long dropped;
  private String problem = "";
  private String problemCode = "";
  private FieldRule[] rules = {};
  private FieldRule rule = FieldRule.NONE;
  private final List<Alteration> alterations = new ArrayList<>();

  public CsvRow() {
    this(BYTES_MAX);
  }

  /**
   * @param bytesMax bytes of the longest record that is stageable, at most {@link #BYTES_MAX}
   */
  CsvRow(long bytesMax) {
    this.bytesMax = Math.min(BYTES_MAX, bytesMax);
  }

  /** What the fields of all rows from now on may hold, by index; those beyond have no rule. */
  public void rules(List<FieldRule> all) {
    rules = all.toArray(FieldRule[]::new);
  }

  /** Values of this row that are not as they were read. */
  public List<Alteration> alterations() {
    return alterations.isEmpty() ? List.of() : List.copyOf(alterations);
  }

  /** Forgets the row. */
  public void clear() {
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[4096];
    }
    length = 0;
    fields = 0;
    ended = false;
    dropped = 0;
    problem = "";
    problemCode = "";
    alterations.clear();
  }

  /** Why the row cannot be staged; empty when it can. */
  public Optional<String> problem() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }

  /** The kind of {@link #problem()}; empty when there is none. */
  public String problemCode() {
    return problemCode;
  }

  /** Control characters left out of this row. */
  public long droppedControls() {
    return dropped;
  }

  /** Fields written so far. */
  public int size() {
    return fields;
  }

  /** The text of a finished field, unquoted, as a reader of the CSV will see it. */
  public String field(int index) {
    if (index < 0 || index >= fields) {
      throw new IndexOutOfBoundsException("field " + index + " of " + fields);
    }
    if (!quoted[index]) {
      return new String(bytes, starts[index], ends[index] - starts[index], StandardCharsets.UTF_8);
    }
    int from = starts[index] + 1;
    int to = ends[index] - 1;
    byte[] plain = new byte[to - from];
    int n = 0;
    for (int i = from; i < to; i++) {
      plain[n++] = bytes[i];
      if (bytes[i] == '"') {
        i++;
      }
    }
    return new String(plain, 0, n, StandardCharsets.UTF_8);
  }

  /** The texts of all finished fields. */
  public List<String> texts() {
    List<String> all = new ArrayList<>(fields);
    for (int i = 0; i < fields; i++) {
      all.add(field(i));
    }
    return all;
  }

  /** Bytes of the record including its line end. Ends the row. */
  int end() {
    if (!ended) {
      if (fields == 0) {
        throw new IllegalStateException("a record needs at least one field");
      }
      if (fields == 1 && ends[0] == 0) {
        // An empty line would be no record to most readers.
        ensure(2);
        bytes[0] = '"';
        bytes[1] = '"';
        length = 3;
        ends[0] = 2;
        quoted[0] = true;
      }
      bytes[length - 1] = '\n';
      ended = true;
    }
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  void unstageable(String why) {
    unstageable("UNSTAGEABLE", why);
  }

  private void unstageable(String code, String why) {
    if (problem.isEmpty()) {
      problem = why;
      problemCode = code;
    }
  }

  private void altered(String code) {
    Alteration now = new Alteration(fields, code);
    if (!alterations.contains(now)) {
      alterations.add(now);
    }
  }

  /** Treats a control character; says what is written in its place, or -1 for nothing. */
  private int control(int c) {
    switch (rule.controls()) {
      case DROP -> {
        dropped++;
        altered("CONTROLS_REMOVED");
        return -1;
      }
      case SPACE -> {
        altered("CONTROLS_REMOVED");
        return ' ';
      }
      case REJECT ->
          unstageable(
              "CONTROL_CHARACTER",
              "field %d holds the control character U+%04X".formatted(fields + 1, c));
    }
    return -1;
  }

  /** Whether a date outside the range is to be written as the nearest one inside. */
  private boolean clamped(String what) {
    switch (rule.dates()) {
      case CLAMP -> {
        altered("DATE_CLAMPED");
        return true;
      }
      case EMPTY -> altered("DATE_EMPTIED");
      case SEND, REJECT ->
          unstageable(
              "DATE_OUT_OF_RANGE",
              "field %d holds %s; Salesforce takes 1700 to 4000".formatted(fields + 1, what));
    }
    return false;
  }

  /** Whether the date is outside the range and dealt with. */
  private boolean settled(int year, boolean timed, String what) {
    if (rule.dates() == ValuePolicy.Dates.SEND || (year >= YEAR_MIN && year < YEAR_MAX)) {
      return false;
    }
    if (clamped(what.isEmpty() ? "a date of the year " + year : what)) {
      text((year < YEAR_MIN ? "1700-01-01" : "4000-12-31") + (timed ? "T00:00:00.000Z" : ""));
    }
    return true;
  }

  /** Counts the field's characters as Salesforce does, and cuts or refuses those beyond. */
  private void fit() {
    int units = 0;
    int cut = length;
    for (int i = fieldStart; i < length; i++) {
      int b = bytes[i] & 0xff;
      if ((b & 0xc0) != 0x80) {
        units += b >= 0xf0 ? 2 : 1;
        if (units > rule.characters() && cut == length) {
          cut = i;
        }
      }
    }
    if (cut == length) {
      return;
    }
    if (rule.tooLong() == ValuePolicy.TooLong.TRUNCATE) {
      length = cut;
      altered("TEXT_TRUNCATED");
    } else {
      unstageable(
          "TEXT_TOO_LONG",
          "field %d holds %,d characters and takes %,d"
              .formatted(fields + 1, units, rule.characters()));
    }
  }

  @Override
  public void beginField() {
    rule = fields < rules.length ? rules[fields] : FieldRule.NONE;
    fieldStart = length;
    quote = false;
    afterCr = false;
  }

  @Override
  public void endField() {
    if (fields == starts.length) {
      starts = Arrays.copyOf(starts, fields * 2);
      ends = Arrays.copyOf(ends, fields * 2);
      quoted = Arrays.copyOf(quoted, fields * 2);
    }
    if (rule.tooLong() != ValuePolicy.TooLong.SEND
        && rule.characters() > 0
        && length - fieldStart > rule.characters()) {
      fit();
    }
    if (quote) {
      quoteField();
    }
    starts[fields] = fieldStart;
    ends[fields] = length;
    quoted[fields] = quote;
    fields++;
    ensure(1);
    bytes[length++] = ',';
    if (length > bytesMax) {
      tooLong();
    }
  }

  @Override
  public void text(CharSequence value) {
    int n = value.length();
    if (!ensure(3L * n)) {
      return;
    }
    int i = 0;
    if (afterCr && n > 0) {
      afterCr = false;
      i = value.charAt(0) == '\n' ? 1 : 0;
    }
    byte[] out = bytes;
    int p = length;
    for (; i < n; i++) {
      char c = value.charAt(i);
      if (c >= 0x7f || c < ' ' || c == ',' || c == '"') {
        break;
      }
      out[p++] = (byte) c;
    }
    length = p;
    if (i < n) {
      anyText(value, i, n);
    }
  }

  private void anyText(CharSequence value, int from, int to) {
    byte[] out = bytes;
    int p = length;
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        if (c >= ' ') {
          if (c == ',' || c == '"') {
            quote = true;
          }
          out[p++] = (byte) c;
        } else if (c == '\n' || c == '\t') {
          quote |= c == '\n';
          out[p++] = (byte) c;
        } else if (c == '\r') {
          quote = true;
          out[p++] = '\n';
          if (i + 1 == to) {
            afterCr = true;
          } else if (value.charAt(i + 1) == '\n') {
            i++;
          }
        } else {
          int instead = control(c);
          if (instead >= 0) {
            out[p++] = (byte) instead;
          }
        }
      } else if (c < 0x800) {
        out[p++] = (byte) (0xc0 | (c >> 6));
        out[p++] = (byte) (0x80 | (c & 0x3f));
      } else if (c < 0xd800 || c > 0xdfff) {
        if (c == REPLACEMENT) {
          altered("MALFORMED_TEXT");
        }
        out[p++] = (byte) (0xe0 | (c >> 12));
        out[p++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        out[p++] = (byte) (0x80 | (c & 0x3f));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        out[p++] = (byte) (0xf0 | (point >> 18));
        out[p++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        out[p++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        out[p++] = (byte) (0x80 | (point & 0x3f));
      } else {
        unstageable(
            "field %d holds an unpaired surrogate (U+%04X), which no UTF-8 text can hold"
                .formatted(fields + 1, (int) c));
        out[p++] = (byte) 0xef;
        out[p++] = (byte) 0xbf;
        out[p++] = (byte) 0xbd;
      }
    }
    length = p;
  }

  @Override
  public void utf8(byte[] buffer, int offset, int count) {
    if (!ensure(count)) {
      return;
    }
    int i = offset;
    int to = offset + count;
    if (afterCr && i < to) {
      afterCr = false;
      if (buffer[i] == '\n') {
        i++;
      }
    }
    byte[] out = bytes;
    int p = length;
    for (; i < to; i++) {
      byte b = buffer[i];
      if (b >= ' ') {
        if (b == ',' || b == '"') {
          quote = true;
        }
        out[p++] = b;
      } else if (b < 0 || b == '\t') {
        out[p++] = b;
      } else if (b == '\n') {
        quote = true;
        out[p++] = b;
      } else if (b == '\r') {
        quote = true;
        out[p++] = '\n';
        if (i + 1 == to) {
          afterCr = true;
        } else if (buffer[i + 1] == '\n') {
          i++;
        }
      } else {
        int instead = control(b);
        if (instead >= 0) {
          out[p++] = (byte) instead;
        }
      }
    }
    length = p;
  }

  @Override
  public void number(long unscaled, int scale) {
    if (scale < -DIGITS_MAX || scale > DIGITS_MAX) {
      number(BigDecimal.valueOf(unscaled, scale));
      return;
    }
    if (ensure(24L + Math.abs(scale))) {
      length = Digits.decimal(bytes, length, unscaled, scale);
    }
  }

  @Override
  public void number(BigDecimal value) {
    if (value.precision() <= 18 && Math.abs(value.scale()) <= DIGITS_MAX) {
      number(value.unscaledValue().longValue(), value.scale());
      return;
    }
    BigDecimal plain = value.stripTrailingZeros();
    if (Math.abs((long) plain.scale()) > DIGITS_MAX || plain.precision() > DIGITS_MAX) {
      unstageable("field %d holds a number of absurd size".formatted(fields + 1));
      text(plain.toString());
      return;
    }
    text(plain.toPlainString());
  }

  @Override
  public void noNumber() {
    altered("NUMBER_EMPTIED");
  }

  @Override
  public void bool(boolean value) {
    text(value ? "true" : "false");
  }

  @Override
  public void date(int year, int month, int day) {
    if (!settled(year, false, "") && ensure(20)) {
      length = Digits.date(bytes, length, year, month, day);
    }
  }

  @Override
  public void noDate(int year, boolean timed, String what) {
    if (rule.dates() == ValuePolicy.Dates.EMPTY) {
      altered("DATE_EMPTIED");
    } else if (!settled(year, timed, what)) {
      unstageable("DATE_INVALID", "field %d cannot be %s".formatted(fields + 1, what));
    }
  }

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    if (!settled(year, true, "") && ensure(40)) {
      int p = Digits.date(bytes, length, year, month, day);
      bytes[p++] = 'T';
      length = Digits.time(bytes, p, hour, minute, second, nanos);
    }
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    if (ensure(16)) {
      length = Digits.time(bytes, length, hour, minute, second, nanos);
    }
  }

  private void quoteField() {
    int quotes = 2;
    for (int i = fieldStart; i < length; i++) {
      if (bytes[i] == '"') {
        quotes++;
      }
    }
    if (!ensure(quotes)) {
      // Keeps the record well formed for whoever reads its texts; it is never staged.
      length = fieldStart;
      quote = false;
      return;
    }
    int from = length - 1;
    int to = length + quotes - 1;
    length = to + 1;
    bytes[to--] = '"';
    while (from >= fieldStart) {
      byte b = bytes[from--];
      bytes[to--] = b;
      if (b == '"') {
        bytes[to--] = '"';
      }
    }
    bytes[to] = '"';
  }

  /**
   * Makes room; false when the record would become longer than anything that can be loaded. A few
   * bytes are always granted, so that such a record stays well formed for whoever reads its texts.
   */
  private boolean ensure(long more) {
    long need = length + more + 2;
    if (need <= bytes.length) {
      return true;
    }
    if (more > SMALL && need > 3L * BYTES_MAX) {
      tooLong();
      return false;
    }
    bytes = Arrays.copyOf(bytes, (int) Math.max(need, Math.min(3L * BYTES_MAX, bytes.length * 2L)));
    return true;
  }

  private void tooLong() {
    unstageable("the record is longer than %,d bytes, more than can be loaded".formatted(bytesMax));
  }
}
