package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Audit;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.read.ConfigException;
import io.initload.config.read.ConfigFile;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.h2.H2Dialect;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kind of database that nobody knows of but the list of dialects: nothing else has to change. */
class DialectsTest {
  private static final Dialects PLANTED = new Dialects(List.of(planted()));

  @TempDir private Path directory;

  @Test
  void aDialectIsOneEntryInTheList() throws Exception {
    try (H2Tables tables =
        new H2Tables(
            "CREATE TABLE T (ID NUMBER(9) PRIMARY KEY)", "INSERT INTO T VALUES (7), (8)")) {
      SourceConfig config =
          ConfigFile.read(file(tables.config().url()), Map.of(), PLANTED).source();
      try (SourceDatabase database = SourceDatabase.open(config, PLANTED, Audit.NONE)) {
        assertThat(database.dialect()).isEqualTo("planted");
        Snapshot snapshot = database.snapshot();
        assertThat(database.plan(H2Tables.table("T", Strategy.AUTO, 1000, "ID"), snapshot).rows())
            .isEqualTo(2);
        assertThat(
                SourceRows.rows(
                    database.read(
                        H2Tables.table("T", Strategy.AUTO, 1000, "ID").source(),
                        new ChunkBounds.Whole(),
                        snapshot,
                        List.of(new ColumnRead("ID", Rendering.TEXT)),
                        ZoneOffset.UTC,
                        "test"),
                    1))
            .containsExactly(List.of("7"), List.of("8"));
      }
    }
  }

  @Test
  void whereItIsNotInTheListTheConfigurationSaysSoWithItsOtherFaults() throws Exception {
    Path file = file("jdbc:h2:mem:x");
    Files.writeString(file, Files.readString(file).replace("name: planted", "name: a b"));
    assertThatThrownBy(() -> ConfigFile.read(file, Map.of(), Dialects.ALL))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .extracting(p -> p.line() + " " + p.path() + " " + p.message())
                    .containsExactly(
                        "1 name \"a b\" is not a name: letters, digits, dots, hyphens and"
                            + " underscores, at most 64",
                        "3 source.url must begin with jdbc:oracle:, jdbc:postgresql:, jdbc:h2:"));
    assertThatThrownBy(() -> ConfigFile.read(file, Map.of(), PLANTED))
        .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.problems()).hasSize(1));
  }

  private Path file(String h2) throws IOException {
    return Files.writeString(
        directory.resolve("planted.yaml"),
        """
        name: planted
        source:
          url: "%s"
          user: SA
          password: secret
        target:
          loginUrl: https://login.salesforce.com
          instance: acme.my.salesforce.com
          auth: {flow: client-credentials, clientId: c, clientSecret: s}
        tables:
          - source: T
            object: Account
            externalId: Ext__c
            columns: {ID: Ext__c}
        """
            .formatted(h2.replace("jdbc:h2:", "jdbc:planted:")));
  }

  /** H2's, under another name and another URL. */
  private static Dialect planted() {
    Dialect h2 = new H2Dialect();
    return (Dialect)
        Proxy.newProxyInstance(
            Dialect.class.getClassLoader(),
            new Class<?>[] {Dialect.class},
            (proxy, method, arguments) -> {
              try {
                return switch (method.getName()) {
                  case "name" -> "planted";
                  case "urlPrefix" -> "jdbc:planted:";
                  case "driver" -> Optional.of(new PlantedDriver());
                  default -> method.invoke(h2, arguments);
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static final class PlantedDriver implements Driver {
    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
      return acceptsURL(url)
          ? DriverManager.getConnection(url.replace("jdbc:planted:", "jdbc:h2:"), properties)
          : null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith("jdbc:planted:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
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
      return Logger.getLogger("planted");
    }
  }
}
