package io.initload.config;

import io.initload.Sha256;
import io.initload.config.notify.NotifyConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A whole configuration file, checked. Immutable.
 *
 * @param waves the files that it was made of, in the order in which they were given; at least one
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
    List<Wave> waves,
    Optional<Trial> trial) {
  /**
   * One file of a migration. A migration has one, or several under the same name: a wave each.
   *
   * @param number by which the file says which of them it is; 1 where it does not
   * @param digest SHA-256 of the file's bytes, in which variables stand as they are; empty where it
   *     was no file
   * @param settings what the file says, by the path of the setting: variables stand as they are,
   *     and no secret; empty where it was no file
   * @param tables names of the tables in it
   */
  public record Wave(int number, String digest, Map<String, String> settings, List<String> tables) {
    public Wave {
      settings = Collections.unmodifiableMap(new TreeMap<>(settings));
      tables = List.copyOf(tables);
    }
  }

  public MigrationConfig {
    waves = List.copyOf(waves);
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
        List.of(new Wave(1, "", Map.of(), tables.stream().map(TableConfig::name).toList())),
        Optional.empty());
  }

  /** The same, of which these are told. */
  public MigrationConfig told(NotifyConfig receivers) {
    return new MigrationConfig(
        name, source, target, staging, ledger, reconcile, phases, tables, receivers, waves, trial);
  }

  /** The same, read from a file of that digest which says so. */
  public MigrationConfig ofFile(String sha256, Map<String, String> said) {
    return of(
        phases,
        tables,
        reconcile,
        waves.stream().map(w -> new Wave(w.number(), sha256, said, w.tables())).toList());
  }

  /** The same, as the wave of that number. */
  public MigrationConfig wave(int number) {
    return of(
        phases,
        tables,
        reconcile,
        waves.stream().map(w -> new Wave(number, w.digest(), w.settings(), w.tables())).toList());
  }

  /**
   * The same with the tables of other waves.
   *
   * @param exempt what is not compared, as {@link ReconcileConfig#exempt()}
   */
  public MigrationConfig together(
      List<String> allPhases,
      List<TableConfig> allTables,
      Map<String, Map<String, String>> exempt,
      List<Wave> all) {
    return of(
        allPhases,
        allTables,
        new ReconcileConfig(
            reconcile.level(), reconcile.sample(), exempt, reconcile.signingKeyFile()),
        all);
  }

  private MigrationConfig of(
      List<String> otherPhases,
      List<TableConfig> otherTables,
      ReconcileConfig proof,
      List<Wave> files) {
    return new MigrationConfig(
        name,
        source,
        target,
        staging,
        ledger,
        proof,
        otherPhases,
        otherTables,
        notifications,
        files,
        trial);
  }

  /**
   * SHA-256 of the file's bytes; of several files, of their digests. Empty where it was no file.
   */
  public String digest() {
    return waves.size() == 1
        ? waves.get(0).digest()
        : Sha256.of(waves.stream().map(Wave::digest).collect(Collectors.joining("\n")));
  }

  /** A table by its name; empty where the configuration has none. */
  public Optional<TableConfig> table(String wanted) {
    return tables.stream().filter(table -> table.name().equals(wanted)).findFirst();
  }

  /** The file that has a table; the first one where none has it. */
  public Wave waveOf(String table) {
    return waves.stream()
        .filter(wave -> wave.tables().contains(table))
        .findFirst()
        .orElse(waves.get(0));
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
        waves,
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
        waves,
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
        waves,
        Optional.of(some));
  }
}
