package io.initload.pipeline.extract;

import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Staged.Digested;
import io.initload.pipeline.begin.Opening;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.work.Claim;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a chunk into parts. Its parts become loadable when the whole chunk is read and counted, all
 * at once: a chunk that is read again therefore never meets rows of itself, and a chunk that lost a
 * row silently is never loaded.
 */
public final class ExtractStep implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(ExtractStep.class);

  private final Workbench bench;
  private final Tables tables;
  private final ReadingPace pace;
  private final SourceTrouble trouble;
  private final ChunkProof proof;
  private final Opening hours;

  /**
   * @param hours in which chunks are begun
   */
  public ExtractStep(Workbench bench, Tables tables, SnapshotPlan snapshots, Opening hours) {
    this.bench = bench;
    this.tables = tables;
    this.hours = hours;
    this.pace = new ReadingPace(bench.config().source().sessions());
    this.trouble = new SourceTrouble(tables, snapshots, pace);
    this.proof = new ChunkProof(bench);
  }

  @Override
  public String name() {
    return "extract";
  }

  @Override
  public Instant due() {
    return hours.due();
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    if (bench.stop().requested() || bench.staging().full()) {
      return false;
    }
    if (!atThisHour() || !pace.enter()) {
      return false;
    }
    try {
      return next();
    } finally {
      pace.leave();
    }
  }

  /** Where nothing is left to read the hour is no matter, and nobody is told of it. */
  private boolean atThisHour() {
    return hours.due().equals(Instant.MAX) || (!tables.unread().isEmpty() && hours.open());
  }

  private boolean next() throws InterruptedException {
    Optional<Chunk> claimed = Claim.chunk(bench.ledger(), bench.worker(), tables);
    if (claimed.isEmpty()) {
      return false;
    }
    Chunk chunk = claimed.get();
    Pass pass = bench.ledger().tables().pass(chunk.table()).orElseThrow();
    Claim.of(bench.ledger(), bench.worker(), chunk)
        .work(
            () -> {
              bench.checkpoint().reached("extract.claimed");
              extract(chunk, pass);
              pace.read(chunk.label());
              return true;
            },
            e -> tables.failed(chunk.table(), trouble.verdict(chunk, pass, e)));
    return true;
  }

  private void extract(Chunk chunk, Pass pass) throws InterruptedException {
    PassWork table = tables.get(chunk.table());
    Optional<RereadChunk> again =
        chunk.again() ? Optional.of(RereadChunk.of(bench, chunk, table)) : Optional.empty();
    Set<String> shared;
    try (ChunkReading reading = ChunkReading.first(bench, chunk, table, again)) {
      reading.all(pass);
      shared = reading.shared(pass);
      if (shared.isEmpty()) {
        enter(chunk, table, pass, again, reading);
        return;
      }
      reading.discard();
    }
    // All rows of a shared key are held back, the first one too, which was in a part by then.
    try (ChunkReading reading = ChunkReading.second(bench, chunk, table, again, shared)) {
      reading.all(pass);
      enter(chunk, table, pass, again, reading);
    }
  }

  private void enter(
      Chunk chunk, PassWork table, Pass pass, Optional<RereadChunk> again, ChunkReading reading) {
    bench.checkpoint().reached("extract.sealed");
    proof.check(chunk, table, pass, reading.read());
    if (again.isPresent()) {
      List<NewPart> parts = reading.newParts();
      long rows = parts.stream().mapToLong(NewPart::rows).sum();
      Quarantine held = again.get().check(chunk, rows, reading.rejected());
      Optional<Digested> digests = reading.digested().filter(d -> held.count() > 0);
      bench.ledger().chunks().restaged(chunk, bench.worker(), parts, held, digests);
    } else {
      bench.ledger().chunks().staged(chunk, bench.worker(), reading.staged());
    }
    bench.checkpoint().reached("extract.staged");
    LOG.debug("{} is read: {} rows", chunk.label(), reading.read());
  }
}
