package io.initload.cli;

import io.initload.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.h2.tools.RunScript;

/** The demo's database. */
final class DemoSource {
  private DemoSource() {}

  static void create(DemoFiles files, long sales) {
    try (Connection connection = DriverManager.getConnection(files.sourceUrl(), "sa", "");
        StringReader script = new StringReader(script(sales))) {
      RunScript.execute(connection, script).close();
    } catch (SQLException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "DEMO_SOURCE",
          "The demo's database cannot be created in " + files.database() + ": " + e.getMessage(),
          "Name a directory on a disk with a gigabyte of free space by --directory.",
          e);
    }
  }

  private static String script(long sales) {
    try (var in =
        Objects.requireNonNull(
            DemoSource.class.getResourceAsStream("demo/sales-history.sql"), "sales-history.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${SALES}", Long.toString(sales));
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's script cannot be read", e);
    }
  }
}
