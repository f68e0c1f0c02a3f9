package io.initload.mapping;

/** How a source value becomes CSV text; chosen once per column from both types. */
public enum Rendering {
  /**
   * Text as it is, a CHAR without the blanks that fill it; numbers plain; booleans {@code true} or
   * {@code false}; bytes as hexadecimal digits; a date as {@code yyyy-MM-dd}; a date with time as
   * {@code yyyy-MM-ddTHH:mm:ss}, with a fraction only when there is one, without zone conversion.
   * So an Oracle DATE, which has a time of day, always shows it: a composite key must not depend on
   * whether it is midnight.
   */
  TEXT,
  /** As {@link #TEXT}, with the blanks that fill a CHAR to its declared length. */
  PADDED,
  /** Bytes in base64, without line ends. */
  BASE64,
  /** A plain decimal. */
  NUMBER,
  /** {@code true}/{@code false}; from numbers 1/0 and the texts Y/N, T/F, true/false. */
  BOOLEAN,
  /** A date: the time of day, if any, is cut in the source's zone. */
  DATE,
  /** An instant in UTC; zoneless values are read in the source's zone. */
  DATETIME,
  /** A time of day. */
  TIME
}
