package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.LedgerConfig;
import io.initload.ledger.PartBook.Taken;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Reservation;
import io.initload.ledger.entry.Worker;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many workers, each with a ledger of its own as a process has it, for few slots and allowances.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class ContentionTest {
  private static final int WORKERS = 8;
  private static final int CHUNKS = 120;
  private static final int ROWS = 10;

  @TempDir Path directory;
  private final AtomicInteger flying = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger granted = new AtomicInteger();

  @ParameterizedTest
  @EnumSource(Books.Kind.class)
  void slotsAreNeverExceeded(Books.Kind kind, PostgresServer server) throws Exception {
    LedgerConfig config = kind.config(directory, server);
    prepare(config);
    together(config, new Allowance("00D1", 3, 1_000_000, 1_000));
    assertThat(granted).hasValue(CHUNKS);
    assertThat(most).hasValueBetween(1, 3);
    try (Ledger ledger = Ledger.open(config, "history", Clock.systemUTC())) {
      assertThat(ledger.sums().books().get("SALES").closed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Books.Kind.class)
  void allowancesAreNeverExceeded(Books.Kind kind, PostgresServer server) throws Exception {
    LedgerConfig config = kind.config(directory, server);
    prepare(config);
    together(config, new Allowance("00D1", 15, 35 * ROWS + ROWS / 2, 1_000));
    assertThat(granted).hasValue(35);
    together(config, new Allowance("00D1", 15, 1_000_000, 50));
    assertThat(granted).hasValue(50);
  }

  @ParameterizedTest
  @EnumSource(Books.Kind.class)
  void allBeginAtOnceOnAnEmptyLedger(Books.Kind kind, PostgresServer server) throws Exception {
    LedgerConfig config = kind.config(directory, server);
    each(
        config,
        (ledger, worker) -> {
          ledger
              .migrations()
              .begin(
                  "00D1",
                  "acme.my.salesforce.com",
                  new Snapshot(Snapshot.Kind.SCN, "", worker.id()));
          new Books(ledger).planTable(WORKERS, (int) worker.pid());
        });
    try (Ledger ledger = Ledger.open(config, "history", Clock.systemUTC())) {
      long chunks = ledger.chunks().list("SALES").size();
      assertThat(chunks).as("the chunks of one plan, not of several").isBetween(1L, (long) WORKERS);
      assertThat(ledger.sums().books().get("SALES").chunks()).isEqualTo(chunks);
      assertThat(ledger.migrations().begun().orElseThrow().snapshot().mark()).startsWith("worker");
    }
  }

  private void prepare(LedgerConfig config) {
    try (Ledger ledger = Ledger.open(config, "history", Clock.systemUTC())) {
      new Books(ledger).planTable((long) CHUNKS * ROWS, CHUNKS);
    }
  }

  /** All workers read, load and settle until nothing more is granted to any of them. */
  private void together(LedgerConfig config, Allowance allowance) throws Exception {
    each(
        config,
        (ledger, worker) -> {
          Books books = new Books(ledger);
          int idle = 0;
          while (idle < 3) {
            ledger
                .chunks()
                .claim(List.of("SALES"), worker)
                .ifPresent(c -> books.stage(c, worker, ROWS));
            idle = load(books, worker, allowance) ? 0 : idle + 1;
          }
        });
  }

  private boolean load(Books books, Worker worker, Allowance allowance) {
    Reservation answer =
        books.ledger().quota().reserve(worker, Map.of("SALES", 100), 100, allowance);
    if (!(answer instanceof Reservation.Granted one)) {
      return answer instanceof Reservation.NoSlot;
    }
    granted.incrementAndGet();
    most.accumulateAndGet(flying.incrementAndGet(), Math::max);
    Ledger ledger = books.ledger();
    ledger.jobs().created(one.job(), worker, "7508d00000" + (10000 + one.job().id()));
    ledger.jobs().uploaded(one.job(), worker);
    ledger.jobs().submitted(one.job(), worker);
    flying.decrementAndGet();
    ledger.jobs().ended(one.job(), worker, Job.State.COMPLETE, ROWS, 0, "");
    ledger
        .parts()
        .claimEnded(worker)
        .map(Taken::part)
        .ifPresent(p -> ledger.parts().settle(p, worker, "750x", Books.booking(p.rows())));
    return true;
  }

  private interface Act {
    void of(Ledger ledger, Worker worker);
  }

  private static void each(LedgerConfig config, Act act) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 1; i <= WORKERS; i++) {
        Worker worker = new Worker("worker" + i, "here", i, i);
        all.add(
            pool.submit(
                () -> {
                  try (Ledger ledger = Ledger.open(config, "history", Clock.systemUTC())) {
                    act.of(ledger, worker);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
