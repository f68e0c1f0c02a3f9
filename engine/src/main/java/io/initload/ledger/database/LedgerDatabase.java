package io.initload.ledger.database;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection to the ledger and the transactions on it. All writers of a ledger, in this process
 * and in others, take turns: SQLite by {@code BEGIN IMMEDIATE}, PostgreSQL by one advisory lock. A
 * transaction is a few statements, so the turns are short; in return no two workers can ever both
 * take the last slot. Safe for several threads.
 */
public final class LedgerDatabase implements AutoCloseable {
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Any fixed number; every worker of a ledger uses the same one. */
  private static final long ADVISORY_LOCK = 0x696e69746c6f6164L;

  /**
   * The newest of the scripts beside this class. Asked first, because most processes find a ledger
   * that is up to date, and starting Flyway takes longer than all else a short task does.
   */
  static final int VERSION = 29;

  /** Remembers how each statement's parameters stand, for all connections. */
  private static final SqlParser STATEMENTS = new ColonPrefixSqlParser();

  private static final TemplateEngine LISTS = new DefinedAttributeTemplateEngine();

  /**
   * Only lists, {@code IN (<ids>)}, need a template; parsing the others is a process's first work.
   */
  private static final TemplateEngine TEMPLATES =
      (sql, context) -> sql.contains("(<") ? LISTS.render(sql, context) : sql;

  private final LedgerConfig config;
  private final boolean readOnly;
  private final boolean sqlite;
  private final LedgerTrouble trouble;
  private @Nullable Connection connection;
  private @Nullable Handle handle;
  private boolean reached;
  private boolean closed;

  private LedgerDatabase(LedgerConfig config, boolean readOnly) {
    this.config = config;
    this.readOnly = readOnly;
    this.sqlite = config.url().startsWith(LedgerFile.SQLITE);
    this.trouble = new LedgerTrouble(config.url(), sqlite);
  }

  /**
   * Opens the ledger and brings its tables up to date.
   *
   * @throws Failure {@code LEDGER_URL}, {@code LEDGER_UNREACHABLE}, {@code LEDGER_NEWER}, {@code
   *     LEDGER_DAMAGED}, {@code LEDGER_READ_ONLY}
   */
  public static LedgerDatabase open(LedgerConfig config) {
    LedgerDatabase database = of(config, false);
    if (database.sqlite) {
      database.makeFile(LedgerFile.of(config.url()));
    }
    return database.opened();
  }

  /**
   * Opens the ledger as it is: the database refuses every change.
   *
   * @throws Failure {@code LEDGER_URL}, {@code LEDGER_UNREACHABLE}, {@code LEDGER_NEWER}, {@code
   *     LEDGER_NOT_CURRENT} when there is none, or its tables are of an older version, {@code
   *     LEDGER_DAMAGED}
   */
  public static LedgerDatabase openToRead(LedgerConfig config) {
    LedgerDatabase database = of(config, true);
    if (database.sqlite && !Files.exists(LedgerFile.of(config.url()))) {
      throw database.trouble.notCurrent(0, VERSION);
    }
    return database.opened();
  }

