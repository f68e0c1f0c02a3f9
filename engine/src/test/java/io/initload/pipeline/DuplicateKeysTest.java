package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.DeadLetterFilter;
import io.initload.ledger.ExceptionRow;
import io.initload.ledger.Ledger;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that would be one record are held back before a job meets them. */
@ExtendWith(PostgresServer.Provider.class)
class DuplicateKeysTest {
  @TempDir Path directory;

  private final PostgresServer.Database tables;

  DuplicateKeysTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void rowsOfDistantChunksThatShareAKeyAreAllHeldBack() throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text, name text, filler text)",
        "INSERT INTO customers SELECT i, CASE WHEN i IN (1, 5999) THEN 'twin' WHEN i IN (2, 3000)"
            + " THEN CASE i WHEN 2 THEN 'Case' ELSE 'cASE ' END WHEN i = 7 THEN NULL ELSE 'k' || i"
            + " END, 'Name ' || i, repeat('x', 300) FROM generate_series(1, 6000) i");
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 1_000))) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").closed()).isTrue();
      assertThat(outcome.books().get("customers").chunks()).isEqualTo(6);
      assertThat(outcome.books().get("customers").deadLettered()).isZero();
      assertThat(migration.loaded("Name")).hasSize(5_995).doesNotContainKeys("twin", "Case");
      try (Ledger ledger = migration.ledger()) {
        List<ExceptionRow> held = ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 100);
        assertThat(held)
            .extracting(ExceptionRow::code)
            .containsOnly("EXTERNAL_ID_DUPLICATE", "EXTERNAL_ID_NULL");
        assertThat(held)
            .extracting(ExceptionRow::externalId)
            .containsExactlyInAnyOrder("twin", "twin", "Case", "cASE ", "");
      }
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }
}
