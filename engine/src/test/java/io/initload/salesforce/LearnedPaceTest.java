package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.retry.AdaptiveConcurrency;
import io.initload.retry.AdaptiveConcurrency.End;
import io.initload.retry.AdaptiveConcurrency.Observation;
import io.initload.salesforce.wire.Upload;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The learned number of jobs against fixed ones, in orgs whose capacity is hidden, in org time. */
@Tag("system")
class LearnedPaceTest {
  private static final Logger LOG = LoggerFactory.getLogger(LearnedPaceTest.class);
  private static final int JOBS = 90;
  private static final Duration WORK = Duration.ofSeconds(40);

  private record Outcome(Duration took, double averageInFlight) {}

  @ParameterizedTest(name = "an org that works on {0} batches at once")
  @ValueSource(ints = {1, 4, 12})
  void isNearlyAsFastAsTheBestFixedNumberAndQueuesLess(int capacity) throws Exception {
    AdaptiveConcurrency pace = new AdaptiveConcurrency(15);
    Outcome learned = run(capacity, pace::limit, pace::ended);
    Outcome one = run(capacity, () -> 1, job -> {});
    Outcome fifteen = run(capacity, () -> 15, job -> {});
    LOG.info(
        "capacity {}: learned {} with {} in flight, 1: {}, 15: {}",
        capacity,
        learned.took(),
        learned.averageInFlight(),
        one.took(),
        fifteen.took());
    assertThat(learned.took()).isLessThan(fifteen.took().multipliedBy(5).dividedBy(4));
    assertThat(learned.averageInFlight()).isLessThan(capacity + 4);
    if (capacity > 1) {
      assertThat(learned.took()).isLessThan(one.took().dividedBy(2));
    }
  }

  private static Outcome run(int capacity, IntSupplier limit, Consumer<Observation> ended)
      throws Exception {
    Instant start = Instant.parse("2026-11-23T12:00:00Z");
    OrgOptions options =
        OrgOptions.defaults()
            .clock(new VirtualClock(start))
            .cost(new CostModel(Duration.ofSeconds(2), WORK, 1_000, capacity));
    try (SimulatedFixture fixture = new SimulatedFixture(options)) {
      IngestJobs jobs = fixture.org.jobs();
      JobWatch watch = new JobWatch(jobs);
      Set<String> running = new LinkedHashSet<>();
      long inFlight = 0;
      long looks = 0;
      for (int begun = 0, done = 0; done < JOBS; ) {
        for (; begun < JOBS && running.size() < limit.getAsInt(); begun++) {
          JobInfo job = jobs.create(JobRequest.upsert("Account", "External_ID__c"));
          jobs.upload(job.id(), Upload.text("External_ID__c,Name\nk" + begun + ",N\n"));
          jobs.submit(job.id());
          running.add(job.id());
        }
        fixture.simulator.clock().pass(Duration.ofSeconds(4));
        if (begun < JOBS) {
          inFlight += running.size();
          looks++;
        }
        int submitted = running.size();
        for (JobInfo job : watch.look(running).ended()) {
          ended.accept(
              new Observation(
                  submitted,
                  job.counters().processed(),
                  0,
                  job.counters().total(),
                  job.counters().active(),
                  End.CLEAN));
          running.remove(job.id());
          jobs.delete(job.id());
          done++;
        }
      }
      Duration took = Duration.between(start, fixture.simulator.clock().instant());
      return new Outcome(took, (double) inFlight / looks);
    }
  }
}
