package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.LedgerConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked row by row is found by an index, however many rows its part or table has. */
class QueryPlansTest {
  @TempDir Path directory;

  @Test
  void theRowOfAPartIsFoundByItsKey() throws Exception {
    assertThat(plan("UPDATE exception_row SET state = '' WHERE part_id = 1 AND external_id = 'k'"))
        .singleElement()
        .asString()
        .contains("(part_id=? AND external_id=?)");
  }

  private List<String> plan(String sql) throws Exception {
    LedgerConfig config = Books.Kind.SQLITE.config(directory, null);
    Ledger.open(config, "history", Clock.systemUTC()).close();
    List<String> steps = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(config.url());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      while (rows.next()) {
        steps.add(rows.getString("detail"));
      }
    }
    return steps;
  }
}
