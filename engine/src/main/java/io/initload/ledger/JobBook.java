package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartState;
import io.initload.ledger.entry.Reservation;
import io.initload.ledger.entry.Worker;
import io.initload.plan.LoadEstimate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, slots and the two rolling 24 h allowances. A job holds its slot from the intent to create
 * it until it ended, and its share of the quota from then on for 24 h more; so whatever moment
 * inside the job's life the org counted its rows, no window can hold more than the allowance.
 *
 * <p>At the end of a job its share is corrected in time: it is free a day after the end, not a day
 * after the intent. A job that never was submitted gives all of it back at once ({@link #givenUp}).
 * The counts of a job that ran stay as reserved, whatever it processed: Salesforce does not say how
 * many batches it began, and a count that is too low would let a window hold too much.
 */
public final class JobBook {
  /** The window of Salesforce's allowances. */
  public static final Duration WINDOW = Duration.ofHours(24);

  /** The states in which a job has a slot. */
  private static final String HOLDING =
      "'PROBE', 'INTENT', 'DOUBT', 'OPEN', 'UPLOADED', 'SUBMITTED'";

  private static final String FORGOTTEN = "the org no longer knows this job";

  private static final RowMapper<Job> JOB =
      (r, c) ->
          new Job(
              r.getLong("id"),
              r.getString("table_name"),
              r.getString("object"),
              r.getLong("part_id"),
              r.getString("owner"),
              Optional.ofNullable(r.getString("sf_id")),
              Job.State.valueOf(r.getString("state")),
              Instant.ofEpochMilli(r.getLong("intent_at")),
              r.getLong("records"),
              r.getLong("batches"));

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;
  private final Scope scope;

  JobBook(LedgerDatabase database, String migration, Clock clock, Scope scope) {
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
          if (usage.records() + part.rows() > allowance.records()
              || usage.batches() + batches > allowance.batches()) {
            return new Reservation.QuotaExhausted(
                freeAt(h, allowance, usage, part.rows(), batches), usage.slots() > 0);
          }
          if (allowance.said().isPresent()) {
            long left = allowance.said().get().left();
            long uncounted = uncounted(h, allowance.orgId(), allowance.said().get().at());
            if (left - uncounted < batches) {
              return new Reservation.OrgShort(left, uncounted, batches);
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
              .map(PartBook.PART)
              .list();
      if (flying.size() >= tables.getOrDefault(table, 0)
          || flying.stream().anyMatch(Part::serial)) {
        continue;
      }
      Optional<Part> part =
          h.select(
                  "SELECT * FROM part WHERE migration = ? AND table_name = ? AND state = 'SEALED'"
                      + " AND owner IS NULL AND host = ?"
                      + scope.condition("chunk_no")
                      + " ORDER BY serial, id LIMIT 1",
                  scope.values(migration, table, worker.host()))
              .map(PartBook.PART)
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

  private static Job byId(Handle h, long id) {
    return h.select("SELECT * FROM job WHERE id = ?", id).map(JOB).one();
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
              clock.millis() + WINDOW.toMillis(),
              FORGOTTEN,
              job.id());
        });
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
                  clock.millis() + WINDOW.toMillis(),
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
                .map(JOB)
                .list());
  }

  /** The newest job of a part. */
  public Optional<Job> last(Part part) {
    return database.read(
        h ->
            h.select("SELECT * FROM job WHERE part_id = ? ORDER BY id DESC LIMIT 1", part.id())
                .map(JOB)
                .findOne());
  }

  /** What the org said of an ended job. */
  public record Outcome(long processed, long failed, String errorMessage) {}

  public Outcome outcome(Job job) {
    return database.read(
        h ->
            h.select("SELECT processed, failed, error_message FROM job WHERE id = ?", job.id())
                .map((r, c) -> new Outcome(r.getLong(1), r.getLong(2), r.getString(3)))
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
   * @param rows rows of the jobs that ended within the last hour
   * @param span how long they took, all together
   */
  public record Pace(long rows, Duration span) {
    public double rowsPerSecond() {
      return span.isZero() ? 0 : rows * 1000.0 / span.toMillis();
    }
  }

  /** The pace of the last hour, whoever of us ran the jobs. */
  public Pace pace() {
    long now = clock.millis();
    long oldest = now - Duration.ofHours(1).toMillis();
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
