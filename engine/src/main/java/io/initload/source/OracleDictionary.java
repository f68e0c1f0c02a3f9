package io.initload.source;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.plan.UndoRetention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads the data dictionary (extraction reference, section 6). Stateless. */
final class OracleDictionary {
  /** Asks for an SCN in the three ways there are, strongest first (reference 2.2). */
  Snapshot snapshot(Connection connection) throws SQLException {
    return scn(connection, (from, scn) -> new Snapshot(Snapshot.Kind.SCN, Long.toString(scn)))
        .orElse(Snapshot.UNMARKED);
  }

  /** Which of the ways led to an SCN, as the end of its name. */
  String origin(Connection connection) throws SQLException {
    return scn(connection, (from, scn) -> " from " + from).orElse("");
  }

  private static <T> Optional<T> scn(Connection connection, BiFunction<String, Long, T> made)
      throws SQLException {
    for (OracleSql.Scn way : OracleSql.SCN) {
      try (PreparedStatement statement = connection.prepareStatement(way.sql());
          ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          return Optional.of(made.apply(way.from(), rows.getLong(1)));
        }
      } catch (SQLException e) {
        if (!refused(e)) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean refused(SQLException e) {
    return switch (OracleErrors.code(e)) {
      // No such view, insufficient privileges, and a package that one may not execute.
      case 942, 1031, 904 -> true;
      default -> false;
    };
  }

  /** What tells how long a snapshot can be read, as far as this user may ask (reference 2.3). */
  UndoRetention undo(Connection connection) throws SQLException {
    List<String> unknown = new ArrayList<>();
    Optional<Long> tuned = asked(connection, "V$UNDOSTAT", OracleSql.UNDO_TUNED, unknown);
    Optional<Long> retention = asked(connection, "V$PARAMETER", OracleSql.UNDO_RETENTION, unknown);
    Optional<Long> sure = asked(connection, "DBA_TABLESPACES", OracleSql.UNDO_GUARANTEE, unknown);
    return new UndoRetention(
        tuned.map(Duration::ofSeconds),
        retention.map(Duration::ofSeconds),
        sure.map(all -> all == 1),
        unknown);
  }

  /** The number a view tells; names the view when it tells none or may not be asked. */
  private static Optional<Long> asked(
      Connection connection, String view, String sql, List<String> unknown) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      if (rows.next()) {
        long number = rows.getLong(1);
        if (!rows.wasNull()) {
          return Optional.of(number);
        }
      }
    } catch (SQLException e) {
      if (!refused(e)) {
        throw e;
      }
    }
    unknown.add(view);
    return Optional.empty();
  }

  Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException {
    String owner = name.owner().isEmpty() ? currentSchema(connection) : name.owner();
    SourceName full = new SourceName(owner, name.table());
    TableShape.Kind kind;
    long rowEstimate = -1;
    int rowBytes = 0;
    try (PreparedStatement statement =
            Statements.prepare(
                connection, new Query(OracleSql.TABLE, List.of(owner, name.table())));
        ResultSet rows = statement.executeQuery()) {
      if (rows.next()) {
        rowEstimate = rows.getLong(1);
        if (rows.wasNull()) {
          rowEstimate = -1;
        }
        rowBytes = rows.getInt(2);
        kind = kind(rows);
      } else if (isView(connection, full)) {
        kind = TableShape.Kind.VIEW;
      } else {
        return Optional.empty();
      }
    }
    List<SourceColumn> columns = columns(connection, full);
    return Optional.of(
        new TableShape(
            full, kind, columns, keys(connection, full, columns), rowEstimate, rowBytes));
  }

  private static TableShape.Kind kind(ResultSet rows) throws SQLException {
    if ("YES".equals(rows.getString("external"))) {
      return TableShape.Kind.EXTERNAL;
    }
    if ("Y".equals(rows.getString("temporary"))) {
      return TableShape.Kind.TEMPORARY;
    }
    if (rows.getString("cluster_name") != null) {
      return TableShape.Kind.CLUSTER;
    }
    // Its overflow and mapping segments have a type too, but no rows to be read by key.
    if ("IOT".equals(rows.getString("iot_type"))) {
      return TableShape.Kind.INDEX_ORGANIZED;
    }
    return "YES".equals(rows.getString("partitioned"))
        ? TableShape.Kind.PARTITIONED
        : TableShape.Kind.HEAP;
  }

  private static boolean isView(Connection connection, SourceName name) throws SQLException {
    try (PreparedStatement statement =
            Statements.prepare(
                connection, new Query(OracleSql.VIEW, List.of(name.owner(), name.table())));
        ResultSet rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  /** The user logged in, without the quotes or the letter case it was configured with. */
  String user(Connection connection) throws SQLException {
    return text(connection, OracleSql.SESSION_USER);
  }

  private static String currentSchema(Connection connection) throws SQLException {
    return text(connection, OracleSql.CURRENT_SCHEMA);
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static List<SourceColumn> columns(Connection connection, SourceName name)
      throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    try (PreparedStatement statement =
            Statements.prepare(
                connection, new Query(OracleSql.COLUMNS, List.of(name.owner(), name.table())));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        int precision = rows.getInt("data_precision");
        boolean unlimited = rows.wasNull();
        int scale = rows.getInt("data_scale");
        if (rows.wasNull()) {
          scale = SourceColumn.SCALE_ANY;
        }
        columns.add(
            OracleTypes.column(
                rows.getString("column_name"),
                rows.getString("data_type"),
                rows.getInt("data_length"),
                rows.getInt("char_length"),
                "C".equals(rows.getString("char_used")),
                unlimited ? 0 : precision,
                scale,
                "Y".equals(rows.getString("nullable"))));
      }
    }
    return columns;
  }

  private static List<TableShape.Key> keys(
      Connection connection, SourceName name, List<SourceColumn> columns) throws SQLException {
    Map<String, List<String>> names = new LinkedHashMap<>();
    Map<String, Boolean> primary = new LinkedHashMap<>();
    try (PreparedStatement statement =
            Statements.prepare(
                connection, new Query(OracleSql.KEYS, List.of(name.owner(), name.table())));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String key = rows.getString(1);
        names.computeIfAbsent(key, k -> new ArrayList<>()).add(rows.getString(3));
        primary.put(key, rows.getString(2).toUpperCase(Locale.ROOT).equals("P"));
      }
    }
    List<TableShape.Key> keys = new ArrayList<>();
    names.forEach(
        (key, of) ->
            keys.add(
                new TableShape.Key(
                    key,
                    Boolean.TRUE.equals(primary.get(key)),
                    columns.stream().anyMatch(c -> c.nullable() && of.contains(c.name())),
                    of)));
    return keys;
  }

  List<String> tables(Connection connection, String owner) throws SQLException {
    String schema = owner.isEmpty() ? currentSchema(connection) : owner;
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement =
            Statements.prepare(connection, new Query(OracleSql.TABLES, List.of(schema)));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
