package io.initload.salesforce.wire;

/**
 * How much of an answer is taken (docs/security.md, "Bounds"). They are wide of what an org sends:
 * what goes beyond is no answer, and is refused before it fills memory or disk.
 */
public final class Bounds {
  /** A token, an error, a job, a change of state: inflated. */
  public static final int SMALL_ANSWER_BYTES_MAX = 1 << 20;

  /** A describe, a page of 2,000 records, a page of 1,000 jobs: inflated. */
  public static final int ANSWER_BYTES_MAX = 64 << 20;

  /** Names, values and brackets of one answer. */
  public static final int ANSWER_TOKENS_MAX = 1_000_000;

  public static final int ANSWER_DEPTH_MAX = 100;

  /** A text of an answer; the longest field of an org holds 131,072 characters. */
  public static final int ANSWER_TEXT_CHARS_MAX = 1_000_000;

  /** Digits of a number, and how far its exponent may move the point. */
  public static final int ANSWER_DIGITS_MAX = 400;

  public static final int HEADERS_MAX = 200;

  public static final int HEADER_CHARS_MAX = 64 << 10;

  /** Pages of a list of jobs, 1,000 each. */
  public static final int JOB_PAGES_MAX = 1_000;

  /** Pages of one query, 2,000 records each as a rule. */
  public static final int QUERY_PAGES_MAX = 1_000;

  /** What the texts of the records of one look-up may take together. */
  public static final int RECORDS_CHARS_MAX = 64 << 20;

  /** What a row takes of a result file beside its own data: id, flag, error, quotes. */
  public static final int RESULT_ROW_BYTES_MAX = 8 << 10;

  /** A row of a result file: 400,000 characters of data, quotes, and its error. */
  public static final int RESULT_ROW_CHARS_MAX = 1 << 20;

  /** A call that moves less on the whole has come to nothing, however steadily it drips. */
  public static final int BYTES_PER_SECOND_MIN = 1_000;

  /** Requests may take so many times their timeout before their pace is looked at. */
  public static final int TIMEOUTS_BEFORE_PACE = 10;

  private Bounds() {}
}
