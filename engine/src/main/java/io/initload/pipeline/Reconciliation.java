package io.initload.pipeline;

import io.initload.Failure;
import io.initload.LogContext;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.SampleSize;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.rows.RowFilter;
import io.initload.ledger.CorrectionBook;
import io.initload.ledger.CorrectionBook.ByHand;
import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.QuotaBook;
import io.initload.ledger.SumBook;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.AlteredFields;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Against;
import io.initload.pipeline.prove.Changes;
import io.initload.pipeline.prove.ControlTotals;
import io.initload.pipeline.prove.OrgObjects;
import io.initload.pipeline.prove.Pictures;
import io.initload.pipeline.prove.Pictures.Picture;
import io.initload.pipeline.prove.Provenances;
import io.initload.pipeline.prove.SampleComparison;
import io.initload.pipeline.prove.SampledRows;
import io.initload.pipeline.prove.TargetBalance;
import io.initload.pipeline.prove.full.FullComparison;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.RemovedTables;
import io.initload.pipeline.work.SourceCheck;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.salesforce.records.RecordCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Compares source and org and closes the books, or says where they do not close. Asks both sides
 * afresh and shares no counter with the steps that moved the rows, so that it can disagree with
 * them.
 */
public final class Reconciliation {
  /** Chunks whose equations do not hold that the certificate names, by table. */
  private static final int CHUNKS_SHOWN = 20;

  /** Rows corrected by hand that the certificate names, by table. */
  private static final int CORRECTED_SHOWN = 1_000;

  private final Workbench bench;
  private final Level level;
  private final SampleSize sample;
  private final List<String> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private final Pictures pictures;
  private final Map<Prepared, Optional<Snapshot>> passes = new LinkedHashMap<>();

  /** With the sample that the configuration asks for. */
  public Reconciliation(Workbench bench, Level level) {
    this(bench, level, bench.config().reconcile().sample());
  }

  /**
   * @param sample how many rows of each table are compared field by field, as far as they were kept
   *     when the table was read
   */
  public Reconciliation(Workbench bench, Level level, SampleSize sample) {
    this.bench = bench;
    this.level = level;
    this.sample = sample;
    this.pictures = new Pictures(bench, findings, notes);
  }

  /**
   * Makes the certificate.
   *
   * @param phases the prepared tables; only those that were planned are compared, the others are
   *     findings
   * @throws Failure {@code NOT_BEGUN} when the ledger has no such migration, {@code
   *     LEDGER_OTHER_ORG}, {@code LEDGER_OTHER_SOURCE}, {@code LEDGER_OTHER_TABLE}
   */
  public Certificate certify(Phases phases) throws InterruptedException {
    SourceCheck origin = new SourceCheck(bench);
    origin.look();
    MigrationBook.Begun begun = new Enrolment(bench).known();
    bench.config().trial().ifPresent(some -> notes.add(Rehearsal.trial(some)));
    noteOrigin(begun);
    Map<String, TableBooks> books = bench.ledger().sums().books();
    Certificate.Provenance provenance = new Provenances(bench, notes).of(begun);
    Changes changes = Changes.of(bench);
    Map<String, OptionalLong> targetRows = targetRows(phases);
    List<Certificate.Table> tables = new ArrayList<>();
    LogContext before = LogContext.current();
    for (Prepared table : phases.tables()) {
      LogContext.table(table.name());
      Optional<Pass> pass = bench.ledger().tables().pass(table.name());
      TableBooks sums = books.get(table.name());
      if (pass.isEmpty() || sums == null) {
        findings.add(table.name() + ": nothing of it was migrated yet.");
      } else {
        origin.lookAt(pass.get().name(), bench.source().origin(table.config().source()));
        tables.add(table(table, pass.get(), begun, sums, targetRows, changes));
      }
    }
    before.restore();
    RemovedTables removed = new RemovedTables(bench);
    notes.addAll(removed.notes(books));
    if (phases.whole(bench.config())) {
      findings.addAll(removed.findings(books));
    } else {
      notes.add(
          "Of %d tables %d are compared, those that were asked for: this says nothing of the others."
              .formatted(bench.config().tables().size(), phases.tables().size()));
    }
    new TargetBalance(bench, changes, findings, notes).check(passes, tables);
    List<Certificate.Whole> whole =
        level == Level.FULL
            ? new FullComparison(bench, changes, findings, notes).of(passes, tables)
            : List.of();
    List<Certificate.OrgObject> objects =
        new OrgObjects(bench, changes, findings, notes).of(passes, tables);
    List<Certificate.Control> controls =
        new ControlTotals(bench, findings, notes).of(passes, tables, objects);
    pictures.note();
    QuotaBook.Usage spent = bench.ledger().quota().spent();
    return new Certificate(
        provenance,
        bench.config().name(),
        begun.instance(),
        begun.orgId(),
        begun.snapshot(),
        scnNow(begun.snapshot()),
        begun.createdAt(),
        bench.ledger().writes().last(),
        bench.clock().instant(),
        level,
        findings.isEmpty(),
        tables,
        objects,
        controls,
        whole,
        new Certificate.Quota(spent.records(), spent.batches(), spent.slots()),
        findings,
        notes);
  }

