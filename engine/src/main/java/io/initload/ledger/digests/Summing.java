package io.initload.ledger.digests;

import io.initload.ledger.database.LedgerJson;
import io.initload.mapping.canonical.BucketSums;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Adds up the sums of chunks. Not thread-safe. */
final class Summing {
  private final Set<List<String>> exempt = new HashSet<>();
  private final List<Long> broken = new ArrayList<>();
  private Optional<BucketSums> all = Optional.empty();

  /** What stands in the ledger of a chunk. */
  record Entry(long chunk, long rows, String sums, String exempt) {}

  void take(Entry entry) {
    Optional<BucketSums> sums =
        BucketSums.parse(entry.sums()).filter(read -> read.rows() == entry.rows());
    Optional<List<String>> columns = LedgerJson.textsIfAny(entry.exempt());
    if (sums.isEmpty() || columns.isEmpty()) {
      broken.add(entry.chunk());
      return;
    }
    exempt.add(columns.get());
    all = Optional.of(all.map(before -> before.plus(sums.get())).orElseGet(sums::get));
  }

  StagedSums sum() {
    return broken.isEmpty()
        ? new StagedSums.Summed(all.orElseGet(() -> BucketSums.forRows(0)), exempt)
        : new StagedSums.Broken(broken);
  }
}
