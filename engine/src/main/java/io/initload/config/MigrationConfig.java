package io.initload.config;

import io.initload.config.notify.NotifyConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A whole configuration file, checked. Immutable.
 *
 * @param digest SHA-256 of the file's bytes, in which variables stand as they are; empty where it
 *     was no file
 * @param settings what the file says, by the path of the setting: variables stand as they are, and
 *     no secret; empty where it was no file
 * @param notifications who is told how it stands
 * @param trial how much of it is tried; empty for all of it
 */
public record MigrationConfig(
    String name,
    SourceConfig source,
    TargetConfig target,
    StagingConfig staging,
    LedgerConfig ledger,
    ReconcileConfig reconcile,
    List<String> phases,
    List<TableConfig> tables,
    NotifyConfig notifications,
    String digest,
    Map<String, String> settings,
    Optional<Trial> trial) {
  public MigrationConfig {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    phases = List.copyOf(phases);
    tables = List.copyOf(tables);
  }

  /** One that was no file, and of which nobody is told. */
  public MigrationConfig(
      String name,
      SourceConfig source,
      TargetConfig target,
      StagingConfig staging,
      LedgerConfig ledger,
      ReconcileConfig reconcile,
      List<String> phases,
      List<TableConfig> tables) {
    this(
        name,
        source,
        target,
        staging,
        ledger,
        reconcile,
        phases,
        tables,
        NotifyConfig.NONE,
        "",
        Map.of(),
        Optional.empty());
  }

  /** The same, of which these are told. */
  public MigrationConfig told(NotifyConfig receivers) {
    return new MigrationConfig(
        name, source, target, staging, ledger, reconcile, phases, tables, receivers, digest,
        settings, trial);
  }

  /** The same, read from a file of that digest which says so. */
  public MigrationConfig ofFile(String sha256, Map<String, String> said) {
    return new MigrationConfig(
        name,
        source,
        target,
        staging,
        ledger,
        reconcile,
        phases,
        tables,
        notifications,
        sha256,
        said,
        trial);
  }

  /** The same migration without the tables at these places. */
  public MigrationConfig without(Set<Integer> places) {
    List<TableConfig> others =
        IntStream.range(0, tables.size())
            .filter(i -> !places.contains(i))
            .mapToObj(tables::get)
            .toList();
    return new MigrationConfig(
        name,
        source,
        target,
        staging,
        ledger,
        reconcile,
        phases,
        others,
        notifications,
        digest,
        settings,
        trial);
  }

  /** The same migration under another name: another one for the ledger and the staging. */
  public MigrationConfig named(String other) {
    return new MigrationConfig(
        other,
        source,
        target,
        staging,
        ledger,
        reconcile,
        phases,
        tables,
        notifications,
        digest,
        settings,
        trial);
  }

  /** A trial of it, under a name of its own. */
  public MigrationConfig tried(Trial some) {
    return new MigrationConfig(
        some.of(name),
        source,
        target,
        staging,
        ledger,
        reconcile,
        phases,
        tables,
        notifications,
        digest,
        settings,
        Optional.of(some));
  }
}