  /** Beside the SCN of the snapshot it shows the span that the database's own records must tell. */
  private String scnNow(Snapshot then) {
    return then.kind() == Snapshot.Kind.SCN ? bench.source().snapshot().mark() : "";
  }

  private void noteOrigin(MigrationBook.Begun begun) {
    if (begun.sourceSeenAt().isEmpty()) {
      notes.add(
          "The migration was begun by a version that did not note its source: nobody can say that"
              + " it is still the same one.");
    } else if (begun.createdAt().isBefore(begun.sourceSeenAt().get())) {
      notes.add(
          "The migration was begun by a version that did not note its source: rows read before %s are taken to be of the %s."
              .formatted(
                  begun.sourceSeenAt().get(), begun.source().map(Object::toString).orElse("")));
    }
  }

  private Map<String, OptionalLong> targetRows(Phases phases) throws InterruptedException {
    Map<String, OptionalLong> rows = new TreeMap<>();
    for (Prepared prepared : phases.tables()) {
      TableConfig table = prepared.config();
      String key = table.object() + "." + table.externalId();
      if (!rows.containsKey(key)) {
        RecordCount.Counted now =
            new RecordCount(bench.org(), table.object(), table.externalId()).count();
        rows.put(key, now.records());
        if (now.records().isEmpty()) {
          notes.add(table.object() + ": its records cannot be counted now: " + now.why());
        }
      }
    }
    return rows;
  }

  private Certificate.Table table(
      Prepared table,
      Pass pass,
      MigrationBook.Begun begun,
      TableBooks sums,
      Map<String, OptionalLong> targetRows,
      Changes changes)
      throws InterruptedException {
    int before = findings.size();
    String name = pass.name();
    ByHand byHand = bench.ledger().corrections().byHand(name, CORRECTED_SHOWN);
    note(table, pass, begun, byHand);
    Picture picture = pictures.of(table, pass);
    Optional<Snapshot> at = comparable(table, pass, picture);
    passes.put(table, at);
    long counted = picture.rows();
    pass.stopped().ifPresent(why -> findings.add(name + " is stopped: " + why));
    if (counted != sums.readRows()) {
      findings.add(
          "%s: %,d rows at the snapshot, %,d read.".formatted(name, counted, sums.readRows()));
    }
    if (sums.readRows() != sums.stagedRows() + sums.quarantined()) {
      findings.add(
          "%s: %,d rows read, %,d staged and %,d quarantined."
              .formatted(name, sums.readRows(), sums.stagedRows(), sums.quarantined()));
    }
    long twice =
        table.kind() == PassKind.LEVEL
            ? 0
            : bench.ledger().corrections().claimedTwice(name, table.keyForm());
    if (twice > 0) {
      findings.add(
          "%s: %,d external ids are booked as loaded or on their way for several rows each: those met in one record."
              .formatted(name, twice));
    }
    if (!sums.loadClosed()) {
      findings.add(
          "%s: %,d rows staged, but %,d created, %,d updated and %,d dead-lettered (%,d parts open, %,d rows waiting)."
              .formatted(
                  name,
                  sums.stagedRows(),
                  sums.created(),
                  sums.updated(),
                  sums.deadLettered(),
                  sums.openParts(),
                  sums.pending()));
    }
    if (!sums.closed()) {
      bench.ledger().sums().openChunks(name, CHUNKS_SHOWN).stream()
          .map(chunk -> sentence(name, chunk))
          .forEach(findings::add);
    }
    if (sums.batches().wasteful()) {
      notes.add(
          "%s: %s of the places in its %,d batches were empty, and the daily allowance counts them; chunks of more rows (tables[].chunking.rows) leave fewer."
              .formatted(name, sums.batches().percent(), sums.batches().started()));
    }
    return new Certificate.Table(
        table.kind(),
        name,
        pass.object(),
        pass.phase(),
        pass.strategy(),
        counted,
        sums.readRows(),
        sums.quarantined(),
        sums.stagedRows(),
        sums.created(),
        sums.updated(),
        sums.deadLettered(),
        targetRows.getOrDefault(pass.object() + "." + pass.externalId(), OptionalLong.empty()),
        pass.targetBefore(),
        sums.chunks(),
        sums.parts(),
        sums.jobs(),
        sums.batches(),
        sample(table, pass, at, changes, sums.created() + sums.updated()),
        codes(name),
        AlteredFields.of(bench.ledger(), name),
        byHand,
        findings.size() == before);
  }

