package io.initload.source.sql;

import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whether the parents that rows name are there, as an expression over the alias {@code t}. */
public final class ParentLook {
  private final Function<SourceColumn, String> names;
  private final Function<SourceColumn, String> alike;
  private final Function<SourceColumn, String> blank;
  private final Function<TableShape, String> rows;

  /**
   * Rows that can be parents.
   *
   * @param key the columns that they are named by
   */
  public record Home(TableShape table, List<SourceColumn> key) {
    public Home {
      key = List.copyOf(key);
    }
  }

  /**
   * @param names a column over the alias {@code t}
   * @param alike the form of a column in which equal keys are equal
   * @param blank whether a column that names a parent alone has no value, or blanks alone: the row
   *     is then loaded with an empty lookup
   * @param rows of a table, as {@code FROM} names them under the alias {@code t}, with their
   *     condition
   */
  public ParentLook(
      Function<SourceColumn, String> names,
      Function<SourceColumn, String> alike,
      Function<SourceColumn, String> blank,
      Function<TableShape, String> rows) {
    this.names = names;
    this.alike = alike;
    this.blank = blank;
    this.rows = rows;
  }

  /**
   * The expression.
   *
   * @param lookup the columns that name a parent, in the order of those of its key
   */
  public String text(List<SourceColumn> lookup, List<Home> homes) {
    String none =
        lookup.size() == 1
            ? blank.apply(lookup.get(0))
            : lookup.stream()
                .map(c -> names.apply(c) + " IS NULL")
                .collect(Collectors.joining(" OR "));
    String there =
        homes.stream()
            .map(home -> " OR " + tuple(lookup) + " IN (" + keys(home) + ")")
            .collect(Collectors.joining());
    return "CASE WHEN " + none + there + " THEN 1 END";
  }

  private String keys(Home home) {
    String key = home.key().stream().map(alike).collect(Collectors.joining(", "));
    return "SELECT " + key + " FROM " + rows.apply(home.table());
  }

  private String tuple(List<SourceColumn> columns) {
    String list = columns.stream().map(alike).collect(Collectors.joining(", "));
    return columns.size() == 1 ? list : "(" + list + ")";
  }
}
