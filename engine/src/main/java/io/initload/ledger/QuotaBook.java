package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Reservation;
import io.initload.ledger.entry.Worker;
import io.initload.plan.LoadEstimate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Slots and the two rolling 24 h allowances. A job holds its slot from the intent to create it
 * until it ended, and its share of the quota from then on for 24 h more; so whatever moment inside
 * the job's life the org counted its rows, no window can hold more than the allowance.
 */
public final class QuotaBook {
  /** The window of Salesforce's allowances. */
  public static final Duration WINDOW = Duration.ofHours(24);

  /** The states in which a job has a slot. */
  private static final String HOLDING =
      "'PROBE', 'INTENT', 'DOUBT', 'OPEN', 'UPLOADED', 'SUBMITTED'";

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;
  private final Scope scope;

  QuotaBook(LedgerDatabase database, String migration, Clock clock, Scope scope) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
    this.scope = scope;
  }

  /** What is used of the allowance in the current window, reservations included. */
  public record Usage(int slots, long records, long batches) {}

  /**
   * The part that {@link #reserve} would take now; to learn that, no other worker is made to wait.
   */
  public Optional<Part> next(Worker worker, Map<String, Integer> tables) {
    return database.read(h -> candidate(h, worker, tables));
  }

  /**
   * Takes the next sealed part that may be loaded, with a slot and its share of the quota, and
   * writes down the intent to create a job for it.
   *
   * @param tables how many jobs each table may have at once; other tables are left alone
   * @param jobs how many jobs this worker may have at once
   */
  public Reservation reserve(
      Worker worker, Map<String, Integer> tables, int jobs, Allowance allowance) {
    return database.transact(
        h -> {
          Optional<Part> candidate = candidate(h, worker, tables);
          if (candidate.isEmpty()) {
            return new Reservation.NothingToLoad();
          }
          Part part = candidate.get();
          Usage usage = usage(h, allowance.orgId());
          if (usage.slots() >= allowance.jobs() || inFlight(h, worker) >= jobs) {
            return new Reservation.NoSlot();
          }
          long batches = LoadEstimate.batches(part.rows());
          if (!fits(usage, allowance, part.rows())) {
            return new Reservation.QuotaExhausted(
                freeAt(h, allowance, usage, part.rows(), batches), usage.slots() > 0);
          }
          if (allowance.said().isPresent()) {
            long left = allowance.said().get().left();
            long uncounted = uncounted(h, allowance.orgId(), allowance.said().get().at());
            if (left - uncounted < batches) {
              return new Reservation.OrgShort(left, batches);
            }
          }
          return grant(h, worker, part, batches, allowance.orgId());
        });
  }

  /** Batches of jobs that may not have been in the org's count at a time. */
  static long uncounted(Handle h, String orgId, Instant at) {
    return h.select(
            "SELECT COALESCE(SUM(batches), 0) FROM job WHERE org_id = ? AND (ended_at IS NULL OR"
                + " ended_at >= ?)",
            orgId,
            at.toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  private Optional<Part> candidate(Handle h, Worker worker, Map<String, Integer> tables) {
    for (String table : new TreeSet<>(tables.keySet())) {
      List<Part> flying =
          h.select(
                  "SELECT * FROM part WHERE migration = ? AND table_name = ? AND state IN"
                      + " ('RESERVED', 'CREATED', 'UPLOADED', 'SUBMITTED')",
                  migration,
                  table)
              .map(PartRow.MAPPER)
              .list();
      if (flying.size() >= tables.getOrDefault(table, 0)
          || flying.stream().anyMatch(Part::serial)) {
        continue;
      }
      Optional<Part> part =
          h.select(
                  "SELECT * FROM part WHERE migration = ? AND table_name = ? AND state = 'SEALED'"
                      + " AND owner IS NULL AND host = ?"
                      // Who asks looked at the table before: it may have been stopped since.
                      + " AND NOT EXISTS (SELECT 1 FROM table_run t WHERE t.migration ="
                      + " part.migration AND t.name = part.table_name AND t.stopped IS NOT NULL)"
                      + scope.condition("chunk_no")
                      + " ORDER BY serial, id LIMIT 1",
                  scope.values(migration, table, worker.host()))
              .map(PartRow.MAPPER)
              .findOne();
      if (part.isPresent() && (!part.get().serial() || flying.isEmpty())) {
        return part;
      }
    }
    return Optional.empty();
  }

  private int inFlight(Handle h, Worker worker) {
    return h.select(
            "SELECT COUNT(*) FROM part WHERE migration = ? AND owner = ? AND state IN ('RESERVED',"
                + " 'CREATED', 'UPLOADED', 'SUBMITTED')",
            migration,
            worker.id())
        .mapTo(Integer.class)
        .one();
  }

  private Reservation grant(Handle h, Worker worker, Part part, long batches, String orgId) {
    h.execute(
        "UPDATE part SET state = 'RESERVED', owner = ?, updated_at = ? WHERE id = ?",
        worker.id(),
        clock.millis(),
        part.id());
    long id =
        h.createUpdate(
                "INSERT INTO job (org_id, migration, table_name, object, part_id, owner, state,"
                    + " intent_at, records, batches) SELECT :org, :migration, :table, object,"
                    + " :part, :owner, 'INTENT', :now, :records, :batches FROM table_run WHERE"
                    + " migration = :migration AND name = :table")
            .bind("org", orgId)
            .bind("migration", migration)
            .bind("table", part.table())
            .bind("part", part.id())
            .bind("owner", worker.id())
            .bind("now", clock.millis())
            .bind("records", part.rows())
            .bind("batches", batches)
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    return new Reservation.Granted(part, byId(h, id));
  }

  private Instant freeAt(Handle h, Allowance allowance, Usage usage, long records, long batches) {
    long freeRecords = allowance.records() - usage.records();
    long freeBatches = allowance.batches() - usage.batches();
    record Leaving(long at, long records, long batches) {}
    List<Leaving> leaving =
        h.select(
                "SELECT quota_until, records, batches FROM job WHERE org_id = ? AND quota_until > ?"
                    + " ORDER BY quota_until",
                allowance.orgId(),
                clock.millis())
            .map((r, c) -> new Leaving(r.getLong(1), r.getLong(2), r.getLong(3)))
            .list();
    for (Leaving one : leaving) {
      freeRecords += one.records();
      freeBatches += one.batches();
      if (freeRecords >= records && freeBatches >= batches) {
        return Instant.ofEpochMilli(one.at());
      }
    }
    // The rest is reserved by jobs that still run: it leaves the window a day after they end.
    return clock.instant().plus(WINDOW);
  }

  /**
   * When there is room in the allowance for the smallest part that waits, if jobs give nothing back
   * before; empty while there is room, or none waits.
   */
  public Optional<Instant> closedUntil(Allowance allowance) {
    return database.read(
        h -> {
          Optional<Long> least =
              h.select(
                      "SELECT MIN(row_count) FROM part WHERE migration = ? AND state = 'SEALED' AND"
                          + " table_name NOT IN (SELECT name FROM table_run WHERE migration = ? AND"
                          + " stopped IS NOT NULL)",
                      migration,
                      migration)
                  .mapTo(Long.class)
                  .findOne();
          Usage usage = usage(h, allowance.orgId());
          return least
              .filter(rows -> !fits(usage, allowance, rows))
              .map(rows -> freeAt(h, allowance, usage, rows, LoadEstimate.batches(rows)));
        });
  }

  private static boolean fits(Usage usage, Allowance allowance, long rows) {
    return usage.records() + rows <= allowance.records()
        && usage.batches() + LoadEstimate.batches(rows) <= allowance.batches();
  }

  private static Job byId(Handle h, long id) {
    return h.select("SELECT * FROM job WHERE id = ?", id).map(JobRow.MAPPER).one();
  }

  /** Use of the allowance now. */
  public Usage usage(String orgId) {
    return database.read(h -> usage(h, orgId));
  }

  Usage usage(Handle h, String orgId) {
    long now = clock.millis();
    int slots =
        h.select("SELECT COUNT(*) FROM job WHERE org_id = ? AND state IN (" + HOLDING + ")", orgId)
            .mapTo(Integer.class)
            .one();
    return h.select(
            "SELECT COALESCE(SUM(records), 0), COALESCE(SUM(batches), 0) FROM job WHERE org_id = ?"
                + " AND (quota_until IS NULL OR quota_until > ?)",
            orgId,
            now)
        .map((r, c) -> new Usage(slots, r.getLong(1), r.getLong(2)))
        .one();
  }

  /** Slots of the org that other migrations of this ledger hold, by their names. */
  public Map<String, Integer> slotsOfOthers(String orgId) {
    return database.read(
        h ->
            h
                .select(
                    "SELECT migration, COUNT(*) FROM job WHERE org_id = ? AND migration <> ? AND"
                        + " state IN ("
                        + HOLDING
                        + ") GROUP BY migration ORDER BY migration",
                    orgId,
                    migration)
                .map((r, c) -> Map.entry(r.getString(1), r.getInt(2)))
                .list()
                .stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)));
  }

  /** All this migration has spent so far. */
  public Usage spent() {
    return database.read(
        h ->
            h.select(
                    "SELECT COUNT(*), COALESCE(SUM(records), 0), COALESCE(SUM(batches), 0) FROM job"
                        + " WHERE migration = ? AND submitted_at IS NOT NULL",
                    migration)
                .map((r, c) -> new Usage(r.getInt(1), r.getLong(2), r.getLong(3)))
                .one());
  }
}
