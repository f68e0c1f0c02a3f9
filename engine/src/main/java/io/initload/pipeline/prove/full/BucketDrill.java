package io.initload.pipeline.prove.full;

import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.extract.StagedDigests;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.SourceRows;
import io.initload.pipeline.work.KeySet;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes down to the rows of buckets that differ: the records of them are held field by field against
 * the rows of the source, and what the source has and no record was found for is looked for there.
 * For one thread.
 */
final class BucketDrill {
  /** Keys that the source is asked for at once. */
  private static final int KEYS = 200;

  private final Workbench bench;
  private final ReadFields fields;
  private final BitSet buckets;
  private final BucketSums rest;
  private final List<Side> sides = new ArrayList<>();

  /**
   * @param buckets those that differ
   * @param expected sums of the rows that the org is to have; what is found is taken away from them
   */
  BucketDrill(Workbench bench, ReadFields fields, BitSet buckets, BucketSums expected) {
    this.bench = bench;
    this.fields = fields;
    this.buckets = buckets;
    this.rest = expected;
  }

  /** A pass whose rows are compared. */
  private final class Side {
    private final Prepared pass;
    private final Snapshot at;
    private final SentFields sent;
    private final StagedDigests digests;
    private final SuspectRows suspects;
    private final KeySet matched = new KeySet();
    private final LoadedRows rows;

    Side(Prepared pass, Pass books, Snapshot at, SuspectRows suspects) {
      this.pass = pass;
      this.at = at;
      this.sent = pass.compared(bench.config().reconcile());
      this.digests = PassDigests.of(bench, pass, rest);
      this.suspects = suspects;
      this.rows = new LoadedRows(bench, pass, books);
    }

    /** Takes a row as the source has it; whether it was loaded. */
    boolean take(String canonical, List<String> source) {
      if (!rows.contains(canonical) || matched.add(canonical) == KeySet.NONE) {
        return false;
      }
      digests.subtract(canonical, rows.loaded(canonical, source)::get);
      return true;
    }
  }

  /**
   * Compares with the rows of a pass, too.
   *
   * @param books what the ledger has of it
   * @param at shows them
   * @param suspects are given rows that seem to differ
   */
  void against(Prepared pass, Pass books, Snapshot at, SuspectRows suspects) {
    sides.add(new Side(pass, books, at, suspects));
  }

  /** Compares all records of the buckets. */
  void records(OrgReading reading) throws InterruptedException {
    Map<String, List<String>> group = new LinkedHashMap<>();
    reading.again(
        row -> {
          String canonical = fields.canonical(row);
          if (buckets.get(OrgReading.bucket(rest, canonical))) {
            group.put(canonical, row);
          }
          if (group.size() == KEYS) {
            compare(group);
            group.clear();
          }
        });
    compare(group);
  }

  private void compare(Map<String, List<String>> group) throws InterruptedException {
    List<String> asked = group.values().stream().map(row -> row.get(0)).toList();
    for (Side side : sides) {
      Map<String, List<String>> texts =
          new HashMap<>(
              new SourceRows(bench, side.pass, side.at, side.pass.mapping()).of(asked).rows());
      group.keySet().stream()
          .filter(side.rows.corrected()::containsKey)
          .forEach(canonical -> texts.put(canonical, side.rows.corrected().get(canonical)));
      for (Map.Entry<String, List<String>> found : texts.entrySet()) {
        List<String> record = group.getOrDefault(found.getKey(), List.of());
        if (!record.isEmpty() && side.take(found.getKey(), found.getValue())) {
          side.suspects.compare(
              record.get(0),
              side.rows.loaded(found.getKey(), found.getValue()),
              fields.record(record));
        }
      }
    }
  }

  /** Looks in the source for rows of which no record was found. */
  void missing() throws InterruptedException {
    for (Side side : sides) {
      if (!open().isEmpty()) {
        for (Chunk chunk : bench.ledger().chunks().list(side.pass.name())) {
          missing(side, chunk, open());
        }
        for (Map.Entry<String, List<String>> row : side.rows.corrected().entrySet()) {
          seek(side, row.getKey(), row.getValue(), open());
        }
      }
    }
  }

  /** Buckets of which not all rows were found. */
  private BitSet open() {
    BitSet open = new BitSet();
    buckets.stream().filter(bucket -> !rest.isEmpty(bucket)).forEach(open::set);
    return open;
  }

  private void missing(Side side, Chunk chunk, BitSet open) throws InterruptedException {
    ChunkRows.each(
        bench,
        side.pass,
        chunk,
        side.at,
        row -> {
          String text = row.field(side.pass.mapping().keyField());
          String canonical = side.pass.keyForm().canonical(text);
          if (open.get(OrgReading.bucket(rest, canonical))) {
            seek(side, canonical, List.copyOf(row.texts()), open);
          }
        });
  }

  private void seek(Side side, String canonical, List<String> texts, BitSet open)
      throws InterruptedException {
    if (open.get(OrgReading.bucket(rest, canonical)) && side.take(canonical, texts)) {
      List<String> loaded = side.rows.loaded(canonical, texts);
      side.suspects.seek(loaded.get(side.sent.keyField()), loaded);
    }
  }

  /** Buckets whose rows are not, all together, those that were staged. */
  int unexplained() {
    return open().cardinality();
  }
}
