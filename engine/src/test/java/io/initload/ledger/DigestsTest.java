package io.initload.ledger;

import static io.initload.ledger.Books.ME;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.LedgerConfig;
import io.initload.ledger.digests.RangeBook.Range;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.entry.Staged.Digested;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.RowDigest;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/** Sums of digests are kept on both databases alike. */
@ParameterizedClass
@EnumSource(Books.Kind.class)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
final class DigestsTest {
  private static final String READING = "some reading";

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
    books.planTable(4, 2);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static BucketSums sums(String... keys) {
    RowDigest digest = new RowDigest(new byte[] {1}, List.of("Name"));
    BucketSums sums = BucketSums.forRows(keys.length);
    for (String key : keys) {
      digest.row(key, i -> "a name");
      sums.add(0, digest);
    }
    return sums;
  }

  private void stage(Optional<Digested> digests) {
    Chunk chunk = books.claim(ME);
    ledger
        .chunks()
        .staged(
            chunk, ME, new Staged(2, Quarantine.EMPTY, List.of(), List.of(), List.of(), digests));
  }

  @Test
  void theSaltIsDrawnOnce() {
    byte[] salt = ledger.digests().salt();
    assertThat(salt).hasSize(32);
    assertThat(ledger.digests().salt()).isEqualTo(salt);
    try (Ledger again = Ledger.open(config, "history", clock)) {
      assertThat(again.digests().salt()).isEqualTo(salt);
    }
  }

  @Test
  void theSumsOfAllChunksAreAddedUp() {
    assertThat(ledger.digests().staged("SALES").orElseThrow().rows()).isZero();
    stage(Optional.of(new Digested(sums("a", "b"), List.of("Phone"))));
    stage(Optional.of(new Digested(sums("c", "d"), List.of("Phone"))));
    BucketSums all = ledger.digests().staged("SALES").orElseThrow();
    assertThat(all.rows()).isEqualTo(4);
    assertThat(all.differing(sums("d", "c", "b", "a")).isEmpty()).isTrue();
    assertThat(ledger.digests().exempt("SALES")).containsExactly(List.of("Phone"));
  }

  /** As a version did that knew no digests. */
  @Test
  void aChunkWithoutDigestsLeavesNoSumAtAll() {
    stage(Optional.of(new Digested(sums("a", "b"), List.of())));
    stage(Optional.empty());
    assertThat(ledger.digests().staged("SALES")).isEmpty();
  }

  @Test
  void howFarTheOrgIsReadIsKeptForADay() {
    ledger.ranges().begin(READING, List.of("one", "two"));
    ledger.ranges().job(READING, "one", "750x");
    ledger.ranges().read(READING, "one", sums("a"));
    Range two = ledger.ranges().of(READING).get(1);
    ledger.ranges().divide(READING, two, List.of("two.1", "two.2"));
    List<Range> ranges = ledger.ranges().of(READING);
    assertThat(ranges).extracting(Range::bounds).containsExactly("one", "two.1", "two.2");
    assertThat(ranges.get(0).job()).hasValue("750x");
    assertThat(ranges.get(0).sums().orElseThrow().rows()).isEqualTo(1);
    assertThat(ranges.get(1).job()).isEmpty();
    assertThat(ranges.get(1).begun()).isEqualTo(clock.instant());
    assertThat(ledger.ranges().of("another reading")).isEmpty();

    clock.advance(Duration.ofHours(25));
    assertThat(ledger.ranges().of(READING)).isEmpty();
  }

  @Test
  void aReadingIsForgottenWhenItIsDone() {
    ledger.ranges().begin(READING, List.of(""));
    ledger.ranges().begin("another reading", List.of(""));
    ledger.ranges().forget(READING);
    assertThat(ledger.ranges().of(READING)).isEmpty();
    assertThat(ledger.ranges().of("another reading")).hasSize(1);
  }
}
