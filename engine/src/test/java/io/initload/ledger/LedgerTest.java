package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.ledger.ChunkBook.Staged;
import io.initload.ledger.PartBook.Booking;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  private static final Worker ME = new Worker("me", "here", 1, 1);
  private static final Worker OTHER = new Worker("other", "here", 2, 2);
  private static final Allowance PLENTY = new Allowance("00D1", 15, 150_000_000, 15_000);

  @TempDir Path directory;
  private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = Ledger.open(config(), "history", clock);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private LedgerConfig config() {
    return new LedgerConfig("jdbc:sqlite:" + directory.resolve("books/ledger.db"), "", Secret.NONE);
  }

  @Test
  void theFileIsPrivate() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("books/ledger.db"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aLedgerOfANewerVersionIsRefused() throws Exception {
    ledger.close();
    try (Connection c = DriverManager.getConnection(config().url());
        var s = c.createStatement()) {
      s.executeUpdate(
          "INSERT INTO flyway_schema_history SELECT 99, '99', 'future', type, 'V99__future.sql', 0,"
              + " installed_by, installed_on, 0, 1 FROM flyway_schema_history WHERE version = '1'");
    }
    assertThatThrownBy(() -> Ledger.open(config(), "history", clock))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo("LEDGER_NEWER");
              assertThat(f.kind().exitCode()).isEqualTo(1);
            });
  }

  @Test
  void aFileThatIsNoLedgerIsRefused() throws Exception {
    Path file = directory.resolve("noise.db");
    Files.writeString(file, "this is not a database, it is a text of some length".repeat(50));
    assertThatThrownBy(
            () -> Ledger.open(new LedgerConfig("jdbc:sqlite:" + file, "", Secret.NONE), "h", clock))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo("LEDGER_DAMAGED"));
  }

  @Test
  void booksOfAnUndisturbedTableClose() {
    planTable(10_000, 2);
    stage(claim(ME), ME, 5_000);
    stage(claim(ME), ME, 5_000);
    loadAll(ME);
    TableBooks books = ledger.migrations().books().get("SALES");
    assertThat(books.closed()).isTrue();
    assertThat(books.created()).isEqualTo(10_000);
    assertThat(books.jobs()).isEqualTo(2);
  }

  @Test
  void whatADeadWorkerHeldIsFree() {
    planTable(10, 1);
    ledger.workers().beat(OTHER);
    Chunk chunk = claim(OTHER);
    assertThat(ledger.chunks().claim(List.of("SALES"), ME)).isEmpty();
    assertThat(ledger.workers().bury(ME, (pid, started) -> true)).isEmpty();
    assertThat(ledger.workers().bury(ME, (pid, started) -> false)).containsExactly(OTHER);
    Chunk again = claim(ME);
    assertThat(again.no()).isEqualTo(chunk.no());
    assertThatThrownBy(() -> stage(chunk, OTHER, 10)).isInstanceOf(LostClaim.class);
  }

  @Test
  void aWorkerOfAnotherHostIsDeadWhenItsLeaseIsOver() {
    Worker far = new Worker("far", "elsewhere", 1, 1);
    ledger.workers().beat(far);
    clock.advance(WorkerBook.LEASE);
    assertThat(ledger.workers().bury(ME, (pid, started) -> false)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(ledger.workers().bury(ME, (pid, started) -> false)).containsExactly(far);
  }

  @Test
  void slotsAreNeverExceeded() {
    planTable(30, 3);
    for (int i = 0; i < 3; i++) {
      stage(claim(ME), ME, 10);
    }
    Allowance two = new Allowance("00D1", 2, 1_000, 100);
    assertThat(reserve(two)).isInstanceOf(Reservation.Granted.class);
    Reservation.Granted second = (Reservation.Granted) reserve(two);
    assertThat(reserve(two)).isInstanceOf(Reservation.NoSlot.class);
    ledger.jobs().givenUp(second.job(), ME);
    assertThat(reserve(two)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void theQuotaLeavesTheWindowADayAfterTheJobEnded() {
    planTable(20, 2);
    stage(claim(ME), ME, 10);
    stage(claim(ME), ME, 10);
    Allowance ten = new Allowance("00D1", 15, 10, 100);
    Reservation.Granted first = (Reservation.Granted) reserve(ten);
    clock.advance(Duration.ofHours(3));
    run(first, ME);
    Instant end = clock.instant();
    assertThat(reserve(ten)).isEqualTo(new Reservation.QuotaExhausted(end.plus(JobBook.WINDOW)));
    clock.advance(JobBook.WINDOW);
    assertThat(reserve(ten)).isInstanceOf(Reservation.Granted.class);
  }

  @Test
  void startedBatchesAreCountedToo() {
    planTable(20_002, 2);
    stage(claim(ME), ME, 10_001);
    stage(claim(ME), ME, 10_001);
    Allowance three = new Allowance("00D1", 15, 1_000_000, 3);
    assertThat(reserve(three)).isInstanceOf(Reservation.Granted.class);
    assertThat(reserve(three)).isInstanceOf(Reservation.QuotaExhausted.class);
  }

  @Test
  void aSettledPartCannotBeSettledAgain() {
    planTable(10, 1);
    stage(claim(ME), ME, 10);
    run((Reservation.Granted) reserve(PLENTY), ME);
    Part part = ledger.parts().claimEnded(ME).orElseThrow();
    Booking booking = booking(10);
    ledger.parts().settle(part, ME, "750x", booking);
    assertThatThrownBy(() -> ledger.parts().settle(part, ME, "750x", booking))
        .isInstanceOf(LostClaim.class);
  }

  @Test
  void aBookingThatMissesARowIsABug() {
    planTable(10, 1);
    stage(claim(ME), ME, 10);
    run((Reservation.Granted) reserve(PLENTY), ME);
    Part part = ledger.parts().claimEnded(ME).orElseThrow();
    assertThatThrownBy(() -> ledger.parts().settle(part, ME, "750x", booking(9)))
        .isInstanceOf(IllegalStateException.class);
  }

  private void planTable(long rows, int chunks) {
    ledger.migrations().begin("00D1", "acme.my.salesforce.com", Snapshot.UNMARKED);
    ledger
        .migrations()
        .plan(
            new TableRun(
                "SALES",
                "Sale__c",
                "External_ID__c",
                "sales",
                1,
                "digest",
                List.of("External_ID__c", "Name"),
                "KEY",
                "a numeric key",
                Snapshot.UNMARKED,
                rows,
                0,
                Optional.empty()),
            java.util.stream.IntStream.range(0, chunks)
                .mapToObj(
                    i ->
                        new PlannedChunk(
                            new ChunkBounds.KeyRange(
                                List.of("ID"), List.of("" + i), List.of("" + (i + 1))),
                            rows / chunks,
                            true))
                .toList());
  }

  private Chunk claim(Worker worker) {
    return ledger.chunks().claim(List.of("SALES"), worker).orElseThrow();
  }

  private void stage(Chunk chunk, Worker worker, long rows) {
    NewPart part =
        new NewPart(
            OptionalLong.of(chunk.no()),
            PartKind.DATA,
            chunk.label() + "-001",
            "here",
            Path.of("/tmp/x.csv.gz"),
            rows,
            1000,
            100,
            "00",
            0,
            false);
    ledger
        .chunks()
        .staged(chunk, worker, new Staged(rows, List.of(), List.of(part), List.of(), List.of()));
  }

  private Reservation reserve(Allowance allowance) {
    return ledger.jobs().reserve(ME, Map.of("SALES", 15), 15, allowance);
  }

  private void run(Reservation.Granted granted, Worker worker) {
    ledger.jobs().created(granted.job(), worker, "7508d00000" + (10000 + granted.job().id()));
    ledger.jobs().uploaded(granted.job(), worker);
    ledger.jobs().submitted(granted.job(), worker);
    ledger.jobs().ended(granted.job(), worker, Job.State.COMPLETE, granted.part().rows(), 0, "");
  }

  private void loadAll(Worker worker) {
    while (reserve(PLENTY) instanceof Reservation.Granted granted) {
      run(granted, worker);
      Part part = ledger.parts().claimEnded(worker).orElseThrow();
      ledger.parts().settle(part, worker, "750x", booking(part.rows()));
    }
  }

  private static Booking booking(long created) {
    return new Booking(
        created, 0, Set.of(), Set.of(), List.of(), Optional.empty(), 0, Optional.empty());
  }
}
