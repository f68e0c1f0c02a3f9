package io.initload.cli.task;

import io.initload.Failure;
import io.initload.FileName;
import io.initload.Nearest;
import io.initload.Times;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.ReportFile;
import io.initload.cli.shell.Termination;
import io.initload.cli.text.CertificateText;
import io.initload.cli.text.FailureJson;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.TableConfig;
import io.initload.config.read.TaskRequest;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.library.OpenMigration;
import io.initload.pipeline.ChunkRun;
import io.initload.pipeline.Cleanup;
import io.initload.pipeline.FirstLook;
import io.initload.pipeline.MigrationRun;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.Reconciliation;
import io.initload.pipeline.RunOutcome;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.NotBegun;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.Sleeper;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The steps an orchestrator may ask for, over the same engine as the other commands. */
final class TaskSteps {
  private final MigrationConfig config;
  private final TaskRequest request;
  private final ResultFile file;
  private final TaskResult result;
  private final Set<String> tables;

  /**
   * @throws Failure {@code USAGE} when the configuration has no such table
   */
  TaskSteps(MigrationConfig config, TaskRequest request, ResultFile file) {
    this.config = config;
    this.request = request;
    this.file = file;
    this.result = file.result();
    this.tables = request.table().map(Set::of).orElse(Set.of());
    List<String> known = config.tables().stream().map(TableConfig::name).toList();
    for (String table : tables) {
      result.table = table;
      if (!known.contains(table)) {
        throw new Failure(
            Failure.Kind.CONFIGURATION,
            "USAGE",
            "The configuration has no table " + table + Nearest.hint(table, known) + ".",
            "Name a table as the configuration does.");
      }
    }
    request.chunk().ifPresent(c -> result.chunk = c);
  }

  /** Whether the step asks neither source nor org. */
  static boolean byLedgerAlone(TaskStep step, TaskRequest request) {
    return step == TaskStep.SUMMARISE && request.report().isEmpty();
  }

