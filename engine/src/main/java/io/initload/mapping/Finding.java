package io.initload.mapping;

import io.initload.Failure;

/**
 * Something about a mapping that somebody should know before the first row moves.
 *
 * @param code stable upper-case identifier, explained in the documentation
 * @param where the place in the mapping, for example {@code SALES.CUSTOMERS.CUST_ID ->
 *     Account.External_ID__c}
 * @param message what is wrong, one sentence
 * @param remedy what to do about it, one sentence
 */
public record Finding(String code, Severity severity, String where, String message, String remedy) {
  /** Whether the migration may start. */
  public enum Severity {
    /** Jobs or all rows would fail: must be mended. */
    ERROR,
    /** Some rows may fail or lose something: must be known. */
    WARNING
  }

  /** What made a failure, when it forbids to load what lies at the place. */
  public static Finding error(String where, Failure e) {
    return new Finding(e.code(), Severity.ERROR, where, String.valueOf(e.getMessage()), e.remedy());
  }

  /** The same of another place. */
  public Finding at(String place) {
    return new Finding(code, severity, place, message, remedy);
  }

  @Override
  public String toString() {
    return "%s %s: %s: %s %s".formatted(severity, code, where, message, remedy);
  }
}
