package io.initload.pipeline.extract;

import io.initload.Failure;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartState;
import io.initload.ledger.entry.Quarantine;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.prepare.org.RecordsThere;
import io.initload.pipeline.work.KeySet;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.ResultKind;
import io.initload.salesforce.ResultReader;
import io.initload.salesforce.RowResult;
import io.initload.salesforce.errors.OrgException;
import java.util.List;
import java.util.Optional;

/**
 * What a chunk that is read again must leave out: rows that are booked already. The ledger counts
 * those that were loaded and does not list them, so the org is asked again for the results of the
 * jobs that wrote them. All parts of the chunk are settled or lost when this is asked.
 *
 * <p>What was held back stays so, also where it would pass now, and what passed before may be held
 * back now: the names of the org, and the rows that are loaded, are not those of the first reading.
 */
public final class RereadChunk {
  private final KeySet booked = new KeySet();
  private final KeySet held = new KeySet();
  private final KeyForm form;
  private final long missing;
  private final int attempt;
  private final String name;

  private RereadChunk(Workbench bench, Chunk chunk, PassWork table) throws InterruptedException {
    List<Part> parts = bench.ledger().parts().ofChunk(chunk.table(), chunk.no());
    this.form = table.keyForm();
    this.missing = bench.ledger().chunks().missing(chunk);
    this.attempt = 1 + parts.stream().mapToInt(Part::attempt).max().orElse(0);
    this.name = "%s-again%d".formatted(chunk.label(), parts.size());
    bench.ledger().exceptions().keysOfChunk(chunk.table(), chunk.no()).stream()
        .filter(k -> !k.isEmpty())
        .forEach(this::book);
    bench.ledger().exceptions().heldOfChunk(chunk.table(), chunk.no()).stream()
        .filter(k -> !k.isEmpty())
        .forEach(k -> held.add(form.canonical(k)));
    for (Part part : parts) {
      if (part.state() == PartState.SETTLED) {
        written(bench, table, part);
      }
    }
  }

  public static RereadChunk of(Workbench bench, Chunk chunk, PassWork table)
      throws InterruptedException {
    return new RereadChunk(bench, chunk, table);
  }

  private void written(Workbench bench, PassWork table, Part part) throws InterruptedException {
    Job job = bench.ledger().jobs().last(part).orElseThrow();
    each(bench, table, part, job, ResultKind.SUCCESSFUL, rows -> book(rows.next().key()));
    if (table.deletes()) {
      each(bench, table, part, job, ResultKind.FAILED, this::bookIfDeleted);
    } else {
      bookThere(bench, table, part, job);
    }
  }

  private void book(String key) {
    booked.add(form.canonical(key));
  }

  /** A row that failed for a record that was deleted already is booked as deleted. */
  private void bookIfDeleted(ResultReader rows) {
    RowResult row = rows.next();
    if (row.error().deletedAlready()) {
      book(row.key());
    }
  }

  /** A row that failed while its record is there with all that was sent is booked as updated. */
  private void bookThere(Workbench bench, PassWork table, Part part, Job job)
      throws InterruptedException {
    Optional<RecordsThere> there =
        RecordsThere.of(
            bench,
            table,
            new RecordsThere.Found() {
              @Override
              public void take(RecordsThere.Row row, boolean whole, List<Integer> createOnly) {
                if (whole) {
                  book(row.key());
                }
              }

              @Override
              public void unknown(RecordsThere.Row row) {
                throw unknownRow(part, row);
              }
            });
    if (there.isPresent()) {
      List<String> header = table.pass().header();
      each(
          bench,
          table,
          part,
          job,
          ResultKind.FAILED,
          rows -> {
            RowResult row = rows.next();
            there.get().add(0, row.key(), rows.fields(header), row.error());
          });
      there.get().ask();
    }
  }

  /** Whether it is booked cannot be guessed: it would be loaded twice, or not at all. */
  private static Failure unknownRow(Part part, RecordsThere.Row row) {
    return new Failure(
        Failure.Kind.TRANSIENT,
        "CHUNK_ROWS_UNKNOWN",
        "A staged file of %s is lost, and whether the row with the external id %s is loaded is not known: the org takes too long to find its record."
            .formatted(part.name(), row.key()),
        "Run the same command again when the org is less busy.");
  }

  /** Takes one row of the results, the next. */
  private interface Taker {
    void take(ResultReader rows) throws InterruptedException;
  }

  private static void each(
      Workbench bench, PassWork table, Part part, Job job, ResultKind kind, Taker taker)
      throws InterruptedException {
    try (ResultReader rows =
        bench
            .org()
            .jobs()
            .results(
                job.sfId().orElseThrow(),
                kind,
                table.keyColumn(),
                bench.staging().directory(),
                ResultReader.bytesMax(part.rows(), part.csvBytes()))) {
      while (rows.hasNext()) {
        taker.take(rows);
      }
    } catch (OrgException.Refused e) {
      if (!e.isNotFound()) {
        throw e;
      }
      throw new Failure(
          Failure.Kind.FAILED,
          "CHUNK_RESULTS_GONE",
          "A staged file of %s is lost, and the org no longer has the results of job %s, which tell the rows that are loaded."
              .formatted(part.name(), job.sfId().orElse("?")),
          "Results are kept 7 days. Bring back the staged file %s, or start the migration under a new name."
              .formatted(part.path()),
          e);
    }
  }

  public boolean isBooked(String canonical) {
    return booked.number(canonical) != KeySet.NONE;
  }

  /** Whether a row was held back when the chunk was read before, so that it is in no digest. */
  boolean wasHeld(String canonical) {
    return held.number(canonical) != KeySet.NONE;
  }

  /**
   * Holds what was read again against the books.
   *
   * @param rows that are not booked, by the reading
   * @param rejected rows that are not booked and cannot be staged, by the reading
   * @return those that are held back from now on: none where the rows that are missing are all
   *     there, since the books then have the rejected ones under external ids that people gave them
   * @throws Failure {@code CHUNK_COUNT}
   */
  public Quarantine check(Chunk chunk, long rows, Quarantine rejected) {
    Quarantine held = rows == missing ? Quarantine.EMPTY : rejected;
    ChunkProof.checkAgain(chunk, rows + held.count(), missing);
    return held;
  }

  /** Jobs that were submitted for rows of the chunk so far, at the most. */
  public int attempt() {
    return attempt;
  }

  /** For the new parts: no file of an older one has it. */
  public String name() {
    return name;
  }
}
