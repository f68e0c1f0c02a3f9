package io.initload.cli.text;

import io.initload.ledger.entry.TableBooks;
import java.util.Collection;
import java.util.Comparator;

/** The sums of the tables as columns for a terminal. */
public final class BooksText {
  private BooksText() {}

  public static String of(Collection<TableBooks> books) {
    TextTable table =
        new TextTable(
            "table",
            "rows",
            "read",
            "staged",
            "created",
            "updated",
            "dead",
            "quarantined",
            "jobs",
            "batches",
            "waste",
            "books");
    books.stream()
        .sorted(Comparator.comparing(TableBooks::table))
        .forEach(
            b ->
                table.row(
                    b.table(),
                    TextTable.number(b.snapshotRows()),
                    TextTable.number(b.readRows()),
                    TextTable.number(b.stagedRows()),
                    TextTable.number(b.created()),
                    TextTable.number(b.updated()),
                    TextTable.number(b.deadLettered()),
                    TextTable.number(b.quarantined()),
                    TextTable.number(b.jobs()),
                    TextTable.number(b.batches().started()),
                    b.batches().percent(),
                    b.closed() ? "closed" : "open"));
    return table.toString();
  }
}
