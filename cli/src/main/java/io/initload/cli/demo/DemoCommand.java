package io.initload.cli.demo;

import io.initload.Failure;
import io.initload.cli.command.ReconcileCommand;
import io.initload.cli.command.RunCommand;
import io.initload.cli.command.SimulatorCommand;
import io.initload.cli.command.VolumeOptions;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.ReportFile;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.CertificateText;
import io.initload.cli.text.Console;
import io.initload.cli.text.LogForm;
import io.initload.config.MigrationConfig;
import io.initload.config.read.ConfigFile;
import io.initload.library.OpenMigration;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.RunOutcome;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.RunOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.source.Dialects;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a complete migration on embedded parts and certifies it.",
      "Creates an Oracle-mode database with a sales history, starts a simulated org, plans, runs,"
          + " reconciles, and ends with the certificate.",
      "Example: initload demo --directory data/demo"
    })
public final class DemoCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description =
          "Where database, staging, ledger and report go; emptied first. Default ${DEFAULT-VALUE}.")
  private Path directory = Path.of("data", "demo");

  @Option(
      names = "--sales",
      paramLabel = "N",
      description = "Rows of the sales table; default ${DEFAULT-VALUE}.")
  private long sales = 500_000;

  @Option(names = "--json", description = "Print the certificate as one JSON document on stdout.")
  private boolean json;

  @Mixin private VolumeOptions volume = new VolumeOptions();

  public DemoCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws Exception {
    Console console = wiring.console(json, volume.apply());
    DemoFiles files = DemoFiles.prepare(directory);
    long start = System.nanoTime();
    console.progress("1/5  creating a sales history in " + files.database());
    DemoSource.create(files, sales);
    console.progress("2/5  starting a simulated org");
    try (SimulatedOrg org = SimulatorCommand.start(files.orgOptions())) {
      files.configure(org);
      MigrationConfig config = ConfigFile.read(files.config(), System.getenv(), Dialects.ALL);
      LogForm.field("migration", config.name());
      try (OpenMigration migration = OpenMigration.open(config, wiring.termination().stop())) {
        Certificate certificate = migrate(migration, console);
        return end(migration, certificate, files, start, console);
      }
    }
  }

  private Certificate migrate(OpenMigration migration, Console console)
      throws InterruptedException {
    Preparation preparation =
        Preparation.of(
            migration.bench().config(), migration.bench().source(), migration.bench().org());
    MigrationPlan plan =
        MigrationPlan.of(
            migration.bench().config(), migration.bench().source(), preparation.require());
    console.progress(
        "3/5  moving about %,d rows of %d tables in %,d batches"
            .formatted(plan.estimatedRows(), plan.tables().size(), plan.estimatedBatches()));
    RunOutcome outcome = RunCommand.run(migration, RunOptions.all(), console);
    if (outcome.stopped()) {
      throw new Failure(
          Failure.Kind.FAILED, "DEMO_STOPPED", "The demo was interrupted.", "Run it again.");
    }
    for (Failure failure : outcome.failures()) {
      console.failure(failure);
    }
    console.progress("4/5  reconciling source and org");
    return ReconcileCommand.certify(migration, migration.bench().config().reconcile().level());
  }

  private int end(
      OpenMigration migration,
      Certificate certificate,
      DemoFiles files,
      long start,
      Console console) {
    ReportFile.write(certificate, migration.bench().ledger(), files.report());
    console.progress("5/5  report written");
    List<String> unexpected = SeedRecords.differences(migration.bench().ledger(), sales);
    console.line("");
    console.block(CertificateText.of(certificate, console.times()));
    for (String one : unexpected) {
      console.event("not as designed: " + one);
    }
    boolean good = certificate.booksClosed() && unexpected.isEmpty();
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    console.line(
        "The rows that could not go are %s.",
        unexpected.isEmpty() ? "exactly the planted ones" : "NOT the planted ones");
    console.line("Took %d s. Report: %s", seconds, files.report().toAbsolutePath());
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>(Console.tree(certificate));
      document.put("asDesigned", good);
      document.put("unexpected", unexpected);
      document.put("report", files.report().toAbsolutePath().toString());
      document.put("seconds", seconds);
      console.document(document);
    }
    console.next("dead-letters list -c " + files.config());
    return good ? ExitCode.DONE.code() : ExitCode.FAILED.code();
  }
}
