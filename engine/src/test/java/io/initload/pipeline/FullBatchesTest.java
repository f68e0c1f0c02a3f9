package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Chunking;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.plan.Batches;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of several chunks begins no batch more than its rows need. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class FullBatchesTest {
  private static final int ROWS = 125_001;
  private static final int BATCHES = 13;
  private static final int CHUNK = 50_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  FullBatchesTest(PostgresServer server) {
    tables = server.database();
  }

  @ParameterizedTest(name = "keys {0}")
  @ValueSource(strings = {"i", "i * i"})
  void onlyTheLastBatchOfATableIsNotFull(String key) throws Exception {
    tables.run(
        "CREATE TABLE customers (id bigint PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT %s, 'Name' FROM generate_series(1::bigint, %d) i"
            .formatted(key, ROWS));
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", CHUNK))
            .tables(t -> t.with(new Chunking(Chunking.Strategy.KEY, CHUNK, 0)))) {
      MigrationPlan.Table plan = migration.plan().tables().get(0);
      assertThat(plan.chunks()).isGreaterThan(2);
      assertThat(plan.estimatedBatches()).isEqualTo(BATCHES);

      TableBooks books = migration.run().books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.created()).isEqualTo(ROWS);
      assertThat(books.batches()).isEqualTo(Batches.of(ROWS, BATCHES));
      assertThat(migration.org().usage().used(Counted.BATCHES)).isEqualTo(BATCHES);
    }
  }
}
