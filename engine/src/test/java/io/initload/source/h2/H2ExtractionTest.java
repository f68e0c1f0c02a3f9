package io.initload.source.h2;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.source.ExtractionSuite;
import io.initload.source.H2Tables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;

class H2ExtractionTest extends ExtractionSuite {
  private final H2Tables tables = new H2Tables();

  @Override
  protected SourceConfig config() {
    return tables.config();
  }

  @Override
  protected Connection connect() throws SQLException {
    return DriverManager.getConnection(tables.config().url(), "SA", "secret");
  }

  @Override
  protected String spelled(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  @Override
  protected List<Strategy> strategies() {
    return List.of(Strategy.AUTO, Strategy.KEY, Strategy.ROWNUM, Strategy.WHOLE);
  }

  @AfterAll
  void close() {
    tables.close();
  }
}
