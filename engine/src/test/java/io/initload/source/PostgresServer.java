package io.initload.source;

import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A PostgreSQL server for tests, from the packages of the system: one for the whole test run, in a
 * temporary directory, on a free port of the loopback interface. Tests ask for one as a parameter
 * under {@code @ExtendWith(PostgresServer.Provider.class)} and make a {@link #database()} each.
 *
 * <p>The binaries are looked for in {@code INITLOAD_PG_BIN} and under {@code /usr/lib/postgresql}.
 * The server refuses to run as root; root starts it as the user {@code postgres}.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "loader";
  private static final String PASSWORD = "s3cret";
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 12_000;

  private final Path directory;
  private final int port;
  private final Process process;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /** Hands the shared server to tests and stops it after the last one. */
  public static final class Provider implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == PostgresServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(PostgresServer.class))
          .computeIfAbsent(PostgresServer.class, k -> start(), PostgresServer.class);
    }
  }

  static PostgresServer start() {
    try {
      Path bin = binaries();
      Path directory = Files.createTempDirectory("initload-postgres-");
      Path data = directory.resolve("data");
      Path password = directory.resolve("password");
      Files.writeString(password, PASSWORD);
      if (root()) {
        run(List.of("chown", "-R", "postgres", directory.toString()));
      }
      run(
          unprivileged(
              bin.resolve("initdb").toString(),
              "--pgdata=" + data,
              "--username=" + USER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C.UTF-8",
              "--no-sync"));
      Files.delete(password);
      int port = freePort();
      List<String> command =
          unprivileged(
              bin.resolve("postgres").toString(),
              "-D",
              data.toString(),
              "-p",
              Integer.toString(port),
              "-c",
              "listen_addresses=127.0.0.1",
              "-c",
              "unix_socket_directories=" + directory,
              "-c",
              "fsync=off",
              "-c",
              "shared_buffers=128MB",
              "-c",
              "max_wal_size=4GB");
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      PostgresServer server = new PostgresServer(directory, port, process);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates an empty database of its own for a test. */
  public Database database() {
    return database("");
  }

  /**
   * As {@link #database()}.
   *
   * @param options of {@code CREATE DATABASE}
   */
  public Database database(String options) {
    String name = "test" + databases.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " " + options);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new Database(name);
  }

  /** As {@link #database()}, which takes any bytes for text. */
  public Database asciiDatabase() {
    return database("TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'");
  }

  /** One database of the server. */
  public final class Database {
    private final String name;

    private Database(String name) {
      this.name = name;
    }

    /** A JDBC URL without user and password. */
    public String url() {
      return PostgresServer.this.url(name);
    }

    /** As libpq is told where it is. */
    public String conninfo() {
      return "host=127.0.0.1 port=%d user=%s password=%s dbname=%s"
          .formatted(port, USER, PASSWORD, name);
    }

    public int port() {
      return port;
    }

    public String name() {
      return name;
    }

    public String user() {
      return USER;
    }

    public String password() {
      return PASSWORD;
    }

    /** A connection that commits by itself; the caller closes it. */
    public Connection connect() {
      return PostgresServer.this.connect(name);
    }

    public void run(String... statements) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The first value of the first row. */
    public String single(String sql) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getString(1);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    public SourceConfig config() {
      return config(url());
    }

    public SourceConfig config(String url) {
      return SourceConfigs.of(url, USER, PASSWORD).build();
    }
  }

  @Override
  public void close() {
    try {
      // SIGINT: the fast shutdown, which does not wait for clients. The shell's own kill: the
      // program
      // of that name is not on every machine.
      run(List.of("sh", "-c", "kill -s INT " + process.pid()));
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Connection connect(String database) {
    try {
      return DriverManager.getConnection(url(database), USER, PASSWORD);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        DriverManager.getConnection(url("postgres"), USER, PASSWORD).close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "the server did not start: " + Files.readString(directory.resolve("log")), e);
        }
        try {
          Thread.sleep(50);
        } catch (InterruptedException interrupt) {
          throw new IllegalStateException(interrupt);
        }
      }
    }
  }

  private static Path binaries() throws IOException {
    String configured = System.getenv("INITLOAD_PG_BIN");
    if (configured != null) {
      return Path.of(configured);
    }
    Path base = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(base)) {
      try (Stream<Path> versions = Files.list(base)) {
        List<Path> found =
            new ArrayList<>(
                versions
                    .map(v -> v.resolve("bin"))
                    .filter(b -> Files.isExecutable(b.resolve("initdb")))
                    .toList());
        found.sort(
            Comparator.comparing(b -> Integer.parseInt(b.getParent().getFileName().toString())));
        if (!found.isEmpty()) {
          return found.get(found.size() - 1);
        }
      }
    }
    throw new IllegalStateException(
        "PostgreSQL is needed by this test: apt-get install postgresql, or set INITLOAD_PG_BIN to"
            + " the directory of initdb");
  }

  private static List<String> unprivileged(String... command) {
    List<String> all = new ArrayList<>();
    if (root()) {
      all.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** One that nobody is given who asks for any, below those: it is still free a moment later. */
  private static int freePort() throws IOException {
    Random random = new Random();
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = FIRST_PORT + random.nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Taken: the next one.
      }
    }
    throw new IOException("no free port from " + FIRST_PORT + " on");
  }
}
