package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.Upload;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.fault.FaultPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A loader as plain as can be, which only does what the types of the client's failures tell it,
 * brings every row into an org where a tenth of everything goes wrong.
 */
@Tag("system")
class DrawnFaultsTest {
  private static final JobRequest UPSERT = JobRequest.upsert("Account", "External_ID__c");
  private static final int ROWS = 3_000;
  private static final int PARTS = 4;

  @TempDir Path dir;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyRowArrivesOnceAndIsBookedOnce(long seed) throws Exception {
    OrgOptions virtualTime =
        OrgOptions.defaults().clock(new VirtualClock(Instant.parse("2026-11-23T12:00:00Z")));
    try (SimulatedFixture fixture = new SimulatedFixture(virtualTime)) {
      fixture.simulator.faults(FaultPlan.drawn(seed, 0.1));
      Set<String> booked = new HashSet<>();
      for (int part = 0; part < PARTS; part++) {
        Set<String> left =
            IntStream.range(part * ROWS, (part + 1) * ROWS)
                .mapToObj(i -> "k" + i)
                .collect(Collectors.toCollection(HashSet::new));
        for (int round = 0; !left.isEmpty(); round++) {
          assertThat(round).as("seed %d: rounds of part %d", seed, part).isLessThan(50);
          load(fixture, left, booked);
        }
      }
      fixture.simulator.clearFaults();
      assertThat(booked).as("seed %d", seed).hasSize(PARTS * ROWS);
      assertThat(fixture.simulator.records("Account").count())
          .as("seed %d", seed)
          .isEqualTo(PARTS * ROWS);
      try (Stream<OrgRecord> records = fixture.simulator.records("Account").stream()) {
        assertThat(records.map(r -> r.value("External_ID__c").orElseThrow()))
            .as("seed %d", seed)
            .doesNotHaveDuplicates();
      }
    }
  }

  /** One job; books what it wrote and takes it off what is left. */
  private void load(SimulatedFixture fixture, Set<String> left, Set<String> booked)
      throws InterruptedException {
    IngestJobs jobs = fixture.org.jobs();
    Set<String> known = new HashSet<>();
    Instant intent = fixture.simulator.clock().instant();
    String job;
    try {
      job = patiently(() -> jobs.create(UPSERT)).id();
    } catch (OrgException.UnknownOutcome e) {
      for (JobInfo orphan :
          patiently(
              () -> Orphans.among(jobs.list(), fixture.org.userId(), UPSERT, intent, known))) {
        jobs.discard(orphan.id());
      }
      return;
    }
    String csv =
        left.stream()
            .map(key -> key + ",Name " + key)
            .collect(Collectors.joining("\n", "External_ID__c,Name\n", "\n"));
    try {
      patiently(
          () -> {
            jobs.upload(job, Upload.text(csv));
            return true;
          });
    } catch (OrgException.UnknownOutcome e) {
      patiently(() -> jobs.ensureEnded(job));
      return;
    }
    patiently(() -> jobs.ensureSubmitted(job));
    JobWatch watch = new JobWatch(jobs);
    List<JobInfo> ended = new ArrayList<>();
    while (ended.isEmpty()) {
      ended.addAll(patiently(() -> watch.look(List.of(job)).ended()));
      fixture.simulator.clock().pass(Duration.ofSeconds(10));
    }
    for (RowResult row : patiently(() -> fixture.results(job, ResultKind.SUCCESSFUL, dir))) {
      assertThat(left.remove(row.key())).as(row.key()).isTrue();
      assertThat(booked.add(row.key())).as(row.key()).isTrue();
    }
    TreeMap<String, Integer> codes = new TreeMap<>();
    for (RowResult row : patiently(() -> fixture.results(job, ResultKind.FAILED, dir))) {
      codes.merge(row.error().code(), 1, Integer::sum);
      assertThat(row.error().known().errorClass().isRetried()).as(row.error().code()).isTrue();
      assertThat(left).contains(row.key());
    }
  }

  /** Waits through what passes by itself, however long it lasts. */
  private static <T> T patiently(io.initload.retry.Retry.Act<T> act) throws InterruptedException {
    for (int i = 0; ; i++) {
      try {
        return act.run();
      } catch (OrgException.Unavailable | OrgException.LimitReached | OrgException.SessionLost e) {
        if (i == 200) {
          throw e;
        }
      }
    }
  }
}
