package io.initload.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.Launched;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.RequestHook;
import io.initload.simulator.journal.JobEntry;
import io.initload.simulator.journal.UsageEntry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on one ledger, and processes that end before their work does. */
@Tag("system")
class TaskProcessesTest {
  private static final int CUSTOMERS = 30_000;
  private static final int JOBS = 3;
  private static final Map<String, Object> CHUNK = Map.of("table", "CUSTOMERS", "chunk", 1);

  @TempDir Path directory;
  private Site site;
  private Server source;

  @BeforeEach
  void open() {
    site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS);
    source = site.serveSource();
    configure(100_000);
  }

  @AfterEach
  void close() {
    source.stop();
    site.close();
  }

  @Test
  void anOrphanAndARetryNeverBothLoad() {
    parents();
    List<Task> tries = new ArrayList<>();
    for (String host : List.of("east", "west", "east")) {
      tries.add(Task.start(site, host, "move", CHUNK));
    }
    for (Task task : tries) {
      assertThat(task.process().end().code()).isIn(0, 75);
    }
    run("west", "finish", Map.of("table", "CUSTOMERS"), 0);
    provedComplete();
  }

  @Test
  void aSignalEndsAStepInTheMiddleAndTheNextGoesOnAtOnce() throws Exception {
    parents();
    CountDownLatch uploading = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    site.org().hooks().add(held(uploading, over));
    try (Task task = Task.start(site, "east", "move", CHUNK)) {
      assertThat(uploading.await(3, TimeUnit.MINUTES)).isTrue();
      task.process().signal("TERM");
      assertThat(task.ends(5).failure()).isEqualTo("INTERRUPTED");
    } finally {
      over.countDown();
    }
    run("east", "move", CHUNK, 0);
    run("east", "collect", CHUNK, 0);
    provedComplete();
  }

  @Test
  void aStepEndsWhenTheProcessThatStartedItIsGone() throws Exception {
    parents();
    CountDownLatch uploading = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    site.org().hooks().add(held(uploading, over));
    try (Task task = Task.startByAnother(site, "east", "move", CHUNK)) {
      assertThat(uploading.await(3, TimeUnit.MINUTES)).isTrue();
      ProcessHandle step = task.process().children().get(0);
      task.process().kill();
      step.onExit().get(3, TimeUnit.MINUTES);
      assertThat(task.result().path("failure").path("code").asText()).isEqualTo("INTERRUPTED");
    } finally {
      over.countDown();
    }
    run("west", "move", CHUNK, 0);
    run("west", "collect", CHUNK, 0);
    provedComplete();
  }

  /** What is opened first may be what does not answer: a connection that is taken, and silence. */
  @ParameterizedTest
  @ValueSource(strings = {"ledger", "source", "org"})
  void aStepEndsWhileItWaitsForWhatDoesNotAnswer(String silent) throws Exception {
    for (boolean orphaned : List.of(false, true)) {
      try (ServerSocket listener = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
        String address = "127.0.0.1:" + listener.getLocalPort();
        String database = "url: \"jdbc:postgresql://" + address + "/x\"";
        site.config(
            text ->
                switch (silent) {
                  case "ledger" -> text.replaceAll("url: \"jdbc:sqlite:[^\"]*\"", database);
                  case "source" -> text.replaceAll("url: jdbc:h2:.*", database);
                  default ->
                      text.replace(site.source().url(), site.source().url(source.getPort()))
                          .replace(site.org().loginUrl(), "http://" + address);
                });
        try (Task task =
                orphaned
                    ? Task.startByAnother(site, "east", "plan", Map.of())
                    : Task.start(site, "east", "plan", Map.of());
            Socket taken = listener.accept()) {
          assertThat(taken.isConnected()).isTrue();
          if (orphaned) {
            ProcessHandle step = task.process().children().get(0);
            task.process().kill();
            step.onExit().get(3, TimeUnit.MINUTES);
            assertThat(task.result().path("failure").path("code").asText())
                .isEqualTo("INTERRUPTED");
          } else {
            task.process().signal("TERM");
            assertThat(task.ends(5).failure()).isEqualTo("INTERRUPTED");
          }
        }
      }
    }
  }

  @Test
  void twoRunsAtOnceShareTheWorkAndTheSlots() {
    configure(5_000);
    List<Launched> runs = new ArrayList<>();
    for (String host : List.of("east", "west")) {
      runs.add(
          Launched.start(
              directory, Task.environment(site, host), "run", "-c", site.config().toString()));
    }
    runs.forEach(run -> run.end().exits(0));
    provedComplete();
  }

  /** Stops the first upload of customers in the middle, until it is let go. */
  private static RequestHook held(CountDownLatch uploading, CountDownLatch over) {
    return (point, request, bytes) -> {
      if (point != RequestHook.Point.UPLOAD || over.getCount() == 0) {
        return Effect.NONE;
      }
      uploading.countDown();
      return new Effect.Act(
          () -> {
            try {
              over.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    };
  }

  private void configure(int chunkRows) {
    site.config(
        text ->
            text.replace("chunking: {rows: 10000}", "chunking: {rows: " + chunkRows + "}")
                .replace(site.source().url(), site.source().url(source.getPort()))
                .replace("  http: {", "  maxConcurrentJobs: " + JOBS + "\n  http: {")
                .replace(site.staging().toString(), "${INITLOAD_STAGING}"));
  }

  private void parents() {
    run("east", "plan", Map.of(), 0);
    run("east", "finish", Map.of("table", "COUNTRIES"), 0);
  }

  private Task.Ended run(String host, String step, Map<String, Object> request, int code) {
    try (Task task = Task.start(site, host, step, request)) {
      return task.ends(code);
    }
  }

  private void provedComplete() {
    assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    assertThat(site.org().log().usage().stream().mapToLong(UsageEntry::records).sum())
        .as("rows the org took in, but for those that ask how it takes gzip")
        .isBetween(CUSTOMERS + Site.COUNTRIES + 0L, CUSTOMERS + Site.COUNTRIES + 2L);
    assertThat(mostJobs()).isLessThanOrEqualTo(JOBS);
    Task.Ended proof = run("west", "reconcile", Map.of("level", "sample"), 0);
    assertThat(proof.result().path("closed").asBoolean()).isTrue();
  }

  /** Jobs between create and a terminal state, by the org's own log. */
  private int mostJobs() {
    Set<String> open = new HashSet<>();
    int most = 0;
    for (JobEntry entry : site.org().log().jobs()) {
      switch (entry.state()) {
        case "JobComplete", "Failed", "Aborted", "Deleted" -> open.remove(entry.jobId());
        default -> open.add(entry.jobId());
      }
      most = Math.max(most, open.size());
    }
    return most;
  }
}
