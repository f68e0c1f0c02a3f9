package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Audit;
import io.initload.Sha256;
import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.ledger.audit.Chain;
import io.initload.ledger.audit.Chain.Broken;
import io.initload.ledger.audit.Chain.Head;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A chain that several processes write, and that somebody meddles with. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class AuditBookTest {
  private static final int WRITERS = 6;
  private static final int LINES = 40;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Books.Kind.class)
  void writersTakeTurns(Books.Kind kind, PostgresServer server) throws Exception {
    LedgerConfig config = kind.config(directory, server);
    ExecutorService processes = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String host = "host" + i;
      all.add(processes.submit(() -> write(config, host)));
    }
    for (Future<?> one : all) {
      one.get();
    }
    processes.shutdown();
    try (Ledger ledger = open(config, "history")) {
      List<String> lines = new ArrayList<>();
      assertThat(ledger.audit().verify(List.of(), lines::add)).isEmpty();
      assertThat(lines).hasSize(WRITERS * LINES);
      for (int i = 0; i < WRITERS; i++) {
        String host = "\"host\":\"host" + i + "\"";
        assertThat(lines).filteredOn(line -> line.contains(host)).hasSize(LINES);
      }
    }
  }

  private static void write(LedgerConfig config, String host) {
    try (Ledger ledger = open(config, "history")) {
      Audit audit = ledger.audit().by(host);
      for (int i = 0; i < LINES; i++) {
        audit.about(Audit.Act.JOB_CLOSE, "job " + i);
      }
    }
  }

  private static Ledger open(LedgerConfig config, String migration) {
    return Ledger.open(config, migration, Clock.systemUTC());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE audit SET line = replace(line, 'job 3', 'job 9') WHERE no = 4 | 4",
        "UPDATE audit SET hash = (SELECT hash FROM audit WHERE no = 2) WHERE no = 5 | 5",
        "DELETE FROM audit WHERE no = 3 | 3",
        "DELETE FROM audit WHERE no = 1 | 1",
        "UPDATE audit SET no = 100 WHERE no = 10 | 10"
      })
  void theFirstBrokenLineIsNamed(String sabotage, long line) throws SQLException {
    LedgerConfig config = sqlite();
    write(config, 10);
    run(config, sabotage);
    assertThat(verified(config, List.of())).map(Broken::line).contains(line);
  }

  @Test
  void whatWasNotedElsewhereShowsAChainThatWasWrittenAnewOrCutOff() throws SQLException {
    LedgerConfig config = sqlite();
    write(config, 10);
    Head noted = head(config);
    write(config, 5);
    assertThat(verified(config, List.of(noted, head(config)))).isEmpty();
    run(config, "DELETE FROM audit WHERE no > 8");
    assertThat(verified(config, List.of())).as("a shorter chain is a chain").isEmpty();
    assertThat(verified(config, List.of(noted))).map(Broken::line).contains(9L);
    write(config, 7);
    rewrite(config);
    assertThat(verified(config, List.of())).as("a chain of other lines is a chain").isEmpty();
    assertThat(verified(config, List.of(noted))).map(Broken::line).contains(10L);
  }

  @Test
  void eachMigrationHasAChainOfItsOwnAndItsDeletionHasTheSame() {
    LedgerConfig config = sqlite();
    write(config, 3);
    try (Ledger other = open(config, "other");
        Ledger history = open(config, "history")) {
      assertThat(other.audit().head()).isEqualTo(Head.NONE);
      history.undo().audit().by("host").about(Audit.Act.UNDO, "history");
      assertThat(history.audit().head().lines()).isEqualTo(4);
      assertThat(history.audit().verify(List.of(), line -> {})).isEmpty();
    }
  }

  /** As somebody does who knows how lines are hashed. */
  private static void rewrite(LedgerConfig config) throws SQLException {
    try (Connection connection = DriverManager.getConnection(config.url())) {
      List<String> lines = new ArrayList<>();
      try (ResultSet rows =
          connection.createStatement().executeQuery("SELECT line FROM audit ORDER BY no")) {
        while (rows.next()) {
          lines.add(rows.getString(1).replace("job", "work"));
        }
      }
      String hash = "0".repeat(64);
      for (int i = 0; i < lines.size(); i++) {
        hash = Sha256.of(hash + lines.get(i));
        try (PreparedStatement update =
            connection.prepareStatement("UPDATE audit SET line = ?, hash = ? WHERE no = ?")) {
          update.setString(1, lines.get(i));
          update.setString(2, hash);
          update.setLong(3, i + 1);
          update.executeUpdate();
        }
      }
    }
  }

  private static void run(LedgerConfig config, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(config.url())) {
      assertThat(connection.createStatement().executeUpdate(sql)).isPositive();
    }
  }

  private LedgerConfig sqlite() {
    return new LedgerConfig("jdbc:sqlite:" + directory.resolve("books.db"), "", Secret.NONE);
  }

  private static void write(LedgerConfig config, int lines) {
    try (Ledger ledger = open(config, "history")) {
      for (int i = 0; i < lines; i++) {
        ledger.audit().by("host").about(Audit.Act.JOB_CREATED, "job " + i);
      }
    }
  }

  private static Head head(LedgerConfig config) {
    try (Ledger ledger = open(config, "history")) {
      return ledger.audit().head();
    }
  }

  private static Optional<Broken> verified(LedgerConfig config, List<Head> known) {
    try (Ledger ledger = open(config, "history")) {
      return ledger.audit().verify(known, line -> assertThat(Chain.act(line)).isNotEmpty());
    }
  }
}
