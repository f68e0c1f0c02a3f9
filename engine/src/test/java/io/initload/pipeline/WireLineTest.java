package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole runs by the real driver over lines that break, and to a listener and a database that go.
 */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireLineTest {
  private static final List<String> LOST =
      List.of("SOURCE_READ", "SOURCE_UNREACHABLE", "SOURCE_CHUNK");

  @TempDir Path directory;

  private final WireOracle oracle;
  private final WireFaults faults;
  private final AtomicInteger troubles = new AtomicInteger();

  WireLineTest(WireOracle oracle) {
    this.oracle = oracle;
    this.faults = new WireFaults(oracle);
  }

  @Test
  void whateverBreaksALineInTheMiddleOfAChunkCostsOneMoreReading() throws Exception {
    goesOn(
        faults.config(),
        faults.rows("\"times\": 1, \"numbers\": \"1-\"", "\"cut\": 0"),
        faults.rows("\"times\": 1, \"numbers\": \"4-\"", "\"cut\": 300"),
        faults.rows("\"times\": 1, \"numbers\": \"7-\"", "\"reset\": 9"),
        faults.rows("\"times\": 1, \"numbers\": \"10-\"", "\"cut\": 3, \"of\": \"requests\""),
        faults.rows("\"times\": 1, \"numbers\": \"13-\"", "\"kill\": true"),
        faults.rows("\"times\": 1, \"numbers\": \"16-\"", "\"error\": 3113, \"ends\": true"));
  }

  @Test
  void aDatabaseThatRestartsIsAwaited() throws Exception {
    goesOn(
        faults.config(),
        faults.rows(
            "\"times\": 1, \"numbers\": \"3-\"", "\"restart\": {\"away\": 3, \"starting\": 2}"));
  }

  @Test
  void aSilentLineEndsAtTheReadTimeoutAndASlowOneDoesNot() throws Exception {
    goesOn(
        SourceConfigs.like(faults.config()).readTimeout(Duration.ofSeconds(2)).build(),
        faults.rows("\"times\": 1, \"numbers\": \"1-\"", "\"stall\": 200"),
        faults.rows("\"times\": 1, \"numbers\": \"4-\"", "\"delay\": 0.5"),
        faults.rows("\"times\": 1, \"numbers\": \"5-\"", "\"trickle\": 2000"));
    assertThat(troubles).as("of the silent one alone").hasValue(1);
  }

  private void goesOn(SourceConfig source, String... rules) throws Exception {
    try (LocalMigration migration =
        faults.migration(directory, source, 30).sleeper(duration -> troubles.incrementAndGet())) {
      List<String> strikes =
          oracle.faulty(WireFaults.plan(rules), () -> WireFaults.complete(migration));
      assertThat(strikes).hasSameSizeAs(rules);
    }
    assertThat(troubles.get()).isPositive();
  }

  /** From the listener's first byte to the last row's: seeds decide where, and how. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whereverALineBreaksTheRunsThatFollowCompleteWhatItBegan(long seed) throws Exception {
    String plan =
        """
        {"seed": %d, "faults": [
          {"when": {"call": "connect", "service": "BROKEN", "probability": 0.4},
           "then": {"cut": {"below": 12000}}},
          {"when": {"call": "connect", "service": "BROKEN", "probability": 0.4},
           "then": {"reset": {"below": 12000}}},
          {"when": {"call": "connect", "service": "BROKEN", "probability": 0.4},
           "then": {"cut": {"below": 5000}, "of": "requests"}}]}
        """
            .formatted(seed);
    try (LocalMigration migration = at("BROKEN", 40).sleeper(duration -> {})) {
      List<String> strikes =
          oracle.faulty(
              plan,
              () -> {
                boolean complete = false;
                for (int run = 1; run <= 20 && !complete; run++) {
                  complete = completed(migration);
                }
                assertThat(complete).as("seed %d", seed).isTrue();
              });
      assertThat(strikes).as("seed %d", seed).isNotEmpty();
    }
  }

  /** Whether it came to its end; else it says that the source was lost. */
  private static boolean completed(LocalMigration migration) throws InterruptedException {
    try {
      RunOutcome outcome = migration.run();
      outcome.failures().forEach(f -> assertThat(LOST).contains(f.code()));
      if (outcome.failures().isEmpty()) {
        WireFaults.whole(migration, outcome);
        return true;
      }
    } catch (Failure e) {
      assertThat(LOST).contains(e.code());
      assertThat(e.kind()).isEqualTo(Failure.Kind.TRANSIENT);
    }
    return false;
  }

  @ParameterizedTest
  @CsvSource({
    "12514, SOURCE_UNREACHABLE",
    "12505, SOURCE_UNREACHABLE",
    "12528, SOURCE_UNREACHABLE",
    "12516, SOURCE_READ",
    "12520, SOURCE_READ"
  })
  void whatTheListenerRefusesWithIsTold(int code, String told) throws Exception {
    try (LocalMigration migration = at("REFUSED", 200).sleeper(duration -> {})) {
      oracle.faulty(
          listening("REFUSED", "", "\"refuse\": " + code),
          () -> {
            Failure failure = WireFaults.failure(migration);
            assertThat(failure.code()).isEqualTo(told);
            assertThat(failure).hasMessageContaining("ORA-" + code);
          });
      WireFaults.complete(migration);
    }
  }

  @Test
  void aListenerThatSendsToAnotherAddressIsFollowed() throws Exception {
    try (LocalMigration migration = at("MOVED", 200)) {
      List<String> strikes =
          oracle.faulty(
              listening("MOVED", ", \"numbers\": \"1,3,5\"", "\"redirect\": \"\""),
              () -> WireFaults.complete(migration));
      assertThat(strikes).hasSizeGreaterThan(1);
    }
  }

  /** The pool's own errors, and a pool that was not started. */
  @Test
  void aPooledServerIsReadAsAnyOther() throws Exception {
    try (LocalMigration migration = at("POOL:POOLED", 200).sleeper(duration -> {})) {
      WireFaults.complete(migration);
    }
  }

  @Test
  void aListenerThatAcceptsAndIsSilentIsNotWaitedForForEver() throws Exception {
    try (LocalMigration migration = at("SILENT?connect_timeout=1", 200).sleeper(duration -> {})) {
      oracle.faulty(
          listening("SILENT", "", "\"stall\": 0"),
          () -> {
            Failure failure = WireFaults.failure(migration);
            assertThat(failure.code()).isEqualTo("SOURCE_UNREACHABLE");
            assertThat(failure).hasMessageContaining("ORA-12170");
          });
      WireFaults.complete(migration);
    }
  }

  private static String listening(String service, String when, String then) {
    return WireFaults.plan(
        "{\"when\": {\"call\": \"connect\", \"service\": \"%s\"%s}, \"then\": {%s}}"
            .formatted(service, when, then));
  }

  private LocalMigration at(String service, long chunkRows) {
    String url = oracle.url().replaceAll("/[A-Z]+$", "/" + service);
    return faults.migration(directory, faults.user().config(url), chunkRows);
  }
}
