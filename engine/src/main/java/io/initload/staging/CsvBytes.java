package io.initload.staging;

import io.initload.mapping.FieldRule;
import io.initload.mapping.canonical.Written;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one record as they are written: UTF-8, with what a field needs quoted. CR LF and
 * lone CR inside values become LF; what becomes of other controls, the judge says. Reused from
 * record to record. Not thread-safe.
 */
final class CsvBytes {
  /**
   * Bytes of the longest record: above what Salesforce takes (400,000 characters), so that nothing
   * loadable is refused here, and small enough to keep memory flat.
   */
  static final int BYTES_MAX = 4_000_000;

  private static final byte[] NULL = FieldRule.NULL.getBytes(StandardCharsets.US_ASCII);
  private static final int SMALL = 64;
  private static final int KEPT_BYTES = 1_000_000;

  /** What a driver makes of bytes that are no text in the database's character set. */
  private static final char REPLACEMENT = '\ufffd';

  private final FieldJudge judge;
  private byte[] bytes = new byte[4096];
  private int length;
  private int fieldStart;
  private boolean quote;
  private boolean afterCr;
  private Written written = Written.TEXT;
  private int counted;
  private int characters;

  CsvBytes(FieldJudge judge) {
    this.judge = judge;
  }

  void clear() {
    counted = 0;
    characters = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[4096];
    }
    length = 0;
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void beginField() {
    fieldStart = length;
    quote = false;
    afterCr = false;
    written = Written.TEXT;
  }

  /** Cuts or refuses what is too long, quotes what has to be, and writes the comma. */
  void endField(FieldIndex index) {
    if (judge.mayCut(length - fieldStart)) {
      fit();
    }
    if (length - fieldStart == NULL.length && isNull() && judge.omitsNull()) {
      length = fieldStart;
    }
    if (length == fieldStart) {
      text(judge.absent());
    }
    if (quote) {
      quoteField();
    }
    index.add(fieldStart, length, quote, written);
    ensure(1);
    bytes[length++] = ',';
  }

  private boolean isNull() {
    return Arrays.equals(bytes, fieldStart, length, NULL, 0, NULL.length);
  }

  /** UTF-16 units of the finished fields, with the commas between them, as Salesforce counts. */
  int characters() {
    for (; counted < length; counted++) {
      characters += units(bytes[counted] & 0xff);
    }
    return characters - 1;
  }

  /** What the first byte of a character stands for; the others for nothing. */
  private static int units(int b) {
    return (b & 0xc0) == 0x80 ? 0 : b >= 0xf0 ? 2 : 1;
  }

  /** Writes the line's end over the last comma. */
  void endRecord() {
    bytes[length - 1] = '\n';
  }

  /**
   * Writes a record of one empty field: an empty line would be no record to most readers.
   *
   * @return the position after the field's last byte
   */
  int quotedNothing() {
    ensure(2);
    bytes[0] = '"';
    bytes[1] = '"';
    length = 3;
    return 2;
  }

  /** Counts the field's characters as Salesforce does, and has those beyond cut or refused. */
  private void fit() {
    int units = 0;
    int cut = length;
    for (int i = fieldStart; i < length; i++) {
      int more = units(bytes[i] & 0xff);
      units += more;
      if (more > 0 && units > judge.characters() && cut == length) {
        cut = i;
      }
    }
    if (cut < length && judge.cuts(units)) {
      written = Written.TEXT;
      length = cut;
    }
  }

  void text(CharSequence value) {
    written = Written.TEXT;
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
          int instead = judge.control(c);
          if (instead >= 0) {
            out[p++] = (byte) instead;
          }
        }
      } else if (c < 0x800) {
        out[p++] = (byte) (0xc0 | (c >> 6));
        out[p++] = (byte) (0x80 | (c & 0x3f));
      } else if (c < 0xd800 || c > 0xdfff) {
        if (c == REPLACEMENT) {
          judge.altered("MALFORMED_TEXT");
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
        judge.unpaired(c);
        out[p++] = (byte) 0xef;
        out[p++] = (byte) 0xbf;
        out[p++] = (byte) 0xbd;
      }
    }
    length = p;
  }

  void utf8(byte[] buffer, int offset, int count) {
    written = Written.TEXT;
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
      } else if (b < 0) {
        int whole = Utf8.character(buffer, i, to);
        if (whole == 0) {
          length = p;
          noUtf8(buffer, i, to);
          return;
        }
        for (int end = i + whole; i < end - 1; i++) {
          out[p++] = buffer[i];
        }
        out[p++] = buffer[i];
      } else if (b == '\t') {
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
        int instead = judge.control(b);
        if (instead >= 0) {
          out[p++] = (byte) instead;
        }
      }
    }
    length = p;
  }

  /** Refuses the rest of a value, and writes it as far as it can be read, for people. */
  private void noUtf8(byte[] buffer, int from, int to) {
    judge.noText("the byte 0x%02X, which is not UTF-8".formatted(buffer[from]));
    text(new String(buffer, from, to - from, StandardCharsets.UTF_8));
  }

  /** What is written is the whole of the field, or a piece of a text. */
  private void alone(Written as) {
    written = length == fieldStart ? as : Written.TEXT;
  }

  void decimal(long unscaled, int scale) {
    alone(Written.NUMBER);
    if (ensure(24L + Math.abs(scale))) {
      length = Digits.decimal(bytes, length, unscaled, scale);
    }
  }

  void date(int year, int month, int day) {
    alone(Written.DATE);
    if (ensure(20)) {
      length = Digits.date(bytes, length, year, month, day);
    }
  }

  void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    alone(Written.MOMENT);
    if (ensure(40)) {
      int p = Digits.date(bytes, length, year, month, day);
      bytes[p++] = 'T';
      length = Digits.time(bytes, p, hour, minute, second, nanos);
    }
  }

  void time(int hour, int minute, int second, int nanos) {
    written = Written.TEXT;
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
      judge.tooLong();
      return false;
    }
    bytes = Arrays.copyOf(bytes, (int) Math.max(need, Math.min(3L * BYTES_MAX, bytes.length * 2L)));
    return true;
  }
}
