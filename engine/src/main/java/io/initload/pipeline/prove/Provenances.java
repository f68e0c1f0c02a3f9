package io.initload.pipeline.prove;

import io.initload.Build;
import io.initload.Tool;
import io.initload.config.Trial;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.resets.Reset;
import io.initload.ledger.wishes.Wish;
import io.initload.pipeline.prove.Certificate.Provenance;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.Processes;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.Soql;
import io.initload.salesforce.errors.OrgException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks who is at work on both sides, for the head of the certificate. */
public final class Provenances {
  private static final int WISHES_SHOWN = 100;

  private final Workbench bench;
  private final List<String> notes;

  /**
   * @param notes are added to
   */
  public Provenances(Workbench bench, List<String> notes) {
    this.bench = bench;
    this.notes = notes;
  }

  /** What is known now; what the org does not show to the loading user is left out. */
  public Provenance of(MigrationBook.Begun begun) throws InterruptedException {
    String user = bench.org().userId();
    Optional<Boolean> production =
        first("SELECT IsSandbox FROM Organization", "IsSandbox").map(is -> is.equals("false"));
    if (production.isEmpty()) {
      notes.add("The org does not say whether it is a production org.");
    }
    noteWishes();
    noteResets();
    return new Provenance(
        Tool.NAME + " " + Tool.VERSION,
        Build.digest(),
        bench.config().trial().map(Trial::toString).orElse(""),
        bench.config().digest(),
        Configurations.of(bench.ledger().configurations().all()),
        begun.source().map(Object::toString).orElse(""),
        bench.config().source().user(),
        user,
        first("SELECT Username FROM User WHERE Id = " + Soql.quote(user), "Username").orElse(""),
        production,
        List.copyOf(new Loads(bench.ledger()).hosts()),
        Processes.person(bench.worker().host()),
        bench.ledger().audit().head());
  }

  private void noteWishes() {
    List<Wish> wishes = bench.ledger().wishes().all();
    wishes.stream().limit(WISHES_SHOWN).forEach(wish -> notes.add(wish.toString()));
    if (wishes.size() > WISHES_SHOWN) {
      notes.add(
          "So it was paused or aborted %,d times more.".formatted(wishes.size() - WISHES_SHOWN));
    }
  }

  private void noteResets() {
    for (Reset reset : bench.ledger().resets().all()) {
      bench.ledger().former(reset).sums().books().values().stream()
          .sorted(Comparator.comparing(TableBooks::table))
          .map(books -> note(reset, books))
          .forEach(notes::add);
    }
  }

  private static String note(Reset reset, TableBooks books) {
    return "%s was reset at %s by %s, to be loaded anew. By then %,d of %,d rows had been read, %,d quarantined, %,d had created a record, %,d updated one, %,d were refused: these are in no other figure here, but the records created are the migration's."
        .formatted(
            books.table(),
            reset.at(),
            reset.by(),
            books.readRows(),
            books.snapshotRows(),
            books.quarantined(),
            books.created(),
            books.updated(),
            books.deadLettered());
  }

  private Optional<String> first(String soql, String field) throws InterruptedException {
    try {
      return bench.org().query(soql).rest().stream()
          .map((Map<String, String> row) -> row.getOrDefault(field, ""))
          .filter(value -> !value.isEmpty())
          .findFirst();
    } catch (OrgException.Refused e) {
      return Optional.empty();
    }
  }
}
