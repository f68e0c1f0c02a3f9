package io.initload.cli.deadletters;

import io.initload.cli.command.Chosen;
import io.initload.config.MigrationConfig;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.plan.PassKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class DeadLetterOptions {
  @Option(names = "--table", paramLabel = "T", description = "Only this table; may be repeated.")
  private List<String> tables = List.of();

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only rows with this error code; may be repeated.")
  private List<String> codes = List.of();

  /** The names of the tables; empty for all. */
  Set<String> tables(MigrationConfig config) {
    return Chosen.tables(config, tables);
  }

  private static int levels(MigrationConfig config, String table) {
    return config.table(table).map(t -> t.hierarchy().levels()).orElse(1);
  }

  DeadLetterFilter filter(MigrationConfig config) {
    Set<String> passes =
        tables(config).stream()
            .flatMap(table -> PassKind.names(table, levels(config, table)).stream())
            .collect(Collectors.toSet());
    return new DeadLetterFilter(passes, Set.copyOf(codes));
  }
}
