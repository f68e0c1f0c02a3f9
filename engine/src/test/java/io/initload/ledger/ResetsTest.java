package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.LedgerConfig;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.Passes;
import io.initload.ledger.entry.Worker;
import io.initload.ledger.resets.Reset;
import io.initload.ledger.resets.Standing;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Books of a table are put aside on both databases alike. */
@ParameterizedClass
@EnumSource(Books.Kind.class)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class ResetsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<PlannedChunk> CHUNKS =
      Collections.nCopies(3, new PlannedChunk(new ChunkBounds.Whole(), 5, true));

  @Parameter Books.Kind kind;
  @TempDir Path directory;
  private final HandClock clock = new HandClock(START);
  private LedgerConfig config;
  private Ledger ledger;

  @BeforeEach
  void open(PostgresServer server) {
    config = kind.config(directory, server);
    ledger = Ledger.open(config, "history", clock);
    ledger.migrations().begin("00D1", "x.example", Snapshot.UNMARKED);
    ledger.workers().beat(Books.ME);
    ledger.tables().plan(Passes.of("SALES", 15), CHUNKS);
    ledger.tables().plan(Passes.of("OTHER", 15), CHUNKS);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void booksOfOneTableAreUnderAnotherNameAndItsChunksGoOnCounting() {
    Books books = new Books(ledger);
    books.stage(books.claim(Books.ME), Books.ME, 5);
    books.loadAll(Books.ME);
    Standing standing = ledger.resets().standing("SALES", Books.ME);
    assertThat(standing).isEqualTo(new Standing(List.of("SALES"), 0, 0, 5, 0, List.of()));
    assertThat(ledger.resets().reset("SALES", standing, Books.ME, "me on here")).isTrue();

    assertThat(ledger.tables().passes()).extracting(Pass::name).containsExactly("OTHER");
    assertThat(ledger.resets().all())
        .containsExactly(new Reset("SALES", "history~reset1", START, "me on here"));
    Ledger former = ledger.former().get(0);
    assertThat(former.tables().passes()).extracting(Pass::name).containsExactly("SALES");
    assertThat(former.sums().books().get("SALES").chunks()).isEqualTo(3);
    assertThat(former.sums().books().get("SALES").created()).isEqualTo(5);
    assertThat(ledger.sums().books().get("OTHER").chunks()).isEqualTo(3);

    ledger.tables().plan(Passes.of("SALES", 15), CHUNKS);
    assertThat(books.claim(Books.ME).no()).isEqualTo(4);
    assertThat(ledger.sums().books().get("SALES").jobs()).isZero();
    ledger.workers().leave(Books.ME);
    assertThat(ledger.tables().forget("SALES")).as("nothing of this load was sent").isTrue();
    assertThat(former.sums().books().get("SALES").chunks()).isEqualTo(3);
  }

  @Test
  void whatWasJudgedOtherwiseIsNotReset() {
    Standing alone = ledger.resets().standing("SALES", Books.ME);
    try (Ledger other = Ledger.open(config, "history", clock)) {
      other.workers().beat(new Worker("you", "there", 2, 2));
    }
    assertThat(ledger.resets().reset("SALES", alone, Books.ME, "me")).isFalse();
    assertThat(ledger.tables().passes()).hasSize(2);
    assertThat(ledger.resets().all()).isEmpty();
    assertThat(ledger.resets().standing("SALES", Books.ME).others()).isEqualTo(1);
  }
}
