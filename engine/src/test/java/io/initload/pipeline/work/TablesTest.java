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
import io.initload.ledger.entry.Passes;
import io.initload.ledger.entry.Reservation.Granted;
import io.initload.ledger.entry.TableRest;
import io.initload.mapping.KeyForm;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the tables that move together may go on, by the books and what failed. */
class TablesTest {
  private final Failure wrong =
      new Failure(Failure.Kind.FAILED, "CHUNK_COUNT", "A row is missing.", "Find it.");
  private final Failure passing =
      new Failure(Failure.Kind.TRANSIENT, "ORG_UNAVAILABLE", "No answer.", "Wait.");

  @TempDir Path directory;
  private Ledger ledger;
  private Books books;
  private Tables tables;

  /** SALES before ITEMS, though not by name; each is one chunk of ten rows. */
  @BeforeEach
  void open() {
    ledger =
        Ledger.open(
            new LedgerConfig(
                "jdbc:sqlite:" + directory.resolve("books/ledger.db"), "", Secret.NONE),
            "history",
            new HandClock(Instant.parse("2026-01-01T00:00:00Z")));
    books = new Books(ledger);
    books.planTable(10, 1);
    ledger
        .tables()
        .plan(Passes.of("ITEMS", 10), List.of(new PlannedChunk(new ChunkBounds.Whole(), 10, true)));
    tables = new Tables(ledger.tables(), List.of(work("SALES"), work("ITEMS")));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static PassWork work(String name) {
    return PassWork.settling(
        TableConfigs.of(name).concurrency(3).build(), Passes.of(name, 10), KeyForm.EXACT);
  }

  @Test
  void tablesGoOnInTheirOrder() {
    assertThat(tables.names()).containsExactly("SALES", "ITEMS");
    assertThat(tables.open()).extracting(TableRest::table).containsExactly("SALES", "ITEMS");
    assertThat(tables.unread()).containsExactly("SALES", "ITEMS");
    assertThat(tables.concurrency()).as("nothing is staged").isEmpty();
    assertThat(tables.done()).isFalse();
  }

  @Test
  void aTableThatIsReadHasPartsToLoad() {
    books.stage(books.claim(ME), ME, 10);
    assertThat(tables.unread()).containsExactly("ITEMS");
    assertThat(tables.concurrency()).isEqualTo(Map.of("SALES", 3));
  }

  @Test
  void aFailureStopsItsTableAloneAndTheFirstOneIsTold() {
    tables.failed("SALES", wrong);
    tables.failed(
        "SALES", new Failure(Failure.Kind.FAILED, "JOB_FAILED", "Another.", "Look at it."));
    assertThat(tables.unread()).containsExactly("ITEMS");
    assertThat(tables.failures()).containsExactly(wrong);
    assertThat(tables.failedNames()).containsExactly("SALES");
    assertThat(ledger.tables().pass("ITEMS").orElseThrow().stopped()).isEmpty();
    assertThat(ledger.tables().pass("SALES").orElseThrow().stopped()).isPresent();
    assertThat(tables.done()).as("ITEMS is not read").isFalse();
  }

  @Test
  void aPassingFailureIsThrownOnAndStopsNothing() {
    assertThatThrownBy(() -> tables.failed("SALES", passing)).isSameAs(passing);
    assertThat(tables.failures()).isEmpty();
    assertThat(tables.unread()).containsExactly("SALES", "ITEMS");
  }

  @Test
  void stoppedTablesAreDoneWhenNoJobOfThemRuns() {
    long part = submitted();
    tables.failed("ITEMS", wrong);
    tables.failed("SALES", wrong);
    assertThat(tables.flying("SALES")).isTrue();
    assertThat(tables.flying("ITEMS")).isFalse();
    assertThat(tables.done()).isFalse();

    tables.stuck(part);
    assertThat(tables.isStuck(part)).isTrue();
    assertThat(tables.flying("SALES")).isFalse();
    assertThat(tables.done()).as("what is left cannot be moved by this run").isTrue();
  }

  @Test
  void aTableThatGoesOnIsNotDoneForAStuckPart() {
    tables.failed("ITEMS", wrong);
    tables.stuck(submitted());
    assertThat(tables.done()).isFalse();
  }

  private long submitted() {
    books.stage(books.claim(ME), ME, 10);
    Granted granted = (Granted) books.reserve(PLENTY);
    ledger.jobs().created(granted.job(), ME, "7508d00000000001AA");
    ledger.jobs().uploaded(granted.job(), ME);
    ledger.jobs().submitted(granted.job(), ME);
    return granted.part().id();
  }
}
