package io.initload.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.notify.NotifyConfig.Event;
import io.initload.ledger.ActivityBook.Activity;
import io.initload.ledger.audit.Chain.Head;
import io.initload.ledger.notices.NoticeBook.Told;
import io.initload.ledger.pages.HistoryBook.Throughput;
import io.initload.pipeline.MigrationStatus;
import io.initload.pipeline.MigrationStatus.Spent;
import io.initload.plan.Batches;
import io.initload.plan.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is due to be told follows from how things stand and from what was told. */
class DueTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");

  private final List<Told> told = new ArrayList<>(List.of(told(Event.STARTED, "started", NOW)));

  @Test
  void rowsThatNeedAPersonAreToldAgainWhenTheyAreTenTimesAsMany() {
    List<Long> tellingRows = new ArrayList<>();
    for (long rows : new long[] {0, 1, 2, 9, 10, 40, 99, 5_000, 9_999, 700, 10_000}) {
      for (Occasion due : due(Map.of(), rows, Optional.empty(), NOW)) {
        tellingRows.add(rows);
        told.add(told(due.event(), due.key(), NOW));
      }
    }
    assertThat(tellingRows).containsExactly(1L, 10L, 5_000L, 10_000L);
  }

  @Test
  void anAllowanceThatFreesItselfPieceByPieceIsToldOnceADay() {
    List<Duration> telling = new ArrayList<>();
    for (int hour = 0; hour <= 50; hour++) {
      Instant at = NOW.plus(Duration.ofHours(hour));
      Optional<Instant> until = Optional.of(at.plus(Duration.ofMinutes(20)));
      for (Occasion due : due(Map.of(), 0, until, at)) {
        assertThat(due.until()).isEqualTo(until);
        telling.add(Duration.between(NOW, at));
        told.add(told(due.event(), due.key(), at));
      }
    }
    assertThat(telling).containsExactly(Duration.ZERO, Duration.ofHours(24), Duration.ofHours(48));
  }

  @Test
  void aTableThatIsStoppedIsToldOnceByItsCodeWithoutTheMessage() {
    Map<String, String> stopped = Map.of("CUSTOMERS", "KEY_EMPTY: the row of Mrs Smith: none");
    List<Occasion> due = due(stopped, 0, Optional.empty(), NOW);
    assertThat(due).singleElement().satisfies(o -> assertThat(o.code()).isEqualTo("KEY_EMPTY"));
    assertThat(due.toString()).doesNotContain("Smith");
    told.add(told(due.get(0).event(), due.get(0).key(), NOW));
    assertThat(due(stopped, 0, Optional.empty(), NOW)).isEmpty();
    assertThat(due(Map.of("CUSTOMERS", "SOURCE_GONE: away"), 0, Optional.empty(), NOW)).hasSize(1);
  }

  @Test
  void aRoundHasAnEndOfWhatItTells() {
    for (int i = told.size(); i < Due.TOLD_MAX; i++) {
      told.add(told(Event.STOPPED, "stopped T" + i + " X", NOW));
    }
    assertThat(due(Map.of("CUSTOMERS", "KEY_EMPTY: none"), 7, Optional.of(NOW), NOW)).isEmpty();
  }

  private List<Occasion> due(
      Map<String, String> stopped, long heldBack, Optional<Instant> until, Instant now) {
    Map<String, Long> codes = heldBack == 0 ? Map.of() : Map.of("REQUIRED_FIELD_MISSING", heldBack);
    MigrationStatus status =
        new MigrationStatus(
            "crm-history",
            "acme.my.salesforce.com",
            Snapshot.of(Snapshot.Kind.FROZEN, ""),
            NOW,
            Map.of(),
            Map.of(),
            List.of(),
            stopped,
            List.of(),
            0,
            new Spent(0, 0),
            Batches.of(0, 0),
            0,
            0.0,
            new Activity(1, 0, 0, 0, 0, 0, 0, 0.0, codes),
            Optional.empty(),
            List.of(),
            new Throughput(3_600, List.of()),
            List.of(),
            until,
            Head.NONE,
            List.of(),
            "");
    return Due.of(status, told, (pass, reason) -> true, now);
  }

  private static Told told(Event event, String occasion, Instant at) {
    return new Told(1, event, occasion, at, Optional.of(""));
  }
}
