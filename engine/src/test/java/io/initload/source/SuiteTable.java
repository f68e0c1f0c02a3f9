package io.initload.source;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The table of the suite, which each database makes and fills. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SuiteTable {
  static final int ROWS = 5_000;

  /** Of the rows; another one by {@code -Dinitload.seed}. */
  static final long SEED = Long.getLong("initload.seed", 4711);

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  final List<List<String>> written = new ArrayList<>();

  protected abstract SourceConfig config();

  /** A connection that may create tables; commits by itself. */
  protected abstract Connection connect() throws SQLException;

  /** How the dictionary spells a plain name. */
  protected abstract String spelled(String name);

  protected abstract List<Strategy> strategies();

  /** Waits until a table that was just made can be read at a snapshot. */
  protected void settle() throws SQLException, InterruptedException {
    // At once, on most.
  }

  @BeforeAll
  void fill() throws SQLException, InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      dropped(statement);
      statement.execute(
          "CREATE TABLE initload_suite (id NUMERIC(9) PRIMARY KEY, amount NUMERIC(20,4),"
              + " made TIMESTAMP(3), note VARCHAR(60))");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO initload_suite VALUES (?, ?, ?, ?)")) {
        for (int id = 1; id <= ROWS; id++) {
          BigDecimal amount = BigDecimal.valueOf(random.nextLong() / 1000, 4);
          LocalDateTime made =
              LocalDateTime.ofEpochSecond(
                  random.nextLong(-5_000_000_000L, 5_000_000_000L), 123_000_000, ZoneOffset.UTC);
          String note = id % 7 == 0 ? null : "né \"" + random.nextInt(ROWS / 2) + "\", 漢";
          insert.setInt(1, id);
          insert.setBigDecimal(2, amount);
          insert.setTimestamp(3, Timestamp.valueOf(made));
          insert.setString(4, note);
          insert.addBatch();
          written.add(
              List.of(
                  Integer.toString(id),
                  amount.stripTrailingZeros().toPlainString(),
                  INSTANT.format(made),
                  note == null ? "-" : note));
        }
        insert.executeBatch();
      }
    }
    makeMore();
    settle();
  }

  /** What else is to be there before it settles. */
  protected void makeMore() throws SQLException {
    // Nothing.
  }

  private static void dropped(Statement statement) {
    try {
      statement.execute("DROP TABLE initload_suite");
    } catch (SQLException e) {
      // It was not there.
    }
  }

  final SourceName table() {
    return new SourceName("", spelled("initload_suite"));
  }
}
