package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.MigrationConfig.Wave;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.used.WaveBook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that the migration began and that no file of it has any more, under that name: the list of
 * what was begun is the ledger's, and so is which wave has which tables. Nobody is told of those
 * that a person took out.
 */
public final class RemovedTables {
  private static final Logger LOG = LoggerFactory.getLogger(RemovedTables.class);

  private final Ledger ledger;
  private final MigrationConfig config;

  public RemovedTables(Workbench bench) {
    this(bench.ledger(), bench.config());
  }

  public RemovedTables(Ledger ledger, MigrationConfig config) {
    this.ledger = ledger;
    this.config = config;
  }

  /** In load order. */
  public List<Pass> passes() {
    Set<String> others = ofOtherWaves();
    Set<String> out = out();
    return elsewhere().stream()
        .filter(pass -> !others.contains(pass.table()) && !out.contains(pass.table()))
        .toList();
  }

  /**
   * What was begun and is not in the files that were given, whether another wave has it or none.
   */
  public List<Pass> elsewhere() {
    Set<String> names = names();
    return ledger.tables().passes().stream().filter(p -> !names.contains(p.table())).toList();
  }

  /** How many tables are loaded into an object, those of other waves among them. */
  public long into(String object) {
    return config.tables().stream().filter(t -> t.object().equals(object)).count()
        + elsewhere().stream()
            .filter(pass -> pass.object().equals(object))
            .map(Pass::table)
            .distinct()
            .count();
  }

  private Set<String> names() {
    return config.waves().stream()
        .flatMap(wave -> wave.tables().stream())
        .collect(Collectors.toSet());
  }

  private Set<String> ofOtherWaves() {
    Set<Integer> given = config.waves().stream().map(Wave::number).collect(Collectors.toSet());
    return ledger.waves().tables().entrySet().stream()
        .filter(wave -> !given.contains(wave.getKey()))
        .flatMap(wave -> wave.getValue().stream())
        .collect(Collectors.toSet());
  }

  /** Names of passes over tables that a person took out: nobody waits for their books to close. */
  public Set<String> takenOut() {
    Set<String> out = out();
    if (out.isEmpty()) {
      return Set.of(); // as nearly always, and this is asked each second
    }
    Set<String> others = ofOtherWaves();
    return elsewhere().stream()
        .filter(pass -> out.contains(pass.table()) && !others.contains(pass.table()))
        .map(Pass::name)
        .collect(Collectors.toSet());
  }

  private Set<String> known() {
    Set<String> known = new HashSet<>(names());
    known.addAll(ofOtherWaves());
    known.addAll(out());
    return known;
  }

  private Set<String> out() {
    return ledger.waves().left().stream().map(WaveBook.Left::table).collect(Collectors.toSet());
  }

  /** What a certificate notes: waves that were not given, and tables that somebody took out. */
  public List<String> notes(Map<String, TableBooks> books) {
    Set<Integer> given = config.waves().stream().map(Wave::number).collect(Collectors.toSet());
    List<String> notes = new ArrayList<>();
    ledger
        .waves()
        .tables()
        .forEach(
            (number, tables) -> {
              if (!given.contains(number)) {
                notes.add(
                    "Wave %d of the migration (%s) is not looked at here, as its file was not given: this says nothing of its tables."
                        .formatted(number, String.join(", ", tables)));
              }
            });
    Set<String> names = names();
    ledger.waves().left().stream()
        .filter(left -> !names.contains(left.table()))
        .forEach(left -> notes.add(note(left, books)));
    return notes;
  }

  private String note(WaveBook.Left left, Map<String, TableBooks> books) {
    List<TableBooks> own =
        ledger.tables().passes().stream()
            .filter(pass -> pass.table().equals(left.table()))
            .flatMap(pass -> Optional.ofNullable(books.get(pass.name())).stream())
            .toList();
    return "%s was taken out of the migration at %s by %s: %s. Nothing of it was compared; by the ledger it had created %,d records and updated %,d, which stay."
        .formatted(
            left.table(),
            left.at(),
            left.by(),
            left.reason(),
            own.stream().mapToLong(TableBooks::created).sum(),
            own.stream().mapToLong(TableBooks::updated).sum());
  }

  /** Forgets those of which nothing was sent to the org; only while nobody else works on them. */
  public void forgetUnsent() {
    for (Pass pass : passes()) {
      if (ledger.tables().forget(pass.name())) {
        LOG.warn(
            "{} was planned and the configuration has it no more; nothing of it was sent, so it is"
                + " forgotten",
            pass.name());
      }
    }
  }

  /** Why those whose books are open keep a run from being complete. */
  public List<Failure> failures(Map<String, TableBooks> books) {
    return passes().stream()
        .filter(
            pass ->
                Optional.ofNullable(books.get(pass.name())).filter(b -> !b.closed()).isPresent())
        .map(RemovedTables::failure)
        .toList();
  }

  private static Failure failure(Pass pass) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "TABLE_LEFT_OUT",
        "%s was begun in this migration, its books are open, and the configuration has it no more."
            .formatted(pass.name()),
        "Put it back into tables under this name (tables[].name) as it was, then run the same"
            + " command again; or take it out for good: `initload forget %s --reason WHY`."
                .formatted(pass.table()));
  }

  /** What a certificate says of them: they cannot be compared without their mapping. */
  public List<String> findings(Map<String, TableBooks> books) {
    return Stream.concat(
            passes().stream()
                .flatMap(
                    pass ->
                        Optional.ofNullable(books.get(pass.name()))
                            .map(RemovedTables::finding)
                            .stream()),
            new Loads(ledger)
                .resetAndLeft(known()).stream()
                    .map(
                        table ->
                            table
                                + " was reset to be loaded anew and is not in the configuration:"
                                + " what it wrote before stays in the org, and nothing of it was"
                                + " compared."))
        .toList();
  }

  private static String finding(TableBooks sums) {
    return "%s was begun in this migration and is not in the configuration: nothing of it was compared. By the ledger %,d rows at the snapshot, %,d read, %,d quarantined, %,d loaded, %,d refused; its books are %s."
        .formatted(
            sums.table(),
            sums.snapshotRows(),
            sums.readRows(),
            sums.quarantined(),
            sums.created() + sums.updated(),
            sums.deadLettered(),
            sums.closed() ? "closed there" : "open");
  }
}
