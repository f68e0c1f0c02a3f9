package io.initload.pipeline;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.drain.Drain;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.prove.undo.UndoCertificate;
import io.initload.pipeline.prove.undo.UndoProof;
import io.initload.pipeline.settle.Receipt;
import io.initload.pipeline.settle.ReceiptStep;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.StepRunner;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.pipeline.work.Workers;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PassKind;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.retry.Sleeper;
import io.initload.staging.StagingArea;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Deletes exactly the records a migration created, children first, inside the same slots and
 * allowances as a load. What existed before and was only updated stays as it is. A deletion is
 * booked like a load of its own, so it may be killed at any moment and goes on with the same
 * command.
 */
public final class UndoRun {
  private final Workbench bench;
  private final Sleeper sleeper;
  private final RandomGenerator jitter;
  private final RunOptions options;
  private final Receipts receipts;
  private final StepRunner runner;

  /** Which lists of created records are believed. */
  public enum Receipts {
    /** Those that have the digest that was noted when they were written. */
    PROVEN,
    /** Also those of which none was noted, as versions before did not. */
    ALL
  }

  /**
   * @param bench of the migration to undo
   * @param options which of its tables
   * @param receipts which lists of created records are believed
   */
  public UndoRun(
      Workbench bench,
      Sleeper sleeper,
      RandomGenerator jitter,
      RunOptions options,
      Receipts receipts) {
    this(
        bench,
        sleeper,
        jitter,
        options,
        receipts,
        new Workers(bench.stop(), bench.clock(), sleeper, new Enrolment(bench)));
  }

  /** For rehearsals, which call the steps in an order of their own. */
  UndoRun(
      Workbench bench,
      Sleeper sleeper,
      RandomGenerator jitter,
      RunOptions options,
      Receipts receipts,
      StepRunner runner) {
    this.bench = bench;
    this.sleeper = sleeper;
    this.jitter = jitter;
    this.options = options;
    this.receipts = receipts;
    this.runner = runner;
  }

  /**
   * One table of the deletion.
   *
   * @param created records the migration created
   * @param deleted of them, those that are gone now
   * @param refused of them, those the org keeps for good; the dead letters of the deletion
   */
  public record Undone(String table, String object, long created, long deleted, long refused) {}

  /** How a deletion ended. */
  public record Outcome(boolean stopped, List<Failure> failures, List<Undone> tables) {
    public Outcome {
      failures = List.copyOf(failures);
      tables = List.copyOf(tables);
    }

    /** Whether every record the migration created is gone. */
    public boolean complete() {
      return !stopped
          && failures.isEmpty()
          && tables.stream().allMatch(t -> t.created() == t.deleted() + t.refused());
    }
  }

  /**
   * Lists of created records of which no digest was noted, as versions before did: nobody can say
   * that they are as they were written.
   */
  public static long unproven(Ledger ledger, RunOptions options) {
    Loads loads = new Loads(ledger);
    return childrenFirst(ledger, options).stream()
        .flatMap(pass -> loads.receipts(pass.name()).stream())
        .filter(receipt -> receipt.sha256().isEmpty())
        .count();
  }

  /** What would be deleted now, children first. Changes nothing. */
  public static List<Undone> preview(Ledger ledger, RunOptions options) {
    Map<String, TableBooks> deleted = ledger.undo().sums().books();
    Loads loads = new Loads(ledger);
    List<Undone> tables = new ArrayList<>();
    for (Pass pass : childrenFirst(ledger, options)) {
      TableBooks books = deleted.get(pass.name());
      tables.add(
          new Undone(
              pass.name(),
              pass.object(),
              loads.receipts(pass.name()).stream().mapToLong(KeptReceipt::records).sum(),
              books == null ? 0 : books.updated(),
              books == null ? 0 : books.deadLettered()));
    }
    return tables;
  }

  /**
   * The certificate of a deletion, whatever became of it; changes nothing.
   *
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}
   */
  public static UndoCertificate certify(Workbench bench, RunOptions options)
      throws InterruptedException {
    return new UndoProof(bench).certify(childrenFirst(bench.ledger(), options));
  }

  private static List<Pass> childrenFirst(Ledger ledger, RunOptions options) {
    return new Loads(ledger)
        .passes().stream()
            .filter(pass -> options.chooses(pass.table(), pass.phase()))
            .sorted(Comparator.comparingInt(Pass::order).reversed())
            .toList();
  }

