package io.initload.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The stand-in for Oracle ({@code oracle/}, docs/oracle-stand-in.md): what the real driver talks to
 * over a socket, and what executes its statements on a database of {@link PostgresServer}. One for
 * the whole test run. Tests ask for one as a parameter under
 * {@code @ExtendWith(WireOracle.Provider.class)} and make a {@link #user} each.
 */
public final class WireOracle implements AutoCloseable {
  private static final String PASSWORD = "wire";

  private final Process process;
  private final BufferedReader answers;
  private final String url;
  private final PostgresServer.Database postgres;
  private final AtomicInteger users = new AtomicInteger();

  private WireOracle(
      Process process, BufferedReader answers, String url, PostgresServer.Database postgres) {
    this.process = process;
    this.answers = answers;
    this.url = url;
    this.postgres = postgres;
  }

  /** Hands the shared one to tests and stops it after the last one. */
  public static final class Provider implements ParameterResolver {
    private final PostgresServer.Provider servers = new PostgresServer.Provider();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == WireOracle.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      PostgresServer server = (PostgresServer) servers.resolveParameter(parameter, context);
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(WireOracle.class))
          .computeIfAbsent(WireOracle.class, k -> start(server.database()), WireOracle.class);
    }
  }

  /**
   * Starts one.
   *
   * @param postgres an empty database, which is its own from then on
   * @param options of its command line
   */
  public static WireOracle start(PostgresServer.Database postgres, String... options) {
    Path folder = Path.of("..", "oracle").toAbsolutePath().normalize();
    ProcessBuilder builder =
        new ProcessBuilder(
            folder.resolve("with-oracle").toString(), "python", "-m", "oracle_stand_in");
    builder.command().addAll(List.of(options));
    builder.environment().put("STAND_IN_POSTGRES", postgres.conninfo());
    builder.environment().put("STAND_IN_PASSWORD", PASSWORD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String line = lines.readLine();
      if (line == null) {
        throw new IllegalStateException("the stand-in for Oracle did not start; see its errors");
      }
      JsonNode told = new ObjectMapper().readTree(line);
      return new WireOracle(process, lines, told.get("url").asText(), postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JDBC URL without user and password. */
  public String url() {
    return url;
  }

  public int port() {
    return Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1"));
  }

  /** What is behind it: rows are there as {@code "USER"."TABLE"}. */
  public PostgresServer.Database postgres() {
    return postgres;
  }

  /** A session of the DBA that commits by itself; the caller closes it. */
  public Connection dba() throws SQLException {
    return DriverManager.getConnection(url, "SYSTEM", PASSWORD);
  }

  /** Runs statements as the DBA. */
  public void run(String... statements) {
    try (Connection connection = dba()) {
      run(connection, List.of(statements));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** What is done while a setting of the stand-in ({@code ora.settings}) has another value. */
  public void set(String name, String value, Work work) throws Exception {
    String update = "UPDATE ora.settings SET value = '%s' WHERE name = '%s'";
    String before = postgres.single("SELECT value FROM ora.settings WHERE name = '" + name + "'");
    postgres.run(update.formatted(value, name));
    try {
      work.run();
    } finally {
      postgres.run(update.formatted(before, name));
    }
  }

  /** What is done while nobody but the DBA may call a package that everybody may. */
  public void revoked(String packaged, Work work) throws Exception {
    postgres.run("INSERT INTO ora.settings VALUES ('revoked %s', '')".formatted(packaged));
    try {
      work.run();
    } finally {
      postgres.run("DELETE FROM ora.settings WHERE name = 'revoked %s'".formatted(packaged));
    }
  }

  /** What is done while a plan of faults holds (docs/oracle-stand-in.md); what it struck. */
  public List<String> faulty(String plan, Work work) throws Exception {
    told(plan);
    try {
      work.run();
      return strikes();
    } finally {
      told("{}");
    }
  }

  /** What the plan that holds has struck so far. */
  public List<String> strikes() {
    return told("strikes");
  }

  private synchronized List<String> told(String line) {
    try {
      process.getOutputStream().write((line.replaceAll("\\s*\\R\\s*", " ") + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
      JsonNode answer = new ObjectMapper().readTree(answers.readLine());
      if (answer.has("wrong")) {
        throw new IllegalArgumentException(answer.get("wrong").asText());
      }
      List<String> strikes = new ArrayList<>();
      answer.get("strikes").forEach(strike -> strikes.add(strike.asText()));
      return strikes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a test does. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /** A user of a new name, who may log in, make tables, and what else is granted. */
  public User user(String... grants) {
    String name = "U" + users.incrementAndGet();
    run(
        "CREATE USER " + name + " IDENTIFIED BY \"" + PASSWORD + "\"",
        "GRANT CREATE SESSION, CREATE TABLE, CREATE VIEW, CREATE SYNONYM TO " + name);
    for (String grant : grants) {
      run("GRANT " + grant + " TO " + name);
    }
    return new User(name);
  }

  /** One user, with tables of its own. */
  public final class User {
    private final String name;

    private User(String name) {
      this.name = name;
    }

    public String name() {
      return name;
    }

    public String password() {
      return PASSWORD;
    }

    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url, name, PASSWORD);
    }

    public void run(String... statements) {
      try (Connection connection = connect()) {
        WireOracle.run(connection, List.of(statements));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    public SourceConfig config() {
      return config(url);
    }

    public SourceConfig config(String url) {
      return SourceConfigs.of(url, name, PASSWORD).build();
    }
  }

  /** It ends with its input. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
