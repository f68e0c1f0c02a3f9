package io.initload.cli.command;

import io.initload.config.MigrationConfig;
import io.initload.ledger.entry.DeadLetterFilter;
import java.util.List;
import java.util.Set;
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

  DeadLetterFilter filter(MigrationConfig config) {
    return new DeadLetterFilter(Chosen.tables(config, tables), Set.copyOf(codes));
  }
}