  private static LedgerDatabase of(LedgerConfig config, boolean readOnly) {
    if (!config.url().startsWith(LedgerFile.SQLITE) && !config.url().startsWith(POSTGRESQL)) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "LEDGER_URL",
          "ledger.url is neither jdbc:sqlite:FILE nor jdbc:postgresql://...: " + config.url(),
          "Correct ledger.url.");
    }
    return new LedgerDatabase(config, readOnly);
  }

  private LedgerDatabase opened() {
    try {
      migrate();
    } catch (Failure e) {
      close();
      throw e;
    }
    reached = true;
    return this;
  }

  private void makeFile(Path file) {
    try {
      LedgerFile.make(file);
    } catch (IOException e) {
      throw trouble.making(file, e);
    }
  }

  /** Now by a clock that all workers of this ledger share. */
  public long now(Handle h, Clock clock) {
    return sqlite
        ? clock.millis()
        : h.select("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
            .mapTo(Long.class)
            .one();
  }

  /** Runs one transaction; the other writers wait meanwhile. */
  public synchronized <T> T transact(Function<Handle, T> work) {
    try {
      return handle()
          .inTransaction(
              h -> {
                if (!sqlite) {
                  h.select("SELECT pg_advisory_xact_lock(?)", ADVISORY_LOCK).mapToMap().list();
                }
                return work.apply(h);
              });
    } catch (JdbiException e) {
      drop();
      throw trouble.using(e);
    }
  }

  /** Reads without making writers wait. */
  public synchronized <T> T read(Function<Handle, T> work) {
    try {
      return work.apply(handle());
    } catch (JdbiException e) {
      drop();
      throw trouble.using(e);
    }
  }

  /**
   * Takes what is found. Mostly there is nothing, and to learn that no writer is made to wait.
   *
   * @param take marks what was found as taken, in the same transaction
   */
  public <T> Optional<T> take(Function<Handle, Optional<T>> find, BiConsumer<Handle, T> take) {
    if (read(find).isEmpty()) {
      return Optional.empty();
    }
    return transact(
        h -> {
          Optional<T> found = find.apply(h);
          found.ifPresent(f -> take.accept(h, f));
          return found;
        });
  }

  private Handle handle() {
    if (closed) {
      throw new IllegalStateException("the ledger is closed");
    }
    if (handle == null) {
      try {
        handle = Jdbi.open(connection());
      } catch (SQLException e) {
        throw trouble.unreachable(e, reached);
      }
      handle.setStatementBuilder(new KeptStatements());
      handle.getConfig(SqlStatements.class).setSqlParser(STATEMENTS).setTemplateEngine(TEMPLATES);
    }
    return handle;
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      // Asked itself: a DriverManager would first load every driver there is.
      Driver driver = sqlite ? new JDBC() : new org.postgresql.Driver();
      connection = driver.connect(config.url(), properties());
      if (readOnly && !sqlite) {
        // Beside the option below, which the options of a URL would replace.
        connection.setReadOnly(true);
      }
    }
    return connection;
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (sqlite && readOnly) {
      properties.setProperty("open_mode", Integer.toString(SQLiteOpenMode.READONLY.flag));
      properties.setProperty("busy_timeout", Long.toString(config.patience().toMillis()));
    } else if (sqlite) {
      properties.setProperty("journal_mode", "WAL");
      // The ledger is written before and after each act on the org: it must survive a power cut.
      properties.setProperty("synchronous", "FULL");
      properties.setProperty("busy_timeout", Long.toString(config.patience().toMillis()));
      properties.setProperty("transaction_mode", "IMMEDIATE");
      properties.setProperty("foreign_keys", "true");
    } else {
      properties.setProperty("ApplicationName", "initload ledger");
      properties.setProperty("connectTimeout", "15");
      properties.setProperty(
          "options",
          "-c lock_timeout="
              + config.patience().toMillis()
              + (readOnly ? " -c default_transaction_read_only=on" : ""));
      properties.setProperty("socketTimeout", "120");
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("user", config.user());
      properties.setProperty("password", config.password().reveal());
    }
    return properties;
  }

  private Map<String, String> jdbcProperties() {
    Map<String, String> map = new HashMap<>();
    Properties properties = properties();
    properties.stringPropertyNames().forEach(k -> map.put(k, properties.getProperty(k)));
    return map;
  }

  private void migrate() {
    int version = version();
    if (version > VERSION) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "LEDGER_NEWER",
          "The ledger %s has version %d, written by a newer initload than this one, which knows %d."
              .formatted(config.url(), version, VERSION),
          "Use the newer initload, or another ledger.");
    }
    if (version < VERSION && readOnly) {
      throw trouble.notCurrent(version, VERSION);
    }
    if (version < VERSION) {
      build();
    }
  }

  /** The version of the tables that are there; 0 when there are none. */
  private int version() {
    try (ResultSet tables =
        connection()
            .getMetaData()
            .getTables(null, connection().getSchema(), "flyway_schema_history", null)) {
      if (!tables.next()) {
        return 0;
      }
    } catch (SQLException e) {
      throw trouble.opening(e, e);
    }
    try (Statement statement = connection().createStatement();
        ResultSet max =
            statement.executeQuery(
                "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")) {
      return max.next() ? max.getInt(1) : 0;
    } catch (SQLException e) {
      throw trouble.opening(e, e);
    }
  }

  private void build() {
    try {
      Flyway.configure(LedgerDatabase.class.getClassLoader())
          .dataSource(config.url(), config.user(), config.password().reveal())
          .jdbcProperties(jdbcProperties())
          .locations("classpath:io/initload/ledger/migrations")
          .placeholders(
              Map.of(
                  "identity",
                  sqlite
                      ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                      : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"))
          .load()
          .migrate();
    } catch (FlywayException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw trouble.opening(e, sql);
      }
      throw trouble.damaged(e);
    }
  }

  private void drop() {
    try {
      if (handle != null && !handle.isInTransaction() && handle.getConnection().isValid(2)) {
        return;
      }
    } catch (SQLException | JdbiException e) {
      // Not usable: a new connection is made for the next transaction.
    }
    disconnect();
  }

  /** Closes for good: every later call is refused. */
  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
  }

  private void disconnect() {
    Connection open = connection;
    handle = null;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // A connection that cannot be closed is as good as closed: all was committed.
      }
    }
  }
}
