package io.initload.cli.wish;

import io.initload.Failure;
import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.BooksText;
import io.initload.cli.text.Console;
import io.initload.cli.text.FailureJson;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.TableBooks;
import io.initload.library.OpenMigration;
import io.initload.pipeline.drain.AbortRun;
import io.initload.pipeline.work.NotBegun;
import io.initload.retry.Sleeper;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "abort",
    description = {
      "Ends whoever runs the migration, anywhere, and aborts its jobs in the org.",
      "What they had done is booked; a later initload run goes on from there. Without --confirm it"
          + " only says what would be aborted.",
      "Example: initload abort -c migration.yaml --confirm crm-history"
    })
public final class AbortCommand extends TriedCommand {
  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "The migration's name: abort for real.")
  private String confirm = "";

  public AbortCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    if (confirm.isEmpty()) {
      return preview(config, console);
    }
    requireName(confirm, config, "aborted");
    try (OpenMigration migration = OpenMigration.withoutSource(config, termination.stop())) {
      AbortRun.Outcome outcome =
          new AbortRun(migration.bench(), Sleeper.system(), new SecureRandom()).run();
      int code = report(outcome, migration.bench().ledger(), console);
      if (outcome.stopped()) {
        next(console, "abort", " --confirm " + word(config.name()));
      } else if (outcome.complete()) {
        next(console, "run", "");
      }
      return code;
    }
  }

  private int preview(MigrationConfig config, Console console) {
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      NotBegun.require(ledger, config.name());
      int jobs = ledger.jobs().begun().size();
      console.line("%,d jobs of the migration are with the org.", jobs);
      console.line("Nothing was aborted.");
      console.document(new Aborted(false, 0, List.of(), ledger.sums().books().values()));
      next(console, "abort", " --confirm " + word(config.name()));
      return ExitCode.DONE.code();
    }
  }

  /** What {@code --json} prints. */
  private record Aborted(
      boolean complete, int jobs, List<FailureJson> failures, Collection<TableBooks> tables) {}

  private static int report(AbortRun.Outcome outcome, Ledger ledger, Console console) {
    for (Failure failure : outcome.failures()) {
      console.event("stopped " + failure.code() + ": " + failure.getMessage());
      console.event("  next: " + failure.remedy());
    }
    Collection<TableBooks> books = ledger.sums().books().values();
    console.block(BooksText.of(books));
    console.line("%,d jobs were aborted in the org.", outcome.jobs());
    console.line("%s", last(outcome));
    console.document(
        new Aborted(
            outcome.complete(),
            outcome.jobs(),
            outcome.failures().stream().map(FailureJson::json).toList(),
            books));
    if (outcome.stopped()) {
      return ExitCode.INTERRUPTED.code();
    }
    return outcome.complete() ? ExitCode.DONE.code() : ExitCode.FAILED.code();
  }

  private static String last(AbortRun.Outcome outcome) {
    if (outcome.stopped()) {
      return "Stopped on request; the same command goes on from here.";
    }
    if (outcome.lifted()) {
      return "The migration was started again meanwhile: jobs of it may be with the org.";
    }
    return outcome.failures().isEmpty()
        ? "No job is left in the org, and what they had done is booked."
        : "Not all that the jobs had done could be booked.";
  }
}
