package io.initload.pipeline.extract;

import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.entry.Staged.Digested;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.SampleOrder;
import io.initload.mapping.compile.SentFields;
import io.initload.pipeline.prepare.SharedKeys;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.StagedFiles;
import io.initload.pipeline.work.Workbench;
import io.initload.source.RowCursor;
import io.initload.staging.CsvRow;
import io.initload.staging.DuplicateKeys;
import io.initload.staging.PartWriter;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One reading of a chunk into parts. Close it when what it gave is entered. Not thread-safe.
 *
 * <p>Unless it is proven that no two rows have the same key, the first reading watches for that;
 * the second one, which knows the shared keys, holds back all of their rows.
 */
final class ChunkReading implements AutoCloseable {
  /** A wish to stop is looked for each time so many rows were read; a power of two. */
  private static final int STOP_EVERY = 1024;

  private final Workbench bench;
  private final Chunk chunk;
  private final PassWork table;
  private final Optional<RereadChunk> again;
  private final Set<String> shared;
  private final String name;
  private final SharedKeys sharedKeys;
  private final Optional<DuplicateKeys> watch;
  private final QuarantinedRows quarantined;
  private final Samples samples;
  private final Optional<StagedDigests> digests;
  private final AlteredValues altered = new AlteredValues();
  private final List<SealedPart> parts = new ArrayList<>();
  private long read;

  private ChunkReading(
      Workbench bench,
      Chunk chunk,
      PassWork table,
      Optional<RereadChunk> again,
      Set<String> shared,
      boolean watched) {
    this.bench = bench;
    this.chunk = chunk;
    this.table = table;
    this.again = again;
    this.shared = shared;
    this.name = again.map(RereadChunk::name).orElseGet(chunk::label);
    this.sharedKeys = new SharedKeys(bench, table.config(), table.mapping(), table.keyForm());
    this.watch = watched ? Optional.of(bench.staging().repeats(name)) : Optional.empty();
    this.quarantined = new QuarantinedRows(chunk, bench.staging().spool(name + "-quarantined"));
    long rows = table.pass().snapshotRows();
    Sampler sampler = new Sampler(bench.config().reconcile().sample().of(rows), rows);
    this.samples = new Samples(sampler, table.mapping());
    this.digests = table.fields().map(fields -> digests(fields, rows));
  }

  private StagedDigests digests(SentFields fields, long rows) {
    byte[] key = bench.ledger().digests().key();
    return new StagedDigests(key, fields, table.pass().kind(), BucketSums.forRows(rows));
  }

  /**
   * The first reading.
   *
   * @param again which rows to leave out, when the chunk was read before
   */
  static ChunkReading first(
      Workbench bench, Chunk chunk, PassWork table, Optional<RereadChunk> again) {
    return new ChunkReading(bench, chunk, table, again, Set.of(), !table.keyProven());
  }

  /** The reading after one that found shared keys and was closed. */
  static ChunkReading second(
      Workbench bench,
      Chunk chunk,
      PassWork table,
      Optional<RereadChunk> again,
      Set<String> shared) {
    return new ChunkReading(bench, chunk, table, again, shared, false);
  }

  /** Reads the chunk to its end. */
  void all(Pass pass) throws InterruptedException {
    try (RowCursor rows = open(pass);
        PartWriter writer = bench.staging().writer(name, table.mapping().header(), 1, parts::add)) {
      writer.row().rules(table.mapping().rules());
      while (rows.next()) {
        if ((++read & (STOP_EVERY - 1)) == 0) {
          bench.stop().check();
        }
        take(rows, writer);
      }
      writer.finish();
    }
  }

  private RowCursor open(Pass pass) {
    return bench
        .source()
        .read(
            table.config().source(),
            chunk.bounds(),
            pass.snapshot(),
            table.mapping().reads(),
            table.config().sourceZone(),
            chunk.label());
  }

  private void take(RowCursor rows, PartWriter writer) {
    CsvRow row = writer.row();
    table.mapping().render(rows, row);
    String externalId = row.field(table.mapping().keyField());
    String canonical = table.keyForm().canonical(externalId);
    Optional<Rejection> why = Rejection.judge(row, externalId, canonical, table, shared);
    if (isBooked(externalId, canonical)) {
      if (wasStaged(externalId, canonical)) {
        digests.ifPresent(sums -> sums.add(canonical, SampleOrder.place(canonical), row));
      }
      writer.discard();
    } else if (why.isPresent()) {
      quarantined.add(externalId, why.get(), row.texts());
      writer.discard();
    } else {
      watch.ifPresent(keys -> keys.add(sharedKeys.hash(canonical)));
      long place = SampleOrder.place(canonical);
      samples.offer(rows, externalId, place);
      digests.ifPresent(sums -> sums.add(canonical, place, row));
      row.alterations().forEach(alteration -> altered.add(alteration, externalId));
      writer.commit();
    }
  }

  /** A row without a key is held back whoever reads it, so it was before. */
  private boolean isBooked(String externalId, String canonical) {
    return again.isPresent() && (externalId.isEmpty() || again.get().isBooked(canonical));
  }

  private boolean wasStaged(String externalId, String canonical) {
    return !externalId.isEmpty() && !again.orElseThrow().wasHeld(canonical);
  }

  /** Keys that rows of the chunk share and that nobody knew of. */
  Set<String> shared(Pass pass) {
    return watch
        .map(keys -> sharedKeys.among(pass, chunk.bounds(), keys, chunk.label()))
        .orElse(Set.of());
  }

  /** Rows read, whatever became of them. */
  long read() {
    return read;
  }

  /** Rows that cannot be staged, but for those that are booked; closed with this. */
  Quarantine rejected() {
    return quarantined;
  }

  /** The rows of the chunk but for those that are held back, as they are now. */
  Optional<Digested> digested() {
    return digests.map(StagedDigests::digested);
  }

  /** All that a chunk's first reading gave, for the books. */
  Staged staged() {
    return new Staged(
        read,
        quarantined,
        newParts(),
        samples.list(),
        altered.list(table.mapping().header()),
        digested());
  }

  /** The parts of the rows that were not left out. */
  List<NewPart> newParts() {
    int attempt = again.map(RereadChunk::attempt).orElse(0);
    return parts.stream()
        .map(p -> StagedFiles.read(chunk, name, bench.worker(), p, attempt))
        .toList();
  }

  /** Removes the parts: another reading takes the place of this one. */
  void discard() {
    parts.forEach(part -> new StagedPart(part).delete());
  }

  @Override
  public void close() {
    watch.ifPresent(DuplicateKeys::close);
    quarantined.close();
  }
}
