package io.initload.source;

import io.initload.config.SourceName;
import io.initload.mapping.Finding;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkPlan;
import io.initload.plan.FlashbackRetention;
import io.initload.plan.Snapshot;
import io.initload.plan.SourceIdentity;
import io.initload.source.chunk.Planning;
import io.initload.source.read.CursorRequest;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.ErrorJudge;
import io.initload.source.session.SessionSetup;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What differs between databases: one implementation for each kind, listed in {@link Dialects}.
 * Implementations are stateless and thread-safe.
 */
public interface Dialect extends SessionSetup, ErrorJudge {
  /** Its name in messages. */
  String name();

  /** What the JDBC URLs of such databases begin with. */
  String urlPrefix();

  /** Names for the database's own administrator what the session is reading. */
  default void tag(Connection connection, String action) throws SQLException {
    // Where nobody looks at sessions.
  }

  /** The user of a session, spelled as the database does. */
  default String user(Connection connection) throws SQLException {
    return connection.getMetaData().getUserName();
  }

  /**
   * What the session's user needs and how its sessions are ended.
   *
   * @param flashback whether the tables are read at a snapshot
   */
  default DbaStatements access(Connection connection, List<TableShape> tables, boolean flashback)
      throws SQLException {
    return DbaStatements.NONE;
  }

  /**
   * The statement that lets a user read a table; empty where that is not said.
   *
   * @param user spelled as the database does
   * @param flashback whether it is read at a snapshot
   */
  default Optional<String> grant(String user, SourceName table, boolean flashback) {
    return Optional.empty();
  }

  /** How long a snapshot can be read, where that is a matter of time. */
  default Optional<FlashbackRetention> undo(Connection connection) throws SQLException {
    return Optional.empty();
  }

  /** Which database a session is of, by what it says of itself, wherever it is reached. */
  SourceIdentity identity(Connection connection) throws SQLException;

  /** Makes the session read at the snapshot, where that is the session's matter. */
  void enter(Connection connection, Snapshot snapshot) throws SQLException;

  /**
   * Puts all that a session reads back to the snapshot, until it is given back, where no statement
   * can say so of each table: of the tables of a query.
   *
   * @throws io.initload.Failure {@code SOURCE_QUERY_SNAPSHOT} when this user may not
   */
  default void rewind(DatabaseSession session, TableShape shape, Snapshot snapshot)
      throws SQLException {
    // Where a session that stands at the snapshot reads nothing else.
  }

  /** The statements of {@link #rewind} and of its end, for who must allow them. */
  default List<String> rewinding(TableShape shape, Snapshot snapshot) {
    return List.of();
  }

  /** As {@link #enter(Connection, Snapshot)}, to read the rows of a table or query. */
  default void enter(DatabaseSession session, TableShape shape, Snapshot snapshot)
      throws SQLException {
    enter(session.connection(), snapshot);
    rewind(session, shape, snapshot);
  }

  /** Keeps a table as it is for as long as the session that holds the snapshot lives. */
  default void hold(Connection keeper, TableShape shape) throws SQLException {
    // Where the snapshot itself survives whatever happens to the table.
  }

  /** Describes a table; empty when there is none of that name. */
  Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException;

  /**
   * The columns of a query in their order, by a look that does not run it; names may repeat.
   *
   * @throws SQLException when it is none
   */
  List<SourceColumn> described(Connection connection, BoundSql query) throws SQLException;

  /** What the database says of its texts. */
  default TableShape.Characters characters(Connection connection) throws SQLException {
    return TableShape.Characters.DECODED;
  }

  /**
   * What the database may keep back of all it is asked for, or hand out otherwise than it is
   * stored, without a word. The place of a finding is its reader's matter.
   */
  default List<Finding> concerns(Connection connection) throws SQLException {
    return List.of();
  }

  /** As {@link #concerns(Connection)}, of one table. */
  default List<Finding> concerns(Connection connection, TableShape shape) throws SQLException {
    return List.of();
  }

  /** Names of the tables and views in the same schema, for suggestions. */
  List<String> tables(Connection connection, String owner) throws SQLException;

  /**
   * Asks for the schemas in which this user sees tables, the user's own first, with the number of
   * tables; the database's own are left out.
   */
  BoundSql schemas(Connection connection) throws SQLException;

  /**
   * Asks for the foreign keys of a table, whether they are enforced or not: name, column, owner,
   * table and column of the parent, a line each column, in order.
   *
   * @param table with its owner
   */
  BoundSql foreignKeys(SourceName table);

  /** The statements of this database. */
  Sql sql();

  /** How this database shows that it is as the code takes it to be. */
  Evidence evidence();

  /**
   * Refuses what cannot be planned, whatever rows there are.
   *
   * @throws io.initload.Failure {@code SOURCE_STRATEGY}, {@code SOURCE_COLUMN}
   */
  void check(Planning planning);

  /** Has a statement judged as it would be when it is run, without running it. */
  default void judge(Connection connection, BoundSql query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
      statement.getMetaData();
    }
  }

  /** Chooses chunks; the session stands at the snapshot. */
  ChunkPlan plan(Planning planning) throws SQLException;

  /**
   * Whether it groups any number of rows. One that keeps all groups in the memory of this process
   * does not.
   */
  default boolean groups() {
    return true;
  }

  /** Whether sessions of such a database can share a snapshot at all. */
  default boolean sharesSnapshots() {
    return true;
  }

  /** The moment to read at; a frozen one where the database or the user's privileges have none. */
  Snapshot snapshot(Connection connection) throws SQLException;

  /** Who reads, and in which schema a query's names are looked for. */
  default String reader(Connection connection) throws SQLException {
    return "%s in %s".formatted(connection.getMetaData().getUserName(), connection.getSchema());
  }

  /** Where a snapshot was asked for, as the end of its name, where there are several ways. */
  default String origin(Connection connection, Snapshot snapshot) throws SQLException {
    return "";
  }

  /**
   * Opens a cursor; its session stands at the snapshot already. The cursor owns the session from
   * the moment it is returned.
   */
  RowCursor open(CursorRequest request) throws SQLException;
}
