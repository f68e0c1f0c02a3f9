package io.initload.ledger;

import static io.initload.ledger.Books.ME;
import static io.initload.ledger.Books.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Reservation;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.entry.Worker;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold on both databases alike. */
@ParameterizedClass
@EnumSource(Books.Kind.class)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class LedgerTest {
  private static final Worker OTHER = new Worker("other", "here", 2, 2);

  @Parameter Books.Kind kind;
  @TempDir Path directory;
  private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
  private LedgerConfig config;
  private Ledger ledger;
  private Books books;

  @BeforeEach
  void open(PostgresServer server) {
    config = kind.config(directory, server);
    ledger = Ledger.open(config, "history", clock);
    books = new Books(ledger);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void aLedgerOfANewerVersionIsRefused() throws Exception {
    ledger.close();
    try (Connection c =
            DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
        var s = c.createStatement()) {
      s.executeUpdate(
          "INSERT INTO flyway_schema_history SELECT 99, '99', 'future', type, 'V99__future.sql', 0,"
              + " installed_by, installed_on, 0, success FROM flyway_schema_history WHERE version ="
              + " '1'");
    }
    assertThatThrownBy(() -> Ledger.open(config, "history", clock))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo("LEDGER_NEWER");
              assertThat(f.kind().exitCode()).isEqualTo(1);
            });
  }

  @Test
  void booksOfAnUndisturbedTableClose() {
    books.planTable(10_000, 2);
    books.stage(books.claim(ME), ME, 5_000);
    books.stage(books.claim(ME), ME, 5_000);
    books.loadAll(ME);
    TableBooks books = ledger.sums().books().get("SALES");
    assertThat(books.closed()).isTrue();
    assertThat(books.created()).isEqualTo(10_000);
    assertThat(books.jobs()).isEqualTo(2);
  }

  @Test
  void whatADeadWorkerHeldIsFree() {
    books.planTable(10, 1);
    ledger.workers().beat(OTHER);
    Chunk chunk = books.claim(OTHER);
    assertThat(ledger.chunks().claim(List.of("SALES"), ME)).isEmpty();
    assertThat(ledger.workers().bury(ME, (pid, started) -> true)).isEmpty();
    assertThat(ledger.workers().bury(ME, (pid, started) -> false)).containsExactly(OTHER);
    Chunk again = books.claim(ME);
    assertThat(again.no()).isEqualTo(chunk.no());
    assertThatThrownBy(() -> books.stage(chunk, OTHER, 10)).isInstanceOf(LostClaim.class);
  }

  @Test
  void aWorkerOfAnotherHostIsDeadWhenItsLeaseIsOver() throws SQLException {
    Worker far = new Worker("far", "elsewhere", 1, 1);
    ledger.workers().beat(far);
    clock.advance(WorkerBook.LEASE);
    assertThat(ledger.workers().bury(ME, (pid, started) -> false)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    if (kind == Books.Kind.POSTGRESQL) {
      // The server's clock counts, whatever that of a host says.
      assertThat(ledger.workers().bury(ME, (pid, started) -> false)).isEmpty();
      try (Connection c =
              DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
          var s = c.createStatement()) {
        s.executeUpdate(
            "UPDATE worker SET beat_at = beat_at - %d".formatted(WorkerBook.LEASE.toMillis() + 1));
      }
    }
    assertThat(ledger.workers().bury(ME, (pid, started) -> false)).containsExactly(far);
  }

  /** Hosts may share a disk: what one sweeps another may need. */
  @Test
  void whatAnyHostNeedsIsKept() {
    books.planTable(20, 2);
    books.stage(books.claim(ME), ME, 10, "here", Path.of("/staging/a.csv.gz"));
    books.stage(books.claim(ME), ME, 10, "elsewhere", Path.of("/staging/b.csv.gz"));
    assertThat(ledger.parts().neededFiles())
        .containsExactlyInAnyOrder(Path.of("/staging/a.csv.gz"), Path.of("/staging/b.csv.gz"));
  }

  @Test
  void slotsAreNeverExceeded() {
    books.planTable(30, 3);
    for (int i = 0; i < 3; i++) {
      books.stage(books.claim(ME), ME, 10);
    }
    Allowance two = new Allowance("00D1", 2, 1_000, 100);
    assertThat(books.reserve(two)).isInstanceOf(Reservation.Granted.class);
    Reservation.Granted second = (Reservation.Granted) books.reserve(two);
    assertThat(books.reserve(two)).isInstanceOf(Reservation.NoSlot.class);
    ledger.jobs().givenUp(second.job(), ME);
    assertThat(books.reserve(two)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void slotsBelongToTheOrgWhicheverMigrationHoldsThem() {
    books.planTable(10, 1);
    books.stage(books.claim(ME), ME, 10);
    Allowance one = new Allowance("00D1", 1, 1_000, 100);
    assertThat(books.reserve(one)).isInstanceOf(Reservation.Granted.class);
    try (Ledger another = Ledger.open(config, "another", clock)) {
      Books others = new Books(another);
      others.planTable(10, 1);
      others.stage(others.claim(ME), ME, 10);
      assertThat(others.reserve(one)).isInstanceOf(Reservation.NoSlot.class);
      assertThat(another.quota().slotsOfOthers("00D1")).isEqualTo(Map.of("history", 1));
      assertThat(another.quota().slotsOfOthers("00D2")).isEmpty();
    }
    assertThat(ledger.quota().slotsOfOthers("00D1")).isEmpty();
  }

  @Test
  void theQuotaLeavesTheWindowADayAfterTheJobEnded() {
    books.planTable(20, 2);
    books.stage(books.claim(ME), ME, 10);
    books.stage(books.claim(ME), ME, 10);
    Allowance ten = new Allowance("00D1", 15, 10, 100);
    Reservation.Granted first = (Reservation.Granted) books.reserve(ten);
    clock.advance(Duration.ofHours(3));
    books.run(first, ME);
    Instant end = clock.instant();
    assertThat(books.reserve(ten))
        .isEqualTo(new Reservation.QuotaExhausted(end.plus(QuotaBook.WINDOW), false));
    clock.advance(QuotaBook.WINDOW);
    assertThat(books.reserve(ten)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void startedBatchesAreCountedToo() {
    books.planTable(20_002, 2);
    books.stage(books.claim(ME), ME, 10_001);
    books.stage(books.claim(ME), ME, 10_001);
    Allowance three = new Allowance("00D1", 15, 1_000_000, 3);
    assertThat(books.reserve(three)).isInstanceOf(Reservation.Granted.class);
    assertThat(books.reserve(three))
        .isEqualTo(new Reservation.QuotaExhausted(clock.instant().plus(QuotaBook.WINDOW), true));
  }

  @Test
  void aSettledPartCannotBeSettledAgain() {
    books.planTable(10, 1);
    books.stage(books.claim(ME), ME, 10);
    books.run((Reservation.Granted) books.reserve(PLENTY), ME);
    Part part = ledger.parts().claimEnded(ME).orElseThrow().part();
    Booking booking = Books.booking(10);
    ledger.parts().settle(part, ME, "750x", booking);
    assertThatThrownBy(() -> ledger.parts().settle(part, ME, "750x", booking))
        .isInstanceOf(LostClaim.class);
  }

  @Test
  void aBookingThatMissesARowIsABug() {
    books.planTable(10, 1);
    books.stage(books.claim(ME), ME, 10);
    books.run((Reservation.Granted) books.reserve(PLENTY), ME);
    Part part = ledger.parts().claimEnded(ME).orElseThrow().part();
    assertThatThrownBy(() -> ledger.parts().settle(part, ME, "750x", Books.booking(9)))
        .isInstanceOf(IllegalStateException.class);
  }
}
