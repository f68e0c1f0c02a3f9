package io.initload.pipeline.prove.full;

import io.initload.Failure;
import io.initload.Sha256;
import io.initload.ledger.digests.RangeBook;
import io.initload.ledger.digests.RangeBook.Range;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.KeyedHash;
import io.initload.mapping.canonical.SampleOrder;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.QueryEstimate;
import io.initload.salesforce.BulkQuery;
import io.initload.salesforce.BulkRows;
import io.initload.salesforce.OrgLimits.Allowance;
import io.initload.salesforce.records.RecordRanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads the records that a migration can have written to an object, by bulk queries over ranges of
 * their ids, and adds up their digests. Each range is kept in the ledger as it is read, so that
 * another process goes on where this one was stopped. For one thread.
 */
final class OrgReading {
  /** Pages that are read at once. */
  private static final int READERS = 3;

  /** A tenth of what the org allows a day. */
  private static final int RANGES_MAX = 1_000;

  private static final String JOBS = "DailyBulkV2QueryJobs";

  private final Workbench bench;
  private final ReadFields fields;
  private final String soql;
  private final String reading;
  private final RecordRanges ranges;

  /**
   * @param soql selects the external id and the fields, and ends in a condition
   */
  OrgReading(Workbench bench, ReadFields fields, String object, String soql) {
    this.bench = bench;
    this.fields = fields;
    this.soql = soql;
    this.ranges = new RecordRanges(bench.org(), object);
    // What was written since is not what was read, and what was digested otherwise says nothing.
    String last = bench.ledger().writes().last().map(Instant::toString).orElse("");
    String key = HexFormat.of().formatHex(bench.ledger().digests().key());
    this.reading = Sha256.of(String.join(" ", soql, last, KeyedHash.ALGORITHM, key));
  }

  /**
   * The sums of all records.
   *
   * @param like has as many buckets
   * @param rows about as many records there are
   */
  BucketSums sums(BucketSums like, long rows) throws InterruptedException {
    List<Range> open = new ArrayList<>(begun(rows));
    BucketSums all = like.empty();
    for (int i = 0; i < open.size(); i++) {
      Range range = open.get(i);
      if (range.sums().filter(sums -> sums.buckets() == like.buckets()).isPresent()) {
        all = all.plus(range.sums().get());
        continue;
      }
      if (i + 1 < open.size()) {
        // The org works on the next one meanwhile.
        open.set(i + 1, begun(open.get(i + 1)));
      }
      Range asked = begun(range);
      Optional<BulkQuery> query = ended(asked);
      if (query.isEmpty() && range.job().isPresent()) {
        asked = begun(unbegun(range)); // Somebody ended it, or it is gone by now.
        query = ended(asked);
      }
      if (query.isEmpty()) {
        // Before all others: where no part of it can be read, few jobs are spent to know that.
        open.addAll(i + 1, divided(asked));
        continue;
      }
      BucketSums sums = read(query.get(), like);
      book().read(reading, range.bounds(), sums);
      bench.checkpoint().reached("prove.range");
      all = all.plus(sums);
    }
    return all;
  }

  /** When the first of it was read; empty while nothing was. */
  Optional<Instant> since() {
    return book().of(reading).stream().map(Range::begun).findFirst();
  }

  private RangeBook book() {
    return bench.ledger().ranges();
  }

  private List<Range> begun(long rows) throws InterruptedException {
    List<Range> known = book().of(reading);
    if (!known.isEmpty()) {
      return known;
    }
    List<String> cut = ranges.cut((int) Math.min(RANGES_MAX, QueryEstimate.jobs(rows)));
    allow(cut.size());
    book().begin(reading, cut);
    return book().of(reading);
  }

  private void allow(int jobs) throws InterruptedException {
    Optional<Allowance> left = bench.org().limits().named(JOBS);
    if (left.isPresent() && left.get().remaining() < jobs) {
      throw new Failure(
          Failure.Kind.QUOTA,
          "QUERY_ALLOWANCE",
          "Reading the org's records takes %,d bulk query jobs, and %,d of the day's %,d are left."
              .formatted(jobs, left.get().remaining(), left.get().max()),
          "Run the same command again when some are free; the allowance is of any 24 hours.");
    }
  }

  private Range begun(Range range) throws InterruptedException {
    if (range.job().isPresent() || range.sums().isPresent()) {
      return range;
    }
    BulkQuery query = bench.org().beginQuery(soql + RecordRanges.condition(range.bounds()));
    book().job(reading, range.bounds(), query.id());
    return new Range(range.bounds(), Optional.of(query.id()), range.begun(), Optional.empty());
  }

  private static Range unbegun(Range range) {
    return new Range(range.bounds(), Optional.empty(), range.begun(), Optional.empty());
  }

  private Optional<BulkQuery> ended(Range range) throws InterruptedException {
    BulkQuery query = bench.org().knownQuery(range.job().orElseThrow());
    return query.ended() ? Optional.of(query) : Optional.empty();
  }

  /** The ids of a range whose query did not end well, in smaller ones. */
  private List<Range> divided(Range range) throws InterruptedException {
    List<String> parts = ranges.divided(range.bounds());
    if (parts.isEmpty()) {
      throw notRead(range);
    }
    book().divide(reading, range, parts);
    return book().of(reading).stream().filter(r -> parts.contains(r.bounds())).toList();
  }

  private Failure notRead(Range range) throws InterruptedException {
    String job = range.job().orElseThrow();
    return new Failure(
        Failure.Kind.TRANSIENT,
        "QUERY_NOT_ENDED",
        "The org did not end a bulk query for its records well, and its range cannot be divided: job %s %s."
            .formatted(job, bench.org().knownQuery(job).said()),
        "Look at the job in the org's setup (Bulk Data Load Jobs), then run the same command"
            + " again: it goes on with the ranges that are left.");
  }

  private BucketSums read(BulkQuery query, BucketSums like) throws InterruptedException {
    List<ReadFields.Sums> readers = new ArrayList<>();
    query.each(
        bench.staging().directory(),
        READERS,
        () -> {
          ReadFields.Sums sums = fields.sums(bench.ledger().digests().key(), like.empty());
          readers.add(sums);
          return sums::add;
        });
    return readers.stream().map(ReadFields.Sums::sums).reduce(like.empty(), BucketSums::plus);
  }

  /** Takes the records one by one. */
  interface Taker {
    void take(List<String> row) throws InterruptedException;
  }

  /** Shows all records again, from the results that the org still has. */
  void again(Taker taker) throws InterruptedException {
    for (Range range : book().of(reading)) {
      BulkQuery query = bench.org().knownQuery(range.job().orElseThrow());
      if (!query.ended()) {
        Range asked = begun(unbegun(range));
        Optional<BulkQuery> made = ended(asked);
        if (made.isEmpty()) {
          throw notRead(asked);
        }
        query = made.get();
      }
      try (BulkRows rows = query.rows(bench.staging().directory())) {
        for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
          taker.take(row.get());
        }
      }
    }
  }

  /** Removes its jobs, and forgets it. */
  void forget() throws InterruptedException {
    for (Range range : book().of(reading)) {
      if (range.job().isPresent()) {
        bench.org().knownQuery(range.job().get()).discard();
      }
    }
    book().forget(reading);
  }

  /** The bucket of an external id in canonical form. */
  static int bucket(BucketSums sums, String canonical) {
    return sums.bucket(SampleOrder.place(canonical));
  }
}
