package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.TraceBook.Origin;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a migration loaded: the loads that count now, and those of tables that were reset since,
 * whose records are in the org all the same.
 */
public final class Loads {
  private final Ledger now;
  private final List<Ledger> former;

  public Loads(Ledger ledger) {
    this.now = ledger;
    this.former = ledger.former();
  }

  /** Passes that are planned, and behind them those that only a load of before had. */
  public List<Pass> passes() {
    Map<String, Pass> byName = new LinkedHashMap<>();
    all().flatMap(l -> l.tables().passes().stream()).forEach(p -> byName.putIfAbsent(p.name(), p));
    return List.copyOf(byName.values());
  }

  /** The lists of all records that a pass ever created. */
  public List<KeptReceipt> receipts(String pass) {
    return all().flatMap(l -> l.parts().receipts(pass).stream()).toList();
  }

  /** The job whose list of created records has a name, whenever it ran. */
  public Optional<Origin> origin(String pass, String receipt) {
    return all().flatMap(l -> l.traces().origin(pass, receipt).stream()).findFirst();
  }

  /** Hosts that staged files or keep lists of created records. */
  public Set<String> hosts() {
    return all()
        .flatMap(l -> l.writes().hosts().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Records that a pass created before its table was reset. */
  public long formerlyCreated(String pass) {
    return former.stream()
        .flatMap(l -> Optional.ofNullable(l.sums().books().get(pass)).stream())
        .mapToLong(TableBooks::created)
        .sum();
  }

  /** Records of an object that tables created before they were reset. */
  public long formerlyCreatedOf(String object) {
    return former.stream()
        .mapToLong(
            l -> {
              Map<String, TableBooks> books = l.sums().books();
              return l.tables().passes().stream()
                  .filter(pass -> pass.object().equals(object) && pass.kind().makesRecords())
                  .flatMap(pass -> Optional.ofNullable(books.get(pass.name())).stream())
                  .mapToLong(TableBooks::created)
                  .sum();
            })
        .sum();
  }

  /**
   * What the org held before the first load of a pass; empty where it was never reset. Inside,
   * empty where nobody could count it then.
   */
  public Optional<OptionalLong> before(String pass) {
    return first(pass).map(Pass::targetBefore);
  }

  private Optional<Pass> first(String pass) {
    return former.stream().flatMap(l -> l.tables().pass(pass).stream()).findFirst();
  }

  /** Tables that were reset and are not planned again, of those whose names are not given. */
  public List<String> resetAndLeft(Set<String> names) {
    Set<String> planned =
        now.tables().passes().stream().map(Pass::table).collect(Collectors.toSet());
    Set<String> left = new TreeSet<>();
    now.resets().all().stream()
        .map(reset -> reset.table())
        .filter(table -> !planned.contains(table) && !names.contains(table))
        .forEach(left::add);
    return List.copyOf(left);
  }

  /**
   * Refuses to load a table anew where that would not meet the records that it made before.
   *
   * @param passes those of the load of before
   * @param loaded whether that wrote any record
   * @throws Failure {@code RESET_INSERTED}, {@code RESET_OTHER_RECORDS}
   */
  public static void refuseOthers(TableConfig table, List<Pass> passes, boolean loaded) {
    if (!loaded) {
      return;
    }
    if (table.inserted()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "RESET_INSERTED",
          "%s is loaded by inserts, and rows of it were sent: loaded anew, each would become a second record."
              .formatted(table.name()),
          "Take the migration back (`initload undo`) and load under a new name.");
    }
    passes.stream()
        .filter(
            pass ->
                !pass.object().equalsIgnoreCase(table.object())
                    || !pass.externalId().equalsIgnoreCase(table.externalId()))
        .findFirst()
        .ifPresent(
            pass -> {
              throw new Failure(
                  Failure.Kind.CONFIGURATION,
                  "RESET_OTHER_RECORDS",
                  "Rows of %s were written to records of %s by %s; loaded anew into %s by %s they would become other records, and those of before would be nobody's."
                      .formatted(
                          table.name(),
                          pass.object(),
                          pass.externalId(),
                          table.object(),
                          table.externalId()),
                  "Restore object and externalId of the table; or take the migration back"
                      + " (`initload undo`) and load under a new name.");
            });
  }

  /**
   * As {@link #refuseOthers(TableConfig, List, boolean)}, of a table that was reset.
   *
   * @param table the table, or a pass over it
   * @param name of the table in the configuration
   */
  public void refuseOthers(TableConfig table, String name) {
    for (Ledger books : former) {
      List<Pass> passes =
          books.tables().passes().stream().filter(pass -> pass.table().equals(name)).toList();
      boolean loaded =
          books.sums().books().values().stream().anyMatch(b -> b.created() + b.updated() > 0);
      refuseOthers(table, passes, loaded && !passes.isEmpty());
    }
  }

  private Stream<Ledger> all() {
    return Stream.concat(Stream.of(now), former.stream());
  }
}
