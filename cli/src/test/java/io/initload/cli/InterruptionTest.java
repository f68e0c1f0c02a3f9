package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.hook.RequestHook;
import io.initload.simulator.journal.UsageEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that ends in the middle, and the same command again. The org's own log is the judge. */
@Tag("system")
class InterruptionTest {
  private static final int CUSTOMERS = 60_000;
  private static final int FIRST_HELD_JOB = 4;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalStopsTheRunAndTheSameCommandFinishesIt(String signal) throws InterruptedException {
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      CountDownLatch running = new CountDownLatch(1);
      AtomicBoolean held = new AtomicBoolean(true);
      site.org()
          .hooks()
          .add(
              job -> {
                if (!held.get() || job.jobNumber() < FIRST_HELD_JOB) {
                  return JobEffect.NONE;
                }
                running.countDown();
                return new JobEffect.Stall(Duration.ofMillis(50));
              });
      try (Launched run = site.start("run")) {
        assertThat(running.await(3, TimeUnit.MINUTES)).isTrue();
        run.signal(signal);
        Shell.Result stopped = run.end().exits(5);
        assertThat(stopped.out()).contains("the same command goes on from here");
        assertThat(stopped.err()).doesNotContain("\tat ");
      }
      assertThat(site.org().records("Account").count()).isLessThan(CUSTOMERS);
      held.set(false);
      site.run("run").exits(0);
      provedComplete(site);
    }
  }

  /** The process dies at the very moment when the org has seen, or done, what it was asked for. */
  @ParameterizedTest
  @CsvSource({
    "ingest.create, AFTER_COMMIT",
    "ingest.upload, UPLOAD",
    "ingest.upload, AFTER_COMMIT",
    "ingest.state, AFTER_COMMIT",
    "ingest.successfulResults, BODY"
  })
  void aKillInTheMiddleLosesNothingAndLoadsNothingTwice(String action, RequestHook.Point at) {
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      try (Launched run = site.start("run")) {
        site.org()
            .hooks()
            .add(
                (point, request, bytes) -> {
                  if (point == at
                      && request.action().equals(action)
                      && site.org().log().usage().size() > 2) {
                    run.kill();
                  }
                  return Effect.NONE;
                });
        run.end().exits(137);
      }
      site.run("run").exits(0);
      provedComplete(site);
    }
  }

  @Test
  void aRunThatIsDoneIsLeftAlone() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      int requests = site.org().log().usage().size();
      site.run("run").exits(0);
      assertThat(site.org().log().usage()).hasSize(requests);
    }
  }

  private static void provedComplete(Site site) {
    assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
    assertThat(site.org().log().usage().stream().mapToLong(UsageEntry::records).sum())
        .as("rows the org took in; one of them to learn how it takes gzip")
        .isEqualTo(CUSTOMERS + Site.COUNTRIES + 1);
    MigrationTest.checkCertificate(site.run("reconcile", "--json").exits(0).json(), 2);
  }
}
