package io.initload.cli.command;

import io.initload.Failure;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.ReportFile;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.ProfileText;
import io.initload.config.MigrationConfig;
import io.initload.evidence.rows.DataProfile;
import io.initload.library.OpenMigration;
import io.initload.mapping.Finding;
import io.initload.pipeline.Examination;
import io.initload.pipeline.work.Workbench;
import io.initload.report.ProfileDocument;
import io.initload.report.ProfilePage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    description = {
      "Checks configuration, connections, privileges and the mapping against the org; loads"
          + " nothing.",
      "With --data it looks through the rows too, and says how many will not arrive.",
      "Example: initload validate -c migration.yaml --data -o data.html"
    })
public final class ValidateCommand extends TryingCommand {
  @Option(
      names = "--data",
      description =
          "Look through all rows of all tables, at one snapshot: each is read once or twice, and"
              + " once more for each question about groups of rows.")
  private boolean data;

  @Option(
      names = "--sample",
      paramLabel = "ROWS",
      description =
          "With --data: of a table that has more, look at about so many rows, and say so. What"
              + " only all rows tell is left out.")
  private @Nullable Long sample;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "With --data: where its page goes.")
  private @Nullable Path output;

  public ValidateCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    check();
    List<Finding> findings;
    Optional<DataProfile> profile = Optional.empty();
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      Workbench bench = migration.bench();
      findings = Examination.findings(Examination.needed(config, bench.source(), bench.org()));
      findings.forEach(console::finding);
      if (data) {
        long rows = sample == null ? 0 : sample;
        DataProfile seen =
            Examination.data(config, bench.source(), bench.org(), rows, Clock.systemUTC());
        bench.ledger().migrations().profiled(ProfileDocument.of(seen));
        profile = Optional.of(seen);
      }
    }
    long errors = count(Finding.Severity.ERROR, findings, profile);
    long warnings = count(Finding.Severity.WARNING, findings, profile);
    profile.ifPresent(seen -> show(seen, console));
    console.line(
        errors == 0
            ? "%d tables are ready to be migrated (%d warnings)."
                .formatted(config.tables().size(), warnings)
            : "%d errors, %d warnings.".formatted(errors, warnings));
    console.document(document(errors == 0, findings, profile));
    if (errors == 0) {
      next(console, "plan", "");
    }
    return errors == 0 ? ExitCode.DONE.code() : ExitCode.USAGE.code();
  }

  private static long count(
      Finding.Severity severity, List<Finding> findings, Optional<DataProfile> profile) {
    return findings.stream().filter(finding -> finding.severity() == severity).count()
        + profile.map(seen -> seen.count(severity)).orElse(0L);
  }

  private void check() {
    if (data && trial().isPresent()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "--data looks at the rows of the whole migration, and knows of no trial.",
          "Leave --fraction and --rows out; --sample bounds what is looked at.");
    }
    boolean wrong = sample != null && sample < 1;
    if (wrong || (!data && (sample != null || output != null))) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          wrong
              ? "--sample takes a number of rows, 1 at least."
              : "--sample and --output say something of the rows, which are not looked at.",
          wrong ? "Give a number of rows, --sample 1000000 say." : "Add --data.");
    }
  }

  private void show(DataProfile profile, Console console) {
    console.block(ProfileText.of(profile));
    if (output != null) {
      ReportFile.write(ProfilePage.html(profile, console.times()), output);
      console.line("The page is in %s", output.toAbsolutePath());
    }
  }

  private static Map<String, Object> document(
      boolean valid, List<Finding> findings, Optional<DataProfile> profile) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("valid", valid);
    document.put("findings", findings);
    profile.ifPresent(seen -> document.put("data", seen));
    return document;
  }
}
