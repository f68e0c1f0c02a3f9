package io.initload.ledger.keys;

import io.initload.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of a table's keys that is written into the ledger. Until it is ended, whoever reads sees
 * the list before it; one that is never ended is cleared away by the next. Not thread-safe.
 */
public final class KeyList {
  /** Rows of one transaction. */
  private static final int AT_ONCE = 10_000;

  private final KeyListBook book;
  private final String table;
  private final long no;
  private final List<List<String>> rows = new ArrayList<>(AT_ONCE);

  /** Begins one. */
  public KeyList(KeyListBook book, String table, String object) {
    this.book = book;
    this.table = table;
    this.no = book.begin(table, object);
  }

  /**
   * Adds a record.
   *
   * @param row external id and record id
   */
  public void take(List<String> row) {
    rows.add(row);
    if (rows.size() == AT_ONCE) {
      send();
    }
  }

  private void send() {
    book.add(no, rows);
    rows.clear();
  }

  /**
   * Lets it be seen, in the place of the one before it.
   *
   * @param records that it was given
   * @param loaded rows that the books have as loaded
   * @throws Failure {@code EXPORT_TWICE} when another one was written and ended meanwhile
   */
  public void end(long records, long loaded) {
    send();
    if (!book.end(no, table, records, loaded)) {
      throw new Failure(
          Failure.Kind.TRANSIENT,
          "EXPORT_TWICE",
          "The keys of %s were written into the ledger by somebody else meanwhile."
              .formatted(table),
          "Theirs are there; run the same command again if they should be newer.");
    }
  }
}
