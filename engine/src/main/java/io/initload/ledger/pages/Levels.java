package io.initload.ledger.pages;

import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * What rises and falls over time, summed spell by spell: jobs under way, and what jobs hold of the
 * org's allowances. A job holds from the moment it is meant to be made.
 */
final class Levels {
  private static final String OF_ORG =
      " AS spell, COUNT(*) AS jobs, SUM(records) AS records, SUM(batches) AS batches FROM job WHERE"
          + " org_id IN (SELECT org_id FROM job WHERE migration = ?) AND ";

  private static final String OF_MIGRATION =
      " AS spell, COUNT(*) AS jobs, 0 AS records, 0 AS batches FROM job WHERE migration = ? AND"
          + " part_id IS NOT NULL AND ";

  private final TreeMap<Long, Change> changes = new TreeMap<>();
  private long inFlight;
  private Held held = Held.NONE;

  private record Change(long jobs, long records, long batches) {
    Change and(Change other) {
      return new Change(jobs + other.jobs, records + other.records, batches + other.batches);
    }
  }

  Levels(Handle h, String migration, long length) {
    add(h, migration, length, "intent_at", OF_MIGRATION, 1, 0);
    add(h, migration, length, "ended_at", OF_MIGRATION, -1, 0);
    add(h, migration, length, "intent_at", OF_ORG, 0, 1);
    add(h, migration, length, "quota_until", OF_ORG, 0, -1);
  }

  private void add(
      Handle h, String migration, long length, String moment, String of, int jobs, int held) {
    h.select(
            "SELECT " + moment + " / ?" + of + moment + " IS NOT NULL GROUP BY 1",
            length,
            migration)
        .map(
            (r, c) ->
                Map.entry(
                    r.getLong("spell"),
                    new Change(
                        jobs * r.getLong("jobs"),
                        held * r.getLong("records"),
                        held * r.getLong("batches"))))
        .forEach(change -> changes.merge(change.getKey(), change.getValue(), Change::and));
  }

  /** To the end of a spell, which is not before the last one. */
  void advance(long spell) {
    Map<Long, Change> past = changes.headMap(spell, true);
    for (Change change : past.values()) {
      inFlight += change.jobs();
      held = new Held(held.records() + change.records(), held.batches() + change.batches());
    }
    past.clear();
  }

  long inFlight() {
    return inFlight;
  }

  Held held() {
    return held;
  }
}
