package io.initload.cli.command;

import io.initload.cli.metrics.Metric;
import io.initload.cli.metrics.Otlp;
import io.initload.cli.notify.Notifier;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.BooksText;
import io.initload.cli.text.Console;
import io.initload.cli.text.FailureJson;
import io.initload.cli.text.Progress;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.TableBooks;
import io.initload.library.OpenMigration;
import io.initload.pipeline.FirstLook;
import io.initload.pipeline.MigrationRun;
import io.initload.pipeline.MigrationStatus;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.RunOutcome;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.retry.Sleeper;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Runs the whole migration, or the rest of one that stopped.",
      "Example: initload run -c migration.yaml --phase reference"
    })
public final class RunCommand extends TryingCommand {
  @Mixin private ChosenTables chosen = new ChosenTables();

  @Option(
      names = "--when-exhausted",
      paramLabel = "wait|stop",
      description = "When a daily allowance is used up: wait (default), or stop with exit code 76.")
  private WhenExhausted whenExhausted = WhenExhausted.WAIT;

  @Option(
      names = "--begin-anew",
      description =
          "Go on though the ledger does not know all that was done under this name; files that it"
              + " does not know are put aside.")
  private boolean anew;

  public RunCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    RunOptions options = chosen.options(config, whenExhausted);
    RunOutcome outcome;
    try (Notifier notifier = Notifier.of(config, Clock.systemUTC())) {
      outcome = run(config, options, console, termination, notifier);
    }
    int code = report(outcome, console);
    config
        .trial()
        .ifPresent(
            some ->
                console.line(
                    "This was the trial %s; other commands on it take --trial %s.",
                    config.name(), some.option()));
    next(outcome).ifPresent(command -> next(console, command, outcome.stopped() ? same() : ""));
    return code;
  }

  /** What a run that goes on from here is given again. */
  private String same() {
    return chosen + (whenExhausted == WhenExhausted.STOP ? " --when-exhausted stop" : "");
  }

  private RunOutcome run(
      MigrationConfig config,
      RunOptions options,
      Console console,
      Termination termination,
      Notifier notifier)
      throws InterruptedException {
    try (OpenMigration migration = OpenMigration.open(config, termination.stop());
        Otlp metrics = Otlp.of(System.getenv(), () -> facts(migration))) {
      if (anew) {
        FirstLook.beginAnew(migration.bench());
      }
      metrics.begin();
      notifier.begin();
      notifier.watch();
      RunOutcome outcome = run(migration, options, console);
      notifier.ended(outcome);
      return outcome;
    } catch (RuntimeException e) {
      notifier.failed(e);
      throw e;
    }
  }

  /** What metrics are made of; empty before anything was planned. */
  private static Optional<Metric.Facts> facts(OpenMigration migration) {
    Ledger ledger = migration.bench().ledger();
    MigrationConfig config = migration.bench().config();
    return ledger
        .migrations()
        .begun()
        .map(begun -> new Metric.Facts(MigrationStatus.of(ledger, config), config.target()));
  }

  /** Runs with progress shown; also the heart of the demo. */
  public static RunOutcome run(OpenMigration migration, RunOptions options, Console console)
      throws InterruptedException {
    MigrationConfig config = migration.bench().config();
    Preparation preparation =
        Preparation.of(
            config, migration.bench().source(), migration.bench().org(), options.names(config));
    Progress progress = Progress.show(migration.bench(), console);
    try {
      return new MigrationRun(migration.bench(), Sleeper.system(), new SecureRandom(), options)
          .run(preparation.require());
    } finally {
      progress.close();
    }
  }

  public static int report(RunOutcome outcome, Console console) {
    int code = code(outcome);
    outcome.failures().forEach(console::stopped);
    if (!outcome.blocked().isEmpty()) {
      console.event(
          "not begun, because a table they need, or an earlier phase, is not complete: "
              + String.join(", ", outcome.blocked()));
    }
    console.block(BooksText.of(outcome.books().values()));
    if (!outcome.stopped()) {
      outcome.unfinished().forEach(console::line);
    }
    console.line(last(outcome));
    console.document(
        new Summary(
            outcome.stopped(),
            outcome.failures().stream().map(FailureJson::json).toList(),
            outcome.blocked(),
            outcome.unfinished(),
            outcome.deadLetters(),
            outcome.books().values(),
            code));
    return code;
  }

  /** The command that comes next; empty where a remedy has said what to do. */
  public static Optional<String> next(RunOutcome outcome) {
    if (outcome.stopped()) {
      return Optional.of("run");
    }
    if (!outcome.failures().isEmpty()) {
      return Optional.empty();
    }
    if (!outcome.blocked().isEmpty() || !outcome.unfinished().isEmpty()) {
      return Optional.of("run");
    }
    return Optional.of(outcome.deadLetters() > 0 ? "dead-letters list" : "reconcile");
  }

  /** How it ended. */
  private static String last(RunOutcome outcome) {
    if (outcome.stopped()) {
      return "Stopped on request; the same command goes on from here.";
    }
    String dead =
        outcome.deadLetters() > 0
            ? " %,d rows need a person.".formatted(outcome.deadLetters())
            : "";
    if (!outcome.failures().isEmpty() || !outcome.blocked().isEmpty()) {
      return "The migration is not complete." + dead;
    }
    if (!outcome.unfinished().isEmpty()) {
      return "Other tables are not complete." + dead;
    }
    return dead.isEmpty()
        ? "Everything chosen is loaded."
        : "Everything chosen was sent to the org, and not all of it was taken." + dead;
  }

  /** What {@code --json} prints. */
  private record Summary(
      boolean stopped,
      List<FailureJson> failures,
      List<String> blocked,
      List<String> unfinished,
      long deadLetters,
      Collection<TableBooks> tables,
      int exitCode) {}

  private static int code(RunOutcome outcome) {
    if (outcome.stopped()) {
      return ExitCode.INTERRUPTED.code();
    }
    if (!outcome.failures().isEmpty()
        || !outcome.blocked().isEmpty()
        || !outcome.unfinished().isEmpty()) {
      return outcome.failures().stream()
          .map(f -> f.kind().exitCode())
          .filter(c -> c != ExitCode.FAILED.code())
          .findFirst()
          .orElse(ExitCode.FAILED.code());
    }
    return outcome.deadLetters() > 0 ? ExitCode.DEAD_LETTERS.code() : ExitCode.DONE.code();
  }
}
