package io.initload.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.PartKind;
import io.initload.ledger.entry.Passes;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Reservation;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.entry.Worker;
import io.initload.plan.Batches;
import io.initload.plan.ChunkBounds;
import io.initload.plan.LoadEstimate;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A billion rows against the allowances of an org, job by job, on a clock moved by hand: the ledger
 * alone decides when a job may begin, and an account of our own says what the org saw.
 */
final class BillionRowsTest {
  private static final Worker ME = new Worker("me", "here", 1, 1);
  private static final Instant FRIDAY = Instant.parse("2026-01-02T18:00:00Z");
  private static final int CHUNKS = 1_000;
  private static final long CHUNK_ROWS = 1_000_000;
  private static final long PART_ROWS = 250_000;
  private static final Allowance ORG = new Allowance("00D1", 15, 150_000_000, 15_000);

  @TempDir(factory = InMemory.class)
  Path directory;

  private final HandClock clock = new HandClock(FRIDAY);
  private final Random random = new Random(7);

  /** 30,000 transactions, each on the disk before the next, are no matter of this test. */
  static final class InMemory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      Path memory = Path.of("/dev/shm");
      return Files.isWritable(memory)
          ? Files.createTempDirectory(memory, "billion")
          : Files.createTempDirectory("billion");
    }
  }

  /** A job on the org. */
  private record Running(Job job, long rows, Instant counted, Instant ends) {}

  /** Rows the org counted at a moment. */
  private record Counted(Instant at, long rows) {}

  @Test
  void spreadsOverTheDaysOfThePlanAndNeverCrossesAWindow() {
    List<PlannedChunk> chunks =
        Collections.nCopies(CHUNKS, new PlannedChunk(new ChunkBounds.Whole(), CHUNK_ROWS, true));
    LoadEstimate plan = LoadEstimate.of(chunks, 300, PART_ROWS, 95_000_000);
    assertThat(plan.rows()).isEqualTo(1_000_000_000);
    assertThat(plan.days(ORG.records(), ORG.batches())).isEqualTo(7);

    List<Counted> account = new ArrayList<>();
    Instant end;
    try (Ledger ledger =
        Ledger.open(
            new LedgerConfig("jdbc:sqlite:" + directory.resolve("ledger.db"), "", Secret.NONE),
            "billion",
            clock)) {
      stage(ledger, chunks);
      end = load(ledger, account);
      assertThat(ledger.sums().books())
          .hasEntrySatisfying(
              "SALES", b -> assertThat(b.batches()).isEqualTo(Batches.of(plan.rows(), 100_000)));
    }
    assertThat(account.stream().mapToLong(Counted::rows).sum()).isEqualTo(1_000_000_000);
    account.sort(Comparator.comparing(Counted::at));
    assertThat(mostInADay(account)).isBetween(ORG.records() * 9 / 10, ORG.records());
    assertThat(Duration.between(FRIDAY, end))
        .as("each day's window is filled, so the last rows go in on the seventh day")
        .isBetween(Duration.ofDays(6), Duration.ofDays(7));
  }

  private void stage(Ledger ledger, List<PlannedChunk> chunks) {
    ledger.migrations().begin("00D1", "org.example", Snapshot.UNMARKED);
    ledger.tables().plan(Passes.of("SALES", 1_000_000_000), chunks);
    for (var chunk = claim(ledger); chunk.isPresent(); chunk = claim(ledger)) {
      ledger.chunks().staged(chunk.get(), ME, staged(chunk.get()));
    }
  }

  private static Optional<Chunk> claim(Ledger ledger) {
    return ledger.chunks().claim(List.of("SALES"), ME);
  }

  private Instant load(Ledger ledger, List<Counted> account) {
    PriorityQueue<Running> running = new PriorityQueue<>(Comparator.comparing(Running::ends));
    boolean left = true;
    while (left || !running.isEmpty()) {
      Reservation reservation = ledger.quota().reserve(ME, Map.of("SALES", 15), 15, ORG);
      if (reservation instanceof Reservation.Granted granted) {
        running.add(submit(ledger, granted, account));
        assertThat(running).hasSizeLessThanOrEqualTo(ORG.jobs());
        clock.advance(Duration.ofMillis(random.nextInt(2_000)));
      } else {
        left = !(reservation instanceof Reservation.NothingToLoad);
        Instant next =
            reservation instanceof Reservation.QuotaExhausted exhausted
                ? exhausted.until()
                : Instant.MAX;
        Running first = running.peek();
        if (first != null && first.ends().isBefore(next)) {
          running.remove();
          moveTo(first.ends());
          ledger.jobs().ended(first.job(), ME, Job.State.COMPLETE, first.rows(), 0, "");
        } else if (next.isBefore(Instant.MAX)) {
          moveTo(next);
        }
      }
    }
    return clock.instant();
  }

  private Running submit(Ledger ledger, Reservation.Granted granted, List<Counted> account) {
    Job job = granted.job();
    ledger.jobs().created(job, ME, "750%012d".formatted(job.id()));
    ledger.jobs().uploaded(job, ME);
    ledger.jobs().submitted(job, ME);
    Duration life = Duration.ofMinutes(2 + random.nextInt(20));
    // Nobody knows when in a job's life the org counts its rows: any moment must do.
    Instant counted = clock.instant().plus(life.multipliedBy(random.nextInt(101)).dividedBy(100));
    account.add(new Counted(counted, granted.part().rows()));
    return new Running(job, granted.part().rows(), counted, clock.instant().plus(life));
  }

  private void moveTo(Instant then) {
    if (then.isAfter(clock.instant())) {
      clock.advance(Duration.between(clock.instant(), then));
    }
  }

  private static long mostInADay(List<Counted> account) {
    Deque<Counted> window = new ArrayDeque<>();
    long rows = 0;
    long most = 0;
    for (Counted one : account) {
      window.add(one);
      rows += one.rows();
      while (!window.getFirst().at().isAfter(one.at().minus(QuotaBook.WINDOW))) {
        rows -= window.removeFirst().rows();
      }
      most = Math.max(most, rows);
    }
    return most;
  }

  private static Staged staged(Chunk chunk) {
    List<NewPart> parts =
        IntStream.rangeClosed(1, (int) (CHUNK_ROWS / PART_ROWS))
            .mapToObj(number -> part(chunk, number))
            .toList();
    return new Staged(CHUNK_ROWS, Quarantine.EMPTY, parts, List.of(), List.of());
  }

  private static NewPart part(Chunk chunk, int number) {
    String name = "%s-%03d".formatted(chunk.label(), number);
    return new NewPart(
        OptionalLong.of(chunk.no()),
        PartKind.DATA,
        name,
        ME.host(),
        Path.of("/nowhere", name),
        PART_ROWS,
        75_000_000,
        9_000_000,
        "0".repeat(64),
        0,
        false);
  }
}
