package io.initload.pipeline.prove;

import io.initload.config.Control;
import io.initload.config.TableConfig;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of a table that makes sums of source and org differ though nothing is wrong. */
final class Explanations {
  private final Workbench bench;
  private final TableConfig table;
  private final List<Prepared> passes;
  private final List<Certificate.Table> books;
  private final Optional<Certificate.OrgObject> object;

  Explanations(
      Workbench bench,
      TableConfig table,
      List<Prepared> passes,
      List<Certificate.Table> books,
      List<Certificate.OrgObject> objects) {
    this.bench = bench;
    this.table = table;
    this.passes = passes;
    Set<String> names = new HashSet<>(passes.stream().map(Prepared::name).toList());
    this.books = books.stream().filter(t -> names.contains(t.source())).toList();
    this.object = objects.stream().filter(o -> o.object().equals(table.object())).findFirst();
  }

  /**
   * Why sums of a control may differ, in words.
   *
   * @param unknown rows that were not loaded and of which not all fields are known
   */
  List<String> of(Control control, Set<String> unknown) {
    Set<String> fields = new HashSet<>(control.by().stream().map(d -> d.field()).toList());
    fields.add(control.field());
    List<String> causes = new ArrayList<>();
    say(
        causes,
        altered(fields),
        "%,d values of these fields were loaded other than they were read");
    say(causes, byHand(), "%,d rows were corrected by hand");
    say(causes, readAgain(), "%,d rows were read again at a later moment");
    say(causes, changed(), "%,d records were changed in the org since");
    say(causes, unknown.size(), "%,d rows were not loaded, and not all of their fields are known");
    return causes;
  }

  private static void say(List<String> causes, long rows, String what) {
    if (rows > 0) {
      causes.add(what.formatted(rows));
    }
  }

  private long altered(Set<String> fields) {
    return books.stream()
        .flatMap(t -> t.altered().stream())
        .filter(a -> fields.contains(a.field()))
        .mapToLong(Certificate.AlteredField::rows)
        .sum();
  }

  private long byHand() {
    return books.stream().mapToLong(t -> t.corrected().rows()).sum();
  }

  private long readAgain() {
    return passes.stream()
        .flatMap(p -> bench.ledger().corrections().readAgain(p.name()).stream())
        .mapToLong(again -> again.rows())
        .sum();
  }

  private long changed() {
    return object
        .map(o -> Math.max(o.changed().records().orElse(0), o.changed().sampled()))
        .orElse(0L);
  }

  /** Why the org's records are not those of the table alone; empty where they are. */
  Optional<String> others(Control control) {
    long into =
        bench.config().tables().stream().filter(t -> t.object().equals(table.object())).count();
    if (into > 1 && control.orgWhere().isEmpty()) {
      return Optional.of(
          "but the org's are those of all tables that are loaded into %s: name the table's own by orgWhere."
              .formatted(table.object()));
    }
    long before = books.stream().mapToLong(t -> t.targetBefore().orElse(1)).min().orElse(0);
    long updated = books.stream().mapToLong(Certificate.Table::updated).sum();
    return before > updated
        ? Optional.of(
            "but %s had records before that this migration did not write: leave them out by orgWhere."
                .formatted(table.object()))
        : Optional.empty();
  }
}
