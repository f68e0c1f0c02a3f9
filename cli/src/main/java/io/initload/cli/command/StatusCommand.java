package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.LiveBlock;
import io.initload.cli.text.LiveText;
import io.initload.cli.text.StatusText;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.pipeline.MigrationStatus;
import io.initload.pipeline.begin.Wait;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "Shows per table what is read, staged, loaded and refused; safe while a run goes on"
          + " anywhere.",
      "Example: initload status -c migration.yaml",
      "         initload status -c migration.yaml --watch"
    })
public final class StatusCommand extends TriedCommand {
  @Option(
      names = "--watch",
      arity = "0..1",
      paramLabel = "SECONDS",
      fallbackValue = "2",
      description =
          "Show it again every so many seconds, 2 where none are given, until nothing is left to do"
              + " or Ctrl-C; with --json one document a line.")
  private int every;

  @Mixin private ChosenTables chosen = new ChosenTables();

  public StatusCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      return every > 0
          ? watch(ledger, config, console, termination)
          : once(ledger, config, console);
    }
  }

  private int once(Ledger ledger, MigrationConfig config, Console console) {
    MigrationStatus status = MigrationStatus.of(ledger, config, chosen.names(config));
    StatusText.show(status, config.target(), console);
    console.document(status);
    next(status, console);
    return ExitCode.DONE.code();
  }

  /** What to look at, or to wait for. */
  private void next(MigrationStatus status, Console console) {
    if (status.waits().stream().anyMatch(wait -> wait.reason() == Wait.Reason.PAUSED)) {
      next(console, "resume", "");
    } else if (status.activity().workers() > 0) {
      next(console, "status", " --watch");
    } else if (!status.isAtRest() || !status.stopped().isEmpty()) {
      next(console, "run", "");
    } else {
      boolean held =
          status.tables().stream().anyMatch(b -> b.deadLettered() > 0 || b.quarantined() > 0);
      next(console, held ? "dead-letters list" : "reconcile", "");
    }
  }

  private int watch(Ledger ledger, MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    boolean drawn = LiveBlock.possible(console);
    LiveBlock live = new LiveBlock(console.out());
    while (true) {
      MigrationStatus status = MigrationStatus.of(ledger, config, chosen.names(config));
      List<String> lines = LiveText.of(status, config.target(), console.times());
      if (termination.stop().requested() || status.isAtRest()) {
        if (drawn) {
          live.close();
        }
        lines.forEach(console::line);
        console.record(status);
        next(status, console);
        return ExitCode.DONE.code();
      }
      if (drawn) {
        live.draw(lines);
      } else {
        lines.forEach(console::line);
        console.line("");
        console.record(status);
      }
      termination.await(Duration.ofSeconds(every));
    }
  }
}
