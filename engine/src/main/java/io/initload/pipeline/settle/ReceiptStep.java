package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Staged;
import io.initload.pipeline.extract.ExtractStep;
import io.initload.pipeline.work.Claim;
import io.initload.pipeline.work.StagedFiles;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.staging.PartWriter;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import io.initload.staging.StagingArea;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the ids of the records a migration created into full parts for jobs that delete them: for
 * a deletion what {@link ExtractStep} is for a load. A table is one chunk.
 */
public final class ReceiptStep implements Step {
  private static final String RESTORE =
      "Restore the file from a backup, then run the same command again.";

  private final Workbench bench;
  private final Tables tables;
  private final StagingArea kept;
  private final Map<String, List<KeptReceipt>> receipts;

  /**
   * @param kept where the migration kept its lists
   * @param receipts the lists by table
   */
  public ReceiptStep(
      Workbench bench, Tables tables, StagingArea kept, Map<String, List<KeptReceipt>> receipts) {
    this.bench = bench;
    this.tables = tables;
    this.kept = kept;
    this.receipts = Map.copyOf(receipts);
  }

  @Override
  public String name() {
    return "receipts";
  }

  @Override
  public Instant due() {
    return Instant.MAX;
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    Optional<Chunk> claimed = Claim.chunk(bench.ledger(), bench.worker(), tables);
    if (claimed.isEmpty()) {
      return false;
    }
    Chunk chunk = claimed.get();
    Claim.of(bench.ledger(), bench.worker(), chunk)
        .work(
            () -> {
              bench.checkpoint().reached("undo.claimed");
              bench.ledger().chunks().staged(chunk, bench.worker(), gather(chunk));
              bench.checkpoint().reached("undo.staged");
              return true;
            },
            e -> tables.failed(chunk.table(), e));
    return true;
  }

  private Staged gather(Chunk chunk) {
    List<SealedPart> parts = new ArrayList<>();
    long records = 0;
    try (PartWriter writer = bench.staging().writer(chunk.label(), Receipt.HEADER, 1, parts::add)) {
      for (KeptReceipt receipt : receipts.getOrDefault(chunk.table(), List.of())) {
        bench.stop().check();
        records += copy(receipt, writer);
      }
      writer.finish();
    }
    bench.checkpoint().reached("undo.sealed");
    return new Staged(
        records,
        Quarantine.EMPTY,
        parts.stream()
            .map(p -> StagedFiles.read(chunk, chunk.label(), bench.worker(), p, 0))
            .toList(),
        List.of(),
        List.of());
  }

  private long copy(KeptReceipt receipt, PartWriter writer) {
    StagedPart list = checked(receipt);
    try (StagedPart.Rows rows = list.rows()) {
      return copy(receipt, rows, writer);
    } catch (Failure e) {
      throw e.code().equals("STAGING_CORRUPT") ? wrong(list, e.getMessage()) : e;
    }
  }

  /** The list as it was written; where no digest of it was noted, as it is. */
  private StagedPart checked(KeptReceipt receipt) {
    StagedPart list =
        new StagedPart(new SealedPart(1, kept.kept(receipt.name()), receipt.records(), 0, 0, ""));
    if (!list.exists()) {
      throw new Failure(
          Failure.Kind.FAILED,
          "UNDO_RECEIPT",
          "The list of %,d created records %s is not there; %s wrote it."
              .formatted(receipt.records(), list.sealed().path(), receipt.host()),
          "Copy it from the receipts directory in that host's staging directory, or from a backup,"
              + " then run the same command again.");
    }
    if (receipt.sha256().filter(written -> !list.is(written)).isPresent()) {
      throw wrong(list, "It was changed since it was written: its SHA-256 is another.");
    }
    return list;
  }

  private long copy(KeptReceipt receipt, StagedPart.Rows rows, PartWriter writer) {
    long records = 0;
    while (rows.hasNext()) {
      writer.write(rows.next());
      records++;
    }
    if (records != receipt.records()) {
      throw new Failure(
          Failure.Kind.FAILED,
          "UNDO_RECEIPT",
          "The list %s has %,d records, but %,d were booked as created."
              .formatted(kept.kept(receipt.name()), records, receipt.records()),
          RESTORE);
    }
    return records;
  }

  private static Failure wrong(StagedPart list, @Nullable String how) {
    return new Failure(
        Failure.Kind.FAILED,
        "UNDO_RECEIPT",
        "The list of created records %s is not to be trusted. %s"
            .formatted(list.sealed().path(), how),
        RESTORE);
  }
}
