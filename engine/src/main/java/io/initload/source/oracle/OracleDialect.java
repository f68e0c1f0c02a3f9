package io.initload.source.oracle;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.mapping.Finding;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkPlan;
import io.initload.plan.FlashbackRetention;
import io.initload.plan.Snapshot;
import io.initload.plan.SourceIdentity;
import io.initload.source.DbaStatements;
import io.initload.source.Dialect;
import io.initload.source.Evidence;
import io.initload.source.RowCursor;
import io.initload.source.TableShape;
import io.initload.source.chunk.Planning;
import io.initload.source.read.CursorRequest;
import io.initload.source.read.JdbcCursor;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.Verdict;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** Oracle Database 11.2 and later through the thin driver (docs/reference/oracle.md). */
public final class OracleDialect implements Dialect {
  /** V$SESSION.ACTION holds 32 bytes; the end of a chunk's name tells the most. */
  private static final int ACTION_CHARACTERS = 32;

  private static final long LOB_PREFETCH = 32_768;

  /** The driver keeps characters of two bytes. */
  private static final long LOB_BYTES = 2 * LOB_PREFETCH;

  private static final long FETCH_ROWS_MAX = 10_000;

  private static final Pattern POOL_BOUNDARY =
      Pattern.compile("\\bPOOL_BOUNDARY\\s*=", Pattern.CASE_INSENSITIVE);

  private final OracleSql sql = new OracleSql(OracleFlavour.ORACLE);
  private final OracleDictionary dictionary = new OracleDictionary();

  @Override
  public String name() {
    return "oracle";
  }

  @Override
  public String urlPrefix() {
    return "jdbc:oracle:";
  }

