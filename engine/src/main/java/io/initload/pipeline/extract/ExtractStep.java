package io.initload.pipeline.extract;

import io.initload.Failure;
import io.initload.ledger.LostClaim;
import io.initload.ledger.entry.Altered;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Quarantined;
import io.initload.ledger.entry.Sampled;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.entry.TableRun;
import io.initload.mapping.RowMapping.Piece;
import io.initload.pipeline.prepare.SharedKeys;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.work.StagedFiles;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Stop;
import io.initload.pipeline.work.TableWork;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.source.Since;
import io.initload.source.SourceFailure;
import io.initload.staging.Alteration;
import io.initload.staging.CsvRow;
import io.initload.staging.DuplicateKeys;
import io.initload.staging.PartWriter;
import io.initload.staging.SealedPart;
import io.initload.staging.Spool;
import io.initload.staging.StagedPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a chunk into parts. Its parts become loadable when the whole chunk is read and counted, all
 * at once: a chunk that is read again therefore never meets rows of itself, and a chunk that lost a
 * row silently is never loaded.
 */
public final class ExtractStep implements Step {
  /** More quarantined rows than this in one chunk mean a wrong mapping, not bad rows. */
  private static final int QUARANTINED_MAX = 100_000;

  /** Altered values of a field that one chunk lists. */
  private static final int ALTERED_LISTED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(ExtractStep.class);

  private final Workbench bench;
  private final Tables tables;
  private final SnapshotPlan snapshots;
  private final ReadingPace pace;

  public ExtractStep(Workbench bench, Tables tables, SnapshotPlan snapshots) {
    this.bench = bench;
    this.tables = tables;
    this.snapshots = snapshots;
    this.pace = new ReadingPace(bench.config().source().sessions());
  }

  @Override
  public String name() {
    return "extract";
  }

  @Override
  public Instant due() {
    return Instant.MAX;
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    if (bench.stop().requested() || bench.staging().full() || !pace.enter()) {
      return false;
    }
    try {
      return next();
    } finally {
      pace.leave();
    }
  }

  private boolean next() throws InterruptedException {
    List<String> unread = tables.unread();
    if (unread.isEmpty()) {
      return false;
    }
    Optional<Chunk> claimed = bench.ledger().chunks().claim(unread, bench.worker());
    if (claimed.isEmpty()) {
      return false;
    }
    Chunk chunk = claimed.get();
    TableRun run = bench.ledger().tables().table(chunk.table()).orElseThrow();
    try {
      bench.checkpoint().reached("extract.claimed");
      extract(chunk, tables.get(chunk.table()), run);
      pace.read(chunk.label());
    } catch (LostClaim e) {
      throw e;
    } catch (Stop.Stopped e) {
      bench.ledger().chunks().release(chunk, bench.worker());
    } catch (SourceFailure e) {
      bench.ledger().chunks().release(chunk, bench.worker());
      tables.failed(chunk.table(), verdict(chunk, run, e));
    } catch (Failure e) {
      bench.ledger().chunks().release(chunk, bench.worker());
      tables.failed(chunk.table(), e);
    }
    return true;
  }

  /**
   * What the source's trouble means for the run. A passing one is thrown on as such: whoever calls
   * the steps waits, longer each time, and the chunk is read again at the same snapshot.
   */
  private Failure verdict(Chunk chunk, TableRun run, SourceFailure e) {
    switch (e.action()) {
      case READ_AGAIN, SERIALLY -> {
        if (!pace.again(chunk.label())) {
          return new Failure(
              Failure.Kind.PLATFORM,
              "SOURCE_CHUNK",
              "Chunk %s broke off %d times in a row; the last time: %s"
                  .formatted(chunk.label(), ReadingPace.BROKEN_MAX, e.getMessage()),
              "Mend what the message names, or cut the table into smaller chunks (chunking.rows),"
                  + " then run the same command again.",
              e);
        }
        return passing(e);
      }
      case ONCE_AGAIN -> {
        return pace.onceAgain(chunk.label()) ? passing(e) : e;
      }
      case WAIT, NO_ROOM -> {
        return passing(e);
      }
      case FEWER_SESSIONS -> {
        pace.fewer();
        LOG.warn("the source has no room: {} sessions read from now on", pace.limit());
        return passing(e);
      }
      case NEW_SNAPSHOT -> {
        // Undo may be short for one moment only (docs/reference/oracle.md, "When a snapshot is
        // lost").
        if (pace.onceAgain(chunk.label())) {
          return passing(e);
        }
        return snapshots.proven(run, tables.get(chunk.table()).config().source()).isPresent()
            ? passing(e)
            : e;
      }
      case STOP -> {
        return e;
      }
    }
    throw new IllegalStateException("action " + e.action());
  }

