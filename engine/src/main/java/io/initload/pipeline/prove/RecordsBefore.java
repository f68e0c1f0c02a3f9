package io.initload.pipeline.prove;

import io.initload.mapping.RowMapping;
import io.initload.mapping.canonical.HashInput;
import io.initload.mapping.canonical.KeyedHash;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.salesforce.QueryRows;
import io.initload.salesforce.errors.OrgException;
import io.initload.source.RowCursor;
import io.initload.source.SourceFailure;
import io.initload.staging.CsvRow;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts the records which were there before the first row was loaded and that are rows of the
 * source: no others can have been updated by it. The org names its keys of then, and all keys of
 * the source are held against them, in the form in which both are equal. For one thread.
 */
final class RecordsBefore {
  private static final String CREATED = "CreatedDate";

  /** Records of the org whose keys are held in memory. */
  private static final int MAX = 1_000_000;

  private final Workbench bench;
  private final OrgTimes times;
  private final Map<Prepared, Optional<Snapshot>> passes;
  private final Prepared one;
  private final HashInput input = new HashInput(KeyedHash.ofNobody());

  /**
   * @param passes those that make records of one object, of all tables that are loaded into it,
   *     with where their rows can be read
   */
  RecordsBefore(Workbench bench, OrgTimes times, Map<Prepared, Optional<Snapshot>> passes) {
    this.bench = bench;
    this.times = times;
    this.passes = passes;
    this.one = passes.keySet().iterator().next();
  }

  /**
   * Counts them.
   *
   * @param before all records that were there when the tables were planned, whatever wrote them
   * @param created records that the migration made: some may count as of before, where clocks are
   *     in doubt. More than both are of others, who came while it was in doubt
   * @return empty when nobody can say, or too many would have to be looked at
   */
  OptionalLong ofSource(long before, long created) throws InterruptedException {
    boolean oneKey =
        passes.keySet().stream().map(p -> p.config().externalId()).distinct().count() == 1;
    if (before > MAX || !oneKey || passes.values().stream().anyMatch(Optional::isEmpty)) {
      return OptionalLong.empty();
    }
    try {
      Optional<long[]> keys = keys();
      return keys.isEmpty() || keys.get().length > before + created
          ? OptionalLong.empty()
          : OptionalLong.of(Math.max(0, before - others(keys.get())));
    } catch (SourceFailure e) {
      if (!e.action().losesSnapshot()) {
        throw e;
      }
      return OptionalLong.empty();
    }
  }

  /**
   * Of the moment when the migration began, to which its counts came soon: who came between
   * planning and loading is in none of them. Records of the first moments of the load may be among
   * these: the source has their keys.
   */
  private Optional<long[]> keys() throws InterruptedException {
    String key = one.config().externalId();
    QueryRows rows =
        bench
            .org()
            .query(
                "SELECT %s FROM %s WHERE %s != null%s"
                    .formatted(key, one.config().object(), key, then()));
    long[] keys = new long[1_024];
    int count = 0;
    try {
      for (Optional<Map<String, String>> row = rows.next(); row.isPresent(); row = rows.next()) {
        if (count == MAX) {
          return Optional.empty();
        }
        keys = count == keys.length ? Arrays.copyOf(keys, 2 * count) : keys;
        keys[count] = hash(one, row.get().getOrDefault(key, ""));
        count++;
      }
    } catch (OrgException.Refused e) {
      if (!e.isTimeout()) {
        throw e;
      }
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(keys, count);
    Arrays.sort(sorted);
    return Optional.of(sorted);
  }

  /** All records are looked at where the org does not date them, or the migration does. */
  private String then() {
    boolean dated =
        passes.keySet().stream()
            .allMatch(
                p ->
                    p.object().field(CREATED).isPresent()
                        && !p.mapping().header().contains(CREATED));
    return bench
        .ledger()
        .migrations()
        .begun()
        .filter(begun -> dated)
        .map(begun -> " AND " + CREATED + " < " + times.surelyAfter(begun.createdAt()))
        .orElse("");
  }

  private long hash(Prepared pass, String key) {
    return input.low(pass.keyForm().canonical(key));
  }

  /** How many of the keys the source does not have. */
  private int others(long[] keys) {
    BitSet there = new BitSet(keys.length);
    passes.forEach((pass, at) -> mark(pass, at.orElseThrow(), keys, there));
    return keys.length - there.cardinality();
  }

  private void mark(Prepared pass, Snapshot at, long[] keys, BitSet there) {
    RowMapping key = pass.mapping().keyAlone();
    CsvRow row = new CsvRow();
    row.rules(key.rules());
    try (RowCursor rows =
        bench
            .source()
            .read(
                pass.config().source(),
                new ChunkBounds.Whole(),
                at,
                key.reads(),
                pass.config().sourceZone(),
                pass.name() + " keys")) {
      while (rows.next()) {
        row.clear();
        key.render(rows, row);
        int found = Arrays.binarySearch(keys, hash(pass, row.field(0)));
        if (found >= 0) {
          there.set(found);
        }
      }
    }
  }
}