  /**
   * See docs/reference/oracle.md, "Time-outs" and "Driver properties".
   *
   * @throws Failure {@code SOURCE_CONNECT} where the URL lets a session be another one after each
   *     statement or transaction
   */
  @Override
  public Properties properties(SourceConfig config) {
    if (POOL_BOUNDARY.matcher(config.url()).find()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "SOURCE_CONNECT",
          "source.url asks for POOL_BOUNDARY: the database may give each statement another session,"
              + " and the settings that make values and snapshots right would be lost in between.",
          "Leave POOL_BOUNDARY out of source.url; SERVER=POOLED and SERVER=DEDICATED work.");
    }
    Properties properties = new Properties();
    // A pooled server (DRCP) keeps what its last client set: schema, zone, even the moment it
    // reads.
    properties.setProperty("oracle.jdbc.DRCPConnectionPurity", "NEW");
    properties.setProperty("oracle.jdbc.loginTimeout", "30");
    properties.setProperty("oracle.net.CONNECT_TIMEOUT", "15000");
    properties.setProperty("oracle.net.OUTBOUND_CONNECT_TIMEOUT", "15000ms");
    // For rows; whoever plans or counts sets a longer one.
    properties.setProperty(
        "oracle.jdbc.ReadTimeout", Long.toString(config.readTimeout().toMillis()));
    // A statement that plans is silent for hours: a dead peer, and a firewall that forgets, must
    // be noticed meanwhile. In seconds.
    properties.setProperty("oracle.net.keepAlive", "true");
    properties.setProperty("oracle.net.TCP_KEEPIDLE", "60");
    properties.setProperty("oracle.net.TCP_KEEPINTERVAL", "30");
    properties.setProperty("oracle.net.TCP_KEEPCOUNT", "6");
    properties.setProperty("oracle.jdbc.enableQueryResultCache", "false");
    properties.setProperty("oracle.jdbc.fanEnabled", "false");
    properties.setProperty("oracle.jdbc.timezoneAsRegion", "false");
    properties.setProperty("oracle.jdbc.defaultLobPrefetchSize", Long.toString(LOB_PREFETCH));
    properties.setProperty("v$session.program", "initload");
    return properties;
  }

  /** See docs/reference/oracle.md, "Session settings". */
  @Override
  public void prepare(Connection connection) throws SQLException {
    OracleVersion.of(connection);
    try (Statement statement = connection.createStatement()) {
      for (String sessionStatement : OracleCatalogue.SESSION) {
        statement.execute(sessionStatement);
      }
      showArchived(statement);
    }
    connection.setClientInfo("OCSID.MODULE", "initload");
  }

  private static void showArchived(Statement statement) throws SQLException {
    try {
      statement.execute(OracleCatalogue.ARCHIVED_TOO);
    } catch (SQLException e) {
      if (!OracleErrors.unknownOption(e)) {
        throw e;
      }
    }
  }

  /** Sent with the next call, so it costs no round trip. */
  @Override
  public void tag(Connection connection, String action) throws SQLException {
    int from = Math.max(0, action.length() - ACTION_CHARACTERS);
    connection.setClientInfo("OCSID.ACTION", action.substring(from));
  }

  @Override
  public String user(Connection connection) throws SQLException {
    return dictionary.user(connection);
  }

  @Override
  public DbaStatements access(Connection connection, List<TableShape> tables, boolean flashback)
      throws SQLException {
    String user = user(connection);
    OracleSources sources = new OracleSources(connection);
    List<String> further = OracleGrants.further(sources, user, tables, flashback);
    return OracleGrants.access(user, tables, flashback, further);
  }

  @Override
  public Optional<String> grant(String user, SourceName table, boolean flashback) {
    return Optional.of(OracleGrants.grant(user, table, flashback));
  }

  @Override
  public Optional<FlashbackRetention> undo(Connection connection) throws SQLException {
    return Optional.of(dictionary.undo(connection));
  }

  @Override
  public SourceIdentity identity(Connection connection) throws SQLException {
    return dictionary.identity(connection, name());
  }

  @Override
  public Snapshot snapshot(Connection connection) throws SQLException {
    return dictionary.snapshot(connection);
  }

  @Override
  public String reader(Connection connection) throws SQLException {
    return dictionary.reader(connection);
  }

  @Override
  public String origin(Connection connection, Snapshot snapshot) throws SQLException {
    return snapshot.kind() == Snapshot.Kind.SCN ? dictionary.origin(connection) : "";
  }

  @Override
  public void enter(Connection connection, Snapshot snapshot) {
    // Each statement names its SCN.
  }

  @Override
  public Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException {
    return dictionary.shape(connection, name);
  }

  @Override
  public List<SourceColumn> described(Connection connection, BoundSql query) throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
      ResultSetMetaData told = statement.getMetaData();
      for (int i = 1; i <= told.getColumnCount(); i++) {
        columns.add(OracleTypes.described(told, i));
      }
    }
    return columns;
  }

  @Override
  public TableShape.Characters characters(Connection connection) throws SQLException {
    return OracleDictionary.characters(connection);
  }

  @Override
  public void rewind(DatabaseSession session, TableShape shape, Snapshot snapshot)
      throws SQLException {
    if (!rewinding(shape, snapshot).isEmpty()) {
      new OracleRewind(session).to(shape.name(), Long.parseLong(snapshot.mark()));
    }
  }

  @Override
  public List<String> rewinding(TableShape shape, Snapshot snapshot) {
    return shape.name().isQuery() && snapshot.kind() == Snapshot.Kind.SCN
        ? List.of(OracleCatalogue.REWIND, OracleCatalogue.FORWARD)
        : List.of();
  }

  @Override
  public List<Finding> concerns(Connection connection) throws SQLException {
    return new OracleConcerns(connection).ofDatabase();
  }

  @Override
  public List<Finding> concerns(Connection connection, TableShape shape) throws SQLException {
    return new OracleConcerns(connection).of(shape);
  }

  @Override
  public List<String> tables(Connection connection, String owner) throws SQLException {
    return dictionary.tables(connection, owner);
  }

  @Override
  public Sql sql() {
    return sql;
  }

  @Override
  public Evidence evidence() {
    return new OracleEvidence();
  }

  @Override
  public BoundSql schemas(Connection connection) throws SQLException {
    boolean marked = OracleVersion.of(connection).since(OracleVersion.CONTAINERS);
    return BoundSql.of(marked ? OracleCatalogue.SCHEMAS : OracleCatalogue.SCHEMAS_BY_NAME);
  }

  @Override
  public BoundSql foreignKeys(SourceName table) {
    return new BoundSql(OracleCatalogue.FOREIGN_KEYS, List.of(table.owner(), table.table()));
  }

  @Override
  public void check(Planning planning) {
    new OraclePlanner(sql, planning).check();
  }

  @Override
  public ChunkPlan plan(Planning planning) throws SQLException {
    return new OraclePlanner(sql, planning).plan();
  }

  @Override
  public RowCursor open(CursorRequest request) {
    return new JdbcCursor(
        request,
        OracleReaders.of(request),
        fetchRows(request.shape(), request.columns(), request.fetchBytes()));
  }

  /**
   * Rows of one round trip: as many as the bytes have room for, by the width that the statistics
   * tell, else the types, and by what the driver fetches of each LOB along with its row
   * (docs/reference/oracle.md, "Fetching").
   */
  static int fetchRows(TableShape shape, List<SourceColumn> columns, long fetchBytes) {
    long width = 0;
    long lobs = 0;
    for (SourceColumn column : columns) {
      if (column.readOnce()) {
        // Off the wire as it is read, so rows come one by one (docs/reference/oracle.md, "Fetching"
        // and "Types").
        return 1;
      }
      switch (column.type()) {
        case LONG_TEXT, JSON, XML -> lobs++;
        case BINARY -> {
          if (column.length() == 0) {
            lobs++;
          } else {
            width += column.length();
          }
        }
        case TEXT -> width += Math.min(100, column.length());
        default -> width += 12;
      }
    }
    long row = Math.max(20, shape.rowBytes() > 0 ? shape.rowBytes() : width) + lobs * LOB_BYTES;
    return (int) Math.max(1, Math.min(FETCH_ROWS_MAX, fetchBytes / row));
  }

  @Override
  public Verdict judge(SQLException e) {
    return OracleErrors.judge(e);
  }
}