  private static Failure passing(SourceFailure e) {
    return new Failure(
        Failure.Kind.TRANSIENT, e.code(), String.valueOf(e.getMessage()), e.remedy(), e);
  }

  private void extract(Chunk chunk, TableWork table, TableRun run) throws InterruptedException {
    Optional<RereadChunk> again =
        chunk.again() ? Optional.of(RereadChunk.of(bench, chunk, table)) : Optional.empty();
    Set<String> shared;
    try (Reading reading = new Reading(chunk, table, again, Optional.empty())) {
      reading.all(run);
      shared = reading.shared(run);
      if (shared.isEmpty()) {
        enter(reading, run);
        return;
      }
      reading.parts.forEach(part -> new StagedPart(part).delete());
    }
    // All rows of a shared key are held back, the first one too, which is in a part by now.
    try (Reading reading = new Reading(chunk, table, again, Optional.of(shared))) {
      reading.all(run);
      enter(reading, run);
    }
  }

  private void enter(Reading reading, TableRun run) {
    Chunk chunk = reading.chunk;
    bench.checkpoint().reached("extract.sealed");
    long counted = counted(chunk, reading.table, run);
    if (reading.read != counted) {
      throw new Failure(
          Failure.Kind.FAILED,
          "CHUNK_COUNT",
          "Chunk %s gave %,d rows, but %,d were counted in it at the snapshot."
              .formatted(chunk.label(), reading.read, counted),
          "The source changed under a snapshot it cannot hold, or lost rows: stop the writers of"
              + " the table, start the migration under a new name, or read from a copy.");
    }
    checkFrozen(reading.table, run);
    if (reading.again.isPresent()) {
      restage(chunk, reading.newParts(), reading.again.get().missing());
    } else {
      bench.ledger().chunks().staged(chunk, bench.worker(), reading.result());
    }
    bench.checkpoint().reached("extract.staged");
  }

  private void restage(Chunk chunk, List<NewPart> parts, long missing) {
    long rows = parts.stream().mapToLong(NewPart::rows).sum();
    if (rows != missing) {
      throw new Failure(
          Failure.Kind.FAILED,
          "CHUNK_COUNT",
          "Chunk %s was read again and gave %,d rows that are not loaded, but %,d are missing."
              .formatted(chunk.label(), rows, missing),
          "The source or the org's records changed meanwhile: start the migration under a new"
              + " name.");
    }
    bench.ledger().chunks().restaged(chunk, bench.worker(), parts);
  }

  /**
   * Rows of the chunk at the snapshot, by the database's own count: planned, or asked for now while
   * the blocks are still in its cache. A row that was missed silently stops the table here.
   */
  private long counted(Chunk chunk, TableWork table, TableRun run) {
    return chunk.exact()
        ? chunk.expectedRows()
        : bench.source().count(table.config().source(), chunk.bounds(), run.snapshot());
  }

  /**
   * A table without snapshot is the same from its first count to its last chunk, or stops.
   * Whichever chunk is read last finds no other one waiting, so the look is never left out.
   */
  private void checkFrozen(TableWork table, TableRun run) {
    if (run.snapshot().kind() == Snapshot.Kind.FROZEN
        && bench.ledger().chunks().allTaken(run.name())
        && bench.source().since(table.config().source(), run.snapshot(), run.snapshotRows())
            == Since.CHANGED) {
      throw new Failure(
          Failure.Kind.FAILED,
          "SOURCE_CHANGED",
          "%s was written to while it was read without a snapshot.".formatted(run.name()),
          "Start the migration under a new name and let nobody write until all is read, or get a"
              + " snapshot (source.consistency: snapshot).");
    }
  }

  /** Altered values of one kind: all are counted, the first are listed. */
  private static final class Tally {
    private final List<String> externalIds = new ArrayList<>();
    private long rows;

    void add(String externalId) {
      if (++rows <= ALTERED_LISTED) {
        externalIds.add(externalId);
      }
    }
  }

  /** One pass over a chunk. */
  private final class Reading implements AutoCloseable {
    private static final int TEXTS = 3;

    private final Chunk chunk;
    private final TableWork table;
    private final Optional<RereadChunk> again;
    private final Optional<Set<String>> known;
    private final String name;
    private final Sampler sampler;
    private final int key;
    private final boolean watched;
    private final DuplicateKeys keys;
    private final Spool quarantined;
    private final List<SealedPart> parts = new ArrayList<>();
    private final List<Sampled> samples = new ArrayList<>();
    private final CsvRow keyValues = new CsvRow();
    private final Map<Alteration, Tally> altered = new LinkedHashMap<>();
    private long read;
    private long held;

