package io.initload.source;

import io.initload.config.SourceName;
import io.initload.source.TableShape.ForeignKey;
import io.initload.source.session.SessionLender;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which tables a database has, as its dictionary tells this user. Reads the dictionary alone. */
public final class SourceCatalogue {
  private final Dialect dialect;
  private final SessionLender lender;

  SourceCatalogue(Dialect dialect, SessionLender lender) {
    this.dialect = dialect;
    this.lender = lender;
  }

  /**
   * A schema.
   *
   * @param tables how many this user sees in it
   */
  public record Schema(String name, long tables) {}

  /** Those in which this user sees tables, the user's own first. */
  public List<Schema> schemas() {
    return lender.with(
        "looking for schemas",
        session ->
            Statements.all(
                session.connection(),
                dialect.schemas(session.connection()),
                row -> new Schema(row.getString(1), row.getLong(2))));
  }

  /** The tables and views of a schema, by name. */
  public List<SourceName> tables(String schema) {
    return lender.with(
        "looking for the tables of " + schema,
        session ->
            dialect.tables(session.connection(), schema).stream()
                .sorted()
                .map(table -> new SourceName(schema, table))
                .toList());
  }

  /**
   * The foreign keys of a table, by name.
   *
   * @param table with its owner, as its shape has it
   */
  public List<ForeignKey> foreignKeys(SourceName table) {
    BoundSql query = dialect.foreignKeys(table);
    List<Line> lines =
        lender.with(
            "looking at the foreign keys of " + table,
            session ->
                Statements.all(
                    session.connection(),
                    query,
                    row ->
                        new Line(
                            row.getString(1),
                            row.getString(2),
                            new SourceName(row.getString(3), row.getString(4)),
                            row.getString(5))));
    Map<String, List<Line>> byName = new LinkedHashMap<>();
    lines.forEach(line -> byName.computeIfAbsent(line.key, k -> new ArrayList<>()).add(line));
    return byName.values().stream().map(SourceCatalogue::foreignKey).toList();
  }

  private static ForeignKey foreignKey(List<Line> lines) {
    return new ForeignKey(
        lines.get(0).key,
        lines.stream().map(Line::column).toList(),
        lines.get(0).parent,
        lines.stream().map(Line::parentColumn).toList());
  }

  private record Line(String key, String column, SourceName parent, String parentColumn) {}
}
