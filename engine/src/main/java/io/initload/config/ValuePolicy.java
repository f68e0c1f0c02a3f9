package io.initload.config;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What is done with values of one source column that the org would not take as they are, and which
 * form is written where there are two. What {@code controls}, {@code tooLong} and {@code dates}
 * change is counted and listed in the certificate, and so is what {@code nullText} does.
 *
 * @param controls for control characters other than tab and line ends; default {@code DROP}
 * @param tooLong for texts longer than the field; default {@code SEND}
 * @param dates for dates outside 1700 to 4000, and times of day that no day has; default {@code
 *     SEND}
 * @param padding for the blanks that fill a CHAR; default {@code TRIM}
 * @param bytes for binary columns; default {@code HEX}
 * @param zone of the column's zoneless dates and times; the table's when empty
 * @param nullText for the text {@code #N/A}, which the org takes for null; default {@code EMPTY}
 */
public record ValuePolicy(
    Controls controls,
    TooLong tooLong,
    Dates dates,
    Padding padding,
    Bytes bytes,
    Optional<ZoneId> zone,
    NullText nullText) {
  public static final ValuePolicy NONE =
      new ValuePolicy(
          Controls.DROP,
          TooLong.SEND,
          Dates.SEND,
          Padding.TRIM,
          Bytes.HEX,
          Optional.empty(),
          NullText.EMPTY);

  /** Control characters. */
  public enum Controls {
    DROP,
    /** A blank in place of each. */
    SPACE,
    /** The row is quarantined. */
    REJECT
  }

  /** Texts longer than the field. */
  public enum TooLong {
    /** The org judges: mostly a dead letter. */
    SEND,
    /** Cut to what fits. */
    TRUNCATE,
    /** The row is quarantined. */
    REJECT
  }

  /** Dates outside what Salesforce holds. */
  public enum Dates {
    /** The org judges: a dead letter. */
    SEND,
    /** An empty value. */
    EMPTY,
    /** The nearest date there is. */
    CLAMP,
    /** The row is quarantined. */
    REJECT
  }

  /** Blanks that fill a CHAR to its declared length. */
  public enum Padding {
    TRIM,
    KEEP
  }

  /** A text that the org takes for null. */
  public enum NullText {
    /** It clears the field. */
    SEND,
    /** As if the column were null. */
    EMPTY,
    /** The row is quarantined. */
    REJECT
  }

  /** The text of bytes. */
  public enum Bytes {
    /** Digits in lower case; large objects have no such form and are refused. */
    HEX,
    /** Keys stay hexadecimal: letter case, which keys may ignore, tells base64 apart. */
    BASE64
  }
}
