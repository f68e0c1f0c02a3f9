package io.initload.pipeline.prove.full;

import io.initload.ledger.digests.DigestBook.Otherwise;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.extract.StagedDigests;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The sums of the rows that the org is to have, from the ledger alone: those of the rows as they
 * were staged, without the ones that were refused, and with corrected ones as they were loaded.
 */
final class LoadedSums {
  private LoadedSums() {}

  /** Of some passes together; empty where an older version read rows of one of them. */
  static Optional<BucketSums> of(Workbench bench, Collection<Prepared> passes) {
    Optional<BucketSums> all = Optional.empty();
    for (Prepared pass : passes) {
      Optional<BucketSums> staged = bench.ledger().digests().staged(pass.name());
      if (staged.isEmpty()) {
        return Optional.empty();
      }
      BucketSums loaded = loaded(bench, pass, staged.get());
      all = Optional.of(all.map(sums -> sums.plus(loaded)).orElse(loaded));
    }
    return all;
  }

  /** Whether the digests are of the fields that are to be compared now. */
  static boolean ofFieldsNow(Workbench bench, Collection<Prepared> passes) {
    return passes.stream()
        .allMatch(
            pass -> {
              List<String> now = pass.compared(bench.config().reconcile()).exempt();
              return bench.ledger().digests().exempt(pass.name()).stream().allMatch(now::equals);
            });
  }

  private static BucketSums loaded(Workbench bench, Prepared pass, BucketSums sums) {
    SentFields fields = pass.compared(bench.config().reconcile());
    StagedDigests digests = digests(bench, pass, sums);
    bench.ledger().digests().otherwise(pass.name(), row -> change(row, pass, fields, digests));
    return sums;
  }

  /** Adds to sums, and takes away from them, rows of a pass. */
  static StagedDigests digests(Workbench bench, Prepared pass, BucketSums sums) {
    return new StagedDigests(
        bench.ledger().digests().salt(),
        pass.compared(bench.config().reconcile()),
        pass.kind(),
        sums);
  }

  private static void change(
      Otherwise row, Prepared pass, SentFields fields, StagedDigests digests) {
    row.staged().ifPresent(texts -> digests.subtract(key(texts, pass, fields), texts::get));
    row.loaded().ifPresent(texts -> digests.add(key(texts, pass, fields), texts::get));
  }

  private static String key(List<String> texts, Prepared pass, SentFields fields) {
    return pass.keyForm().canonical(texts.get(fields.keyField()));
  }
}
