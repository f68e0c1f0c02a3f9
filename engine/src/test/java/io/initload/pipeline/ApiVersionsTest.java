package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.journal.RequestEntry;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration is the same in each version of the API, and speaks one. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class ApiVersionsTest {
  private static final int ROWS = 300;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  ApiVersionsTest(PostgresServer server) {
    tables = server.database();
  }

  @ParameterizedTest
  @ValueSource(strings = {"58.0", "60.0", "64.0", "67.0"})
  void everyRowIsLoadedAndCompared(String version) throws Exception {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name ' || i FROM generate_series(1, %d) i"
            .formatted(ROWS));
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 100))
            .apiVersion(version)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.booksClosed()).isTrue();
      assertThat(migration.loaded("Name").values())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, ROWS).mapToObj(i -> "Name " + i).toList());
      List<String> spoken =
          migration.org().log().requests().stream()
              .map(RequestEntry::pathAndQuery)
              .filter(path -> path.startsWith("/services/data/"))
              .toList();
      assertThat(spoken)
          .isNotEmpty()
          .allMatch(path -> path.startsWith("/services/data/v" + version));
    }
  }
}
