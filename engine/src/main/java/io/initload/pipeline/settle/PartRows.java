package io.initload.pipeline.settle;

import io.initload.ledger.entry.NewPart;
import io.initload.salesforce.ResultReader;
import io.initload.salesforce.errors.RowError;
import java.util.List;
import java.util.Optional;

/**
 * Where the rows of a part are found whose job ended: in its staged file, or, where that is out of
 * reach, in the results alone. Not thread-safe.
 */
interface PartRows {
  /**
   * Finds the row that a result speaks of.
   *
   * @param attempted whether the org came to it
   * @return its number, which no other row of the part has
   * @throws io.initload.Failure {@code RESULT_FOREIGN} when the part has no such row, {@code
   *     RESULT_TWICE} when the row has a result already
   */
  int take(String externalId, boolean attempted);

  /**
   * What to keep of a refused row, so that it is found again.
   *
   * @param from the results, where they stand at that row
   */
  List<String> keep(String externalId, ResultReader from);

  /** Shows the refused rows one after another. */
  <X extends Exception> void each(RefusedRows refused, Taker<X> to) throws X;

  /**
   * Takes a refused row with its number, its external id and its fields. It may take the row it is
   * shown, and those before it, out of the refused ones.
   */
  interface Taker<X extends Exception> {
    void take(int number, String externalId, List<String> fields, RowError error) throws X;
  }

  /**
   * Shows the rows that no result tells to have been tried, one after another.
   *
   * @throws io.initload.Failure {@code INSERT_IN_DOUBT} when nobody can name them
   */
  <X extends Exception> void eachUntold(UntoldTaker<X> to) throws X;

  /**
   * Takes a row that no result tells to have been tried. It may say of that one, and of those
   * before it, that they are there.
   */
  interface UntoldTaker<X extends Exception> {
    void take(int number, String key) throws X;
  }

  /** A row is in the org all the same. */
  void isThere(int number);

  /** Whether the part can be loaded again as it is. */
  boolean repeatable();

  /**
   * Says how rows never attempted go on.
   *
   * @param count how many there are, by the results
   */
  Onward onward(long count);

  /**
   * How rows never attempted go on.
   *
   * @param rest as a part of their own
   * @param lost as rows to be read, or gathered, again
   */
  record Onward(Optional<NewPart> rest, long lost) {
    static final Onward NONE = new Onward(Optional.empty(), 0);
  }

  /** The part is in the books: what was kept of it is not needed any more. */
  void booked();

  /** Forgets all results, so that they can be read again from the start. */
  void reset();
}
