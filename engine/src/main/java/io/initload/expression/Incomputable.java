package io.initload.expression;

/** A row's values have no result; the message says why, without a subject. Has no stack trace. */
public final class Incomputable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Words for what is mapped nowhere. */
  static final String UNMAPPED = "UNMAPPED_VALUE";

  /** Words for a column's text that is none. */
  static final String INVALID = "TEXT_INVALID";

  /** Words for everything else. */
  static final String FAILED = "EXPRESSION_FAILED";

  private final String code;

  /** Why there is no result. */
  public Incomputable(String message) {
    this(FAILED, message);
  }

  Incomputable(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** A column holds what is no text. */
  public static Incomputable noText(String what) {
    return new Incomputable(INVALID, "holds " + what);
  }

  /** {@code UNMAPPED_VALUE}, {@code TEXT_INVALID} or {@code EXPRESSION_FAILED}. */
  public String code() {
    return code;
  }
}
