package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartState;
import io.initload.ledger.entry.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The life of each job, from the intent to create it to its end. At the end of a job its share of
 * the allowances is corrected in time ({@link QuotaBook}): it is free a day after the end, not a
 * day after the intent. A job that never was submitted gives all of it back at once ({@link
 * #givenUp}). The counts of a job that ran stay as reserved, whatever it processed: Salesforce does
 * not say how many batches it began, and a count that is too low would let a window hold too much.
 */
public final class JobBook {
  private static final String FORGOTTEN = "the org no longer knows this job";

  private static final String VANISHED = "the org does not know this job";

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  JobBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /** The org created the job. */
  public void created(Job job, Worker worker, String sfId) {
    move(job, worker, Job.State.INTENT, Job.State.OPEN, PartState.CREATED, sfId);
  }

  /** The org has the part's bytes. */
  public void uploaded(Job job, Worker worker) {
    move(job, worker, Job.State.OPEN, Job.State.UPLOADED, PartState.UPLOADED, null);
  }

  /** The org was told to process the job. */
  public void submitted(Job job, Worker worker) {
    move(job, worker, Job.State.UPLOADED, Job.State.SUBMITTED, PartState.SUBMITTED, null);
  }

  private void move(
      Job job,
      Worker worker,
      Job.State from,
      Job.State to,
      PartState partState,
      @Nullable String sfId) {
    database.transact(
        h -> {
          holdPart(h, job, worker, partState.name());
          int moved =
              h.createUpdate(
                      "UPDATE job SET state = :to, sf_id = COALESCE(:sfId, sf_id), submitted_at ="
                          + " CASE WHEN :to = 'SUBMITTED' THEN :now ELSE submitted_at END WHERE"
                          + " id = :id AND state = :from")
                  .bind("to", to.name())
                  .bind("sfId", sfId)
                  .bind("now", clock.millis())
                  .bind("id", job.id())
                  .bind("from", from.name())
                  .execute();
          if (moved != 1) {
            throw new LostClaim("Job " + job.sfId().orElse("#" + job.id()));
          }
          return moved;
        });
  }

  private void holdPart(Handle h, Job job, Worker worker, String partState) {
    int held =
        h.execute(
            "UPDATE part SET state = ?, updated_at = ? WHERE id = ? AND owner = ?",
            partState,
            clock.millis(),
            job.part(),
            worker.id());
    if (held != 1) {
      throw new LostClaim("The part of job " + job.sfId().orElse("#" + job.id()));
    }
  }

  /** The answer to create was lost, or its worker died before it came. */
  public void doubted(Job job, Worker worker) {
    database.transact(
        h -> {
          holdPart(h, job, worker, PartState.RESERVED.name());
          return h.execute(
              "UPDATE job SET state = 'DOUBT' WHERE id = ? AND state = 'INTENT'", job.id());
        });
  }

  /** Creates under way for an object: sent or about to be sent by a worker that lives. */
  public int creating(String orgId, String object) {
    return database.read(
        h ->
            h.select(
                    "SELECT COUNT(*) FROM job WHERE org_id = ? AND object = ? AND state = 'INTENT'",
                    orgId,
                    object)
                .mapTo(Integer.class)
                .one());
  }

  /** The job came to nothing before it was submitted; its part may be loaded again. */
  public void givenUp(Job job, Worker worker) {
    database.transact(
        h -> {
          holdPart(h, job, worker, "SEALED");
          h.execute("UPDATE part SET owner = NULL WHERE id = ?", job.part());
          return h.execute(
              "UPDATE job SET state = 'ABORTED', ended_at = ?, quota_until = ?, records = 0,"
                  + " batches = 0 WHERE id = ? AND state IN ('INTENT', 'DOUBT', 'OPEN',"
                  + " 'UPLOADED')",
              clock.millis(),
              clock.millis(),
              job.id());
        });
  }

  /**
   * The org no longer knows a job that was submitted and not settled: it was deleted, or its
   * results are past their 7 days. The part is loaded again; upserts make that harmless, though
   * records that the job created are then counted as updated.
   */
  public void gone(Job job, Worker worker) {
    database.transact(
        h -> {
          holdPart(h, job, worker, PartState.SEALED.name());
          h.execute("UPDATE part SET owner = NULL WHERE id = ?", job.part());
          return h.execute(
              "UPDATE job SET state = CASE WHEN state = 'SUBMITTED' THEN 'ABORTED' ELSE state END,"
                  + " ended_at = COALESCE(ended_at, ?), quota_until = COALESCE(quota_until, ?),"
                  + " error_message = ? WHERE id = ? AND state IN ('SUBMITTED', 'COMPLETE',"
                  + " 'FAILED', 'ABORTED')",
              clock.millis(),
              clock.millis() + QuotaBook.WINDOW.toMillis(),
              FORGOTTEN,
              job.id());
        });
  }

  /**
   * The org no longer knows a job that was submitted. It counts as ended, without a word about its
   * rows: whoever settles its part says what becomes of them.
   */
  public void vanished(Job job, Worker worker) {
    ended(job, worker, Job.State.ABORTED, 0, 0, VANISHED);
  }

  /**
   * The job reached a terminal state on the org. Its slot is free; its share of the quota leaves
   * the window a day from now.
   *
   * @param processed rows the org attempted, those it refused included
   */
  public void ended(
      Job job, Worker worker, Job.State state, long processed, long failed, String errorMessage) {
    database.transact(
        h -> {
          holdPart(h, job, worker, state.name());
          h.execute("UPDATE part SET owner = NULL WHERE id = ?", job.part());
          int moved =
              h.execute(
                  "UPDATE job SET state = ?, ended_at = ?, quota_until = ?, processed = ?, failed ="
                      + " ?, error_message = ? WHERE id = ? AND state = 'SUBMITTED'",
                  state.name(),
                  clock.millis(),
                  clock.millis() + QuotaBook.WINDOW.toMillis(),
                  processed,
                  failed,
                  errorMessage,
                  job.id());
          if (moved != 1) {
            throw new LostClaim("Job " + job.sfId().orElse("#" + job.id()));
          }
          return moved;
        });
  }

  /** The worker's jobs that run on the org. */
  public List<Job> running(Worker worker) {
    return database.read(
        h ->
            h.select(
                    "SELECT j.* FROM job j JOIN part p ON p.id = j.part_id WHERE j.migration = ?"
                        + " AND j.state = 'SUBMITTED' AND p.owner = ? ORDER BY j.id",
                    migration,
                    worker.id())
                .map(JobRow.MAPPER)
                .list());
  }

  /** Jobs that the org has, whoever watches them, and that have not ended as far as is known. */
  public List<Job> begun() {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM job WHERE migration = ? AND part_id IS NOT NULL AND sf_id IS NOT"
                        + " NULL AND state IN ('OPEN', 'UPLOADED', 'SUBMITTED') ORDER BY id",
                    migration)
                .map(JobRow.MAPPER)
                .list());
  }

  /** The newest job of a part. */
  public Optional<Job> last(Part part) {
    return database.read(h -> JobRow.last(h, part));
  }

  /** What the org said of an ended job. */
  public record Outcome(long processed, String errorMessage) {}

  public Outcome outcome(Job job) {
    return database.read(
        h ->
            h.select("SELECT processed, error_message FROM job WHERE id = ?", job.id())
                .map((r, c) -> new Outcome(r.getLong(1), r.getString(2)))
                .one());
  }

  /** Ids of all jobs of the org that this ledger knows, to tell orphans from them. */
  public Set<String> knownIds(String orgId) {
    return database.read(
        h ->
            Set.copyOf(
                h.select("SELECT sf_id FROM job WHERE org_id = ? AND sf_id IS NOT NULL", orgId)
                    .mapTo(String.class)
                    .list()));
  }

  /** What the lists of created records may be called that the migration's jobs leave behind. */
  public Set<String> receipts() {
    return database.read(
        h ->
            Set.copyOf(
                h.select(
                        "SELECT p.name, j.id FROM job j JOIN part p ON p.id = j.part_id WHERE"
                            + " j.migration = ?",
                        migration)
                    .map((r, c) -> KeptReceipt.name(r.getString(1), r.getLong(2)))
                    .list()));
  }

  /** When the youngest job was intended that the migration knows; long ago where there is none. */
  public Instant lastIntent() {
    return database.read(
        h ->
            h.select("SELECT COALESCE(MAX(intent_at), 0) FROM job WHERE migration = ?", migration)
                .map((r, c) -> Instant.ofEpochMilli(r.getLong(1)))
                .one());
  }

  /** Rows of jobs that the org forgot before they were booked, by table; they were loaded again. */
  public Map<String, Long> forgotten() {
    return database.read(
        h ->
            h
                .select(
                    "SELECT table_name, SUM(records) FROM job WHERE migration = ? AND error_message"
                        + " = ? GROUP BY table_name",
                    migration,
                    FORGOTTEN)
                .map((r, c) -> Map.entry(r.getString(1), r.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /**
   * How fast the org took rows lately.
   *
   * @param rows rows of the jobs that ended within that time
   * @param span how long they took, all together
   */
  public record Pace(long rows, Duration span) {
    public double rowsPerSecond() {
      return span.isZero() ? 0 : rows * 1000.0 / span.toMillis();
    }
  }

  /** The pace of the last hour, or of less, whoever of us ran the jobs. */
  public Pace pace(Duration lately) {
    long now = clock.millis();
    long oldest = now - lately.toMillis();
    return database.read(
        h ->
            h.select(
                    "SELECT COALESCE(SUM(processed), 0), COALESCE(MIN(intent_at), 0) FROM job WHERE"
                        + " migration = ? AND ended_at > ? AND processed > 0",
                    migration,
                    oldest)
                .map(
                    (r, c) ->
                        new Pace(
                            r.getLong(1),
                            r.getLong(1) == 0
                                ? Duration.ZERO
                                : Duration.ofMillis(
                                    Math.max(1, now - Math.max(oldest, r.getLong(2))))))
                .one());
  }
}
