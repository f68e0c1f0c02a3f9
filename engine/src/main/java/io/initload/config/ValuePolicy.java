package io.initload.config;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What is done with values of one source column that the org would not take as they are. Whatever
 * is changed is counted and listed in the certificate.
 *
 * @param controls for control characters other than tab and line ends; default {@code DROP}
 * @param tooLong for texts longer than the field; default {@code SEND}
 * @param dates for dates outside 1700 to 4000; default {@code SEND}
 * @param zone of the column's zoneless dates and times; the table's when empty
 */
public record ValuePolicy(Controls controls, TooLong tooLong, Dates dates, Optional<ZoneId> zone) {
  public static final ValuePolicy NONE =
      new ValuePolicy(Controls.DROP, TooLong.SEND, Dates.SEND, Optional.empty());

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
}
