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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked row by row is found by an index, however many rows its part or table has. */
@Tag("system")
class QueryPlansTest {
  @TempDir Path directory;

  @Test
  void theRowOfAPartIsFoundByItsKey() throws Exception {
    assertThat(plan("UPDATE exception_row SET state = '' WHERE part_id = 1 AND external_id = 'k'"))
        .singleElement()
        .asString()
        .contains("(part_id=? AND external_id=?)");
  }

  @Test
  void rowsThatNeedAPersonAreCountedAndPagedByTheirReason() throws Exception {
    assertThat(
            plan(
                "SELECT table_name, state, code, COUNT(*), MIN(id) FROM exception_row WHERE"
                    + " migration = 'm' AND state IN ('DEAD', 'QUARANTINED') GROUP BY table_name,"
                    + " state, code"))
        .singleElement()
        .asString()
        .contains("COVERING INDEX exception_by_code");
    assertThat(
            plan(
                "SELECT message FROM exception_row WHERE migration = 'm' AND table_name = 't' AND"
                    + " state = 'DEAD' AND code = 'c' AND id > 7 ORDER BY id LIMIT 100"))
        .singleElement()
        .asString()
        .contains("(migration=? AND table_name=? AND state=? AND code=? AND id>?)");
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
