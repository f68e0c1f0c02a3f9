package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.entry.TableBooks;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param stopped whether it was asked to stop before it was done
 * @param failures why tables were stopped, first failure of each
 * @param blocked tables that were not begun because of them
 * @param unfinished what is missing of each planned table whose books are open, whether it was
 *     chosen or not
 * @param books the sums of every planned table
 */
public record RunOutcome(
    boolean stopped,
    List<Failure> failures,
    List<String> blocked,
    List<String> unfinished,
    Map<String, TableBooks> books) {
  public RunOutcome {
    failures = List.copyOf(failures);
    blocked = List.copyOf(blocked);
    unfinished = List.copyOf(unfinished);
    books = Map.copyOf(books);
  }

  /** Rows that need a person. */
  public long deadLetters() {
    return books.values().stream().mapToLong(b -> b.deadLettered() + b.quarantined()).sum();
  }
}
