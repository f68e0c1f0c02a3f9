package io.initload.source.sql;

import io.initload.config.rows.Choice;
import io.initload.config.rows.Choice.Among;
import io.initload.config.rows.Choice.Every;
import io.initload.config.rows.Choice.First;
import io.initload.config.rows.Choice.None;
import io.initload.config.rows.Choice.Rows;
import io.initload.config.rows.Choice.Share;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The conditions of which rows the passes over a table are made. */
final class Chosen {
  private static final String NOTHING = "1 = 0";

  private final TableShape shape;
  private final RowText text;

  Chosen(TableShape shape, RowText text) {
    this.shape = shape;
    this.text = text;
  }

  /** What the user asks of the rows; empty for all. */
  String where() {
    String where = shape.name().where();
    return where.isEmpty() ? "" : "(" + where + ")";
  }

  /** The same of those that a trial takes; holds no {@code OR} outside of brackets. */
  String given() {
    return Stream.of(where(), condition(shape.name().choice()))
        .filter(one -> !one.isEmpty())
        .collect(Collectors.joining(" AND "));
  }

  private String condition(Choice choice) {
    if (choice instanceof Share share) {
      return share(share);
    }
    if (choice instanceof First first) {
      return tuple(first.of().columns()) + " IN (" + first(first) + ")";
    }
    if (choice instanceof Among among) {
      return among(among);
    }
    if (choice instanceof Every every) {
      return every.of().stream()
          .map(this::condition)
          .filter(one -> !one.isEmpty())
          .collect(Collectors.joining(" AND "));
    }
    return choice instanceof None ? NOTHING : "";
  }

  /** Databases differ in whether null has a hash. */
  private String share(Share share) {
    List<SourceColumn> key = share.key().stream().map(shape::required).toList();
    String given =
        key.stream()
            .filter(SourceColumn::nullable)
            .map(column -> " AND " + text.name(column) + " IS NOT NULL")
            .collect(Collectors.joining());
    return text.hash(key) + " < " + share.ofMillion() + given;
  }

  private String among(Among among) {
    String members =
        among.of().stream().map(this::selected).collect(Collectors.joining(" UNION ALL "));
    String in = tuple(among.columns()) + " IN (" + members + ")";
    boolean given =
        among.columns().stream().map(shape::required).noneMatch(column -> column.nullable());
    if (given || among.whenNull() instanceof None) {
      return in;
    }
    String nulls =
        among.columns().stream()
            .map(column -> name(column) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    String others = condition(among.whenNull());
    String alone = among.columns().size() == 1 ? nulls : "(" + nulls + ")";
    return "(%s OR %s%s)".formatted(in, alone, others.isEmpty() ? "" : " AND " + others);
  }

  /** What the chosen rows of another table have in some columns. */
  private String selected(Rows rows) {
    TableShape other = shape.other(rows);
    String condition = new Chosen(other, text).given();
    return "SELECT %s FROM %s%s"
        .formatted(
            list(other, rows.columns()),
            text.rows(other),
            condition.isEmpty() ? "" : " WHERE " + condition);
  }

  private String first(First first) {
    TableShape other = shape.other(first.of());
    List<String> conditions = new ArrayList<>();
    String given = new Chosen(other, text).given();
    if (!given.isEmpty()) {
      conditions.add(given);
    }
    List<String> names =
        first.of().columns().stream().map(column -> text.name(other.required(column))).toList();
    names.forEach(name -> conditions.add(name + " IS NOT NULL"));
    String list = String.join(", ", names);
    return text.first(
        "SELECT %s FROM %s WHERE %s ORDER BY %s"
            .formatted(list, text.rows(other), String.join(" AND ", conditions), list),
        first.rows());
  }

  private String list(TableShape of, List<String> columns) {
    return columns.stream()
        .map(column -> text.name(of.required(column)))
        .collect(Collectors.joining(", "));
  }

  private String tuple(List<String> columns) {
    String list = list(shape, columns);
    return columns.size() == 1 ? list : "(" + list + ")";
  }

  private String name(String column) {
    return text.name(shape.required(column));
  }
}
