package io.initload.ledger;

import static io.initload.ledger.Books.ME;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Quarantined;
import io.initload.ledger.entry.Reservation;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.pages.Held;
import io.initload.ledger.pages.HistoryBook;
import io.initload.ledger.pages.PageBook;
import io.initload.ledger.pages.PageBook.ChunkLine;
import io.initload.ledger.pages.PageBook.JobLine;
import io.initload.ledger.pages.PageBook.RefusedLine;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of the books, and what was when, on both databases alike. */
@ParameterizedClass
@EnumSource(Books.Kind.class)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class PagesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Parameter Books.Kind kind;
  @TempDir Path directory;
  private final HandClock clock = new HandClock(START);
  private Ledger ledger;
  private Books books;

  @BeforeEach
  void open(PostgresServer server) {
    ledger = Ledger.open(kind.config(directory, server), "history", clock);
    books = new Books(ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void chunksComeInPagesOfBoundedLength() {
    books.planTable(10_000, 1_000);
    books.stage(books.claim(ME), ME, 10);
    books.claim(ME);
    PageBook pages = ledger.pages();
    List<ChunkLine> first = pages.chunks("SALES", Optional.empty(), 0, 5_000);
    assertThat(first).extracting(ChunkLine::no).containsExactlyElementsOf(numbers(1, 200));
    assertThat(first.get(0).state()).isEqualTo(Chunk.State.STAGED);
    assertThat(first.get(0).rowsRead()).isEqualTo(10);
    assertThat(first.get(1).owner()).contains("me");
    assertThat(pages.chunks("SALES", Optional.empty(), 200, 3))
        .extracting(ChunkLine::no)
        .containsExactly(201L, 202L, 203L);
    assertThat(pages.chunks("SALES", Optional.of(Chunk.State.EXTRACTING), 0, 10))
        .extracting(ChunkLine::no)
        .containsExactly(2L);
    assertThat(pages.chunks("OTHER", Optional.empty(), 0, 10)).isEmpty();
    assertThat(pages.chunkStates("SALES"))
        .isEqualTo(
            Map.of(
                Chunk.State.PLANNED, 998L,
                Chunk.State.EXTRACTING, 1L,
                Chunk.State.STAGED, 1L));
  }

  @Test
  void jobsComeNewestFirst() {
    books.planTable(30, 3);
    for (int i = 0; i < 3; i++) {
      books.stage(books.claim(ME), ME, 10);
    }
    books.loadAll(ME);
    PageBook pages = ledger.pages();
    List<JobLine> page = pages.jobs(Optional.empty(), Long.MAX_VALUE, 2);
    assertThat(page).hasSize(2);
    assertThat(page.get(0).id()).isGreaterThan(page.get(1).id());
    assertThat(page.get(0).part()).contains("SALES-00003-001");
    assertThat(page.get(0).state()).isEqualTo("COMPLETE");
    assertThat(page.get(0).processed()).isEqualTo(10);
    assertThat(page.get(0).endedAt()).contains(START);
    List<JobLine> rest = pages.jobs(Optional.of("SALES"), page.get(1).id(), 2);
    assertThat(rest).extracting(JobLine::part).containsExactly(Optional.of("SALES-00001-001"));
    assertThat(pages.jobs(Optional.of("OTHER"), Long.MAX_VALUE, 2)).isEmpty();
  }

  @Test
  void rowsOfOneReasonComeInTheOrderOfTheirEntry() {
    books.planTable(1_000, 1);
    Chunk chunk = books.claim(ME);
    ledger.chunks().staged(chunk, ME, new Staged(300, held(300), List.of(), List.of(), List.of()));
    PageBook pages = ledger.pages();
    List<RefusedLine> odd = refused("ODD", 0, 500);
    assertThat(odd).hasSize(150);
    assertThat(odd.get(0).externalId()).isEqualTo("k1");
    assertThat(odd.get(0).message()).hasSize(500);
    assertThat(refused("ODD", odd.get(1).id(), 1)).containsExactly(odd.get(2));
    assertThat(pages.refused("SALES", ExceptionRow.State.DEAD, "ODD", 0, 10)).isEmpty();
    assertThat(ledger.deadLetters().groups(DeadLetterFilter.ALL))
        .extracting(g -> g.code() + " " + g.rows() + " " + g.message().substring(0, 2))
        .containsExactly("EVEN 150 k0", "ODD 150 k1");
    assertThat(ledger.activity().now().heldBack()).isEqualTo(Map.of("EVEN", 150L, "ODD", 150L));
  }

  private List<RefusedLine> refused(String code, long after, int limit) {
    return ledger.pages().refused("SALES", ExceptionRow.State.QUARANTINED, code, after, limit);
  }

  private static Quarantine held(int rows) {
    return new Quarantine() {
      @Override
      public long count() {
        return rows;
      }

      @Override
      public void each(Consumer<Quarantined> row) {
        for (int i = 0; i < rows; i++) {
          String key = "k" + i;
          String code = i % 2 == 0 ? "EVEN" : "ODD";
          row.accept(new Quarantined(key, code, key + "x".repeat(2_000), List.of(key)));
        }
      }
    };
  }

  @Test
  void throughputIsToldInFewSpellsHoweverLongItTook() {
    books.planTable(30, 3);
    assertThat(ledger.history().throughput().spells()).isEmpty();
    for (int i = 0; i < 3; i++) {
      books.stage(books.claim(ME), ME, 10);
      books.loadAll(ME);
      clock.advance(Duration.ofSeconds(10));
    }
    HistoryBook.Throughput quick = ledger.history().throughput();
    assertThat(quick.seconds()).isEqualTo(1);
    assertThat(quick.spells()).hasSize(21);
    assertThat(quick.spells().get(0))
        .isEqualTo(new HistoryBook.Spell(START, 1, 10, 0, 100, 0, new Held(10, 1)));
    assertThat(quick.spells().get(1).jobs()).isZero();
    assertThat(quick.spells().get(20).rows()).isEqualTo(10);
    assertThat(quick.spells())
        .extracting(spell -> spell.held().records())
        .startsWith(10L, 10L)
        .endsWith(20L, 30L);
  }

  @Test
  void whatWasSpentBecomesFreeADayLater() {
    books.planTable(20, 2);
    books.stage(books.claim(ME), ME, 10);
    books.stage(books.claim(ME), ME, 10);
    books.run((Reservation.Granted) books.reserve(Books.PLENTY), ME);
    clock.advance(Duration.ofDays(30));
    books.run((Reservation.Granted) books.reserve(Books.PLENTY), ME);
    assertThat(ledger.history().freed("00D1"))
        .containsExactly(new HistoryBook.Freed(clock.instant().plus(Duration.ofHours(25)), 10, 1));
    HistoryBook.Throughput slow = ledger.history().throughput();
    assertThat(slow.spells()).hasSizeBetween(2, HistoryBook.SPELLS_MAX);
    assertThat(slow.spells().stream().mapToLong(HistoryBook.Spell::rows).sum()).isEqualTo(20);
    assertThat(slow.spells())
        .as("what the first job held is free after a day")
        .extracting(spell -> spell.held().batches())
        .contains(0L)
        .startsWith(1L)
        .endsWith(1L);
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
