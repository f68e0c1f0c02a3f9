package io.initload.cli.wish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.MigrationTest;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.cli.task.Task;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.hook.JobEffect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run, and another terminal. */
@Tag("system")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PauseTest {
  private static final int CUSTOMERS = 60_000;
  private static final int FIRST_HELD_JOB = 4;
  private static final String PAUSED = "was paused at";

  @TempDir Path directory;

  private final CountDownLatch running = new CountDownLatch(1);
  private final AtomicBoolean held = new AtomicBoolean(true);

  @Test
  void whatWasBegunEndsAndNothingNewIsBegunUntilItIsResumed() throws InterruptedException {
    try (Site site = slow()) {
      try (Launched run = site.start("run")) {
        assertThat(running.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(site.run("pause").exits(0).out()).contains("The migration " + PAUSED);
        held.set(false);
        run.until(() -> atRest(site));
        int jobs = site.org().jobs().size();
        assertThat(site.org().jobs())
            .extracting(JobInfo::state)
            .containsOnly(JobState.JOB_COMPLETE);
        JsonNode status = status(site);
        assertThat(status.path("rowsLeft").asLong()).isPositive();
        assertThat(status.at("/waits/0/reason").asText()).isEqualTo("PAUSED");
        assertThat(site.run("status").out()).contains("The migration " + PAUSED, "initload resume");
        assertThat(site.org().jobs()).hasSize(jobs);
        assertThat(run.runs()).isTrue();

        assertThat(site.run("resume").exits(0).out()).contains("Nothing is paused.");
        Shell.Result ended = run.end().exits(0);
        assertThat(ended.out() + ended.err()).contains("The migration " + PAUSED);
      }
      assertThat(complete(site)).anyMatch(note -> note.contains(PAUSED));
    }
  }

  @Test
  void oneTableWaitsAndAnotherOneGoesOn() {
    try (Site site = Site.open(directory)) {
      site.run("pause", "--table", "CUSTOMERS").exits(0);
      try (Launched run = site.start("run")) {
        run.until(() -> site.org().records("Country__c").count() == Site.COUNTRIES);
        run.until(() -> site.run("status").out().contains("CUSTOMERS " + PAUSED));
        assertThat(site.org().records("Account").count()).isZero();
        site.run("resume", "--table", "CUSTOMERS").exits(0);
        run.end().exits(0);
      }
      assertThat(site.run("pause", "--table", "NOBODY").exits(1).err()).contains("USAGE");
    }
  }

  @Test
  void anAbortEndsRunAndJobsAndTheNextRunLoadsWhatIsLeft() throws InterruptedException {
    try (Site site = slow()) {
      try (Launched run = site.start("run")) {
        assertThat(running.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(site.run("abort").exits(0).out()).contains("--confirm crm-history");
        assertThat(site.run("abort", "--confirm", "crm-other").exits(1).err()).contains("USAGE");
        assertThat(run.runs()).isTrue();

        JsonNode aborted = site.run("abort", "--confirm", "crm-history", "--json").exits(0).json();
        assertThat(aborted.path("complete").asBoolean()).isTrue();
        assertThat(aborted.path("jobs").asInt()).isPositive();
        Shell.Result ended = run.end().exits(5);
        assertThat(ended.out() + ended.err()).contains("was aborted at");
      }
      assertThat(site.org().jobs())
          .extracting(JobInfo::state)
          .contains(JobState.ABORTED)
          .doesNotContain(JobState.OPEN, JobState.UPLOAD_COMPLETE, JobState.IN_PROGRESS);
      JsonNode status = status(site);
      assertThat(status.at("/activity/jobsRunning").asInt()).isZero();
      assertThat(status.at("/waits/0/reason").asText()).isEqualTo("ABORTED");
      long loaded = 0;
      for (JsonNode table : status.path("tables")) {
        loaded += table.path("created").asLong();
        assertThat(table.path("updated").asLong()).isZero();
      }
      assertThat(loaded)
          .as("what the aborted jobs had written is booked")
          .isEqualTo(
              site.org().records("Account").count() + site.org().records("Country__c").count());

      held.set(false);
      site.run("run").exits(0);
      assertThat(complete(site)).anyMatch(note -> note.contains("was aborted at"));
    }
  }

  @Test
  void stepsOfAnOrchestratorEndAndGoOnAfterwards() {
    try (Site site = Site.open(directory)) {
      Map<String, Object> customers = Map.of("table", "CUSTOMERS");
      Map<String, Object> chunk = Map.of("table", "CUSTOMERS", "chunk", 1);
      site.run("pause").exits(0);
      Task.Ended paused = Task.run(site, "plan", customers, 76);
      assertThat(paused.failure()).isEqualTo("PAUSED");
      assertThat(Instant.parse(paused.result().path("retryAt").asText())).isAfter(Instant.now());
      site.run("resume").exits(0);
      Task.run(site, "plan", Map.of(), 0);
      Task.run(site, "finish", Map.of("table", "COUNTRIES"), 0);

      site.run("pause", "--table", "CUSTOMERS").exits(0);
      assertThat(Task.run(site, "move", chunk, 76).failure()).isEqualTo("PAUSED");
      assertThat(Task.run(site, "finish", customers, 76).failure()).isEqualTo("PAUSED");
      assertThat(site.org().records("Account").count()).isZero();

      site.run("abort", "--confirm", "crm-history").exits(0);
      assertThat(Task.run(site, "move", chunk, 3).failure()).isEqualTo("ABORTED");
      assertThat(Task.run(site, "plan", customers, 3).failure()).isEqualTo("ABORTED");
      assertThat(Task.run(site, "finish", customers, 3).failure()).isEqualTo("ABORTED");

      site.run("resume").exits(0);
      assertThat(site.run("audit").exits(0).out()).contains("PAUSE", "RESUME", "ABORT");
      Task.run(site, "move", chunk, 0);
      Task.run(site, "finish", customers, 0);
      assertThat(site.org().records("Account").count()).isEqualTo(2_000);
    }
  }

  @Test
  void statusSaysThatARunWaitsForTheHour() {
    try (Site site = Site.open(directory)) {
      LocalTime opens = LocalTime.now(ZoneOffset.UTC).plusHours(6).truncatedTo(ChronoUnit.MINUTES);
      site.with("auth:", "hours: \"%s-%s UTC\"\n  auth:".formatted(opens, opens.plusHours(1)));
      try (Launched run = site.start("run")) {
        run.until(() -> site.ledger().toFile().exists());
        run.until(() -> site.run("status").out().contains("It is outside of target.hours"));
        assertThat(site.run("status").out()).contains("Loading goes on at ");
        JsonNode wait = status(site).path("waits").get(0);
        assertThat(wait.path("reason").asText()).isEqualTo("TARGET_HOURS");
        assertThat(Instant.parse(wait.path("until").asText()))
            .isAfter(Instant.now().plus(Duration.ofHours(4)));
        run.signal("TERM");
        run.end().exits(5);
      }
    }
  }

  /** The fourth job and those after it take their time until they are let go. */
  private Site slow() {
    Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS);
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
    // Some jobs are to be begun after the pause.
    return site.with("auth:", "maxConcurrentJobs: 1\n  auth:");
  }

  private static JsonNode status(Site site) {
    return site.run("status", "--json").exits(0).json();
  }

  private static boolean atRest(Site site) {
    JsonNode activity = status(site).path("activity");
    return activity.path("jobsUploading").asInt() + activity.path("jobsRunning").asInt() == 0
        && activity.path("chunksReading").asInt() == 0;
  }

  /** Each row is there, and each was loaded once; the notes of the certificate. */
  private static List<String> complete(Site site) {
    assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
    MigrationTest.checkCertificate(certificate, 2);
    assertThat(certificate.path("tables").findValuesAsText("created"))
        .containsExactly("20", Integer.toString(CUSTOMERS));
    List<String> notes = new ArrayList<>();
    certificate.path("notes").forEach(note -> notes.add(note.asText()));
    return notes;
  }
}
