package io.initload.source.sql;

import io.initload.config.Control.Part;
import io.initload.mapping.SourceColumn;
import io.initload.source.sql.Sql.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is selected and grouped by where rows are summed up: the same words for all databases. */
public final class Selected {
  private final List<String> groups;
  private final List<String> sums = new ArrayList<>(List.of("COUNT(*)"));

  /**
   * @param value a group's value, or the moment that its part is taken of
   * @param present a column as it counts: null where it is blank
   */
  public Selected(
      List<Grouping> by,
      Function<Grouping, String> value,
      Optional<SourceColumn> of,
      Function<SourceColumn, String> present,
      Function<SourceColumn, String> name,
      boolean arithmetic,
      boolean bounds) {
    this.groups = by.stream().map(g -> part(g.part(), value.apply(g))).toList();
    of.ifPresent(
        column -> {
          sums.add("COUNT(" + present.apply(column) + ")");
          if (arithmetic) {
            sums.add("SUM(" + name.apply(column) + ")");
            sums.add("SUM(ABS(" + name.apply(column) + "))");
          }
          if (bounds) {
            sums.add("MIN(" + name.apply(column) + ")");
            sums.add("MAX(" + name.apply(column) + ")");
          }
        });
  }

  private static String part(Part part, String value) {
    return part == Part.VALUE ? value : "EXTRACT(" + part.name() + " FROM " + value + ")";
  }

  /** The list behind SELECT. */
  public String list() {
    List<String> all = new ArrayList<>(groups);
    all.addAll(sums);
    return String.join(", ", all);
  }

  /** The clause at the end. */
  public String groupBy() {
    return groups.isEmpty() ? "" : " GROUP BY " + String.join(", ", groups);
  }
}
