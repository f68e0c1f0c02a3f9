package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.source.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
