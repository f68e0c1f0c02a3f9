package io.initload.cli.command;

import io.initload.Failure;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Seal;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.TextTable;
import io.initload.config.MigrationConfig;
import io.initload.library.OpenMigration;
import io.initload.pipeline.UndoRun;
import io.initload.pipeline.prove.undo.UndoCertificate;
import io.initload.pipeline.work.NotBegun;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.report.CertificateJson;
import io.initload.report.UndoPage;
import io.initload.retry.Sleeper;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "undo",
    description = {
      "Deletes exactly the records this migration created, children first.",
      "Records that were there before are left as they are. Without --confirm it only says what"
          + " would be deleted.",
      "With -o and --certificate it writes what was deleted, what was refused and what remains.",
      "Example: initload undo -c migration.yaml --confirm crm-history"
    })
public final class UndoCommand extends TriedCommand {
  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "The migration's name: delete for real.")
  private String confirm = "";

  @Option(
      names = "--when-exhausted",
      paramLabel = "wait|stop",
      description = "When a daily allowance is used up: wait (default), or stop with exit code 76.")
  private WhenExhausted whenExhausted = WhenExhausted.WAIT;

  @Option(
      names = "--unproven-receipts",
      description =
          "Also believe lists of created records of which an older initload noted no digest.")
  private boolean unproven;

  @Mixin private ChosenTables chosen = new ChosenTables();

  @Mixin private KeptCertificate kept = new KeptCertificate();

  public UndoCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    if (!confirm.isEmpty()) {
      requireName(confirm, config, "undone");
    }
    if (confirm.isEmpty() && kept.asked()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "Without --confirm nothing is deleted, and there is nothing to certify.",
          "Give --confirm too; of a deletion of before: initload report --undo.");
    }
    RunOptions options = chosen.options(config, whenExhausted);
    Optional<Seal> seal = kept.seal(config.reconcile());
    try (OpenMigration migration = OpenMigration.withoutSource(config, termination.stop())) {
      NotBegun.require(migration.bench().ledger(), config.name());
      if (confirm.isEmpty()) {
        List<UndoRun.Undone> tables = UndoRun.preview(migration.bench().ledger(), options);
        console.block(text(tables));
        long lists = UndoRun.unproven(migration.bench().ledger(), options);
        if (lists > 0) {
          console.line(
              "%,d lists of created records have no digest: an older initload kept them.", lists);
        }
        console.line("Nothing was deleted.");
        console.document(new Deletion(false, tables));
        next(console, "undo", chosen + " --confirm " + word(config.name()));
        return ExitCode.DONE.code();
      }
      UndoRun.Outcome outcome =
          new UndoRun(
                  migration.bench(),
                  Sleeper.system(),
                  new SecureRandom(),
                  options,
                  unproven ? UndoRun.Receipts.ALL : UndoRun.Receipts.PROVEN)
              .run();
      if (kept.asked() && !outcome.stopped()) {
        UndoCertificate certificate = UndoRun.certify(migration.bench(), options);
        kept.write(
            CertificateJson.of(certificate),
            () -> UndoPage.html(certificate, console.times()),
            seal,
            console);
      }
      int code = report(outcome, console);
      next(outcome, config, console);
      return code;
    }
  }

  private void next(UndoRun.Outcome outcome, MigrationConfig config, Console console) {
    if (outcome.stopped()) {
      next(console, "undo", chosen + " --confirm " + word(config.name()));
    } else if (outcome.tables().stream().anyMatch(t -> t.refused() > 0)) {
      next(console, "dead-letters list", " --undo");
    } else if (outcome.failures().isEmpty()) {
      next(console, "report", " --undo" + chosen + KeptCertificate.BOTH);
    }
  }

  /** What {@code --json} prints. */
  private record Deletion(boolean complete, List<UndoRun.Undone> tables) {}

  private static int report(UndoRun.Outcome outcome, Console console) {
    outcome.failures().forEach(console::stopped);
    console.block(text(outcome.tables()));
    console.line(
        outcome.stopped()
            ? "Stopped on request; the same command goes on from here."
            : outcome.complete()
                ? "Every record that the migration created is gone, but for those refused."
                : "The deletion is not complete.");
    boolean refused = outcome.tables().stream().anyMatch(t -> t.refused() > 0);
    if (refused) {
      console.line("The org refused to delete some records.");
    }
    console.document(new Deletion(outcome.complete(), outcome.tables()));
    if (outcome.stopped()) {
      return ExitCode.INTERRUPTED.code();
    }
    if (!outcome.complete()) {
      return ExitCode.FAILED.code();
    }
    return refused ? ExitCode.DEAD_LETTERS.code() : ExitCode.DONE.code();
  }

  private static String text(List<UndoRun.Undone> tables) {
    TextTable text = new TextTable("table", "object", "created", "deleted", "refused");
    tables.forEach(
        t ->
            text.row(
                t.table(),
                t.object(),
                TextTable.number(t.created()),
                TextTable.number(t.deleted()),
                TextTable.number(t.refused())));
    return text.toString();
  }
}
