package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.work.RunOptions;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.FaultRule;
import io.initload.simulator.fault.Trigger;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A migration ends alike, whatever language the loading user's org speaks. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class LanguageTest {
  private static final Words ENGLISH =
      new Words(
          "english",
          "ConcurrentPerOrgLongTxn Limit exceeded.",
          "An unexpected error occurred.",
          "Batch failed: retried more than 20 times",
          "TooManyLockFailure : Too many lock failure 200 Trying again later.");
  private static final Words GERMAN =
      new Words(
          "german",
          "Grenzwert für gleichzeitige Anfragen überschritten.",
          "Ein unerwarteter Fehler ist aufgetreten.",
          "Der Batch ist gescheitert, er wurde mehr als 20-mal versucht",
          "TooManyLockFailure : Zu viele Sperren, es wird erneut versucht.");

  /** What an org says in one language; the codes beside them are the same in all. */
  private record Words(
      String language, String crowded, String internal, String batch, String locks) {
    /** Refusals over HTTP, jobs that fail with a code and without one, a storm of locks. */
    FaultPlan faults() {
      return FaultPlan.of(
          answer("ingest.create", 403, "REQUEST_LIMIT_EXCEEDED", crowded),
          answer("ingest.upload", 500, "UNKNOWN_EXCEPTION", internal),
          answer("ingest.failedResults", 500, "UNKNOWN_EXCEPTION", internal),
          job(new Fault.JobFailed(batch, 400)),
          job(new Fault.JobFailed(locks, 200)),
          job(new Fault.LockStorm(0.3)));
    }

    private static FaultRule answer(String action, int status, String code, String text) {
      String body = "[{\"errorCode\":\"%s\",\"message\":\"%s\"}]".formatted(code, text);
      Fault fault =
          new Fault.Answered(
              status, "application/json", body, Map.of(), Fault.Moment.BEFORE_COMMIT);
      return new FaultRule(action, Trigger.action(action, 1), fault);
    }

    private static FaultRule job(Fault fault) {
      return new FaultRule("job", Trigger.action("job", 1), fault);
    }
  }

  /** How a migration ended. */
  private record End(long created, long dead, boolean closed, Map<String, Long> deadByCode) {}

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  LanguageTest(PostgresServer server) {
    tables = server.database();
  }

  private LocalMigration migration(Words words) {
    OrgOptions options =
        OrgOptions.defaults()
            .set("rows.language", words.language())
            .set("rows.triggers", "Account.Site:poison");
    return new LocalMigration(
        options,
        directory.resolve(words.language()),
        tables.config(),
        LocalMigration.table("customers", 20_000, "site", "Site", "email", "Email__c"));
  }

  private void fill() throws Exception {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, site text, email text)",
        "INSERT INTO customers SELECT i, 'Name',"
            + " CASE i WHEN 1500 THEN 'poison' END, CASE WHEN i % 500 = 1 THEN 'nobody' END"
            + " FROM generate_series(1, 2000) i");
  }

  private End run(Words words) throws InterruptedException {
    try (LocalMigration migration = migration(words)) {
      migration.org().faults(words.faults());
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).as(words.language()).isEmpty();
      TableBooks books = outcome.books().get("customers");
      Map<String, Long> byCode = new TreeMap<>();
      try (Ledger ledger = migration.ledger()) {
        for (DeadLetterBook.Group group : ledger.deadLetters().groups(DeadLetterFilter.ALL)) {
          byCode.merge(group.code(), group.rows(), Long::sum);
        }
      }
      assertThat(migration.org().records("Account").count()).isEqualTo(books.created());
      return new End(books.created(), books.deadLettered(), books.closed(), byCode);
    }
  }

  @Test
  void noVerdictOfARunHangsOnAText() throws Exception {
    fill();
    End english = run(ENGLISH);
    assertThat(english.closed()).isTrue();
    assertThat(english.created() + english.dead()).isEqualTo(2_000);
    assertThat(english.deadByCode())
        .containsOnlyKeys("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "INVALID_EMAIL_ADDRESS")
        .containsEntry("INVALID_EMAIL_ADDRESS", 4L);
    assertThat(run(GERMAN)).isEqualTo(english);
  }

  @Test
  void aFullOrgAndAUsedUpDayEndTheRunAlike() throws Exception {
    fill();
    for (Words words : new Words[] {ENGLISH, GERMAN}) {
      try (LocalMigration migration = migration(words)) {
        migration
            .org()
            .faults(FaultPlan.on("job", 1, new Fault.JobFailed("ExceededQuota : " + words, 200)));
        RunOptions stop = new RunOptions(Set.of(), Set.of(), RunOptions.WhenExhausted.STOP);
        assertThatThrownBy(() -> migration.run(stop))
            .as(words.language())
            .isInstanceOfSatisfying(
                TryLater.class, e -> assertThat(e.code()).isEqualTo("QUOTA_EXHAUSTED"));

        migration.org().changeAllocations(a -> a.withDataStorage(1));
        assertThatThrownBy(migration::run)
            .as(words.language())
            .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo("ORG_FULL"));
      }
    }
  }
}
