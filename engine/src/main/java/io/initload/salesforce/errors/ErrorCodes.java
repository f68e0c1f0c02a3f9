package io.initload.salesforce.errors;

import io.initload.codes.CodeEntry;
import io.initload.codes.CodeTable;
import io.initload.codes.ErrorScope;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the org's error codes mean: the one table that retries, dead letters, command line and
 * runbook share (docs/reference/salesforce.md, "Row errors" and "Job errors").
 */
public final class ErrorCodes {
  private static final CodeTable ROWS = CodeTable.read("rows");
  private static final CodeTable JOBS = CodeTable.read("jobs");
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
    return ROWS.find(code, message)
        .map(ErrorCode::of)
        .orElseGet(() -> unknown(code, ErrorClass.DATA, ErrorScope.ROW));
  }

  /** What tells the meanings of a row error's code apart: texts of its messages, if any. */
  public static List<String> texts(String code) {
    return ROWS.entries().stream()
        .filter(entry -> entry.codes().contains(code) && !entry.text().isEmpty())
        .map(CodeEntry::text)
        .toList();
  }

  /**
   * What the error message of a failed job means, such as {@code InvalidBatch : ...}. One without a
   * code is words alone, in any language: the job may have failed for a reason that passes, and is
   * loaded again within the bound of its table.
   */
  public static ErrorCode job(String errorMessage) {
    var matcher = JOB_CODE.matcher(errorMessage);
    String code = matcher.find() ? matcher.group(1) : "";
    return JOBS.find(code, errorMessage)
        .map(ErrorCode::of)
        .orElseGet(() -> unknown(code, unknownJob(code), ErrorScope.JOB));
  }

  private static ErrorClass unknownJob(String code) {
    return code.isEmpty() ? ErrorClass.TRANSIENT : ErrorClass.CONFIGURATION;
  }

  private static ErrorCode unknown(String code, ErrorClass errorClass, ErrorScope reach) {
    return new ErrorCode(
        code,
        "",
        errorClass,
        reach,
        ErrorCode.Trait.NONE,
        new ErrorCode.Quotes.Anything(),
        UNKNOWN_MEANING,
        UNKNOWN_REMEDY);
  }
}
