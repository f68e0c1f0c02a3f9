package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Staged;
import io.initload.pipeline.extract.ExtractStep;
import io.initload.pipeline.extract.RereadChunk;
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
import java.util.function.Predicate;
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
              if (chunk.again()) {
                gatherAgain(chunk);
              } else {
                gather(chunk);
              }
              bench.checkpoint().reached("undo.staged");
              return true;
            },
            e -> tables.failed(chunk.table(), e));
    return true;
  }

  private void gather(Chunk chunk) {
    List<NewPart> parts = copied(chunk, chunk.label(), 0, id -> true);
    long records = rows(parts);
    bench
        .ledger()
        .chunks()
        .staged(
            chunk,
            bench.worker(),
            new Staged(records, Quarantine.EMPTY, parts, List.of(), List.of()));
  }

  /** What a damaged or lost file held of the records that are not deleted yet. */
  private void gatherAgain(Chunk chunk) throws InterruptedException {
    RereadChunk again = RereadChunk.of(bench, chunk, tables.get(chunk.table()));
    List<NewPart> parts = copied(chunk, again.name(), again.attempt(), id -> !again.isBooked(id));
    Quarantine none = again.check(chunk, rows(parts), Quarantine.EMPTY);
    bench.ledger().chunks().restaged(chunk, bench.worker(), parts, none, Optional.empty());
  }

  private static long rows(List<NewPart> parts) {
    return parts.stream().mapToLong(NewPart::rows).sum();
  }

  private List<NewPart> copied(Chunk chunk, String name, int attempt, Predicate<String> wanted) {
    List<SealedPart> parts = new ArrayList<>();
    try (PartWriter writer = bench.staging().writer(name, Receipt.HEADER, 1, parts::add)) {
      for (KeptReceipt receipt : receipts.getOrDefault(chunk.table(), List.of())) {
        bench.stop().check();
        copy(receipt, writer, wanted);
      }
      writer.finish();
    }
    bench.checkpoint().reached("undo.sealed");
    return parts.stream()
        .map(p -> StagedFiles.read(chunk, name, bench.worker(), p, attempt))
        .toList();
  }

  private void copy(KeptReceipt receipt, PartWriter writer, Predicate<String> wanted) {
    StagedPart list = checked(receipt);
    try (StagedPart.Rows rows = list.rows()) {
      copy(receipt, rows, writer, wanted);
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

  private void copy(
      KeptReceipt receipt, StagedPart.Rows rows, PartWriter writer, Predicate<String> wanted) {
    long records = 0;
    while (rows.hasNext()) {
      List<String> row = rows.next();
      if (wanted.test(row.get(0))) {
        writer.write(row);
      }
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
