package io.initload.config;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A whole configuration file, checked. Immutable. */
public record MigrationConfig(
    String name,
    SourceConfig source,
    TargetConfig target,
    StagingConfig staging,
    LedgerConfig ledger,
    ReconcileConfig reconcile,
    List<String> phases,
    List<TableConfig> tables) {
  public MigrationConfig {
    phases = List.copyOf(phases);
    tables = List.copyOf(tables);
  }

  /** The same migration without the tables at these places. */
  public MigrationConfig without(Set<Integer> places) {
    List<TableConfig> others =
        IntStream.range(0, tables.size())
            .filter(i -> !places.contains(i))
            .mapToObj(tables::get)
            .toList();
    return new MigrationConfig(name, source, target, staging, ledger, reconcile, phases, others);
  }

  /** The same migration under another name: another one for the ledger and the staging. */
  public MigrationConfig named(String other) {
    return new MigrationConfig(other, source, target, staging, ledger, reconcile, phases, tables);
  }
}
