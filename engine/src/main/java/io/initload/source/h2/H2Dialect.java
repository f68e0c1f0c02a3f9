package io.initload.source.h2;

import io.initload.config.Affinity;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkPlan;
import io.initload.plan.Snapshot;
import io.initload.plan.SourceIdentity;
import io.initload.source.Dialect;
import io.initload.source.Evidence;
import io.initload.source.RowCursor;
import io.initload.source.TableShape;
import io.initload.source.chunk.ChunkPlanner;
import io.initload.source.chunk.PlanDraft;
import io.initload.source.chunk.Planning;
import io.initload.source.oracle.OracleFlavour;
import io.initload.source.oracle.OracleNames;
import io.initload.source.oracle.OracleSql;
import io.initload.source.read.CursorRequest;
import io.initload.source.read.JdbcCursor;
import io.initload.source.read.Readers;
import io.initload.source.session.ErrorTable;
import io.initload.source.session.Verdict;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Sql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * H2 in Oracle mode ({@code jdbc:h2:...;MODE=Oracle}): embedded, for the demo and for tests. It has
 * no snapshot that sessions share, so the source must not change while it is read. Results are
 * computed lazily; without that H2 holds the whole of one before its first row.
 */
public final class H2Dialect implements Dialect {
  /** Embedded H2 ignores it. */
  private static final ErrorTable ERRORS = ErrorTable.read("h2");

  private static final int FETCH_ROWS = 1000;

  /** Beyond, it sorts in a file of which it keeps nothing in memory: minutes at full processor. */
  private static final long SORTED_MAX = 100_000;

  private final Sql sql = new OracleSql(OracleFlavour.H2);

  @Override
  public String name() {
    return "h2";
  }

  @Override
  public String urlPrefix() {
    return "jdbc:h2:";
  }

  @Override
  public Optional<Driver> driver() {
    return Optional.of(new org.h2.Driver());
  }

