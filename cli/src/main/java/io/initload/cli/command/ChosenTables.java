package io.initload.cli.command;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which tables of a migration are meant; all of them unless some are named. */
public final class ChosenTables {
  @Option(names = "--table", paramLabel = "T", description = "Only this table; may be repeated.")
  private List<String> tables = List.of();

  @Option(names = "--phase", paramLabel = "P", description = "Only this phase; may be repeated.")
  private List<String> phases = List.of();

  @Option(
      names = "--wave",
      paramLabel = "N",
      description = "Only the tables of this wave's file; may be repeated.")
  private List<Integer> waves = List.of();

  /**
   * @throws Failure {@code USAGE} for a name that is not in the configuration, or when no table is
   *     meant
   */
  RunOptions options(MigrationConfig config, WhenExhausted whenExhausted) {
    RunOptions options =
        new RunOptions(named(config), Chosen.phases(config, phases), whenExhausted);
    if (config.tables().stream().noneMatch(t -> options.chooses(t.name(), t.phase()))) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "None of the tables %s is in a phase of %s."
              .formatted(String.join(", ", tables), String.join(", ", phases)),
          "Name tables or phases, or tables of the phases that are named.");
    }
    return options;
  }

  /** The tables that are named, and of these the ones of the waves that are named. */
  private Set<String> named(MigrationConfig config) {
    Set<String> named = Chosen.tables(config, tables);
    if (waves.isEmpty()) {
      return named;
    }
    Set<String> ofWaves = new TreeSet<>(Chosen.waves(config, waves));
    if (!named.isEmpty()) {
      ofWaves.retainAll(named);
    }
    if (ofWaves.isEmpty()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "None of the tables %s is in wave %s.".formatted(String.join(", ", tables), waves),
          "Name tables or waves, or tables of the waves that are named.");
    }
    return ofWaves;
  }

  /**
   * The names of the tables; empty for all.
   *
   * @throws Failure {@code USAGE}, as {@link #options}
   */
  public Set<String> names(MigrationConfig config) {
    return options(config, WhenExhausted.WAIT).names(config);
  }

  /** As they stand on the command line, with a blank before each. */
  @Override
  public String toString() {
    return tables.stream().map(t -> " --table " + t).collect(Collectors.joining())
        + phases.stream().map(p -> " --phase " + p).collect(Collectors.joining())
        + waves.stream().map(w -> " --wave " + w).collect(Collectors.joining());
  }
}