  /**
   * Lets the jobs in flight end, then deletes. Nothing is read from the source.
   *
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code UNDO_BUSY}, {@code
   *     UNDO_UNPROVEN}, {@code UNDO_CHILDREN}, or what ended the whole run
   */
  public Outcome run() throws InterruptedException {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    MigrationBook.Begun begun = enrolment.known();
    int others = bench.ledger().workers().others(bench.worker());
    if (others > 0) {
      throw new Failure(
          Failure.Kind.TRANSIENT,
          "UNDO_BUSY",
          others + " other processes work on the ledger.",
          "Stop them, or wait until the lease of those that are gone is over (2 minutes), then run"
              + " the same command again.");
    }
    refuseUnproven();
    new UndoneChildren(bench, options)
        .refuse(
            preview(bench.ledger(), RunOptions.all()).stream()
                .collect(Collectors.toMap(Undone::table, t -> t.created() - t.deleted())));
    String what =
        bench.config().name() + (options.tables().isEmpty() ? "" : ", " + options.tables());
    bench.ledger().audit().by(bench.worker().host()).about(Audit.Act.UNDO, what);
    bench.ledger().migrations().undo();
    Quota quota = new Quota(bench, options.whenExhausted());
    List<Failure> failures = new ArrayList<>(new Drain(bench, runner, jitter).run(quota));
    if (failures.isEmpty() && !bench.stop().requested()) {
      failures.addAll(delete(begun, quota));
    }
    return new Outcome(bench.stop().requested(), failures, preview(bench.ledger(), options));
  }

  private void refuseUnproven() {
    long unproven = unproven(bench.ledger(), options);
    if (unproven > 0 && receipts == Receipts.PROVEN) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "UNDO_UNPROVEN",
          "%,d lists of created records were kept by a version that noted no digest of them: nobody can say that they are as they were written. Nothing was deleted."
              .formatted(unproven),
          "Compare the receipts directory with a backup; to take the lists as they are, give"
              + " --unproven-receipts.");
    }
  }

  private Map<String, TableConfig> configs() {
    return bench.config().tables().stream()
        .collect(Collectors.toMap(TableConfig::name, table -> table));
  }

  private List<Failure> delete(MigrationBook.Begun begun, Quota quota) throws InterruptedException {
    List<Failure> failures = new ArrayList<>();
    Ledger books = bench.ledger().undo();
    books.migrations().begin(begun.orgId(), begun.instance(), Snapshot.UNMARKED);
    try (StagingArea staging = bench.staging().within("undo")) {
      Workbench undo = bench.with(books, staging);
      staging.sweepParts(books.parts().neededFiles());
      Map<String, TableConfig> configs = configs();
      Loads loads = new Loads(bench.ledger());
      for (Pass pass : childrenFirst(bench.ledger(), options)) {
        List<KeptReceipt> receipts = loads.receipts(pass.name());
        TableConfig config = configs.get(pass.table());
        if (receipts.isEmpty()) {
          continue;
        }
        if (!failures.isEmpty() || bench.stop().requested()) {
          break; // parents go after their children, or not at all
        }
        if (config == null) {
          failures.add(unconfigured(pass));
          break;
        }
        failures.addAll(delete(undo, pass, config, receipts, quota));
      }
    }
    return failures;
  }

  private static Failure unconfigured(Pass pass) {
    return new Failure(
        Failure.Kind.FAILED,
        "UNDO_TABLE",
        "The configuration no longer has the table %s, whose records in %s are to be deleted."
            .formatted(pass.name(), pass.object()),
        "Put the table back as it was, or give the file of its wave too (-c), then run the same"
            + " command again.");
  }

  private List<Failure> delete(
      Workbench undo, Pass pass, TableConfig config, List<KeptReceipt> receipts, Quota quota)
      throws InterruptedException {
    long records = receipts.stream().mapToLong(KeptReceipt::records).sum();
    Pass deletion = deletion(pass, records);
    undo.ledger()
        .tables()
        .plan(deletion, List.of(new PlannedChunk(new ChunkBounds.Whole(), records, true)));
    undo.ledger().tables().resume(pass.name());
    // What the org refused the last time may go now, for example once a child of it is gone.
    undo.ledger()
        .deadLetters()
        .revive(new DeadLetterFilter(Set.of(pass.name()), Set.of()), ids -> Optional.empty());
    PassWork work = PassWork.deleting(config, deletion);
    Tables tables = new Tables(undo.ledger().tables(), List.of(work));
    if (!tables.done()) {
      Loading loading = new Loading(undo, undo, sleeper, jitter);
      runner.work(
          loading.delete(
              tables,
              quota,
              loading.compression(work, quota),
              new ReceiptStep(undo, tables, bench.staging(), Map.of(pass.name(), receipts))),
          tables::done);
    }
    return tables.failures();
  }

  private static Pass deletion(Pass pass, long records) {
    return new Pass(
        PassKind.ROWS,
        pass.table(),
        pass.name(),
        pass.object(),
        Receipt.HEADER.get(0),
        pass.phase(),
        pass.order(),
        "undo",
        Receipt.HEADER,
        "receipts",
        "the records this migration created",
        Snapshot.UNMARKED,
        records,
        OptionalLong.of(0),
        Optional.empty());
  }
}
