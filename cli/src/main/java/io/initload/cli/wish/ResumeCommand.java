package io.initload.cli.wish;

import io.initload.Audit;
import io.initload.cli.command.ChosenTables;
import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.wishes.Wish;
import io.initload.pipeline.work.Processes;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "resume",
    description = {
      "Lets what initload pause or initload abort held go on; a run that waits goes on by itself.",
      "Example: initload resume -c migration.yaml"
    })
public final class ResumeCommand extends TriedCommand {
  @Mixin private ChosenTables chosen = new ChosenTables();

  public ResumeCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination) {
    Set<String> tables = chosen.names(config);
    String host = Processes.self().host();
    String by = Processes.person(host);
    String what = config.name() + (tables.isEmpty() ? "" : ", " + new TreeSet<>(tables));
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      ledger.audit().by(host).about(Audit.Act.RESUME, what);
      if (tables.isEmpty()) {
        ledger.wishes().lift(Wish.Kind.PAUSE, by);
        ledger.wishes().lift(Wish.Kind.ABORT, by);
      } else {
        tables.forEach(table -> ledger.wishes().lift(table, by));
      }
      Wished.show(ledger, console);
    }
    next(console, "status", "");
    return ExitCode.DONE.code();
  }
}
