package io.initload.pipeline.prove.full;

import io.initload.ledger.digests.DigestBook.Otherwise;
import io.initload.ledger.digests.StagedSums;
import io.initload.ledger.digests.StagedSums.Broken;
import io.initload.ledger.digests.StagedSums.Summed;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.extract.StagedDigests;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sums of the rows that the org is to have: from the ledger those of the rows as they were
 * staged, without the ones that were refused, and with corrected ones as they were loaded; where
 * the ledger has none that can be compared, from the source.
 */
final class LoadedSums {
  private final Workbench bench;
  private final Map<Prepared, Optional<Snapshot>> passes;
  private final List<String> findings;
  private final List<String> notes;

  /**
   * @param passes with where their rows can be read as they were, if anywhere
   * @param findings are added to, as are notes
   */
  LoadedSums(
      Workbench bench,
      Map<Prepared, Optional<Snapshot>> passes,
      List<String> findings,
      List<String> notes) {
    this.bench = bench;
    this.passes = passes;
    this.findings = findings;
    this.notes = notes;
  }

  /**
   * The sums of some passes together.
   *
   * @param anew whether rows of one of them were read again from the source
   * @param ofFieldsNow whether the digests are of the fields that are to be compared now
   */
  record Loaded(BucketSums sums, boolean anew, boolean ofFieldsNow) {}

  Loaded of(List<Prepared> together) throws InterruptedException {
    List<BucketSums> sums = new ArrayList<>();
    boolean anew = false;
    boolean ofFieldsNow = true;
    for (Prepared pass : together) {
      StagedSums staged = bench.ledger().digests().staged(pass.name());
      if (staged instanceof Summed summed) {
        sums.add(loaded(pass, summed.sums()));
        List<String> now = pass.compared(bench.config().reconcile()).exempt();
        ofFieldsNow &= summed.exempt().stream().allMatch(now::equals);
      } else {
        sums.add(anew(pass, staged));
        anew = true;
      }
    }
    return new Loaded(sums.stream().reduce(BucketSums::plus).orElseThrow(), anew, ofFieldsNow);
  }

  private BucketSums anew(Prepared pass, StagedSums staged) throws InterruptedException {
    Optional<Snapshot> original = passes.getOrDefault(pass, Optional.empty());
    String from = original.isPresent() ? "as it was at the snapshot" : "as it is now";
    if (staged instanceof Broken broken) {
      findings.add(
          "%s: what the ledger has as digests of chunk %s was not written by this program: somebody changed the ledger. All rows are read again from the source %s."
              .formatted(pass.name(), list(broken.chunks()), from));
    } else {
      notes.add(
          "%s: rows were read by a version that made no digests, or made them otherwise. They are read again from the source %s, and compared with that."
              .formatted(pass.name(), from));
    }
    Pass books = bench.ledger().tables().pass(pass.name()).orElseThrow();
    return SourceSums.of(bench, pass, books, original.orElseGet(() -> bench.source().snapshot()));
  }

  private static String list(List<Long> chunks) {
    return chunks.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private BucketSums loaded(Prepared pass, BucketSums sums) {
    SentFields fields = pass.compared(bench.config().reconcile());
    StagedDigests digests = PassDigests.of(bench, pass, sums);
    bench.ledger().digests().otherwise(pass.name(), row -> change(row, pass, fields, digests));
    return sums;
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
