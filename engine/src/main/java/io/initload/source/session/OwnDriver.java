package io.initload.source.session;

import io.initload.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A driver in a jar of the user's own, such as one for databases that the driver on board does not
 * support. It sees neither our classes nor our driver's, and they do not see it: both may hold
 * classes of the same names. Safe for several threads.
 */
final class OwnDriver implements Connector {
  private final Path path;
  private final URLClassLoader loader;
  private final Driver driver;

  private OwnDriver(Path path, URLClassLoader loader, Driver driver) {
    this.path = path;
    this.loader = loader;
    this.driver = driver;
  }

  /**
   * Loads the driver that takes a URL.
   *
   * @param path a jar, or a folder of a driver's jar and those that it needs
   * @throws Failure {@code SOURCE_DRIVER} when there is none
   */
  static OwnDriver load(Path path, String url) {
    List<Path> jars = jars(path);
    if (jars.isEmpty()) {
      throw failure(path, "is neither a jar nor a folder of jars.");
    }
    URL[] urls = jars.stream().map(OwnDriver::url).toArray(URL[]::new);
    URLClassLoader loader =
        new URLClassLoader("source.driver", urls, ClassLoader.getPlatformClassLoader());
    try {
      for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
        if (driver.acceptsURL(url)) {
          return new OwnDriver(path, loader, driver);
        }
      }
      throw failure(path, "holds no driver for " + JdbcUrl.shown(url) + ".");
    } catch (ServiceConfigurationError | LinkageError | SQLException e) {
      close(loader);
      throw failure(path, "holds a driver that cannot be loaded: " + e.getMessage() + ".", e);
    } catch (Failure e) {
      close(loader);
      throw e;
    }
  }

  private static List<Path> jars(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return Files.isRegularFile(path) ? List.of(path) : List.of();
      }
      try (Stream<Path> files = Files.list(path)) {
        return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      }
    } catch (IOException e) {
      throw failure(path, "cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Failure failure(Path path, String what, Throwable cause) {
    Failure failure = failure(path, what);
    failure.initCause(cause);
    return failure;
  }

  private static Failure failure(Path path, String what) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "SOURCE_DRIVER",
        "source.driver: " + path + " " + what,
        "Name the jar of a JDBC driver for this database that runs on Java "
            + Runtime.version().feature()
            + ", or a folder with that jar and those it needs; or leave source.driver out for the"
            + " driver on board.");
  }

  /** Drivers look for their helpers by the thread's loader, where they would find ours. */
  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Connection connection = driver.connect(url, properties);
      if (connection == null) {
        throw failure(path, "holds no driver for " + JdbcUrl.shown(url) + ".");
      }
      return connection;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    close(loader);
  }

  private static void close(URLClassLoader loader) {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
