package io.initload.source;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.FlashbackRetention;
import io.initload.plan.Snapshot;
import io.initload.plan.TablePlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What differs between databases. Implementations are stateless and thread-safe. */
interface Dialect {
  /**
   * The dialect of a JDBC URL.
   *
   * @throws Failure {@code SOURCE_URL} when none knows it
   */
  static Dialect of(String url) {
    if (url.startsWith("jdbc:oracle:")) {
      return new OracleDialect();
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect();
    }
    if (url.startsWith("jdbc:h2:")) {
      return new H2Dialect();
    }
    throw new Failure(
        Kind.CONFIGURATION,
        "SOURCE_URL",
        "No database of this kind can be read: " + Failures.shown(url) + ".",
        "Set source.url to a URL that starts with jdbc:oracle:, jdbc:postgresql: or jdbc:h2:.");
  }

  /** Its name in messages. */
  String name();

  /** Connection properties beside user and password. */
  Properties properties(SourceConfig config);

  /** Sets a fresh session up; auto-commit is off already. */
  void prepare(Connection connection) throws SQLException;

  /** Names for the database's own administrator what the session is reading. */
  default void tag(Connection connection, String action) throws SQLException {
    // Where nobody looks at sessions.
  }

  /** The user of a session, spelled as the database does. */
  default String user(Connection connection) throws SQLException {
    return connection.getMetaData().getUserName();
  }

  /**
   * What the user needs and how its sessions are ended.
   *
   * @param user spelled as the database does
   * @param flashback whether the tables are read at a snapshot
   */
  default Access access(String user, List<TableShape> tables, boolean flashback) {
    return Access.NONE;
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

  /** Makes the session read at the snapshot, where that is the session's matter. */
  void enter(Connection connection, Snapshot snapshot) throws SQLException;

  /** Keeps a table as it is for as long as the session that holds the snapshot lives. */
  default void hold(Connection keeper, TableShape shape) throws SQLException {
    // Where the snapshot itself survives whatever happens to the table.
  }

  /** Describes a table; empty when there is none of that name. */
  Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException;

  /** Names of the tables and views in the same schema, for suggestions. */
  List<String> tables(Connection connection, String owner) throws SQLException;

  /** The statements of this database. */
  Sql sql();

  /** Chooses chunks; the session stands at the snapshot. */
  TablePlan plan(Planning planning) throws SQLException;

  /** Whether sessions of such a database can share a snapshot at all. */
  default boolean sharesSnapshots() {
    return true;
  }

  /** The moment to read at; a frozen one where the database or the user's privileges have none. */
  Snapshot snapshot(Connection connection) throws SQLException;

  /** Where a snapshot was asked for, as the end of its name, where there are several ways. */
  default String origin(Connection connection, Snapshot snapshot) throws SQLException {
    return "";
  }

  /**
   * Opens a cursor; its session stands at the snapshot already. The cursor owns the session from
   * the moment it is returned.
   */
  RowCursor open(CursorRequest request) throws SQLException;

  /** What an error means. */
  Verdict judge(SQLException e);

  /**
   * What an error means.
   *
   * @param vendorCode as the database's documentation names it, for messages
   */
  record Verdict(SourceFailure.Action action, String code, String vendorCode, String remedy) {}

  /** What a plan is made from. */
  record Planning(Connection connection, TableConfig table, TableShape shape, Snapshot snapshot) {}

  /**
   * What a cursor is opened for.
   *
   * @param queries statements whose rows it yields one after the other
   * @param columns what each statement selects, in order
   * @param renderings of the columns
   * @param zones of zoneless dates and times, by column
   * @param fetchBytes bytes to fetch in one round trip
   * @param doing what to call it in messages
   */
  record CursorRequest(
      Sessions.Session session,
      TableShape shape,
      Iterator<Query> queries,
      List<SourceColumn> columns,
      List<Rendering> renderings,
      List<ZoneId> zones,
      long fetchBytes,
      Failures failures,
      String doing) {}
}
