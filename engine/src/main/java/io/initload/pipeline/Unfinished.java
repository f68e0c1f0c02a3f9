package io.initload.pipeline;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says of each planned table whose books are open what is missing, where, and why. */
final class Unfinished {
  private final Ledger ledger;

  private Unfinished(Ledger ledger) {
    this.ledger = ledger;
  }

  static List<String> of(Ledger ledger, Collection<TableBooks> books) {
    Unfinished unfinished = new Unfinished(ledger);
    return books.stream()
        .filter(b -> !b.closed())
        .sorted(Comparator.comparing(TableBooks::table))
        .map(unfinished::sentence)
        .toList();
  }

  private String sentence(TableBooks books) {
    List<String> missing = new ArrayList<>();
    if (books.openChunks() > 0) {
      missing.add(
          "%,d of %,d chunks are not read%s"
              .formatted(books.openChunks(), books.chunks(), first(books, c -> !read(c))));
    }
    if (books.openParts() > 0) {
      missing.add("%,d parts are not settled".formatted(books.openParts()));
    }
    if (books.pending() > 0) {
      missing.add("%,d rows wait for another try".formatted(books.pending()));
    }
    if (missing.isEmpty()) {
      missing.add(
          "%,d rows at the snapshot, %,d read, %,d quarantined, %,d staged, %,d loaded, %,d refused%s"
              .formatted(
                  books.snapshotRows(),
                  books.readRows(),
                  books.quarantined(),
                  books.stagedRows(),
                  books.created() + books.updated(),
                  books.deadLettered(),
                  first(books, c -> ledger.chunks().missing(c) != 0)));
    }
    Optional<String> stopped = ledger.tables().pass(books.table()).flatMap(Pass::stopped);
    return "%s: %s%s"
        .formatted(
            books.table(),
            String.join("; ", missing),
            stopped.map(why -> "; it was stopped: " + why).orElse("."));
  }

  private static boolean read(Chunk chunk) {
    return chunk.state() == Chunk.State.STAGED || chunk.state() == Chunk.State.SETTLED;
  }

  private String first(TableBooks books, Predicate<Chunk> which) {
    return ledger.chunks().list(books.table()).stream()
        .filter(which)
        .findFirst()
        .map(
            chunk ->
                ", first %s%s"
                    .formatted(
                        chunk.label(),
                        chunk.owner().map(w -> ", which " + w + " reads").orElse("")))
        .orElse("");
  }
}
