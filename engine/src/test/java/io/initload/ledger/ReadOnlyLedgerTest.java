package io.initload.ledger;

import static io.initload.ledger.Books.ME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger that is opened by somebody who only looks. */
@ParameterizedClass
@EnumSource(Books.Kind.class)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class ReadOnlyLedgerTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @Parameter Books.Kind kind;
  @TempDir Path directory;
  private LedgerConfig config;

  @BeforeEach
  void config(PostgresServer server) {
    config = kind.config(directory, server);
  }

  @Test
  void whoLooksSeesWhatOthersWriteAndCanChangeNothing() {
    try (Ledger writing = Ledger.open(config, "history", CLOCK)) {
      Books books = new Books(writing);
      books.planTable(10_000, 2);
      try (Ledger looking = Ledger.openToRead(withOptions(), "history", CLOCK)) {
        assertThat(looking.tables().passes()).hasSize(1);
        books.stage(books.claim(ME), ME, 5_000);
        assertThat(looking.sums().books().get("SALES").readRows()).isEqualTo(5_000);
        Failure refused =
            catchThrowableOfType(Failure.class, () -> looking.tables().stop("SALES", "no"));
        assertThat(refused.code()).isEqualTo("LEDGER_READ_ONLY");
        assertThat(looking.tables().passes().get(0).stopped()).isEmpty();
        books.stage(books.claim(ME), ME, 5_000);
        assertThat(looking.sums().books().get("SALES").readRows()).isEqualTo(10_000);
      }
    }
    try (Ledger alone = Ledger.openToRead(config, "history", CLOCK)) {
      assertThat(alone.sums().books().get("SALES").readRows()).isEqualTo(10_000);
    }
  }

  @Test
  void whereThereIsNoneNoneIsMade() {
    assertThat(refused().code()).isEqualTo("LEDGER_NOT_CURRENT");
    assertThat(refused().remedy()).contains("`initload run`");
    assertThat(directory.resolve("books")).doesNotExist();
    Ledger.open(config, "history", CLOCK).close();
    Ledger.openToRead(config, "history", CLOCK).close();
  }

  @Test
  void oneOfAnOlderVersionIsLeftAsItIs() throws Exception {
    Ledger.open(config, "history", CLOCK).close();
    try (Connection c =
            DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
        Statement s = c.createStatement()) {
      s.executeUpdate("DELETE FROM flyway_schema_history WHERE version <> '1'");
    }
    assertThat(refused().code()).isEqualTo("LEDGER_NOT_CURRENT");
    assertThat(refused().getMessage()).contains("has version 1,");
    assertThat(refused().remedy()).contains("`initload status`");
  }

  /** As a site may write it, whose options take the place of ours. */
  private LedgerConfig withOptions() {
    return kind == Books.Kind.SQLITE
        ? config
        : new LedgerConfig(
            config.url() + "?options=-c%20statement_timeout=600000",
            config.user(),
            config.password());
  }

  private Failure refused() {
    return catchThrowableOfType(
        Failure.class, () -> Ledger.openToRead(config, "history", CLOCK).close());
  }
}
