package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.Ledger;
import io.initload.plan.Snapshot;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cluster whose instances do not all know a moment that was just taken. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireLagTest {
  @TempDir Path directory;

  private final WireOracle oracle;
  private final WireFaults faults;
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

  WireLagTest(WireOracle oracle) {
    this.oracle = oracle;
    this.faults = new WireFaults(oracle);
  }

  @Test
  void aMomentThatAnInstanceDoesNotKnowYetIsAskedForAgain() throws Exception {
    try (LocalMigration migration = migration(1)) {
      assertThat(planned(migration)).isEqualTo(begun(migration));
      assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(5)) >= 0);
      assertThat(migration.certificate().notes()).noneMatch(note -> note.contains("later moment"));
    }
  }

  @Test
  void aMomentThatNoInstanceKnowsIsGivenUpForALaterOne() throws Exception {
    try (LocalMigration migration = migration(2)) {
      assertThat(planned(migration)).isNotEqualTo(begun(migration));
      assertThat(migration.certificate().notes()).anyMatch(note -> note.contains("later moment"));
    }
  }

  /** Loaded whole, though so many statements that plan are refused. */
  private LocalMigration migration(int times) throws Exception {
    LocalMigration migration =
        faults.migration(directory, faults.config(), 200).sleeper(waits::add).sessions(1);
    String rule =
        faults.rule(
            "execute",
            "\"statement\": \"*COUNT(*AS OF SCN*\", \"times\": " + times,
            "\"error\": 8181");
    List<String> strikes =
        oracle.faulty(WireFaults.plan(rule), () -> WireFaults.complete(migration));
    assertThat(strikes).hasSize(times);
    return migration;
  }

  private static Snapshot planned(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.tables().pass("T").orElseThrow().snapshot();
    }
  }

  private static Snapshot begun(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.migrations().begun().orElseThrow().snapshot();
    }
  }
}
