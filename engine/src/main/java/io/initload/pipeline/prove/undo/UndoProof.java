package io.initload.pipeline.prove.undo;

import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.Ledger;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.QuotaBook;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Provenances;
import io.initload.pipeline.prove.undo.UndoCertificate.OrgObject;
import io.initload.pipeline.prove.undo.UndoCertificate.Remaining;
import io.initload.pipeline.prove.undo.UndoCertificate.Table;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.salesforce.records.RecordCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Proves a deletion: the books of the load against the lists of created records, these against the
 * books of the deletion, and all against what the org has now. For one thread.
 */
public final class UndoProof {
  private final Workbench bench;
  private final Ledger deletion;
  private final Loads loads;
  private final List<String> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public UndoProof(Workbench bench) {
    this.bench = bench;
    this.deletion = bench.ledger().undo();
    this.loads = new Loads(bench.ledger());
  }

  /**
   * Makes the certificate.
   *
   * @param passes those of the tables that are meant, children first
   * @throws io.initload.Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}
   */
  public UndoCertificate certify(List<Pass> passes) throws InterruptedException {
    MigrationBook.Begun begun = new Enrolment(bench).known();
    Certificate.Provenance provenance = new Provenances(bench, notes).of(begun);
    Optional<Instant> asked = bench.ledger().migrations().undoneAt();
    if (asked.isEmpty()) {
      findings.add("Nobody asked for the migration to be undone.");
    }
    List<Table> tables = new ArrayList<>();
    for (Pass pass : passes) {
      tables.add(table(pass));
    }
    List<OrgObject> objects = objects(passes, tables);
    QuotaBook.Usage spent = deletion.quota().spent();
    int others = loads.passes().size() - passes.size();
    if (others > 0) {
      notes.add("%,d other passes of the migration are not looked at here.".formatted(others));
    }
    return new UndoCertificate(
        provenance,
        bench.config().name(),
        begun.instance(),
        begun.orgId(),
        begun.createdAt(),
        asked,
        deletion.writes().last(),
        bench.clock().instant(),
        findings.isEmpty(),
        tables,
        objects,
        new Certificate.Quota(spent.records(), spent.batches(), spent.slots()),
        findings,
        notes);
  }

  private Table table(Pass pass) throws InterruptedException {
    String name = pass.name();
    Optional<TableBooks> load = Optional.ofNullable(bench.ledger().sums().books().get(name));
    Optional<TableBooks> gone = Optional.ofNullable(deletion.sums().books().get(name));
    long before = loads.formerlyCreated(name);
    long created = before + load.map(TableBooks::created).orElse(0L);
    long listed = loads.receipts(name).stream().mapToLong(KeptReceipt::records).sum();
    long deleted = gone.map(TableBooks::updated).orElse(0L);
    long refused = gone.map(TableBooks::deadLettered).orElse(0L);
    long left = listed - deleted - refused;
    long updated = load.map(TableBooks::updated).orElse(0L);
    if (created != listed) {
      findings.add(
          "%s: %,d records were created, but %,d are in the lists of created records."
              .formatted(name, created, listed));
    }
    if (left != 0) {
      findings.add(
          "%s: of %,d records %,d were deleted and %,d refused: %,d are left."
              .formatted(name, listed, deleted, refused, left));
    }
    if (updated > 0) {
      notes.add(
          "%s: %s%,d rows were written to records that were there before. These stay, with what was written to them."
              .formatted(name, before > 0 ? "at most " : "", updated));
    }
    Remaining remaining =
        refused == 0 ? Remaining.NONE : new RemainingRecords(bench).of(name, pass.object());
    return new Table(
        name,
        pass.object(),
        pass.phase(),
        created,
        listed,
        deleted,
        refused,
        left,
        updated,
        remaining,
        refusals(name));
  }

  private List<Certificate.Code> refusals(String table) {
    List<Certificate.Code> codes = new ArrayList<>();
    for (DeadLetterBook.Group group : deletion.deadLetters().groups(DeadLetterFilter.ALL)) {
      if (group.table().equals(table)) {
        ErrorCode known = ErrorCodes.row(group.code(), group.message());
        codes.add(
            new Certificate.Code(group.code(), group.rows(), known.meaning(), known.remedy()));
      }
    }
    return codes;
  }

  private List<OrgObject> objects(List<Pass> passes, List<Table> tables)
      throws InterruptedException {
    Map<String, List<Pass>> byObject =
        passes.stream()
            .collect(
                Collectors.groupingBy(
                    pass -> pass.object() + " " + pass.externalId(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<OrgObject> objects = new ArrayList<>();
    for (List<Pass> group : byObject.values()) {
      objects.add(object(group, tables));
    }
    return objects;
  }

  private OrgObject object(List<Pass> passes, List<Table> tables) throws InterruptedException {
    Pass one = passes.get(0);
    RecordCount.Counted now = new RecordCount(bench.org(), one.object(), one.externalId()).count();
    if (now.records().isEmpty()) {
      notes.add(one.object() + ": its records cannot be counted now: " + now.why());
    }
    OptionalLong made = new MadeRecords(bench).of(passes);
    List<Table> own = tables.stream().filter(t -> t.object().equals(one.object())).toList();
    hold(one.object(), made, own);
    OptionalLong before =
        passes.stream()
            .min(Comparator.comparingInt(Pass::order))
            .map(Pass::targetBefore)
            .orElse(OptionalLong.empty());
    return new OrgObject(one.object(), one.externalId(), before, now.records(), made);
  }

  /** No more may be there than the books of the deletion know. */
  private void hold(String object, OptionalLong made, List<Table> tables) {
    boolean all =
        loads.passes().stream()
            .filter(pass -> pass.object().equals(object))
            .allMatch(pass -> tables.stream().anyMatch(t -> t.source().equals(pass.name())));
    if (!all) {
      return; // Records of tables that were not chosen are there, as they should be.
    }
    if (made.isEmpty() || tables.stream().anyMatch(t -> t.remaining().records().isEmpty())) {
      notes.add(
          "%s: nobody can count what the migration made and what is still there: its records are not dated by the org, or took it too long to find."
              .formatted(object));
      return;
    }
    long known = tables.stream().mapToLong(t -> t.left() + t.remaining().records().orElse(0)).sum();
    if (made.getAsLong() > known) {
      findings.add(
          "%s: the org has %,d records that the loading user created while the migration loaded; %,d of them could not be deleted or are left, of the others no list knows."
              .formatted(object, made.getAsLong(), known));
    }
  }
}
