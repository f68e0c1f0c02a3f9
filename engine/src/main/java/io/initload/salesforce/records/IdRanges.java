package io.initload.salesforce.records;

import io.initload.salesforce.Org;
import io.initload.salesforce.errors.OrgException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The ids of an object, cut into ranges that the org can look at in time. */
final class IdRanges {
  /** Parts that a range is divided into. */
  static final int PARTS = 32;

  private IdRanges() {}

  /** Equal ranges; empty where there is no record, or even the first takes the org too long. */
  static Deque<IdRange> of(Org org, String object) throws InterruptedException {
    return of(org, object, PARTS);
  }

  /** The same in at most so many parts. */
  static Deque<IdRange> of(Org org, String object, int parts) throws InterruptedException {
    Optional<String> first = edge(org, object, "ASC");
    Optional<String> last = first.isEmpty() ? first : edge(org, object, "DESC");
    return last.isEmpty()
        ? new ArrayDeque<>()
        : new ArrayDeque<>(IdRange.all(first.get(), last.get()).parts(parts));
  }

  /** The first id of the object, in an order. */
  private static Optional<String> edge(Org org, String object, String order)
      throws InterruptedException {
    try {
      return org.query("SELECT Id FROM %s ORDER BY Id %s LIMIT 1".formatted(object, order))
          .next()
          .map(row -> row.getOrDefault("Id", ""))
          .filter(IdRange::bounds);
    } catch (OrgException.Refused e) {
      if (!e.isTimeout()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
