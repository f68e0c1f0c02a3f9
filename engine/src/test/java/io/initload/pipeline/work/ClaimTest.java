package io.initload.pipeline.work;

import static io.initload.ledger.Books.ME;
import static io.initload.ledger.Books.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.config.TableConfigs;
import io.initload.ledger.Books;
import io.initload.ledger.HandClock;
import io.initload.ledger.Ledger;
import io.initload.ledger.LostClaim;
import io.initload.ledger.PartBook.Taken;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Passes;
import io.initload.ledger.entry.Reservation.Granted;
import io.initload.ledger.entry.Worker;
import io.initload.mapping.KeyForm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a piece of the ledger when the work on it ends, one way or another. */
class ClaimTest {
  private static final Worker OTHER = new Worker("other", "here", 2, 2);
  private final Failure wrong =
      new Failure(Failure.Kind.FAILED, "JOB_FAILED", "The job failed.", "Look at it.");
  private final Failure passing =
      new Failure(Failure.Kind.TRANSIENT, "ORG_UNAVAILABLE", "No answer.", "Wait.");

  @TempDir Path directory;
  private final List<Failure> told = new ArrayList<>();
  private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
  private Ledger ledger;
  private Books books;
  private Tables tables;

  @BeforeEach
  void open() {
    ledger =
        Ledger.open(
            new LedgerConfig(
                "jdbc:sqlite:" + directory.resolve("books/ledger.db"), "", Secret.NONE),
            "history",
            clock);
    books = new Books(ledger);
    books.planTable(20, 2);
    tables =
        new Tables(
            ledger.tables(),
            List.of(
                PassWork.settling(
                    TableConfigs.of("SALES").build(), Passes.of("SALES", 10), KeyForm.EXACT)));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void whatMovedIsKept() throws InterruptedException {
    Chunk chunk = Claim.chunk(ledger, ME, tables).orElseThrow();
    assertThat(Claim.of(ledger, ME, chunk).work(() -> true, told::add)).isTrue();
    assertThat(Claim.chunk(ledger, OTHER, tables).map(Chunk::no)).contains(chunk.no() + 1);
  }

  @Test
  void whatCannotBeMovedNowIsGivenBack() throws InterruptedException {
    Chunk chunk = books.claim(ME);
    assertThat(Claim.of(ledger, ME, chunk).work(() -> false, told::add)).isFalse();
    assertThat(books.claim(OTHER).no()).isEqualTo(chunk.no());
    assertThat(told).isEmpty();
  }

  @Test
  void anActThatWasLeftOnRequestIsGivenBack() throws InterruptedException {
    Chunk chunk = books.claim(ME);
    Stop stop = new Stop();
    stop.request();
    Claim.of(ledger, ME, chunk)
        .work(
            () -> {
              stop.check();
              return true;
            },
            told::add);
    assertThat(books.claim(OTHER).no()).isEqualTo(chunk.no());
    assertThat(told).isEmpty();
  }

  @Test
  void troubleIsToldWhenThePieceIsGivenBack() throws InterruptedException {
    Chunk chunk = books.claim(ME);
    List<Optional<Chunk>> taken = new ArrayList<>();
    Consumer<Failure> trouble =
        e -> {
          told.add(e);
          taken.add(ledger.chunks().claim(List.of("SALES"), OTHER));
        };
    assertThat(Claim.of(ledger, ME, chunk).work(throwing(wrong), trouble)).isFalse();
    assertThat(told).containsExactly(wrong);
    assertThat(taken.get(0).map(Chunk::no)).contains(chunk.no());
  }

  @Test
  void aClaimThatWasLostIsNobodysTrouble() {
    Chunk chunk = books.claim(ME);
    ledger.chunks().release(chunk, ME);
    books.claim(OTHER);
    assertThatThrownBy(
            () ->
                Claim.of(ledger, ME, chunk)
                    .work(
                        () -> {
                          books.stage(chunk, ME, 10);
                          return true;
                        },
                        told::add))
        .isInstanceOf(LostClaim.class);
    assertThat(told).isEmpty();
    assertThat(ledger.chunks().find("SALES", chunk.no()).orElseThrow().owner())
        .contains(OTHER.id());
  }

  @Test
  void aPartWithAJobStaysInHandAfterLastingTrouble() throws InterruptedException {
    Taken part = ended();
    Claim.ofBegun(ledger, ME, tables, part).work(throwing(wrong), told::add);
    assertThat(ledger.parts().claimEnded(OTHER)).isEmpty();
    assertThat(tables.isStuck(part.part().id())).isTrue();
    assertThat(told).containsExactly(wrong);
  }

  @Test
  void aPartWithAJobIsGivenBackAfterPassingTrouble() throws InterruptedException {
    Taken part = ended();
    Claim.ofBegun(ledger, ME, tables, part).work(throwing(passing), told::add);
    assertThat(ledger.parts().claimEnded(OTHER)).contains(part);
    assertThat(tables.isStuck(part.part().id())).isFalse();
    assertThat(told).containsExactly(passing);
  }

  /** Threads of one worker share its id: a claim is known by its job. */
  @Test
  void aPartThatWasTakenForItsNextJobMeanwhileIsNotGivenBack() throws InterruptedException {
    books.stage(books.claim(ME), ME, 10);
    Granted first = (Granted) books.reserve(PLENTY);
    AtomicReference<Granted> second = new AtomicReference<>();
    Claim.of(ledger, ME, first.part(), first.job())
        .work(
            () -> {
              ledger.jobs().givenUp(first.job(), ME);
              second.set((Granted) books.reserve(PLENTY));
              throw passing;
            },
            told::add);
    assertThat(told).containsExactly(passing);
    assertThat(ledger.parts().claimAdoptable(ME)).isEmpty();
    ledger.jobs().created(second.get().job(), ME, "7508d00000000001AA");
  }

  /** What becomes of one may hang on the other: both are looked at. */
  @Test
  void partsWhoseJobsAreInDoubtAreTakenInTurn() throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      books.stage(books.claim(ME), ME, 10);
    }
    List<Long> parts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Granted granted = (Granted) books.reserve(PLENTY);
      Claim.of(ledger, ME, granted.part(), granted.job()).work(() -> false, told::add);
      parts.add(granted.part().id());
    }
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofSeconds(5));
      Taken begun = ledger.parts().claimAdoptable(OTHER).orElseThrow();
      taken.add(begun.part().id());
      Claim.ofBegun(ledger, OTHER, tables, begun).work(() -> false, told::add);
    }
    assertThat(taken).containsExactly(parts.get(0), parts.get(1), parts.get(0), parts.get(1));
  }

  private static Claim.Act throwing(Failure e) {
    return () -> {
      throw e;
    };
  }

  /** A part whose job ended, claimed to be settled. */
  private Taken ended() {
    books.stage(books.claim(ME), ME, 10);
    Granted granted = (Granted) books.reserve(PLENTY);
    ledger.jobs().created(granted.job(), ME, "7508d00000000001AA");
    ledger.jobs().uploaded(granted.job(), ME);
    ledger.jobs().submitted(granted.job(), ME);
    ledger.jobs().ended(granted.job(), ME, Job.State.COMPLETE, 10, 0, "");
    return ledger.parts().claimEnded(ME).orElseThrow();
  }
}