    /**
     * @param known keys that rows of the chunk share, where a pass before has found them
     */
    Reading(
        Chunk chunk, TableWork table, Optional<RereadChunk> again, Optional<Set<String>> known) {
      this.chunk = chunk;
      this.table = table;
      this.again = again;
      this.known = known;
      this.name = again.map(RereadChunk::name).orElseGet(chunk::label);
      this.key = table.mapping().keyField();
      this.watched = !table.keyProven() && known.isEmpty();
      this.keys = bench.staging().repeats(name);
      this.quarantined = bench.staging().spool(name + "-quarantined");
      this.sampler =
          new Sampler(bench.config().reconcile().sampleRows(), table.run().snapshotRows());
    }

    void all(TableRun run) throws InterruptedException {
      try (RowCursor rows =
              bench
                  .source()
                  .read(
                      table.config().source(),
                      chunk.bounds(),
                      run.snapshot(),
                      table.mapping().reads(),
                      table.config().sourceZone(),
                      chunk.label());
          PartWriter writer =
              bench.staging().writer(name, table.mapping().header(), 1, parts::add)) {
        writer.row().rules(table.mapping().rules());
        while (rows.next()) {
          take(rows, writer);
        }
        writer.finish();
      }
    }

    /** Keys that rows of the chunk share and that nobody knew of. */
    Set<String> shared(TableRun run) {
      return watched
          ? new SharedKeys(bench, table.config(), table.mapping(), table.keyForm())
              .among(run, chunk.bounds(), keys, chunk.label())
          : Set.of();
    }

    private void take(RowCursor rows, PartWriter writer) {
      if ((++read & 1023) == 0) {
        bench.stop().check();
      }
      CsvRow row = writer.row();
      table.mapping().render(rows, row);
      Optional<String> problem = row.problem();
      String externalId = row.field(key);
      String canonical = table.keyForm().canonical(externalId);
      if (problem.isPresent()) {
        quarantine(writer, externalId, row.problemCode(), problem.get());
      } else if (externalId.isEmpty()) {
        quarantine(writer, externalId, "EXTERNAL_ID_NULL", "The external id is null.");
      } else if (table.duplicateKeys().contains(canonical)
          || (known.isPresent() && known.get().contains(canonical))) {
        quarantine(
            writer, externalId, "EXTERNAL_ID_DUPLICATE", "Several source rows have this key.");
      } else if (again.isPresent() && again.get().isBooked(canonical)) {
        writer.discard();
      } else {
        if (watched) {
          keys.add(SharedKeys.hash(canonical));
        }
        if (sampler.takes(canonical)) {
          samples.add(new Sampled(externalId, keyValues(rows)));
        }
        for (Alteration alteration : row.alterations()) {
          altered.computeIfAbsent(alteration, a -> new Tally()).add(externalId);
        }
        writer.commit();
      }
    }

    private List<String> keyValues(RowCursor rows) {
      keyValues.clear();
      for (Piece piece : table.mapping().fields().get(key)) {
        if (piece instanceof Piece.Read column) {
          keyValues.beginField();
          rows.write(column.read(), keyValues);
          keyValues.endField();
        }
      }
      return keyValues.texts();
    }

    private void quarantine(PartWriter writer, String externalId, String code, String message) {
      if (held == QUARANTINED_MAX) {
        throw new Failure(
            Failure.Kind.FAILED,
            "QUARANTINE_FULL",
            "More than %,d rows of chunk %s cannot be staged; the last one: %s"
                .formatted(QUARANTINED_MAX, chunk.label(), message),
            "Look at the mapping of the external id of " + chunk.table() + ".");
      }
      List<String> entry = new ArrayList<>(List.of(externalId, code, message));
      entry.addAll(writer.row().texts());
      quarantined.add(entry);
      held++;
      writer.discard();
    }

    Staged result() {
      List<Altered> values =
          altered.entrySet().stream()
              .map(
                  e ->
                      new Altered(
                          table.mapping().header().get(e.getKey().field()),
                          e.getKey().code(),
                          e.getValue().rows,
                          e.getValue().externalIds))
              .toList();
      return new Staged(read, quarantine(), newParts(), samples, values);
    }

    private Quarantine quarantine() {
      return new Quarantine() {
        @Override
        public long count() {
          return held;
        }

        @Override
        public void each(Consumer<Quarantined> to) {
          quarantined.each(
              e ->
                  to.accept(
                      new Quarantined(e.get(0), e.get(1), e.get(2), e.subList(TEXTS, e.size()))));
        }
      };
    }

    List<NewPart> newParts() {
      int attempt = again.map(RereadChunk::attempt).orElse(0);
      return parts.stream()
          .map(p -> StagedFiles.read(chunk, name, bench.worker(), p, attempt))
          .toList();
    }

    @Override
    public void close() {
      keys.close();
      quarantined.close();
    }
  }
}
