package io.initload.staging;

import io.initload.config.ValuePolicy;
import io.initload.mapping.FieldRule;
import java.util.List;

/**
 * Holds the values of a record against the rules of their fields, and books in the record's account
 * what comes of it. Not thread-safe.
 */
final class FieldJudge {
  /** Salesforce holds 1700-01-01 to 4000-12-31 (docs/reference/salesforce.md, "CSV and values"). */
  private static final int YEAR_MIN = 1700;

  private static final int YEAR_MAX = 4001;

  /** UTF-16 units of a row, quotes and commas counted (docs/reference/salesforce.md, "Limits"). */
  static final int ROW_CHARACTERS_MAX = 400_000;

  private final RowAccount account;
  private final long bytesMax;
  private FieldRule[] rules = {};
  private FieldRule rule = FieldRule.NONE;
  private int field;

  /**
   * @param bytesMax bytes of the longest record that is stageable
   */
  FieldJudge(RowAccount account, long bytesMax) {
    this.account = account;
    this.bytesMax = bytesMax;
  }

  /** What the fields of all rows from now on may hold, by index; those beyond have no rule. */
  void rules(List<FieldRule> all) {
    rules = all.toArray(FieldRule[]::new);
  }

  /** Takes up the rule of the field that is written from now on. */
  void begin(int index) {
    field = index;
    rule = index < rules.length ? rules[index] : FieldRule.NONE;
  }

  void altered(String code) {
    account.altered(field, code);
  }

  /** Treats a control character; says what is written in its place, or -1 for nothing. */
  int control(int c) {
    switch (rule.controls()) {
      case DROP -> {
        altered("CONTROLS_REMOVED");
        return -1;
      }
      case SPACE -> {
        altered("CONTROLS_REMOVED");
        return ' ';
      }
      case REJECT -> refuse("CONTROL_CHARACTER", "holds the control character U+%04X".formatted(c));
    }
    return -1;
  }

  void unpaired(char c) {
    unstageable(
        "holds an unpaired surrogate (U+%04X), which no UTF-8 text can hold".formatted((int) c));
  }

  /** The value holds what is no text. */
  void noText(String what) {
    refuse("TEXT_INVALID", "holds " + what);
  }

  void tooBigANumber() {
    unstageable("holds a number of absurd size");
  }

  /** The record has grown to more bytes than any that is loaded. */
  void tooLong() {
    account.unstageable(
        RowAccount.UNSTAGEABLE,
        "the record is longer than %,d bytes, more than can be loaded".formatted(bytesMax));
  }

  /** A record of so many bytes cannot be loaded when they are more than one may have. */
  void length(int bytes) {
    if (bytes > bytesMax) {
      tooLong();
    }
  }

  /** The record so far has so many characters: one that has too many makes its whole job fail. */
  void rowCharacters(int count) {
    if (count > ROW_CHARACTERS_MAX) {
      account.unstageable(
          "ROW_TOO_LONG",
          "the row is longer than %,d characters, more than Salesforce takes of one"
              .formatted(ROW_CHARACTERS_MAX));
    }
  }

  /** Whether the field's rule does not let a date of this year through. */
  boolean outOfRange(int year) {
    return rule.dates() != ValuePolicy.Dates.SEND && (year < YEAR_MIN || year >= YEAR_MAX);
  }

  /** Deals with a date that is out of range; what is written in its place, or nothing. */
  String insteadOfDate(int year, boolean timed, String what) {
    switch (rule.dates()) {
      case CLAMP -> {
        altered("DATE_CLAMPED");
        return (year < YEAR_MIN ? "1700-01-01" : "4000-12-31") + (timed ? "T00:00:00.000Z" : "");
      }
      case EMPTY -> altered("DATE_EMPTIED");
      case SEND, REJECT ->
          refuse(
              "DATE_OUT_OF_RANGE",
              "holds %s; Salesforce takes 1700 to 4000"
                  .formatted(what.isEmpty() ? "a date of the year " + year : what));
    }
    return "";
  }

  /** Deals with what is no date; what is written in its place, or nothing. */
  String insteadOfNoDate(int year, boolean timed, String what) {
    if (rule.dates() == ValuePolicy.Dates.EMPTY) {
      altered("DATE_EMPTIED");
      return "";
    }
    if (outOfRange(year)) {
      return insteadOfDate(year, timed, what);
    }
    refuse("DATE_INVALID", "cannot be " + what);
    return "";
  }

  /** Deals with a time of day that no day has; what is written in its place. */
  String insteadOfTime(String text) {
    switch (rule.dates()) {
      case SEND -> {
        return text;
      }
      case CLAMP -> {
        altered("TIME_CLAMPED");
        return "23:59:59.999Z";
      }
      case EMPTY -> altered("TIME_EMPTIED");
      case REJECT ->
          refuse("TIME_OUT_OF_RANGE", "holds %s; a day ends at 23:59:59.999".formatted(text));
    }
    return "";
  }

  /** What is written where there is nothing to write. */
  String absent() {
    return rule.absent();
  }

  /** Deals with a text that the org takes for null; says whether it is left out. */
  boolean omitsNull() {
    switch (rule.nullText()) {
      case EMPTY -> altered("NULL_TEXT_EMPTIED");
      case REJECT ->
          refuse(
              "NULL_TEXT",
              "holds the text " + FieldRule.NULL + ", which Salesforce takes for null");
      case SEND -> {}
    }
    return rule.nullText() == ValuePolicy.NullText.EMPTY;
  }

  /** Whether a text of so many bytes can be longer than its field. */
  boolean mayCut(int bytes) {
    return rule.tooLong() != ValuePolicy.TooLong.SEND
        && rule.characters() > 0
        && bytes > rule.characters();
  }

  /** Length of the field as Salesforce counts it: UTF-16 units. */
  int characters() {
    return rule.characters();
  }

  /** Deals with a text that is too long; says whether it is cut. */
  boolean cuts(int units) {
    if (rule.tooLong() == ValuePolicy.TooLong.TRUNCATE) {
      altered("TEXT_TRUNCATED");
      return true;
    }
    refuse("TEXT_TOO_LONG", "holds %,d characters and takes %,d".formatted(units, characters()));
    return false;
  }

  private void unstageable(String what) {
    refuse(RowAccount.UNSTAGEABLE, what);
  }

  /** The record cannot be staged, because of the field that is written. */
  void refuse(String code, String what) {
    account.unstageable(code, "field %d %s".formatted(field + 1, what));
  }
}
