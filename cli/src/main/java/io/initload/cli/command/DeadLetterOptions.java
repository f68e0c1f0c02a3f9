package io.initload.cli.command;

import io.initload.config.MigrationConfig;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.plan.PassKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  DeadLetterFilter filter(MigrationConfig config) {
    Set<String> passes =
        tables(config).stream()
            .flatMap(table -> Stream.of(PassKind.values()).map(kind -> kind.of(table)))
            .collect(Collectors.toSet());
    return new DeadLetterFilter(passes, Set.copyOf(codes));
  }
}
