package io.initload.source;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;

class H2ExtractionTest extends ExtractionSuite {
  private final H2Tables tables = new H2Tables();

  @Override
  SourceConfig config() {
    return tables.config();
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(tables.config().url(), "SA", "secret");
  }

  @Override
  String spelled(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  @Override
  List<Strategy> strategies() {
    return List.of(Strategy.AUTO, Strategy.KEY, Strategy.ROWNUM, Strategy.WHOLE);
  }

  @AfterAll
  void close() {
    tables.close();
  }
}
