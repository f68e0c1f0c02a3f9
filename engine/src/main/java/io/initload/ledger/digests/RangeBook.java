package io.initload.ledger.digests;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.mapping.canonical.BucketSums;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How far the org's records are read to be compared, so that a comparison that was killed goes on
 * where it was.
 */
public final class RangeBook {
  /** What was read before that is read again: the org has changed meanwhile. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public RangeBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * A range of ids.
   *
   * @param bounds a condition on the id; empty for all
   * @param job that reads it; empty until there is one
   * @param begun when the reading was, of which it is a part
   * @param sums when it is read; empty, too, where what stands in their place are none
   */
  public record Range(
      String bounds, Optional<String> job, Instant begun, Optional<BucketSums> sums) {}

  /** The ranges of a reading that was begun; none where none was, or too long ago. */
  public List<Range> of(String reading) {
    database.transact(
        h ->
            h.execute(
                "DELETE FROM read_range WHERE migration = ? AND begun_at < ?",
                migration,
                clock.instant().minus(KEPT).toEpochMilli()));
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM read_range WHERE migration = ? AND reading = ? ORDER BY bounds",
                    migration,
                    reading)
                .map(
                    (r, c) ->
                        new Range(
                            r.getString("bounds"),
                            Optional.of(r.getString("job")).filter(job -> !job.isEmpty()),
                            Instant.ofEpochMilli(r.getLong("begun_at")),
                            Optional.ofNullable(r.getString("sums")).flatMap(BucketSums::parse)))
                .list());
  }

  /** Enters the ranges of a reading that begins now. */
  public void begin(String reading, List<String> bounds) {
    database.transact(
        h -> {
          enter(h, reading, bounds, clock.instant());
          return bounds;
        });
  }

  /** Notes which job reads a range. */
  public void job(String reading, String bounds, String job) {
    database.transact(
        h ->
            h.execute(
                "UPDATE read_range SET job = ? WHERE migration = ? AND reading = ? AND bounds = ?",
                job,
                migration,
                reading,
                bounds));
  }

  /** Notes what a range has. */
  public void read(String reading, String bounds, BucketSums sums) {
    database.transact(
        h ->
            h.execute(
                "UPDATE read_range SET sums = ? WHERE migration = ? AND reading = ? AND bounds = ?",
                sums.text(),
                migration,
                reading,
                bounds));
  }

  /** Lets ranges take the place of one that took the org too long. */
  public void divide(String reading, Range range, List<String> parts) {
    database.transact(
        h -> {
          h.execute(
              "DELETE FROM read_range WHERE migration = ? AND reading = ? AND bounds = ?",
              migration,
              reading,
              range.bounds());
          enter(h, reading, parts, range.begun());
          return parts;
        });
  }

  private void enter(Handle h, String reading, List<String> ranges, Instant begun) {
    for (String bounds : ranges) {
      h.execute(
          "INSERT INTO read_range (migration, reading, bounds, job, begun_at) VALUES (?, ?, ?, '',"
              + " ?)",
          migration,
          reading,
          bounds,
          begun.toEpochMilli());
    }
  }

  /** Forgets a reading. */
  public void forget(String reading) {
    database.transact(
        h ->
            h.execute(
                "DELETE FROM read_range WHERE migration = ? AND reading = ?", migration, reading));
  }
}
