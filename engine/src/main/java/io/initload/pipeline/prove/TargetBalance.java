package io.initload.pipeline.prove;

import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.RemovedTables;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Holds the records of each object, before and after, against what the books say of its tables. */
public final class TargetBalance {
  private final Workbench bench;
  private final Changes changes;
  private final List<String> findings;
  private final List<String> notes;

  /**
   * @param findings are added to, as are notes
   */
  public TargetBalance(
      Workbench bench, Changes changes, List<String> findings, List<String> notes) {
    this.bench = bench;
    this.changes = changes;
    this.findings = findings;
    this.notes = notes;
  }

  /**
   * Checks each object.
   *
   * @param passes with where their rows can be read
   * @param tables what the books say of them
   */
  public void check(Map<Prepared, Optional<Snapshot>> passes, List<Certificate.Table> tables)
      throws InterruptedException {
    Map<String, Long> forgotten = bench.ledger().jobs().forgotten();
    Map<String, List<Certificate.Table>> byObject = new TreeMap<>();
    tables.forEach(t -> byObject.computeIfAbsent(t.object(), o -> new ArrayList<>()).add(t));
    for (Map.Entry<String, List<Certificate.Table>> of : byObject.entrySet()) {
      check(of.getKey(), of.getValue(), forgotten, making(of.getKey(), passes));
    }
  }

  private static Map<Prepared, Optional<Snapshot>> making(
      String object, Map<Prepared, Optional<Snapshot>> passes) {
    Map<Prepared, Optional<Snapshot>> making = new LinkedHashMap<>();
    passes.forEach(
        (pass, at) -> {
          if (pass.config().object().equals(object) && pass.kind().makesRecords()) {
            making.put(pass, at);
          }
        });
    return making;
  }

  private void check(
      String object,
      List<Certificate.Table> passes,
      Map<String, Long> forgotten,
      Map<Prepared, Optional<Snapshot>> making)
      throws InterruptedException {
    passes.stream().filter(pass -> !pass.pass().makesRecords()).forEach(this::linked);
    List<Certificate.Table> of =
        passes.stream().filter(pass -> pass.pass().makesRecords()).toList();
    long tables = of.stream().filter(pass -> pass.pass() == PassKind.ROWS).count();
    long all = new RemovedTables(bench).into(object);
    if (tables < all) {
      notes.add(
          "%s: other tables are loaded into it too; its records are counted with theirs."
              .formatted(object));
      return;
    }
    if (of.stream().anyMatch(t -> t.targetBefore().isEmpty())) {
      notes.add(
          "%s: the org could not count its records before the first row was loaded: what is there now is not compared with it, and rows that met in one record are not seen by number."
              .formatted(object));
      return;
    }
    long before = of.stream().mapToLong(t -> t.targetBefore().getAsLong()).min().orElse(0);
    long unread = of.stream().mapToLong(t -> forgotten.getOrDefault(t.source(), 0L)).sum();
    long former = new Loads(bench.ledger()).formerlyCreatedOf(object);
    if (of.get(0).targetRows().isPresent()) {
      created(object, passes, before, unread, former);
    }
    updated(object, of, making, tables > 1, before, unread + former);
  }

  /** Links are set on records that are there: one that was made has nothing but its links. */
  private void linked(Certificate.Table links) {
    if (links.created() > 0) {
      findings.add(
          "%s: %,d rows made a record instead of linking one: records of %s with nothing but their key and their lookups."
              .formatted(links.source(), links.created(), links.object()));
    }
  }

  /**
   * Records there are now = records there were + records this migration created.
   *
   * @param former of these, those that were created before their table was reset
   */
  private void created(
      String object, List<Certificate.Table> of, long before, long unread, long former) {
    long created = former + of.stream().mapToLong(Certificate.Table::created).sum();
    long now = of.get(0).targetRows().getAsLong();
    long more = now - before - created;
    if (more > 0 && more <= unread) {
      notes.add(
          "%s: the org deleted the results of jobs with %,d rows before they were read, so they were loaded again; %,d records that those jobs created count as updated, and undo leaves them."
              .formatted(object, unread, more));
    } else if (more != 0) {
      findings.add(
          "%s: %,d records before and %,d created, but %,d in the org now."
              .formatted(object, before, created, now));
    }
  }

  /**
   * What was updated was there before. Else several rows have met in one record: each is booked,
   * and the org has fewer records than the source has rows. Two tables may share records.
   *
   * @param known records that were not there before and can be updated all the same
   */
  private void updated(
      String object,
      List<Certificate.Table> of,
      Map<Prepared, Optional<Snapshot>> making,
      boolean several,
      long before,
      long known)
      throws InterruptedException {
    long updated = of.stream().mapToLong(Certificate.Table::updated).sum();
    long more = known + (several ? of.stream().mapToLong(Certificate.Table::created).sum() : 0);
    if (updated > before + more) {
      findings.add(
          "%s: %,d rows updated a record, but only %,d records were there before: several rows of the source met in one record."
              .formatted(object, updated, before));
    } else if (updated > 0 && before > 0) {
      long created = of.stream().mapToLong(Certificate.Table::created).sum();
      byKeys(object, updated, created, before, more, making);
    }
  }

  /** Records that the source knows nothing of hide no rows that met. */
  private void byKeys(
      String object,
      long updated,
      long created,
      long before,
      long more,
      Map<Prepared, Optional<Snapshot>> making)
      throws InterruptedException {
    // The mapping may lead to another object by now.
    OptionalLong ofSource =
        making.isEmpty()
            ? OptionalLong.empty()
            : new RecordsBefore(bench, changes.times(), making).ofSource(before, created + more);
    if (ofSource.isEmpty()) {
      notes.add(
          "%s: %,d rows updated a record, and %,d records with an external id were there before: by these numbers alone rows that met in one record are not seen. They were looked for by their external ids before the load."
              .formatted(object, updated, before));
    } else if (updated > ofSource.getAsLong() + more) {
      findings.add(
          "%s: %,d rows updated a record, but of the %,d records that were there before the source has the external ids of %,d: several rows of the source met in one record."
              .formatted(object, updated, before, ofSource.getAsLong()));
    } else {
      notes.add(
          "%s: %,d rows updated a record; of the %,d records that were there before, the source has the external ids of %,d."
              .formatted(object, updated, before, ofSource.getAsLong()));
    }
  }
}
