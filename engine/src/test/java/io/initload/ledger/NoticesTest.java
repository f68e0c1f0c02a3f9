package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.LedgerConfig;
import io.initload.config.notify.NotifyConfig.Event;
import io.initload.ledger.notices.NoticeBook.Told;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What people were told is kept on both databases alike. */
@ParameterizedClass
@EnumSource(Books.Kind.class)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class NoticesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Parameter Books.Kind kind;
  @TempDir Path directory;
  private final HandClock clock = new HandClock(START);
  private LedgerConfig config;
  private Ledger ledger;

  @BeforeEach
  void open(PostgresServer server) {
    config = kind.config(directory, server);
    ledger = Ledger.open(config, "history", clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void ofTwoProcessesOneTells() {
    try (Ledger other = Ledger.open(config, "history", clock)) {
      assertThat(ledger.notices().enter(1, Event.STARTED, "started")).isTrue();
      assertThat(other.notices().enter(1, Event.STARTED, "started")).isFalse();
      assertThat(other.notices().enter(2, Event.STARTED, "started")).isTrue();
    }
  }

  @Test
  void theNewestRoundIsShownAndNoOtherMigrations() {
    ledger.notices().enter(1, Event.STARTED, "started");
    ledger.notices().enter(1, Event.DONE, "end");
    clock.advance(Duration.ofHours(1));
    ledger.notices().enter(2, Event.STARTED, "started");
    clock.advance(Duration.ofHours(1));
    ledger.notices().enter(2, Event.QUOTA, "quota 1");
    ledger.notices().sent(2, "started", "mail: refused");
    assertThat(ledger.notices().newest())
        .containsExactly(
            new Told(
                2,
                Event.STARTED,
                "started",
                START.plus(Duration.ofHours(1)),
                Optional.of("mail: refused")),
            new Told(2, Event.QUOTA, "quota 1", START.plus(Duration.ofHours(2)), Optional.empty()));
    try (Ledger other = Ledger.open(config, "another", clock)) {
      assertThat(other.notices().newest()).isEmpty();
    }
  }
}
