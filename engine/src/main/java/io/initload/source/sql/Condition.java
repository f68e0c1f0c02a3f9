package io.initload.source.sql;

import io.initload.config.rows.RowFilter.Depth;
import io.initload.config.rows.RowFilter.Given;
import io.initload.config.rows.RowFilter.Missing;
import io.initload.source.TableShape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The condition of a table's rows, before those that a statement adds. */
public final class Condition {
  private final TableShape shape;
  private final RowText text;
  private final Chosen chosen;

  /**
   * @param text how rows are named: a condition may look at others than its own
   */
  public Condition(TableShape shape, RowText text) {
    this.shape = shape;
    this.text = text;
    this.chosen = new Chosen(shape, text);
  }

  /** Whether rows of the same table or another one decide about a row too. */
  public static boolean looksAtOthers(TableShape shape) {
    return chosenByOthers(shape) || !shape.name().parents().isEmpty();
  }

  /** Whether they decide whether it is read. */
  private static boolean chosenByOthers(TableShape shape) {
    return shape.name().narrowing() instanceof Depth || !shape.name().choice().others().isEmpty();
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

  /** What precedes a condition that names rows by their keys: others do not decide about those. */
  public String beforeKeys() {
    String all = chosenByOthers(shape) ? chosen.where() : text();
    return all.isEmpty() ? " WHERE " : " WHERE " + all + " AND ";
  }

  /** The condition itself; empty for all rows. */
  public String text() {
    return joined(chosen.given(), narrowed());
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

  /**
   * From the eldest ancestor that is counted down to the row itself. A trial takes the ancestors of
   * whatever it takes: of them it need not be asked.
   */
  private String depth(Depth depth) {
    String parent = tuple(depth.parent());
    String parents = "(SELECT " + list(depth.key()) + " FROM " + text.rows(shape);
    String condition =
        depth.orMore()
            ? ""
            : "(%s OR %s NOT IN %s WHERE %s))"
                .formatted(
                    each(depth.parent(), " IS NULL", " OR "),
                    parent,
                    parents,
                    joined(each(depth.key(), " IS NOT NULL", " AND "), chosen.where()));
    for (int i = 0; i < depth.ancestors(); i++) {
      String met = joined(chosen.where(), condition);
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
    return text.name(shape.required(column));
  }

  private static String joined(String... conditions) {
    return Stream.of(conditions).filter(c -> !c.isEmpty()).collect(Collectors.joining(" AND "));
  }
}
