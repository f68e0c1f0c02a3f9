package io.initload.pipeline.prove;

import io.initload.pipeline.work.Workbench;
import io.initload.plan.PassKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the records of each object, before and after, against what the books say of its tables. */
public final class TargetBalance {
  private final Workbench bench;
  private final List<String> findings;
  private final List<String> notes;

  /**
   * @param findings are added to, as are notes
   */
  public TargetBalance(Workbench bench, List<String> findings, List<String> notes) {
    this.bench = bench;
    this.findings = findings;
    this.notes = notes;
  }

  public void check(List<Certificate.Table> tables) {
    Map<String, Long> forgotten = bench.ledger().jobs().forgotten();
    Map<String, List<Certificate.Table>> byObject = new TreeMap<>();
    tables.forEach(t -> byObject.computeIfAbsent(t.object(), o -> new ArrayList<>()).add(t));
    byObject.forEach((object, of) -> check(object, of, forgotten));
  }

  private void check(String object, List<Certificate.Table> passes, Map<String, Long> forgotten) {
    passes.stream().filter(pass -> !pass.pass().makesRecords()).forEach(this::linked);
    List<Certificate.Table> of =
        passes.stream().filter(pass -> pass.pass().makesRecords()).toList();
    long tables = of.stream().filter(pass -> pass.pass() == PassKind.ROWS).count();
    long all = bench.config().tables().stream().filter(t -> t.object().equals(object)).count();
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
    if (of.get(0).targetRows().isPresent()) {
      created(object, passes, before, unread);
    }
    updated(object, of, tables > 1, before, unread);
  }

  /** Links are set on records that are there: one that was made has nothing but its links. */
  private void linked(Certificate.Table links) {
    if (links.created() > 0) {
      findings.add(
          "%s: %,d rows made a record instead of linking one: records of %s with nothing but their key and their lookups."
              .formatted(links.source(), links.created(), links.object()));
    }
  }

  /** Records there are now = records there were + records this migration created. */
  private void created(String object, List<Certificate.Table> of, long before, long unread) {
    long created = of.stream().mapToLong(Certificate.Table::created).sum();
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
   */
  private void updated(
      String object, List<Certificate.Table> of, boolean several, long before, long unread) {
    long updated = of.stream().mapToLong(Certificate.Table::updated).sum();
    long shared = several ? of.stream().mapToLong(Certificate.Table::created).sum() : 0;
    if (updated > 0 && before > 0) {
      notes.add(
          "%s: %,d rows updated a record, and %,d records with an external id were there before: by these numbers alone rows that met in one record are not seen. They were looked for by their external ids before the load."
              .formatted(object, updated, before));
    }
    if (updated > before + unread + shared) {
      findings.add(
          "%s: %,d rows updated a record, but only %,d records were there before: several rows of the source met in one record."
              .formatted(object, updated, before));
    }
  }
}
