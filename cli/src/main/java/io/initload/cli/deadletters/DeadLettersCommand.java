package io.initload.cli.deadletters;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "Rows that need a person: refused by Salesforce for good, or quarantined before loading.",
      "Example: initload dead-letters list -c migration.yaml"
    },
    subcommands = {
      DeadLettersListCommand.class,
      DeadLettersExportCommand.class,
      DeadLettersReplayCommand.class
    })
public final class DeadLettersCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: list, export or replay");
  }
}
