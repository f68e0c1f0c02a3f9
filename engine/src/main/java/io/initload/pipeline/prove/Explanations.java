package io.initload.pipeline.prove;

import io.initload.config.Control;
import io.initload.config.TableConfig;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.RemovedTables;
import io.initload.pipeline.work.Workbench;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
   * What is known of the rows of a table.
   *
   * @param words one for each kind; empty where nothing is known
   * @param rows how many of them there can be
   */
  record Causes(String words, long rows) {
    /** A row can leave one group for another, and no more. */
    private static final int GROUPS_OF_A_ROW = 2;

    /**
     * Whether so many rows can have made a difference.
     *
     * @param groups that differ
     * @param apart rows, or values, by which they do, all together
     */
    boolean explain(long groups, long apart) {
      return groups <= GROUPS_OF_A_ROW * rows && apart <= GROUPS_OF_A_ROW * rows;
    }
  }

  /**
   * Why sums of a control may differ.
   *
   * @param fields of the control, as the org spells them
   * @param unknown rows that were not loaded and of which not all fields are known
   */
  Causes of(Set<String> fields, Set<String> unknown) {
    Map<String, Long> causes = new LinkedHashMap<>();
    causes.put("values of these fields were loaded other than they were read", altered(fields));
    causes.put("rows were corrected by hand", byHand());
    causes.put("rows were read again at a later moment", readAgain());
    causes.put("records were changed in the org since", changed());
    causes.put(
        "rows were not loaded, and not all of their fields are known", (long) unknown.size());
    String words =
        causes.entrySet().stream()
            .filter(cause -> cause.getValue() > 0)
            .map(cause -> "%,d %s".formatted(cause.getValue(), cause.getKey()))
            .collect(Collectors.joining("; "));
    return new Causes(words, causes.values().stream().mapToLong(Long::longValue).sum());
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
    long into = new RemovedTables(bench).into(table.object());
    if (!control.orgWhere().isEmpty()) {
      return Optional.empty(); // Whoever wrote it has named the table's own records.
    }
    if (into > 1) {
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
