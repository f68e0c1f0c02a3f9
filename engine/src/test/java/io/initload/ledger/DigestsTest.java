package io.initload.ledger;

import static io.initload.ledger.Books.ME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.ledger.digests.RangeBook.Range;
import io.initload.ledger.digests.StagedSums.Broken;
import io.initload.ledger.digests.StagedSums.Older;
import io.initload.ledger.digests.StagedSums.Summed;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.entry.Staged.Digested;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.KeyedHash;
import io.initload.mapping.canonical.RowDigest;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    RowDigest digest = new RowDigest(new byte[KeyedHash.KEY_BYTES], List.of("Name"));
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
  void theKeyIsDrawnOnce() {
    byte[] key = ledger.digests().key();
    assertThat(key).hasSize(KeyedHash.KEY_BYTES);
    assertThat(ledger.digests().key()).isEqualTo(key);
    try (Ledger again = Ledger.open(config, "history", clock)) {
      assertThat(again.digests().key()).isEqualTo(key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0102", "no digits at all"})
  void aKeyThatIsNoneIsSaidToBe(String written) throws SQLException {
    assertThat(ledger.digests().key()).isNotEmpty();
    change("UPDATE migration SET digest_salt = '" + written + "'");
    assertThatThrownBy(() -> ledger.digests().key())
        .isInstanceOfSatisfying(
            Failure.class,
            e -> {
              assertThat(e.code()).isEqualTo("LEDGER_DAMAGED");
              assertThat(e.getMessage()).contains("the key of the digests of history");
            });
  }

  @Test
  void theSumsOfAllChunksAreAddedUp() {
    assertThat(summed().sums().rows()).isZero();
    stage(Optional.of(new Digested(sums("a", "b"), List.of("Phone"))));
    stage(Optional.of(new Digested(sums("c", "d"), List.of("Phone"))));
    BucketSums all = summed().sums();
    assertThat(all.rows()).isEqualTo(4);
    assertThat(all.differing(sums("d", "c", "b", "a")).isEmpty()).isTrue();
    assertThat(summed().exempt()).containsExactly(List.of("Phone"));
  }

  private Summed summed() {
    assertThat(ledger.digests().staged("SALES")).isInstanceOf(Summed.class);
    return (Summed) ledger.digests().staged("SALES");
  }

  /** As a version did that knew no digests. */
  @Test
  void aChunkWithoutDigestsLeavesNoSumAtAll() {
    stage(Optional.of(new Digested(sums("a", "b"), List.of())));
    stage(Optional.empty());
    assertThat(ledger.digests().staged("SALES")).isEqualTo(new Older(1));
  }

  /** Those of a ledger from before it was noted how digests are made. */
  @Test
  void digestsOfAnotherWayAreNotAddedUp() throws SQLException {
    stage(Optional.of(new Digested(sums("a", "b"), List.of())));
    stage(Optional.of(new Digested(sums("c", "d"), List.of())));
    change("UPDATE chunk_digest SET algorithm = 'sha256' WHERE chunk_no = 1");
    assertThat(ledger.digests().staged("SALES")).isEqualTo(new Older(1));
    change("UPDATE chunk_digest SET algorithm = 'polymur2'");
    assertThat(summed().sums().rows()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sums = 'AAAA'", "sums = '?'", "row_count = 3", "exempt = 'Phone'"})
  void digestsThatNobodyWroteAreNamed(String change) throws SQLException {
    stage(Optional.of(new Digested(sums("a", "b"), List.of())));
    stage(Optional.of(new Digested(sums("c", "d"), List.of())));
    change("UPDATE chunk_digest SET " + change + " WHERE chunk_no = 2");
    assertThat(ledger.digests().staged("SALES")).isEqualTo(new Broken(List.of(2L)));
  }

  private void change(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
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

  /** It is read again. */
  @Test
  void aRangeOfWhichTheSumsAreNoneIsNotRead() throws SQLException {
    ledger.ranges().begin(READING, List.of(""));
    ledger.ranges().read(READING, "", sums("a"));
    change("UPDATE read_range SET sums = 'AAAA'");
    assertThat(ledger.ranges().of(READING).get(0).sums()).isEmpty();
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