  private static String sentence(String table, SumBook.OpenChunk chunk) {
    return "%s: %,d rows expected, %,d read, %,d staged and %,d quarantined; of those staged %,d are booked."
        .formatted(
            Chunk.label(table, chunk.no()),
            chunk.expected(),
            chunk.read(),
            chunk.staged(),
            chunk.quarantined(),
            chunk.booked());
  }

  private static String sentence(CorrectionBook.ReadAgain again) {
    return "%,d rows were read again from the source at a later moment (%s); %,d of them had been changed there since the snapshot%s."
        .formatted(
            again.rows(),
            again.moment(),
            again.changed(),
            again.unknown() == 0
                ? ""
                : ", and of %,d an older initload did not note it".formatted(again.unknown()));
  }

  /** What a reader should know of a table and what does not speak against it. */
  private void note(Prepared table, Pass pass, MigrationBook.Begun begun, ByHand byHand) {
    String name = pass.name();
    if (!pass.snapshot().equals(begun.snapshot())) {
      notes.add(name + ": " + pass.reason() + ".");
    }
    bench
        .source()
        .concerns(table.config().source())
        .forEach(concern -> notes.add(name + ": " + concern.message()));
    bench
        .ledger()
        .corrections()
        .readAgain(name)
        .forEach(again -> notes.add(name + ": " + sentence(again)));
    if (table.config().inserted()) {
      notes.add("%s: %s.".formatted(name, table.insertion()));
    }
    SourceName source = table.config().source();
    if (source.isQuery()) {
      notes.add("%s: its source is the query %s.".formatted(name, source.query()));
    }
    if (!source.where().isEmpty()) {
      notes.add("%s: of its source, the rows where %s.".formatted(name, source.where()));
    }
    if (!source.narrowing().equals(RowFilter.WHOLE)) {
      notes.add("%s: of its source, the rows of which %s.".formatted(name, source.narrowing()));
    }
    notes.addAll(Rehearsal.of(table));
    source
        .computed()
        .forEach(
            column ->
                notes.add(
                    "%s: %s is what the source computes by %s."
                        .formatted(name, column.name(), column.sql())));
    bench.config().reconcile().exempt(table.table()).entrySet().stream()
        .filter(exempt -> pass.header().contains(exempt.getKey()))
        .forEach(
            exempt ->
                notes.add(
                    "%s: %s is not compared: %s"
                        .formatted(name, exempt.getKey(), exempt.getValue())));
    if (byHand.rows() > 0) {
      notes.add(
          "%s: %,d rows were corrected by hand and differ from the source by that; they are compared with what was entered."
              .formatted(name, byHand.rows()));
    }
  }

  /** Where rows can be read again to be compared: nowhere when they would be mapped otherwise. */
  private Optional<Snapshot> comparable(Prepared table, Pass pass, Picture picture) {
    if (pass.digest().equals(table.digest())) {
      return picture.at();
    }
    findings.add(
        pass.name()
            + ": its mapping is another one than its rows were loaded by (MAPPING_CHANGED), so that"
            + " none are compared.");
    return Optional.empty();
  }

  /** Of rows whose snapshot is gone with the source as it is now, which is said. */
  private Certificate.Sample sample(
      Prepared table, Pass pass, Optional<Snapshot> at, Changes changes, long loaded)
      throws InterruptedException {
    boolean written = at.isEmpty() && pass.snapshot().kind() == Snapshot.Kind.FROZEN;
    if (level == Level.COUNT || written || !pass.digest().equals(table.digest())) {
      return Certificate.Sample.NONE;
    }
    Against against = at.isPresent() ? Against.SNAPSHOT : Against.NOW;
    SampledRows rows = new SampledRows(bench, table, at.orElseGet(() -> bench.source().snapshot()));
    return new SampleComparison(bench, table, pass, rows, against, sample, changes, findings, notes)
        .compare(loaded);
  }

  private List<Certificate.Code> codes(String table) {
    List<Certificate.Code> codes = new ArrayList<>();
    for (DeadLetterBook.Group group : bench.ledger().deadLetters().groups(DeadLetterFilter.ALL)) {
      if (group.table().equals(table)) {
        ErrorCode known = ErrorCodes.row(group.code(), group.message());
        boolean ours = HeldRows.has(group.state(), group.code());
        codes.add(
            new Certificate.Code(
                group.code(),
                group.rows(),
                ours ? "The row cannot be staged." : known.meaning(),
                ours ? HeldRows.remedy(group.code()) : known.remedy()));
      }
    }
    return codes;
  }
}
