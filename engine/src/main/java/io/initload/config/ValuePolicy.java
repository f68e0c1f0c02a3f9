package io.initload.config;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What is done with values of one source column that the org would not take as they are, and which
 * form is written where there are two. What {@code controls}, {@code tooLong} and {@code dates}
 * change is counted and listed in the certificate.
 *
 * @param controls for control characters other than tab and line ends; default {@code DROP}
 * @param tooLong for texts longer than the field; default {@code SEND}
 * @param dates for dates outside 1700 to 4000; default {@code SEND}
 * @param padding for the blanks that fill a CHAR; default {@code TRIM}
 * @param bytes for binary columns; default {@code HEX}
 * @param zone of the column's zoneless dates and times; the table's when empty
 */
public record ValuePolicy(
    Controls controls,
    TooLong tooLong,
    Dates dates,
    Padding padding,
    Bytes bytes,
    Optional<ZoneId> zone) {
  public static final ValuePolicy NONE =
      new ValuePolicy(
          Controls.DROP, TooLong.SEND, Dates.SEND, Padding.TRIM, Bytes.HEX, Optional.empty());

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

  /** The text of bytes. */
  public enum Bytes {
    /** Digits in lower case; large objects have no such form and are refused. */
    HEX,
    /** Keys stay hexadecimal: letter case, which keys may ignore, tells base64 apart. */
    BASE64
  }
}