  @Override
  public Properties properties(SourceConfig config) {
    String url = config.url().toUpperCase(Locale.ROOT);
    Properties properties = new Properties();
    if (!url.contains(";MODE=")) {
      properties.setProperty("MODE", "Oracle");
    }
    if (!url.startsWith("JDBC:H2:MEM:") && !url.contains(";IFEXISTS=")) {
      // H2 would create an empty database under a mistyped name.
      properties.setProperty("IFEXISTS", "TRUE");
    }
    return properties;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LAZY_QUERY_EXECUTION 1");
    }
  }

  /** The path of its file, since H2 knows no other identity; the name of one in memory. */
  @Override
  public SourceIdentity identity(Connection connection) throws SQLException {
    String name =
        Statements.first(
                connection,
                new BoundSql("SELECT COALESCE(DATABASE_PATH(), DATABASE())", List.of()),
                row -> row.getString(1))
            .orElse("");
    return new SourceIdentity(name(), "", name);
  }

  /** It has a map of all groups, however many: some hundreds of bytes each. */
  @Override
  public boolean groups() {
    return false;
  }

  @Override
  public boolean sharesSnapshots() {
    return false;
  }

  @Override
  public Snapshot snapshot(Connection connection) {
    return Snapshot.UNMARKED;
  }

  @Override
  public void enter(Connection connection, Snapshot snapshot) {
    // Nothing to enter: see the class comment.
  }

  @Override
  public Sql sql() {
    return sql;
  }

  @Override
  public Evidence evidence() {
    return new H2Evidence();
  }

  @Override
  public Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException {
    String schema = name.owner().isEmpty() ? connection.getSchema() : name.owner();
    DatabaseMetaData meta = connection.getMetaData();
    TableShape.Kind kind;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT TABLE_TYPE, STORAGE_TYPE FROM INFORMATION_SCHEMA.TABLES"
                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
      statement.setString(1, schema);
      statement.setString(2, name.table());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        kind = rows.getString(1).equals("VIEW") ? TableShape.Kind.VIEW : TableShape.Kind.OTHER;
      }
    }
    SourceName full = new SourceName(schema, name.table());
    List<SourceColumn> columns =
        described(connection, BoundSql.of("SELECT * FROM " + OracleNames.table(full)));
    return Optional.of(
        new TableShape(full, kind, columns, keys(meta, schema, name.table(), columns), -1, 0));
  }

  /** From a statement that is not run: the catalogue would describe itself to the last column. */
  @Override
  public List<SourceColumn> described(Connection connection, BoundSql query) throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
      ResultSetMetaData meta = statement.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.add(
            column(
                meta.getColumnLabel(i),
                meta.getColumnTypeName(i),
                meta.getPrecision(i),
                meta.getPrecision(i),
                meta.getScale(i),
                meta.isNullable(i) != ResultSetMetaData.columnNoNulls));
      }
    }
    return columns;
  }

  private static SourceColumn column(
      String name, String type, long length, int precision, int scale, boolean nullable) {
    int chars = (int) Math.min(Integer.MAX_VALUE, length);
    return switch (type) {
      case "CHARACTER", "CHARACTER VARYING", "VARCHAR_IGNORECASE" ->
          new SourceColumn(
              name, SourceColumn.Type.TEXT, type + "(" + chars + ")", chars, 0, 0, nullable);
      case "UUID", "ENUM" ->
          new SourceColumn(name, SourceColumn.Type.TEXT, type, 36, 0, 0, nullable);
      case "CHARACTER LARGE OBJECT" ->
          new SourceColumn(name, SourceColumn.Type.LONG_TEXT, "CLOB", chars, 0, 0, nullable);
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" ->
          new SourceColumn(
              name, SourceColumn.Type.NUMBER, type, 0, integerDigits(type), 0, nullable);
      case "NUMERIC" ->
          new SourceColumn(
              name,
              SourceColumn.Type.NUMBER,
              "NUMBER(" + precision + "," + scale + ")",
              0,
              precision,
              scale,
              nullable);
      case "DECFLOAT" ->
          new SourceColumn(
              name, SourceColumn.Type.NUMBER, "NUMBER", 0, 0, SourceColumn.SCALE_ANY, nullable);
      case "REAL", "DOUBLE PRECISION" ->
          new SourceColumn(
              name, SourceColumn.Type.FLOAT, type, 0, 0, SourceColumn.SCALE_ANY, nullable);
      case "BINARY", "BINARY VARYING" ->
          new SourceColumn(
              name, SourceColumn.Type.BINARY, type + "(" + chars + ")", chars, 0, 0, nullable);
      default -> new SourceColumn(name, otherType(type), type, 0, 0, 0, nullable);
    };
  }

  private static SourceColumn.Type otherType(String type) {
    if (type.startsWith("INTERVAL")) {
      return SourceColumn.Type.INTERVAL;
    }
    return switch (type) {
      case "BOOLEAN" -> SourceColumn.Type.BOOLEAN;
      case "DATE" -> SourceColumn.Type.DATE;
      case "TIMESTAMP" -> SourceColumn.Type.DATETIME;
      case "TIMESTAMP WITH TIME ZONE" -> SourceColumn.Type.INSTANT;
      case "TIME", "TIME WITH TIME ZONE" -> SourceColumn.Type.TIME;
      case "BINARY LARGE OBJECT" -> SourceColumn.Type.BINARY;
      case "JSON" -> SourceColumn.Type.JSON;
      default -> SourceColumn.Type.UNSUPPORTED;
    };
  }

  private static int integerDigits(String type) {
    return switch (type) {
      case "TINYINT" -> 3;
      case "SMALLINT" -> 5;
      case "INTEGER" -> 10;
      default -> 18;
    };
  }

  private static List<TableShape.Key> keys(
      DatabaseMetaData meta, String schema, String table, List<SourceColumn> columns)
      throws SQLException {
    String primaryName = "";
    Map<Integer, String> primary = new TreeMap<>();
    try (ResultSet rows = meta.getPrimaryKeys(null, schema, table)) {
      while (rows.next()) {
        primary.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
        primaryName = String.valueOf(rows.getString("PK_NAME"));
      }
    }
    List<TableShape.Key> keys = new ArrayList<>();
    if (!primary.isEmpty()) {
      keys.add(new TableShape.Key(primaryName, true, false, List.copyOf(primary.values())));
    }
    Map<String, List<String>> unique = new LinkedHashMap<>();
    try (ResultSet rows = meta.getIndexInfo(null, schema, table, true, true)) {
      while (rows.next()) {
        String column = rows.getString("COLUMN_NAME");
        if (column != null) {
          unique.computeIfAbsent(rows.getString("INDEX_NAME"), k -> new ArrayList<>()).add(column);
        }
      }
    }
    unique.forEach(
        (index, names) -> {
          if (!names.equals(List.copyOf(primary.values()))) {
            boolean nullable =
                columns.stream().anyMatch(c -> c.nullable() && names.contains(c.name()));
            keys.add(new TableShape.Key(index, false, nullable, names));
          }
        });
    return keys;
  }

  @Override
  public List<String> tables(Connection connection, String owner) throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ?")) {
      statement.setString(1, owner.isEmpty() ? connection.getSchema() : owner);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  @Override
  public BoundSql schemas(Connection connection) {
    return BoundSql.of(H2Catalogue.SCHEMAS);
  }

  @Override
  public BoundSql foreignKeys(SourceName table) {
    return new BoundSql(H2Catalogue.FOREIGN_KEYS, List.of(table.owner(), table.table()));
  }

  @Override
  public void check(Planning planning) {
    new ChunkPlanner(sql, ChunkPlanner.QuantileBy.ROWNUM, planning, new PlanDraft(sql, planning))
        .check();
  }

  @Override
  public ChunkPlan plan(Planning planning) throws SQLException {
    PlanDraft draft = new PlanDraft(sql, planning);
    ChunkPlanner planner = new ChunkPlanner(sql, ChunkPlanner.QuantileBy.ROWNUM, planning, draft);
    long rows = draft.count();
    Optional<ChunkPlan> together =
        inOrder(planning, rows) ? planner.byParent(rows) : Optional.empty();
    return together.isPresent() ? together.get() : planner.plan(rows);
  }

  /** Whether rows come in the order of their parent soon enough, or that is asked for by name. */
  private static boolean inOrder(Planning planning, long rows) {
    Affinity affinity = planning.table().chunking().affinity();
    return rows <= SORTED_MAX
        || affinity.mode() == Affinity.Mode.COLUMN
        || planning.shape().keyBegins(affinity.column());
  }

  @Override
  public RowCursor open(CursorRequest request) {
    return new JdbcCursor(request, Readers.of(request), FETCH_ROWS);
  }

  @Override
  public Verdict judge(SQLException e) {
    String code = Integer.toString(e.getErrorCode());
    return ERRORS.judge("H2 error " + code, String.valueOf(e.getMessage()), code);
  }
}
