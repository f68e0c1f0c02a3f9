package io.initload.source.sql;

import io.initload.config.rows.RowFilter.Depth;
import io.initload.config.rows.RowFilter.Given;
import io.initload.config.rows.RowFilter.Missing;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The condition of a table's rows, before those that a statement adds. */
public final class Condition {
  private final TableShape shape;
  private final Function<SourceColumn, String> names;
  private final String rows;

  /**
   * @param names a column over the alias {@code t}
   * @param rows all rows of the table at the moment that is read, as {@code FROM} names them under
   *     the alias {@code t}: a condition may look at other rows
   */
  public Condition(TableShape shape, Function<SourceColumn, String> names, String rows) {
    this.shape = shape;
    this.names = names;
    this.rows = rows;
  }

  /** Whether rows of the same table or another one decide about a row too. */
  public static boolean looksAtOthers(TableShape shape) {
    return leveled(shape) || !shape.name().parents().isEmpty();
  }

  private static boolean leveled(TableShape shape) {
    return shape.name().narrowing() instanceof Depth;
  }

  /** The clause of a statement that adds no condition of its own. */
  public String alone() {
    String all = text();
    return all.isEmpty() ? "" : " WHERE " + all;
  }

  /**
   * What precedes the one condition that a statement adds; it holds no {@code OR} outside of
   * brackets.
   */
  public String before() {
    String all = text();
    return all.isEmpty() ? " WHERE " : " WHERE " + all + " AND ";
  }

  /** What precedes a condition that names rows by their keys: those may be at any depth. */
  public String beforeKeys() {
    String all = leveled(shape) ? given() : text();
    return all.isEmpty() ? " WHERE " : " WHERE " + all + " AND ";
  }

  /** The condition itself; empty for all rows. */
  public String text() {
    return joined(given(), narrowed());
  }

  /** What the user asks of the rows. */
  private String given() {
    String where = shape.name().where();
    return where.isEmpty() ? "" : "(" + where + ")";
  }

  private String narrowed() {
    if (shape.name().narrowing() instanceof Given some) {
      return some.groups().stream()
          .map(group -> group.isEmpty() ? "1 = 1" : each(group, " IS NOT NULL", " AND "))
          .collect(Collectors.joining(" OR ", "(", ")"));
    }
    if (shape.name().narrowing() instanceof Missing missing) {
      return name(missing.column()) + " IS NULL";
    }
    return shape.name().narrowing() instanceof Depth depth ? depth(depth) : "";
  }

  /** From the eldest ancestor that is counted down to the row itself. */
  private String depth(Depth depth) {
    String parent = tuple(depth.parent());
    String parents = "(SELECT " + list(depth.key()) + " FROM " + rows;
    String condition =
        depth.orMore()
            ? ""
            : "(%s OR %s NOT IN %s WHERE %s))"
                .formatted(
                    each(depth.parent(), " IS NULL", " OR "),
                    parent,
                    parents,
                    joined(each(depth.key(), " IS NOT NULL", " AND "), given()));
    for (int i = 0; i < depth.ancestors(); i++) {
      String met = joined(given(), condition);
      condition = parent + " IN " + parents + (met.isEmpty() ? "" : " WHERE " + met) + ")";
    }
    return condition;
  }

  private String each(List<String> columns, String what, String joint) {
    String all =
        columns.stream().map(column -> name(column) + what).collect(Collectors.joining(joint));
    return columns.size() == 1 ? all : "(" + all + ")";
  }

  private String tuple(List<String> columns) {
    return columns.size() == 1 ? list(columns) : "(" + list(columns) + ")";
  }

  private String list(List<String> columns) {
    return columns.stream().map(this::name).collect(Collectors.joining(", "));
  }

  private String name(String column) {
    return names.apply(shape.required(column));
  }

  private static String joined(String... conditions) {
    return Stream.of(conditions).filter(c -> !c.isEmpty()).collect(Collectors.joining(" AND "));
  }
}
