package io.initload.source.oracle;

import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.logging.Logger;
import oracle.sql.NUMBER;
import org.jspecify.annotations.Nullable;

/**
 * An Oracle of a test's own, as far as JDBC shows one: behind a URL that begins with {@code
 * jdbc:oracle:} stands H2 with a dictionary, functions and packages named like Oracle's. What H2
 * has no grammar for is taken out on the way (flashback and sample clauses) or turned into what it
 * has (partitions); numbers come as Oracle's bytes. Any statement can be made to fail. Rows have
 * their address in a column ROWID, made by {@link OracleFunctions#rowid}.
 */
public final class OracleStandIn implements AutoCloseable {
  private static final String PREFIX = "jdbc:oracle:stand-in:";
  private static final Map<String, OracleStandIn> OPEN = new ConcurrentHashMap<>();

  static {
    try {
      DriverManager.registerDriver(new StandInDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final String name = UUID.randomUUID().toString();
  private final Connection keeper;

  /** Statements that were found to be Oracle's, by any test. */
  private static final Set<String> PROVEN = ConcurrentHashMap.newKeySet();

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<String> tags = new CopyOnWriteArrayList<>();
  private volatile Function<String, Integer> faults = sql -> 0;
  private volatile Properties login = new Properties();

  public OracleStandIn(String... statements) {
    try {
      keeper = h2();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    OPEN.put(name, this);
    run(OracleObjects.ALL.toArray(String[]::new));
    run(statements);
  }

  private Connection h2() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:" + name + ";MODE=Oracle", "SA", "");
  }

  public void run(String... statements) {
    try (Statement statement = keeper.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one text a statement yields. */
  public String single(String sql) {
    try (Statement statement = keeper.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Enters a table of the owner APP into the dictionary; the statement that makes it is the
   * caller's.
   *
   * @param flags values of PARTITIONED, IOT_TYPE, CLUSTER_NAME and TEMPORARY, as SQL
   * @param key column of the primary key; empty for none
   * @param columns each {@code NAME NUMBER} or {@code NAME VARCHAR2}
   */
  public void describe(String table, String flags, String key, String... columns) {
    run("INSERT INTO ALL_TABLES VALUES ('APP', '%s', NULL, NULL, %s)".formatted(table, flags));
    columns(table, key, columns);
  }

  /** Enters the columns of a table or view alone. */
  void columns(String table, String key, String... columns) {
    for (int i = 0; i < columns.length; i++) {
      String column = columns[i].substring(0, columns[i].lastIndexOf(' '));
      String type = columns[i].substring(column.length() + 1);
      boolean number = type.equals("NUMBER");
      run(
          "INSERT INTO ALL_TAB_COLS VALUES ('APP', '%s', '%s', '%s', 22, 80, 'C', %s, %s, '%s', 'NO', %d, NULL)"
              .formatted(
                  table,
                  column,
                  type,
                  number ? "10" : "NULL",
                  number ? "0" : "NULL",
                  column.equals(key) ? "N" : "Y",
                  i + 1));
    }
    if (!key.isEmpty()) {
      run(
          "INSERT INTO ALL_CONSTRAINTS VALUES ('APP', '%s_PK', 'P', '%s', 'ENABLED', 'VALIDATED')"
              .formatted(table, table),
          "INSERT INTO ALL_CONS_COLUMNS VALUES ('APP', '%s_PK', '%s', 1)".formatted(table, key));
    }
  }

  /** An ordinary table's flags. */
  public static final String HEAP = "'NO', NULL, NULL, 'N'";

  /**
   * Makes a heap table of the owner APP with the columns id and name, ten rows to a block.
   *
   * @param part its rows' partition, as an expression over X, the number of the row
   */
  public void heap(String table, int rows, String flags, String part) {
    run(
        ("CREATE TABLE APP.%s (\"id\" NUMBER(10) PRIMARY KEY, \"name\" VARCHAR2(80), ROWID"
                + " VARCHAR(24), PART VARCHAR(128))")
            .formatted(table),
        ("INSERT INTO APP.%s SELECT X, 'Name ' || X, DBMS_ROWID.ROWID_CREATE(1, 9, 4, (X - 1) / 10,"
                + " MOD(X - 1, 10)), %s FROM SYSTEM_RANGE(1, %d)")
            .formatted(table, part, rows));
    describe(table, flags, "id", "id NUMBER", "name VARCHAR2");
  }

  /**
   * Lets statements fail.
   *
   * @param other the code of Oracle that a statement fails with, negative for one inside recursive
   *     SQL (ORA-00604); 0 to let it go
   */
  public void faults(Function<String, Integer> other) {
    faults = other;
  }

  /** What sessions were named, in order: {@code OCSID.MODULE=initload}. */
  List<String> tags() {
    return tags;
  }

  /** All statements, as the driver was given them. */
  public List<String> sent() {
    return sent;
  }

  /** What the last session was opened with. */
  Properties login() {
    return login;
  }

  public SourceConfig config() {
    return SourceConfigs.of(PREFIX + name, "initload", "secret")
        .sessions(1)
        .parallelHint(8)
        .build();
  }

  /** Fails when a statement was sent that an Oracle would refuse to parse. */
  @Override
  public void close() {
    OPEN.remove(name);
    for (String sql : sent) {
      if (!PROVEN.contains(sql)) {
        List<String> faults = OracleGrammar.faults(sql);
        if (!faults.isEmpty()) {
          throw new AssertionError("no statement of Oracle's: " + sql + "\n  " + faults);
        }
        PROVEN.add(sql);
      }
    }
    try {
      keeper.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String forH2(String sql) {
    return sql.replaceAll("BEGIN (DBMS_PARALLEL_EXECUTE\\.\\w+\\(.*\\)); END;", "CALL $1")
        .replaceAll(
            "(\\S+) SAMPLE BLOCK \\(1\\) SEED \\(42\\) AS OF SCN \\? t",
            "(SELECT * FROM $1 WHERE MOD(\"id\", 100) = 0 AND CAST(? AS BIGINT) >= 4711) t")
        .replace("t.ORA_ROWSCN", "1")
        .replace("CHARTOROWID(?)", "?")
        .replace("ORA_HASH(", "HASHED(")
        .replaceAll(
            "(\\S+) (SUB)?PARTITION \\(\"(\\S+)\"\\) AS OF SCN \\? t",
            "(SELECT * FROM $1 WHERE PART = '$3' AND CAST(? AS BIGINT) >= 4711) t")
        .replaceAll(
            "(\\S+) AS OF SCN \\? t", "(SELECT * FROM $1 WHERE CAST(? AS BIGINT) >= 4711) t");
  }

  private Connection connection() throws SQLException {
    Connection h2 = h2();
    return proxy(
        Connection.class,
        h2,
        (method, arguments) ->
            switch (method.getName()) {
              case "createStatement" -> statement(h2.createStatement());
              case "prepareStatement", "prepareCall" -> prepared(h2, (String) arguments[0]);
              case "setClientInfo" -> {
                tags.add(arguments[0] + "=" + arguments[1]);
                yield null;
              }
              case "getMetaData" -> versioned(h2.getMetaData());
              default -> method.invoke(h2, arguments);
            });
  }

  private static DatabaseMetaData versioned(DatabaseMetaData h2) {
    return proxy(
        DatabaseMetaData.class,
        h2,
        (method, arguments) ->
            switch (method.getName()) {
              case "getDatabaseMajorVersion" -> 23;
              case "getDatabaseMinorVersion" -> 26;
              default -> method.invoke(h2, arguments);
            });
  }

  /** Used for ALTER SESSION alone. */
  private Statement statement(Statement h2) {
    return proxy(
        Statement.class,
        h2,
        (method, arguments) -> {
          if (method.getName().equals("execute")) {
            sent.add((String) arguments[0]);
            fail((String) arguments[0]);
            return false;
          }
          return method.invoke(h2, arguments);
        });
  }

  private CallableStatement prepared(Connection connection, String sql) throws SQLException {
    sent.add(sql);
    fail(sql);
    CallableStatement h2 = connection.prepareCall(forH2(sql));
    return proxy(
        CallableStatement.class,
        h2,
        (method, arguments) -> {
          boolean bound = Set.of("setString", "setObject").contains(method.getName());
          if (bound && arguments[1] instanceof String text) {
            h2.setString((Integer) arguments[0], inDatabaseCharacters(text));
            return null;
          }
          return method.getName().equals("executeQuery")
              ? rows(h2.executeQuery())
              : method.invoke(h2, arguments);
        });
  }

  /** This database's own character set is US7ASCII; what is bound as national text is spared. */
  private static String inDatabaseCharacters(String text) {
    return text.replaceAll("[^\\x00-\\x7f]", "?");
  }

  private void fail(String sql) throws SQLException {
    int code = faults.apply(sql);
    if (code != 0) {
      String text = "ORA-%05d: so the test has it".formatted(Math.abs(code));
      throw code > 0
          ? new SQLException(text, "72000", code)
          : new SQLException("ORA-00604: recursive SQL\n" + text, "60000", 604);
    }
  }

  private static ResultSet rows(ResultSet h2) {
    return proxy(
        ResultSet.class,
        h2,
        (method, arguments) -> {
          if (method.getName().equals("getBytes")) {
            BigDecimal number = h2.getBigDecimal((Integer) arguments[0]);
            return number == null ? null : new NUMBER(number).getBytes();
          }
          return method.invoke(h2, arguments);
        });
  }

  @FunctionalInterface
  private interface Call {
    @Nullable Object on(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Object target, Call call) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return call.on(method, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException sql ? asOracle(sql) : e.getCause();
          } catch (SQLException e) {
            throw asOracle(e);
          }
        };
    return type.cast(
        Proxy.newProxyInstance(target.getClass().getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static SQLException asOracle(SQLException e) {
    int code =
        switch (e.getErrorCode()) {
          case 42102, 42103, 42104 -> 942;
          case 42122, 90022, 90079 -> 904;
          default -> e.getErrorCode();
        };
    return new SQLException(e.getMessage(), e.getSQLState(), code, e);
  }

  private static final class StandInDriver implements Driver {
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      if (!acceptsURL(url)) {
        return null;
      }
      OracleStandIn oracle = OPEN.get(url.substring(PREFIX.length()));
      oracle.login = info;
      return oracle.connection();
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
