package io.initload.pipeline;

/** What is to be done about rows that were quarantined before loading. */
public final class HeldRows {
  /** What the codes of rows begin with that have no external id of their own. */
  static final String WITHOUT_KEY = "EXTERNAL_ID";

  private HeldRows() {}

  /** What to do about rows with this code, one sentence. */
  public static String remedy(String code) {
    return code.startsWith(WITHOUT_KEY)
        ? "Give each row an external id of its own in a file of `initload dead-letters export`,"
            + " then `initload dead-letters replay --from FILE.csv`."
        : "Correct the row in the source, then `initload dead-letters replay --from-source`; or"
            + " correct a file of `initload dead-letters export`, then `initload dead-letters"
            + " replay --from FILE.csv`.";
  }
}
