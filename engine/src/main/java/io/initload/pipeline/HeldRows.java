package io.initload.pipeline;

import io.initload.ledger.entry.ExceptionRow;
import io.initload.salesforce.errors.ErrorCodes;

/** What is to be done about rows that we hold back ourselves. */
public final class HeldRows {
  /** What the codes of rows begin with that have no external id of their own. */
  static final String WITHOUT_KEY = "EXTERNAL_ID";

  /** Of a row that no part takes; also where it waited for another try then. */
  private static final String UNSTAGEABLE = "UNSTAGEABLE";

  private HeldRows() {}

  /**
   * Whether rows in this state, with this code, were held back by us and not refused by the org.
   */
  public static boolean has(ExceptionRow.State state, String code) {
    return state == ExceptionRow.State.QUARANTINED || code.equals(UNSTAGEABLE);
  }

  /**
   * What to do about a row, whoever held it back, one sentence.
   *
   * @param message as the org gave it; it may tell several meanings of the code apart
   */
  public static String remedy(ExceptionRow.State state, String code, String message) {
    return has(state, code) ? remedy(code) : ErrorCodes.row(code, message).remedy();
  }

  /** What to do about rows with this code that we hold back, one sentence. */
  public static String remedy(String code) {
    return code.startsWith(WITHOUT_KEY)
        ? "Give each row an external id of its own in a file of `initload dead-letters export`,"
            + " then `initload dead-letters replay --from FILE.csv`."
        : "Correct the row in the source, then `initload dead-letters replay --from-source`; or"
            + " correct a file of `initload dead-letters export`, then `initload dead-letters"
            + " replay --from FILE.csv`.";
  }
}
