package io.initload.source.postgres;

import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.mapping.Finding;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkPlan;
import io.initload.plan.Snapshot;
import io.initload.plan.SourceIdentity;
import io.initload.source.DbaStatements;
import io.initload.source.Dialect;
import io.initload.source.Evidence;
import io.initload.source.RowCursor;
import io.initload.source.TableShape;
import io.initload.source.chunk.Planning;
import io.initload.source.read.CursorRequest;
import io.initload.source.session.Verdict;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Sql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * PostgreSQL 14 and later. The snapshot is exported by one session, which stays in its transaction
 * for as long as the migration reads, and adopted by all others, in this process and elsewhere.
 * Heap tables are cut by blocks (ctid); rows stream by {@code COPY} in binary form.
 */
public final class PostgresDialect implements Dialect {
  private final PostgresSql sql = new PostgresSql();
  private final PostgresDictionary dictionary = new PostgresDictionary();

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String urlPrefix() {
    return "jdbc:postgresql:";
  }

  @Override
  public Optional<Driver> driver() {
    return Optional.of(new org.postgresql.Driver());
  }

  @Override
  public Properties properties(SourceConfig config) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "initload");
    properties.setProperty("connectTimeout", "15");
    properties.setProperty("loginTimeout", "30");
    // For rows; whoever plans or counts sets a longer one.
    properties.setProperty("socketTimeout", Long.toString(config.readTimeout().toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sessionStatement : PostgresSql.SESSION) {
        statement.execute(sessionStatement);
      }
    }
  }

  @Override
  public void tag(Connection connection, String action) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL application_name = " + PostgresNames.text("initload " + action));
    }
  }

  @Override
  public DbaStatements access(Connection connection, List<TableShape> tables, boolean flashback)
      throws SQLException {
    return PostgresGrants.access(user(connection), tables);
  }

  @Override
  public SourceIdentity identity(Connection connection) throws SQLException {
    return dictionary.identity(connection, name());
  }

  @Override
  public Snapshot snapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PostgresSql.SNAPSHOT)) {
      rows.next();
      return new Snapshot(Snapshot.Kind.EXPORTED, rows.getString(1), rows.getString(2));
    }
  }

  @Override
  public void enter(Connection connection, Snapshot snapshot) throws SQLException {
    if (snapshot.kind() == Snapshot.Kind.EXPORTED) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION SNAPSHOT " + PostgresNames.text(snapshot.name()));
      }
    }
  }

  @Override
  public void hold(Connection keeper, TableShape shape) throws SQLException {
    if (shape.kind() == TableShape.Kind.EXTERNAL) {
      return;
    }
    // A rewrite, refresh or truncation would move the rows under the plan. Whoever looks at a
    // table locks it, and what is below it, until the transaction is over; LOCK TABLE, which
    // pg_dump uses against it, takes neither materialized views nor rights on columns alone. A
    // failure would end the transaction, and with it the snapshot that all tables are read at.
    Savepoint before = keeper.setSavepoint();
    try (Statement statement = keeper.createStatement()) {
      statement.execute(sql.probe(shape, Snapshot.UNMARKED).sql());
      keeper.releaseSavepoint(before);
    } catch (SQLException e) {
      keeper.rollback(before);
      throw e;
    }
  }

  @Override
  public Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException {
    return dictionary.shape(connection, name);
  }

  @Override
  public List<SourceColumn> described(Connection connection, BoundSql query) throws SQLException {
    return new PostgresDescriber(connection).columns(query);
  }

  @Override
  public TableShape.Characters characters(Connection connection) throws SQLException {
    return PostgresConcerns.ascii(connection)
        ? TableShape.Characters.ASCII
        : TableShape.Characters.DECODED;
  }

  @Override
  public List<Finding> concerns(Connection connection) throws SQLException {
    return PostgresConcerns.of(connection);
  }

  @Override
  public List<Finding> concerns(Connection connection, TableShape shape) throws SQLException {
    return PostgresConcerns.of(connection, shape);
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
    return new PostgresEvidence();
  }

  @Override
  public BoundSql schemas(Connection connection) {
    return BoundSql.of(PostgresCatalogue.SCHEMAS);
  }

  @Override
  public BoundSql foreignKeys(SourceName table) {
    return new BoundSql(PostgresCatalogue.FOREIGN_KEYS, List.of(table.owner(), table.table()));
  }

  @Override
  public void check(Planning planning) {
    new PostgresPlanner(sql, planning).check();
  }

  /** Rights are looked at when a statement begins, not when it is described. */
  @Override
  public void judge(Connection connection, BoundSql query) throws SQLException {
    BoundSql explained = new BoundSql("EXPLAIN " + query.sql(), query.binds());
    try (PreparedStatement statement = Statements.prepare(connection, explained)) {
      statement.execute();
    }
  }

  @Override
  public ChunkPlan plan(Planning planning) throws SQLException {
    return new PostgresPlanner(sql, planning).plan();
  }

  @Override
  public RowCursor open(CursorRequest request) throws SQLException {
    return new PostgresCursor(request);
  }

  @Override
  public Verdict judge(SQLException e) {
    return PostgresErrors.judge(e);
  }
}
