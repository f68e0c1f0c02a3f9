package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.journal.UsageEntry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong around the process: the disk, the ledger's file, the org, the process itself. The
 * end is that of an undisturbed run; who must do something is told what.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("system")
class FaultsTest {
  private static final int CUSTOMERS = 60_000;

  @TempDir Path directory;

  @Test
  void aFullDiskIsNamedAndTheSameCommandGoesOnWhenThereIsRoom() throws Exception {
    assumeTrue(Mounts.possible(), "no mounts for this user");
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      Files.createDirectory(site.staging());
      AtomicBoolean held = new AtomicBoolean(true);
      // parts leave the disk when they are settled: none is
      site.org()
          .hooks()
          .add(
              job ->
                  held.get() && job.jobNumber() > 2
                      ? new JobEffect.Stall(Duration.ofMillis(50))
                      : JobEffect.NONE);
      List<String> onASmallDisk = new ArrayList<>(Mounts.disk(site.staging(), "64k"));
      onASmallDisk.addAll(Launched.command("run", "-c", site.config().toString()));
      try (Launched run = Launched.start(directory, Map.of(), onASmallDisk)) {
        Shell.Result full = run.end().exits(2);
        assertThat(full.err())
            .contains("STAGING_DISK_FULL", site.staging().toString(), "next: Free space")
            .doesNotContain("\tat ");
      }
      held.set(false);
      site.run("run").exits(0);
      provedComplete(site);
    }
  }

  @Test
  void aLockedLedgerIsNamedAndTheSameCommandGoesOnWhenItIsFree() throws Exception {
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      site.with("ledger: {url", "ledger: {patience: 300ms, url");
      site.run("status").exits(1);
      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        Shell.Result locked = site.run("run").exits(75);
        assertThat(locked.err())
            .contains("LEDGER_BUSY", site.ledger().toString(), "run the same command again")
            .doesNotContain("\tat ");
        assertThat(site.org().jobs()).isEmpty();
        statement.execute("ROLLBACK");
        try (Launched run = site.start("run")) {
          run.until(() -> site.org().log().usage().size() > 2);
          lockFor(statement, Duration.ofSeconds(2));
          run.end().exits(0);
        }
      }
      provedComplete(site);
    }
  }

  @Test
  void anOrgThatRestartsInTheMiddleIsWaitedFor() throws Exception {
    String[] simulator = {
      "simulator",
      "--data",
      directory.resolve("org").toString(),
      "--port",
      freePort(),
      "--login-port",
      freePort(),
      "--set",
      "cost.rowsPerSecond=10000"
    };
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      Launched org = Launched.start(directory, simulator);
      JsonNode ready = Shell.parse(org.firstLine());
      site.aimedAt(ready);
      try (Launched run = site.start("run")) {
        run.until(() -> count(ready) > 5_000);
        org.kill();
        assertThat(run.runs()).isTrue();
        org = Launched.start(directory, simulator);
        org.firstLine();
        run.end().exits(0);
        assertThat(count(ready)).isEqualTo(CUSTOMERS);
        MigrationTest.checkCertificate(site.run("reconcile", "--json").exits(0).json(), 2);
      } finally {
        org.close();
      }
    }
  }

  /** A few of the kills of benchmarks/kills. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void kindlessKillsAtAnyMomentLeaveWhatAnUndisturbedRunLeaves(long seed) throws Exception {
    Random chance = new Random(seed);
    OrgOptions slow = OrgOptions.defaults().set("cost.rowsPerSecond", "10000");
    try (Site site = Site.open(directory, slow, CUSTOMERS)) {
      for (int kill = 0; kill < 3; kill++) {
        try (Launched run = site.start("run")) {
          int before = site.org().log().requests().size();
          run.until(() -> site.org().log().requests().size() > before);
          Thread.sleep(chance.nextInt(1_500));
          if (run.runs()) {
            run.kill();
          }
        }
      }
      site.run("run").exits(0);
      provedComplete(site);
    }
  }

  private static void provedComplete(Site site) {
    assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
    assertThat(site.org().log().usage().stream().mapToLong(UsageEntry::records).sum())
        .as("rows the org took in, beside those that ask how it takes gzip")
        .isBetween(CUSTOMERS + Site.COUNTRIES + 1L, CUSTOMERS + Site.COUNTRIES + 9L);
    MigrationTest.checkCertificate(site.run("reconcile", "--json").exits(0).json(), 2);
  }

  private static void lockFor(Statement statement, Duration duration)
      throws SQLException, InterruptedException {
    statement.execute("PRAGMA busy_timeout = 60000");
    statement.execute("BEGIN EXCLUSIVE");
    Thread.sleep(duration.toMillis());
    statement.execute("ROLLBACK");
  }

  private static long count(JsonNode ready) {
    return OrgApi.login(ready).count("Account");
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
