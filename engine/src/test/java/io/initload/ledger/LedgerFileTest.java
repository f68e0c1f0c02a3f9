package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.source.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file, and databases that are no ledger or not to be had. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class LedgerFileTest {
  @TempDir Path directory;

  @Test
  void theFileIsPrivate() throws Exception {
    LedgerConfig config = Books.Kind.SQLITE.config(directory, null);
    Ledger.open(config, "history", Clock.systemUTC()).close();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("books/ledger.db"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatIsNoLedgerIsRefused() throws Exception {
    Path file = directory.resolve("noise.db");
    Files.writeString(file, "this is not a database, it is a text of some length".repeat(50));
    assertThat(refused(new LedgerConfig("jdbc:sqlite:" + file, "", Secret.NONE)).code())
        .isEqualTo("LEDGER_DAMAGED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file:ledger.db",
        "jdbc:sqlite:file::memory:?cache=shared",
        "jdbc:sqlite:ledger.db?mode=memory",
        "jdbc:sqlite:led\0ger.db"
      })
  void whatIsNoFileIsRefused(String url) {
    Failure failure = refused(new LedgerConfig(url, "", Secret.NONE));
    assertThat(failure.code()).isEqualTo("LEDGER_URL");
    assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
  }

  @Test
  void aTableThatIsGoneIsDamageAndNotAWait() throws Exception {
    LedgerConfig config = Books.Kind.SQLITE.config(directory, null);
    try (Ledger ledger = Ledger.open(config, "history", Clock.systemUTC())) {
      try (Connection other = DriverManager.getConnection(config.url());
          Statement statement = other.createStatement()) {
        statement.execute("PRAGMA foreign_keys = OFF");
        statement.execute("DROP TABLE migration");
      }
      damaged(ledger, "no such table");
    }
  }

  @Test
  void aTableThatIsGoneIsDamageOnAServerToo(PostgresServer server) throws Exception {
    LedgerConfig config = Books.Kind.POSTGRESQL.config(directory, server);
    try (Ledger ledger = Ledger.open(config, "history", Clock.systemUTC())) {
      try (Connection other =
              DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
          Statement statement = other.createStatement()) {
        statement.execute("DROP TABLE migration CASCADE");
      }
      damaged(ledger, "does not exist");
    }
  }

  @Test
  void corruptPagesAreDamageAndNotAWait() throws Exception {
    LedgerConfig config = Books.Kind.SQLITE.config(directory, null);
    Ledger.open(config, "history", Clock.systemUTC()).close();
    Path file = directory.resolve("books/ledger.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    assertThat(refused(config).code()).isEqualTo("LEDGER_DAMAGED");
  }

  private static void damaged(Ledger ledger, String word) {
    Failure failure = catchThrowableOfType(Failure.class, () -> ledger.migrations().begun());
    assertThat(failure.code()).isEqualTo("LEDGER_DAMAGED");
    assertThat(failure.kind()).isEqualTo(Failure.Kind.PLATFORM);
    assertThat(failure.getMessage()).contains(word);
    assertThat(failure.remedy()).contains("backup");
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt(PostgresServer server) {
    PostgresServer.Database database = server.database();
    Failure failure =
        refused(new LedgerConfig(database.url(), database.user(), new Secret("hunter2")));
    assertThat(failure.code()).isEqualTo("LEDGER_UNREACHABLE");
    assertThat(failure.kind()).isEqualTo(Failure.Kind.PLATFORM);
    assertThat(failure.getMessage()).contains("password authentication failed", database.url());
    assertThat(failure.getMessage()).doesNotContain("hunter2");
  }

  @Test
  void aServerThatIsNotThereIsSaid() {
    Failure failure =
        refused(
            new LedgerConfig("jdbc:postgresql://127.0.0.1:1/ledger", "loader", new Secret("x")));
    assertThat(failure.code()).isEqualTo("LEDGER_UNREACHABLE");
    assertThat(failure.getMessage()).contains("refused");
    assertThat(failure.remedy()).contains("ledger.url");
  }

  private static Failure refused(LedgerConfig config) {
    Failure[] failure = new Failure[1];
    assertThatThrownBy(() -> Ledger.open(config, "history", Clock.systemUTC()).close())
        .isInstanceOfSatisfying(Failure.class, f -> failure[0] = f);
    return failure[0];
  }
}
