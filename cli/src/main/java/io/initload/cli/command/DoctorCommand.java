package io.initload.cli.command;

import io.initload.Audit;
import io.initload.cli.shell.BothSides;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.ReportFile;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.ExaminedText;
import io.initload.config.MigrationConfig;
import io.initload.config.SourceName;
import io.initload.evidence.CheckedAssumption;
import io.initload.evidence.Examined;
import io.initload.evidence.Masked;
import io.initload.ledger.Ledger;
import io.initload.library.OpenMigration;
import io.initload.pipeline.Examination;
import io.initload.report.ExaminationPage;
import io.initload.retry.Sleeper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Looks at everything that is taken for granted of source and org, on yours; reads only.",
      "Ends with 0 when all holds, 3 when something does not or cannot be seen, 2 when a side"
          + " cannot be reached.",
      "Example: initload doctor -c migration.yaml -o doctor.html"
    })
public final class DoctorCommand extends MigrationCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "Where the page goes; a JSON document of the same name goes beside it.")
  private @Nullable Path output;

  @Option(
      names = "--scratch-table",
      paramLabel = "NAME",
      description =
          "A table of the source, not there yet, that may be made, changed and dropped: whether a"
              + " snapshot stands still while others write.")
  private @Nullable String scratchTable;

  @Option(
      names = "--scratch",
      paramLabel = "OBJECT",
      description =
          "An object of the org of which records may be made and deleted: what the org answers,"
              + " beside the simulated one.")
  private @Nullable String scratchObject;

  @Option(
      names = "--show-values",
      description = "Show values that differ; otherwise their form alone.")
  private boolean showValues;

  public DoctorCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Optional<SourceName> scratch =
        Optional.ofNullable(scratchTable).map(name -> Chosen.source("--scratch-table", name));
    Clock clock = Clock.systemUTC();
    Examined examined;
    if (scratch.isEmpty() && scratchObject == null) {
      examined = examined(config, clock, scratch, Audit.NONE);
    } else {
      // What is written to a side is a line of the audit log.
      try (Ledger ledger = Ledger.open(config.ledger(), config.name(), clock)) {
        Audit audit = OpenMigration.audit(ledger);
        scratch.ifPresent(table -> audit.about(Audit.Act.SOURCE_SCRATCH, table.toString()));
        examined = examined(config, clock, scratch, audit);
      }
    }
    write(examined, console);
    console.document(examined);
    if (examined.reached() && examined.allHold()) {
      next(console, "plan", "");
    }
    return code(examined);
  }

  private Examined examined(
      MigrationConfig config, Clock clock, Optional<SourceName> scratch, Audit audit)
      throws InterruptedException {
    try (BothSides sides = BothSides.open(config, clock, audit)) {
      List<CheckedAssumption> observed =
          new ArrayList<>(
              new Examination(config, clock, Sleeper.system())
                  .everything(
                      sides.source(),
                      sides.org(),
                      scratch,
                      showValues ? Masked.plain() : Masked.masked()));
      ScratchObject answers = new ScratchObject(config, Sleeper.system(), clock);
      if (sides.org().isPresent()) {
        observed.addAll(answers.look(sides.org().get(), Optional.ofNullable(scratchObject)));
      }
      return sides.examined(config.name(), clock.instant(), observed, answers.switches());
    }
  }

  private void write(Examined examined, Console console) {
    console.block(ExaminedText.of(examined));
    if (output != null) {
      ReportFile.write(ExaminationPage.html(examined, console.times()), output);
      Path beside =
          output.resolveSibling(
              output.getFileName().toString().replaceFirst("\\.\\w+$", "") + ".json");
      ReportFile.write(Console.text(examined), beside);
      console.line("The page is in %s, the same as JSON in %s", output.toAbsolutePath(), beside);
    }
  }

  private static int code(Examined examined) {
    if (!examined.reached()) {
      return ExitCode.PLATFORM.code();
    }
    return (examined.allHold() ? ExitCode.DONE : ExitCode.FAILED).code();
  }
}
