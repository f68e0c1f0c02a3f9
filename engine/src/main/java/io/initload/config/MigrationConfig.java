package io.initload.config;

import java.util.List;

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
}
