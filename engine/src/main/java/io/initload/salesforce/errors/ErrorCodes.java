package io.initload.salesforce.errors;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the org's error codes mean: the one table that retries, dead letters, command line and
 * runbook share (docs/reference/salesforce.md, "Row errors" and "Job errors").
 */
public final class ErrorCodes {
  private static final Pattern JOB_CODE = Pattern.compile("^\\s*(?:null:)?([A-Za-z]+)\\s*:");
  private static final String UNKNOWN_MEANING = "A code this version of the tables does not know.";
  private static final String UNKNOWN_REMEDY =
      "Read the message, correct the cause, and replay the dead letters.";

  private ErrorCodes() {}

  /**
   * What a row error means. An unknown code is {@link ErrorClass#DATA}: nothing loops on the
   * unknown.
   */
  public static ErrorCode row(String code, String message) {
    return RowErrorTable.ENTRIES.stream()
        .filter(entry -> entry.fits(code, message))
        .findFirst()
        .orElseGet(() -> unknown(code, ErrorClass.DATA));
  }

  /** What the error message of a failed job means, such as {@code InvalidBatch : ...}. */
  public static ErrorCode job(String errorMessage) {
    var matcher = JOB_CODE.matcher(errorMessage);
    String code = matcher.find() ? matcher.group(1) : "";
    return JobErrorTable.ENTRIES.stream()
        .filter(entry -> entry.fits(code, errorMessage) || entry.fits("", errorMessage))
        .findFirst()
        .orElseGet(() -> unknown(code, ErrorClass.CONFIGURATION));
  }

  /** All row codes, in the order in which they are tried. */
  public static List<ErrorCode> rows() {
    return RowErrorTable.ENTRIES;
  }

  /** All job codes, in the order in which they are tried. */
  public static List<ErrorCode> jobs() {
    return JobErrorTable.ENTRIES;
  }

  private static ErrorCode unknown(String code, ErrorClass errorClass) {
    return new ErrorCode(
        code,
        "",
        errorClass,
        ErrorCode.Trait.NONE,
        new ErrorCode.Quotes.Anything(),
        UNKNOWN_MEANING,
        UNKNOWN_REMEDY);
  }
}
