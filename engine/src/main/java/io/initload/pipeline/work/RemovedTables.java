package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that the migration began and that the configuration has no more, under that name: the list
 * of what was begun is the ledger's, not the file's.
 */
public final class RemovedTables {
  private static final Logger LOG = LoggerFactory.getLogger(RemovedTables.class);

  private final Ledger ledger;
  private final MigrationConfig config;

  public RemovedTables(Workbench bench) {
    this.ledger = bench.ledger();
    this.config = bench.config();
  }

  /** In load order. */
  public List<Pass> passes() {
    Set<String> names = names();
    return ledger.tables().passes().stream().filter(p -> !names.contains(p.table())).toList();
  }

  private Set<String> names() {
    return config.tables().stream().map(TableConfig::name).collect(Collectors.toSet());
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
            + " command again.");
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
                .resetAndLeft(names()).stream()
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
