package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceConfig;
import io.initload.config.TableConfigs;
import io.initload.evidence.rows.TableProfile;
import io.initload.source.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PostgresProfileTest extends ProfileSuite {
  private final PostgresServer server;

  PostgresProfileTest(PostgresServer server) {
    this.server = server;
  }

  @Override
  protected SourceConfig filled(List<String> statements) {
    PostgresServer.Database database = server.database();
    database.run(statements.toArray(String[]::new));
    return database.config();
  }

  @Test
  void blocksAreDrawnWhereASampleIsEnough() throws Exception {
    SourceConfig source =
        filled(
            List.of(
                "CREATE TABLE many (id int PRIMARY KEY, name text)",
                "INSERT INTO many SELECT i, repeat('n', 256) FROM generate_series(1, 50000) i",
                "ANALYZE many"));
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            source,
            TableConfigs.of("many").field("id", "External_ID__c").field("name", "Name").build())) {
      TableProfile part = migration.data(5_000).tables().get(0);
      assertThat(part.sampled()).isTrue();
      assertThat(part.rows()).isBetween(1_000L, 15_000L);
      assertThat(part.deadLetters()).isEqualTo(part.rows());
      assertThat(part.lostOfAll()).isBetween(49_000L, 51_000L);
    }
  }
}
