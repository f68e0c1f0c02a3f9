package io.initload.staging;

import io.initload.mapping.FieldRule;
import io.initload.mapping.FieldSink;
import io.initload.mapping.canonical.ByteText;
import io.initload.mapping.canonical.Written;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One CSV record, encoded straight to bytes: RFC 4180, LF, minimal quoting, UTF-8. CR LF and lone
 * CR inside values become LF; NUL and the C0 controls other than TAB and LF are dropped and counted
 * (docs/reference/oracle.md, "Text"); U+FFFD, where bytes of the source were no text, is kept and
 * counted. An unpaired surrogate, bytes that are not UTF-8 or an absurd length make the row
 * unstageable, which {@link #problem()} tells; the texts of its fields can be had all the same.
 *
 * <p>Written by hand because it is the hot loop: twice the rate of the best library
 * (docs/reference/performance.md, "CSV encoding"). Reused from row to row. Not thread-safe.
 */
public final class CsvRow implements FieldSink {
  private static final int DIGITS_MAX = 400;

  private final RowAccount account = new RowAccount();
  private final FieldIndex index = new FieldIndex();
  private final FieldJudge judge;
  private final CsvBytes bytes;
  private boolean ended;

  public CsvRow() {
    this(CsvBytes.BYTES_MAX);
  }

  /**
   * @param bytesMax bytes of the longest record that is stageable, at most {@link
   *     CsvBytes#BYTES_MAX}
   */
  CsvRow(long bytesMax) {
    judge = new FieldJudge(account, Math.min(CsvBytes.BYTES_MAX, bytesMax));
    bytes = new CsvBytes(judge);
  }

  /** What the fields of all rows from now on may hold, by index; those beyond have no rule. */
  public void rules(List<FieldRule> all) {
    judge.rules(all);
  }

  /** Values of this row that are not as they were read. */
  public List<Alteration> alterations() {
    return account.alterations();
  }

  /** Forgets the row. */
  public void clear() {
    bytes.clear();
    index.clear();
    account.clear();
    ended = false;
  }

  /** Why the row cannot be staged; empty when it can. */
  public Optional<String> problem() {
    return account.problem().isEmpty() ? Optional.empty() : Optional.of(account.problem());
  }

  /** The kind of {@link #problem()}; empty when there is none. */
  public String problemCode() {
    return account.problemCode();
  }

  /** Fields written so far. */
  public int size() {
    return index.size();
  }

  /** The text of a finished field, unquoted, as a reader of the CSV will see it. */
  public String field(int at) {
    return index.text(bytes.array(), at);
  }

  /** Shows the text of a finished field without making a copy of it, until the row is changed. */
  public void show(int at, ByteText into) {
    index.show(bytes.array(), at, into);
  }

  /** The texts of all finished fields. */
  public List<String> texts() {
    return IntStream.range(0, index.size()).mapToObj(this::field).toList();
  }

  /** Bytes of the record including its line end. Ends the row. */
  int end() {
    if (!ended) {
      if (index.size() == 0) {
        throw new IllegalStateException("a record needs at least one field");
      }
      if (index.isNothing()) {
        index.clear();
        index.add(0, bytes.quotedNothing(), true, Written.TEXT);
      }
      bytes.endRecord();
      ended = true;
    }
    return bytes.length();
  }

  byte[] bytes() {
    return bytes.array();
  }

  @Override
  public void beginField() {
    judge.begin(index.size());
    bytes.beginField();
  }

  @Override
  public void endField() {
    bytes.endField(index);
    judge.length(bytes.length());
    if (bytes.length() > FieldJudge.ROW_CHARACTERS_MAX) {
      judge.rowCharacters(bytes.characters());
    }
  }

  @Override
  public void text(CharSequence value) {
    bytes.text(value);
  }

  @Override
  public void utf8(byte[] buffer, int offset, int count) {
    bytes.utf8(buffer, offset, count);
  }

  @Override
  public void noText(String what) {
    judge.noText(what);
  }

  @Override
  public void number(long unscaled, int scale) {
    if (scale < -DIGITS_MAX || scale > DIGITS_MAX) {
      number(BigDecimal.valueOf(unscaled, scale));
    } else {
      bytes.decimal(unscaled, scale);
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
      judge.tooBigANumber();
      text(plain.toString());
      return;
    }
    text(plain.toPlainString());
  }

  @Override
  public void noNumber() {
    judge.altered("NUMBER_EMPTIED");
  }

  @Override
  public void noParent() {
    judge.altered("ORPHAN_EMPTIED");
  }

  @Override
  public void noName() {
    judge.altered("NAME_FALLBACK");
  }

  @Override
  public void refused(String code, String what) {
    judge.refuse(code, what);
  }

  @Override
  public void bool(boolean value) {
    text(value ? "true" : "false");
  }

  @Override
  public void date(int year, int month, int day) {
    if (judge.outOfRange(year)) {
      text(judge.insteadOfDate(year, false, ""));
    } else {
      bytes.date(year, month, day);
    }
  }

  @Override
  public void noDate(int year, boolean timed, String what) {
    text(judge.insteadOfNoDate(year, timed, what));
  }

  @Override
  public void noTime(String text) {
    text(judge.insteadOfTime(text));
  }

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    if (judge.outOfRange(year)) {
      text(judge.insteadOfDate(year, true, ""));
    } else {
      bytes.dateTime(year, month, day, hour, minute, second, nanos);
    }
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    bytes.time(hour, minute, second, nanos);
  }
}
