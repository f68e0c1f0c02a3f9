package io.initload.source;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.config.Nearest;
import io.initload.config.SourceName;
import io.initload.plan.Snapshot;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.Lender;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tables as the dictionary describes them, each asked for once. Safe for several threads. */
final class TableShapes {
  private final Dialect dialect;
  private final Lender lender;
  private final boolean snapshots;
  private final Map<SourceName, TableShape> shapes = new ConcurrentHashMap<>();

  /**
   * @param snapshots whether tables are read at a snapshot
   */
  TableShapes(Dialect dialect, Lender lender, boolean snapshots) {
    this.dialect = dialect;
    this.lender = lender;
    this.snapshots = snapshots;
  }

  /**
   * Describes a table; asked once and remembered.
   *
   * @throws Failure {@code SOURCE_TABLE} when there is none of that name, with the nearest one;
   *     {@code SOURCE_TEMPORARY} when its rows are their sessions' own
   */
  TableShape shape(SourceName table) {
    TableShape known = shapes.get(table);
    if (known != null) {
      return known;
    }
    TableShape shape =
        lender.with(
            "looking up " + table,
            session -> {
              Optional<TableShape> found = dialect.shape(session.connection(), table);
              if (found.isPresent()) {
                return found.get().permanent();
              }
              String nearest =
                  Nearest.to(table.table(), dialect.tables(session.connection(), table.owner()))
                      .map(n -> " Did you mean " + n + "?")
                      .orElse("");
              throw new Failure(
                  Kind.CONFIGURATION,
                  "SOURCE_TABLE",
                  "There is no table %s in the source, or this user may not see it.%s"
                      .formatted(table, nearest),
                  "Correct tables[].source (names are exact, letter case included), or have it"
                      + " granted: "
                      + granted(session, table, snapshots)
                      + ".");
            });
    shapes.put(table, shape);
    return shape;
  }

  /**
   * Proves that a table may be read, at a moment where the configuration asks for one.
   *
   * @throws SourceFailure {@code SOURCE_PRIVILEGE} when it may not
   */
  void probe(SourceName table) {
    TableShape shape = shape(table);
    lender.with(
        "looking into " + table,
        session -> {
          Snapshot taken = dialect.snapshot(session.connection());
          Snapshot at = snapshots ? taken : taken.frozen();
          BoundSql query = dialect.sql().probe(shape, at);
          try {
            return Statements.first(session.connection(), query, row -> true).isPresent();
          } catch (SQLException e) {
            SourceFailure failure = lender.errors().of("looking into " + table, e);
            if (!failure.code().equals("SOURCE_TABLE")
                && !failure.code().equals("SOURCE_PRIVILEGE")) {
              throw e;
            }
            String grant = granted(session, shape.name(), at.kind() != Snapshot.Kind.FROZEN);
            throw failure.remedied(failure.remedy() + " Of this table: " + grant + ".");
          }
        });
  }

  private String granted(DatabaseSession session, SourceName table, boolean flashback)
      throws SQLException {
    return dialect
        .grant(dialect.user(session.connection()), table, flashback)
        .orElse("GRANT SELECT ON " + table);
  }
}