  /** Runs a step and says everything in the result but a failure. */
  int run(TaskStep step, Termination termination) throws InterruptedException {
    if (byLedgerAlone(step, request)) {
      try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
        return summary(books(ledger));
      }
    }
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      termination.atLast(migration::abandon);
      return run(step, migration.bench());
    }
  }

  private int run(TaskStep step, Workbench bench) throws InterruptedException {
    return switch (step) {
      case PREFLIGHT -> preflight(bench);
      case PLAN -> plan(bench);
      case MOVE -> chunk(bench, true);
      case COLLECT -> chunk(bench, false);
      case FINISH -> finish(bench);
      case SUMMARISE -> summarise(bench);
      case RECONCILE -> reconcile(bench);
      case CLEANUP -> cleanup(bench);
    };
  }

  private int preflight(Workbench bench) throws InterruptedException {
    Preparation preparation = prepare(bench);
    preparation.require();
    // What one table cannot be planned for is among them, and stops no other.
    result.found(preparation.preflight());
    file.done();
    return ExitCode.DONE.code();
  }

  private int plan(Workbench bench) throws InterruptedException {
    if (request.beginAnew()) {
      FirstLook.beginAnew(bench);
    }
    Phases phases = prepare(bench).require();
    List<TaskResult.Piece> chunks = new ArrayList<>();
    for (Pass table : migration(bench).plan(phases)) {
      for (Chunk chunk : bench.ledger().chunks().list(table.name())) {
        chunks.add(TaskResult.Piece.of(chunk));
      }
    }
    result.chunks = chunks;
    books(bench.ledger());
    file.done();
    return ExitCode.DONE.code();
  }

  private int chunk(Workbench bench, boolean move) throws InterruptedException {
    if (request.table().isEmpty() || request.chunk().isEmpty()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "The request names no table, or no chunk of it.",
          "Give table and chunk; the result of `initload task plan` has them.");
    }
    Prepared table = prepare(bench).require().tables().get(0);
    ChunkRun run = new ChunkRun(bench, Sleeper.system(), new SecureRandom());
    long no = request.chunk().getAsLong();
    ChunkRun.Outcome outcome = move ? run.move(table, no) : run.collect(table, no);
    result.chunks = List.of(TaskResult.Piece.of(outcome.chunk()));
    String instance = bench.config().target().instance();
    result.jobs = outcome.jobs().stream().map(j -> TaskResult.OrgJob.of(instance, j)).toList();
    books(bench.ledger());
    if (outcome.stopped()) {
      return ExitCode.INTERRUPTED.code();
    }
    if (!move && outcome.unread()) {
      file.waiting();
      result.failure =
          FailureJson.json(
              new Failure(
                  Failure.Kind.TRANSIENT,
                  "CHUNK_LOST",
                  "Chunk %s is not in the org as a whole: it was never read, or a staged file of it is lost."
                      .formatted(outcome.chunk().label()),
                  "Run the step move for it: it reads what is missing."));
    } else if (move || outcome.jobs().isEmpty()) {
      file.done();
    } else {
      file.waiting();
      result.retryAt = outcome.lookAgain().toString();
    }
    return ExitCode.DONE.code();
  }

  private int finish(Workbench bench) throws InterruptedException {
    RunOutcome outcome = migration(bench).run(prepare(bench).require());
    books(bench.ledger());
    if (outcome.stopped()) {
      return ExitCode.INTERRUPTED.code();
    }
    if (!outcome.failures().isEmpty()) {
      throw outcome.failures().get(0);
    }
    file.done();
    return ExitCode.DONE.code();
  }

  private int summarise(Workbench bench) throws InterruptedException {
    List<TableBooks> books = books(bench.ledger());
    certify(bench, Level.COUNT, "summary");
    return summary(books);
  }

  private int summary(List<TableBooks> books) {
    file.done();
    if (books.isEmpty() || !books.stream().allMatch(TableBooks::closed)) {
      throw new Failure(
          Failure.Kind.FAILED,
          "BOOKS_OPEN",
          "The books of %s are not closed.".formatted(request.table().orElse(config.name())),
          "Run the steps that are left: move and collect of its chunks, then finish.");
    }
    boolean dead = books.stream().anyMatch(b -> b.deadLettered() + b.quarantined() > 0);
    return dead ? ExitCode.DEAD_LETTERS.code() : ExitCode.DONE.code();
  }

  private int reconcile(Workbench bench) throws InterruptedException {
    books(bench.ledger());
    Certificate certificate =
        certify(bench, request.level().orElse(config.reconcile().level()), "certificate");
    file.done();
    if (!certificate.booksClosed()) {
      file.failed(
          new Failure(
              Failure.Kind.FAILED,
              "MISMATCH",
              String.join(" ", certificate.findings()),
              "Look at the certificate: it names what differs."));
      return ExitCode.MISMATCH.code();
    }
    return ExitCode.DONE.code();
  }

  private Certificate certify(Workbench bench, Level level, String kind)
      throws InterruptedException {
    Certificate certificate = new Reconciliation(bench, level).certify(prepare(bench).require());
    request
        .report()
        .ifPresent(
            directory -> {
              String name = request.table().orElse(config.name()) + "-" + kind;
              Path page = directory.resolve(FileName.of(name) + ".html");
              ReportFile.write(certificate, bench.ledger(), page);
              result.report = page.toAbsolutePath().toString();
            });
    result.certified(certificate, CertificateText.of(certificate, Times.ofUser()));
    return certificate;
  }

  private int cleanup(Workbench bench) {
    result.files = new Cleanup(bench).sweep(tables);
    file.done();
    return ExitCode.DONE.code();
  }

  private Preparation prepare(Workbench bench) throws InterruptedException {
    return Preparation.of(config, bench.source(), bench.org(), tables);
  }

  private MigrationRun migration(Workbench bench) {
    RunOptions options =
        new RunOptions(
            tables, request.phase().map(Set::of).orElse(Set.of()), WhenExhausted.STOP, true);
    return new MigrationRun(bench, Sleeper.system(), new SecureRandom(), options);
  }

  private List<TableBooks> books(Ledger ledger) {
    NotBegun.require(ledger, config.name());
    Set<String> passes =
        ledger.tables().passes().stream()
            .filter(pass -> tables.isEmpty() || tables.contains(pass.table()))
            .map(Pass::name)
            .collect(Collectors.toSet());
    List<TableBooks> books =
        ledger.sums().books().values().stream()
            .filter(b -> passes.contains(b.table()))
            .sorted(Comparator.comparing(TableBooks::table))
            .toList();
    result.books = books.stream().map(TaskResult.Book::of).toList();
    return books;
  }
}
