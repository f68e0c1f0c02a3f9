package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What is under way; reads only. */
public final class ActivityBook {
  private static final Duration LATELY = Duration.ofHours(1);

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  ActivityBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * What a migration does now, from the ledger alone.
   *
   * @param workers processes that work on the ledger, as far as they let others know
   * @param chunksLeft chunks that nobody reads yet
   * @param chunksReading chunks that are read now
   * @param partsWaiting staged parts without a job
   * @param jobsUploading jobs that are created or take their data
   * @param jobsRunning jobs that the org was told to process and that have not ended
   * @param jobsInDoubt creates without an answer, which hold their slot until that is known
   * @param bytesPerSecond gzip bytes sent in the last hour; 0 when nothing was
   * @param heldBack rows that need a person, by code
   */
  public record Activity(
      int workers,
      long chunksLeft,
      long chunksReading,
      long partsWaiting,
      long jobsUploading,
      long jobsRunning,
      long jobsInDoubt,
      double bytesPerSecond,
      Map<String, Long> heldBack) {
    public Activity {
      heldBack = Map.copyOf(heldBack);
    }

    /** Jobs that hold a slot. */
    public long jobs() {
      return jobsUploading + jobsRunning + jobsInDoubt;
    }
  }

  /** What the migration does at this moment, whoever does it. */
  public Activity now() {
    return database.read(
        h -> {
          Map<String, Long> chunks =
              counted(
                  h,
                  "SELECT state, COUNT(*) FROM chunk WHERE migration = ? AND state IN ('PLANNED',"
                      + " 'EXTRACTING') GROUP BY state");
          Map<String, Long> parts =
              counted(
                  h,
                  "SELECT state, COUNT(*) FROM part WHERE migration = ? AND state = 'SEALED' GROUP"
                      + " BY state");
          Map<String, Long> jobs =
              counted(
                  h,
                  "SELECT state, COUNT(*) FROM job WHERE migration = ? AND part_id IS NOT NULL AND"
                      + " state IN ('INTENT', 'DOUBT', 'OPEN', 'UPLOADED', 'SUBMITTED') GROUP BY"
                      + " state");
          return new Activity(
              WorkerBook.beating(h, database.now(h, clock)),
              of(chunks, "PLANNED"),
              of(chunks, "EXTRACTING"),
              of(parts, "SEALED"),
              of(jobs, "INTENT") + of(jobs, "OPEN") + of(jobs, "UPLOADED"),
              of(jobs, "SUBMITTED"),
              of(jobs, "DOUBT"),
              bytesPerSecond(h),
              counted(
                  h,
                  // Counted in the order of an index first: there may be a million of them.
                  "SELECT code, SUM(n) FROM (SELECT table_name, state, code, COUNT(*) AS n FROM"
                      + " exception_row WHERE migration = ? AND state IN ('QUARANTINED', 'DEAD')"
                      + " GROUP BY table_name, state, code) AS counted GROUP BY code"));
        });
  }

  private double bytesPerSecond(Handle h) {
    long now = clock.millis();
    long oldest = now - LATELY.toMillis();
    return h.select(
            "SELECT COALESCE(SUM(p.gzip_bytes), 0), COALESCE(MIN(j.intent_at), 0) FROM job j JOIN"
                + " part p ON p.id = j.part_id WHERE j.migration = ? AND j.submitted_at > ?",
            migration,
            oldest)
        .map((r, c) -> r.getLong(1) * 1000.0 / Math.max(1, now - Math.max(oldest, r.getLong(2))))
        .one();
  }

  private Map<String, Long> counted(Handle h, String sql) {
    Map<String, Long> counts = new TreeMap<>();
    h.select(sql, migration)
        .map((r, c) -> Map.entry(r.getString(1), r.getLong(2)))
        .forEach(e -> counts.put(e.getKey(), e.getValue()));
    return counts;
  }

  private static long of(Map<String, Long> counts, String state) {
    return counts.getOrDefault(state, 0L);
  }
}
