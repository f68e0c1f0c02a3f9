package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.keys.KeyList;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.LoadedRecords;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.SourceCheck;
import io.initload.pipeline.work.Workbench;
import io.initload.staging.CsvSheet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes which record each loaded row of a table is: external id and record id, from the org, by a
 * bulk query. Changes nothing.
 */
public final class KeyExport {
  private final Workbench bench;
  private final Map<String, TableBooks> books;

  /**
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code LEDGER_OTHER_SOURCE}
   */
  public KeyExport(Workbench bench) throws InterruptedException {
    this.bench = bench;
    new SourceCheck(bench).look();
    new Enrolment(bench).known();
    this.books = bench.ledger().sums().books();
  }

  /**
   * What was written of a table.
   *
   * @param records lines of the file
   * @param loaded rows of the table that the books have as created or updated
   * @param limit how it is known that the records are those rows, in words
   */
  public record Written(String table, String object, long records, long loaded, String limit) {
    /** Whether there is a record for each row. */
    public boolean complete() {
      return records == loaded;
    }
  }

  /** The tables that have records, each by the pass that is called like it. */
  public List<Prepared> tables(Phases phases) {
    return phases.tables().stream()
        .filter(p -> p.name().equals(p.table()) && books.containsKey(p.name()))
        .toList();
  }

  /** Takes rows of external id and record id. */
  @FunctionalInterface
  public interface Sink {
    void take(List<String> row) throws IOException;
  }

  /** A sink that writes CSV, with a heading of the two fields; is not closed here. */
  public static Sink csv(Prepared table, CsvSheet.Out csv) {
    csv.write(List.of(table.config().externalId(), "Id"));
    return csv::write;
  }

  /** A list of the table in the ledger, which is seen when it is ended. */
  public KeyList list(Prepared table) {
    return new KeyList(bench.ledger().keyLists(), table.table(), table.config().object());
  }

  /**
   * Gives the records of a table, in no promised order.
   *
   * @throws Failure {@code EXPORT_QUERY} when the org's query did not end well
   */
  public Written write(Phases phases, Prepared table, Sink out)
      throws IOException, InterruptedException {
    List<Prepared> passes =
        phases.tables().stream()
            .filter(p -> p.table().equals(table.table()) && p.kind().makesRecords())
            .toList();
    LoadedRecords records = new LoadedRecords(bench, table, passes);
    long lines = 0;
    try (LoadedRecords.Rows rows = records.open().orElseThrow(() -> failed(table))) {
      for (Optional<List<String>> row = rows.next(); row.isPresent(); row = rows.next()) {
        out.take(row.get());
        lines++;
      }
    }
    long loaded =
        passes.stream()
            .map(p -> Optional.ofNullable(books.get(p.name())))
            .flatMap(Optional::stream)
            .mapToLong(b -> b.created() + b.updated())
            .sum();
    return new Written(table.table(), table.config().object(), lines, loaded, records.limit());
  }

  private static Failure failed(Prepared table) {
    return new Failure(
        Failure.Kind.TRANSIENT,
        "EXPORT_QUERY",
        "The org did not end the query for the records of " + table.config().object() + " well.",
        "Look at the job in the org's setup (Bulk Data Load Jobs), then run the same command"
            + " again.");
  }
}
