package io.initload.source.postgres;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.source.ExtractionSuite;
import io.initload.source.PostgresServer;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PostgresExtractionTest extends ExtractionSuite {
  private final PostgresServer.Database tables;

  PostgresExtractionTest(PostgresServer server) {
    this.tables = server.database();
  }

  @Override
  protected SourceConfig config() {
    return tables.config();
  }

  @Override
  protected Connection connect() {
    return tables.connect();
  }

  @Override
  protected String spelled(String name) {
    return name;
  }

  @Override
  protected String longText() {
    return "TEXT";
  }

  @Override
  protected List<Strategy> strategies() {
    return List.of(Strategy.AUTO, Strategy.ROWID, Strategy.KEY, Strategy.ROWNUM, Strategy.WHOLE);
  }
}
