package io.initload.salesforce;

/** The three result files of an ended job (docs/reference/salesforce.md, "Result files"). */
public enum ResultKind {
  /** Rows written. */
  SUCCESSFUL("successfulResults"),
  /** Rows attempted and rejected. */
  FAILED("failedResults"),
  /** Rows never attempted. Rows beyond the daily allocation may be missing even here. */
  UNPROCESSED("unprocessedrecords");

  private final String path;

  ResultKind(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }
}
