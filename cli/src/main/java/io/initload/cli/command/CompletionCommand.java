package io.initload.cli.command;

import io.initload.cli.shell.Wiring;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the shell's part of completion; made of all commands as they are declared. */
@Command(
    name = CompletionCommand.NAME,
    description = {
      "Prints what bash and zsh need to complete commands, options and their values.",
      "Example: source <(initload completion)"
    },
    mixinStandardHelpOptions = true)
public final class CompletionCommand implements Runnable {
  public static final String NAME = "completion";

  private final Wiring wiring;

  @Spec private CommandSpec spec = CommandSpec.create();

  public CompletionCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public void run() {
    CommandLine root = spec.parent().commandLine();
    wiring.out().print(AutoComplete.bash(root.getCommandName(), root));
    wiring.out().flush();
  }
}
