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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "pause",
    description = {
      "Lets whoever runs the migration, anywhere, begin nothing new until initload resume.",
      "Chunks that are read and jobs that are with the org go to their end and are booked.",
      "Example: initload pause -c migration.yaml --table CUSTOMERS"
    })
public final class PauseCommand extends TriedCommand {
  @Mixin private ChosenTables chosen = new ChosenTables();

  public PauseCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination) {
    Set<String> tables = chosen.names(config);
    String host = Processes.self().host();
    String by = Processes.person(host);
    String what = config.name() + (tables.isEmpty() ? "" : ", " + new TreeSet<>(tables));
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      ledger.audit().by(host).about(Audit.Act.PAUSE, what);
      if (tables.isEmpty()) {
        ledger.wishes().make(Wish.Kind.PAUSE, Optional.empty(), by);
      } else {
        tables.stream()
            .sorted()
            .forEach(t -> ledger.wishes().make(Wish.Kind.PAUSE, Optional.of(t), by));
      }
      Wished.show(ledger, console);
    }
    next(console, "resume", chosen.toString());
    return ExitCode.DONE.code();
  }
}
