package io.initload.source.postgres;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.plan.SourceIdentity;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the system catalogue. Stateless. */
final class PostgresDictionary {
  /**
   * Whether anything is stored apart for its size: without that no value is a megabyte. Last,
   * whether other tables inherit from it, whether all of its columns may be read, and whether a
   * policy would hide rows of it from this user; and whether the database takes any bytes for text.
   */
  private static final String RELATION =
      """
      SELECT c.oid, n.nspname, c.relkind, c.relpersistence, c.reltuples::bigint, \
      COALESCE(am.amname, ''), \
      CASE WHEN c.reltuples > 0 THEN \
      (c.relpages * current_setting('block_size')::bigint / c.reltuples)::int ELSE 0 END, \
      c.relkind IN ('v', 'f') OR EXISTS (SELECT 1 FROM pg_class l \
      WHERE l.oid = ANY (ARRAY(SELECT p.relid::oid FROM pg_partition_tree(c.oid) p) || c.oid) \
      AND l.reltoastrelid <> 0 AND pg_relation_size(l.reltoastrelid) > 0), \
      c.relkind = 'r' AND EXISTS (SELECT 1 FROM pg_inherits h WHERE h.inhparent = c.oid), \
      has_table_privilege(c.oid, 'SELECT'), row_security_active(c.oid), \
      current_setting('server_encoding') = 'SQL_ASCII' \
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
      LEFT JOIN pg_am am ON am.oid = c.relam \
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')\
      """;

  /** Types with those that domains are made of, and how these are limited. */
  static final String BASE =
      """
      WITH RECURSIVE base AS (\
      SELECT t.oid, t.oid AS leaf, -1 AS modifier FROM pg_type t WHERE t.typtype <> 'd' \
      UNION ALL \
      SELECT t.oid, b.leaf, \
      CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE b.modifier END \
      FROM pg_type t JOIN base b ON b.oid = t.typbasetype WHERE t.typtype = 'd') \
      """;

  private static final String COLUMNS =
      BASE
          + """
          SELECT a.attname, format_type(a.atttypid, a.atttypmod), leaf.typname, leaf.typtype::text, \
          CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE b.modifier END, NOT a.attnotnull \
          FROM pg_attribute a JOIN base b ON b.oid = a.atttypid JOIN pg_type leaf ON leaf.oid = b.leaf \
          WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum\
          """;

  /** Valid unique indexes on plain columns, whole tables and all rows. */
  private static final String KEYS =
      """
      SELECT i.indexrelid::regclass::text, i.indisprimary, \
      ARRAY(SELECT a.attname::text FROM generate_series(0, i.indnkeyatts - 1) k \
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k] ORDER BY k) \
      FROM pg_index i WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid \
      AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL \
      ORDER BY i.indisprimary DESC, 1\
      """;

  private static final String TABLES =
      """
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')\
      """;

  /** Whether a user may ask for the number of a cluster is up to its administrator. */
  private static final String DATABASE =
      """
      SELECT current_database(), (SELECT oid FROM pg_database WHERE datname = current_database()), \
      has_function_privilege('pg_control_system()', 'EXECUTE')\
      """;

  /** Drawn when the cluster was made; a standby has that of its primary. */
  private static final String CLUSTER = "SELECT system_identifier FROM pg_control_system()";

  SourceIdentity identity(Connection connection, String kind) throws SQLException {
    return Statements.first(
            connection,
            new BoundSql(DATABASE, List.of()),
            row ->
                new SourceIdentity(
                    kind,
                    row.getBoolean(3) ? cluster(connection) + "/" + row.getLong(2) : "",
                    row.getString(1)))
        .orElseThrow();
  }

  private static String cluster(Connection connection) throws SQLException {
    return Long.toString(Statements.single(connection, new BoundSql(CLUSTER, List.of())));
  }

  Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException {
    String schema = name.owner().isEmpty() ? String.valueOf(connection.getSchema()) : name.owner();
    return Statements.first(
        connection,
        new BoundSql(RELATION, List.of(schema, name.table())),
        row -> {
          SourceName full = new SourceName(row.getString(2), name.table());
          if (row.getBoolean(11)) {
            throw hidden(full, connection.getMetaData().getUserName());
          }
          long oid = row.getLong(1);
          List<SourceColumn> columns = columns(connection, oid);
          boolean inherited = row.getBoolean(9);
          return new TableShape(
              full,
              kind(
                  row.getString(3),
                  row.getString(4),
                  row.getString(6).equals("heap") && !inherited,
                  row.getBoolean(10)),
              columns,
              inherited ? List.of() : keys(connection, oid, columns),
              row.getLong(5),
              row.getInt(7),
              row.getBoolean(8) || inherited,
              row.getBoolean(12) ? TableShape.Characters.ASCII : TableShape.Characters.DECODED);
        });
  }

  /** Sessions ask for an error where a policy is in force: fewer rows would look like all. */
  private static Failure hidden(SourceName table, String user) {
    return new Failure(
        Failure.Kind.PLATFORM,
        "SOURCE_ROW_SECURITY",
        "Row security is in force on %s for the user %s: a policy says which rows it sees."
            .formatted(table, user),
        "Have the DBA run ALTER ROLE %s BYPASSRLS, or name the table's owner in source.user."
            .formatted(PostgresNames.quote(user)));
  }

  /**
   * What rows are cut and locked by. Their addresses take the right to the whole table, and are of
   * one table alone: with those that inherit from it, it is read as a view is, and no key of its
   * own holds for all.
   */
  private static TableShape.Kind kind(
      String relation, String persistence, boolean heap, boolean wholly) {
    if (persistence.equals("t")) {
      return TableShape.Kind.TEMPORARY;
    }
    return switch (relation) {
      case "r", "m" -> heap && wholly ? TableShape.Kind.HEAP : TableShape.Kind.OTHER;
      case "p" -> wholly ? TableShape.Kind.PARTITIONED : TableShape.Kind.OTHER;
      case "f" -> TableShape.Kind.EXTERNAL;
      default -> TableShape.Kind.VIEW;
    };
  }

  private static List<SourceColumn> columns(Connection connection, long oid) throws SQLException {
    return Statements.all(
        connection,
        new BoundSql(COLUMNS, List.of(oid)),
        row ->
            PostgresTypes.column(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getBoolean(6)));
  }

  private static List<TableShape.Key> keys(
      Connection connection, long oid, List<SourceColumn> columns) throws SQLException {
    return Statements.all(
        connection,
        new BoundSql(KEYS, List.of(oid)),
        row -> {
          List<String> names = Arrays.asList((String[]) row.getArray(3).getArray());
          return new TableShape.Key(
              row.getString(1),
              row.getBoolean(2),
              columns.stream().anyMatch(c -> c.nullable() && names.contains(c.name())),
              names);
        });
  }

  List<String> tables(Connection connection, String owner) throws SQLException {
    String schema = owner.isEmpty() ? String.valueOf(connection.getSchema()) : owner;
    return Statements.all(
        connection, new BoundSql(TABLES, List.of(schema)), row -> row.getString(1));
  }
}
