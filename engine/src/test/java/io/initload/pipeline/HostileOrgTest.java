package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A run against an org that for all time answers one question with something that is no answer: it
 * ends with a code, and when the org is well the next run loads every row once.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostileOrgTest {
  private static final int ROWS = 500;
  private static final int FOR_EVER = 1_000_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  HostileOrgTest(PostgresServer server) {
    tables = server.database();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token|{}|ORG_LOGIN",
        "token|{\"access_token\":\"T\"}|ORG_LOGIN",
        "token|[[[[|ORG_UNAVAILABLE",
        "describe|{}|ORG_ANSWER",
        "describe|{\"fields\":7}|ORG_ANSWER",
        "query|{}|ORG_ANSWER",
        "query|{\"totalSize\":-7}|ORG_ANSWER",
        "ingest.create|{}|ORG_ANSWER",
        "ingest.create|{\"id\":\"x'; DROP\",\"state\":\"Open\"}|ORG_ANSWER",
        "ingest.create|[|ORG_UNKNOWN_OUTCOME",
        "ingest.state|{}|ORG_ANSWER",
        "ingest.state|{\"id\":\"750000000000009AAA\",\"state\":\"UploadComplete\"}|ORG_ANSWER",
        "ingest.get|{\"id\":\"750000000000009AAA\",\"state\":\"JobComplete\"}|ORG_ANSWER",
        "ingest.get|{\"id\":\"750rY0000000001QAA\",\"state\":\"Dancing\"}|ORG_ANSWER",
        "ingest.get|{|ORG_UNAVAILABLE",
        "ingest.successfulResults|A,B|RESULTS_INCOMPLETE",
        "ingest.successfulResults|'A,B\n1,2'|ORG_RESULT",
        "ingest.successfulResults|\"|ORG_UNAVAILABLE",
        "ingest.failedResults|'sf__Id,sf__Error,External_ID__c,Name\n,BAD:x:--,1,x'|RESULT_TWICE",
      })
  void aRunEndsAndTheNextOneIsWhole(String action, String body, String code) throws Exception {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name ' || i FROM generate_series(1, %d) i"
            .formatted(ROWS));
    MovedClock clock = new MovedClock();
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", ROWS))
            .clock(clock)
            .sleeper(wait -> Thread.sleep(1))) {
      migration.org().faults(FaultPlan.on(action, FOR_EVER, answer(body)));
      ScheduledExecutorService hours = passing(clock, migration);
      try {
        assertThat(failure(migration).map(Failure::code)).contains(code);
      } finally {
        hours.shutdownNow();
      }
      migration.org().faults(FaultPlan.none());
      // Whatever was begun and not settled is looked for before more is loaded.
      clock.forward(Duration.ofMinutes(31));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").closed()).isTrue();
      assertThat(outcome.books().get("customers").created()).isEqualTo(ROWS);
      assertThat(migration.org().records("Account").count()).isEqualTo(ROWS);
    }
  }

  /** Ten minutes for each request, and more while none is made: what waits for hours goes on. */
  private static ScheduledExecutorService passing(MovedClock clock, LocalMigration migration) {
    AtomicInteger seen = new AtomicInteger(migration.org().log().requests().size());
    ScheduledExecutorService hands = Executors.newSingleThreadScheduledExecutor();
    var unused =
        hands.scheduleWithFixedDelay(
            () -> {
              int now = migration.org().log().requests().size();
              clock.forward(Duration.ofMinutes(10L * (now - seen.getAndSet(now))).plusSeconds(20));
            },
            20,
            20,
            TimeUnit.MILLISECONDS);
    return hands;
  }

  private static Fault answer(String body) {
    return new Fault.Answered(200, "application/json", body, Map.of(), Fault.Moment.AFTER_COMMIT);
  }

  private static Optional<Failure> failure(LocalMigration migration) throws InterruptedException {
    try {
      return migration.run().failures().stream().findFirst();
    } catch (Failure e) {
      return Optional.of(e);
    }
  }
}
