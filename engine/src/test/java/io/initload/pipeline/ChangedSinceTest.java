package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.clock.BorrowedClock;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others did in the org after a row was written is no difference, and is named. */
@Tag("system")
class ChangedSinceTest {
  @TempDir Path directory;

  private final MovedClock clock = new MovedClock();
  private final H2Tables tables =
      new H2Tables(
          "CREATE TABLE customers (\"id\" varchar(20) PRIMARY KEY, \"name\" varchar(80))",
          "INSERT INTO customers SELECT 'k' || x, 'Name ' || x FROM system_range(1, 10)");

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void aRecordThatWasChangedLaterIsListedAndNoDifference() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      clock.forward(Duration.ofHours(1));
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "k7", "{\"Name\":\"Changed\"}");
      clock.forward(Duration.ofHours(1));

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.booksClosed()).isTrue();
      Certificate.Sample sample = certificate.tables().get(0).sample();
      assertThat(sample.rows()).isEqualTo(9);
      assertThat(sample.changed()).isEqualTo(1);
      assertThat(sample.differences()).isZero();
      assertThat(sample.statement()).contains("It says nothing of 1 rows");
      Certificate.Changed changed = certificate.objects().get(0).changed();
      assertThat(changed.records()).hasValue(1);
      assertThat(changed.sampled()).isEqualTo(1);
      assertThat(changed.first())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.externalId()).isEqualTo("k7");
                assertThat(one.fields()).containsExactly("Name");
                assertThat(one.by()).isEqualTo(migration.org().user().id());
              });
    }
  }

  @Test
  void aRecordThatWasChangedAndIsEqualIsCountedAndCompared() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      clock.forward(Duration.ofHours(1));
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "k7", "{\"Phone\":\"123\"}");
      clock.forward(Duration.ofHours(1));

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(10);
      assertThat(certificate.objects().get(0).changed().records()).hasValue(1);
      assertThat(certificate.objects().get(0).changed().sampled()).isZero();
    }
  }

  /** What is not surely later than the job counts as wrong: a wrong value must never be excused. */
  @Test
  void aChangeThatMayHaveBeenOursIsADifference() throws Exception {
    LocalMigration ahead =
        new LocalMigration(directory, tables.config(), LocalMigration.table("CUSTOMERS", 500));
    clock.forward(Duration.ofHours(1));
    try (LocalMigration migration = ahead.clock(clock)) {
      assertThat(migration.run().failures()).isEmpty();
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "k7", "{\"Name\":\"Changed\"}");

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings())
          .containsExactly("CUSTOMERS, external id k7: field Name differs.");
      assertThat(certificate.tables().get(0).sample().statement())
          .contains("1 of them differ: nothing follows");
    }
  }

  @Test
  void recordsOfOthersThatTheSourceDoesNotHaveAreNamed() throws Exception {
    try (LocalMigration migration = migration()) {
      OtherClient other = new OtherClient(migration.org());
      other.upsert("Account", "External_ID__c", "before", "{\"Name\":\"There before\"}");
      clock.forward(Duration.ofHours(1));
      assertThat(migration.run().failures()).isEmpty();
      clock.forward(Duration.ofHours(1));
      other.upsert("Account", "External_ID__c", "k11", "{\"Name\":\"Stranger\"}");
      other.upsert("Account", "External_ID__c", "else", "{\"Name\":\"Stranger\"}");

      Certificate certificate = migration.certificate();
      Certificate.Strangers strangers = certificate.objects().get(0).strangers();
      assertThat(strangers.records()).hasValue(2);
      assertThat(strangers.first()).containsExactlyInAnyOrder("k11", "else");
      assertThat(certificate.findings())
          .anyMatch(
              f ->
                  f.startsWith(
                      "Account: 2 records were created in the org since the first row was loaded"
                          + " that the source does not have"));
    }
  }

  @Test
  void whoCameBetweenPlanningAndLoadingWasNotThereBefore() throws Exception {
    try (LocalMigration migration = migration()) {
      OtherClient other = new OtherClient(migration.org());
      for (String key : List.of("k3", "x", "y")) {
        other.upsert("Account", "External_ID__c", key, "{\"Name\":\"There before\"}");
      }
      clock.forward(Duration.ofHours(1));
      migration.checkpoint(
          label -> {
            if (label.equals("plan.entered")) {
              clock.forward(Duration.ofSeconds(30));
              for (String key : List.of("p", "q", "r")) {
                other.quietly(
                    () -> other.upsert("Account", "External_ID__c", key, "{\"Name\":\"New\"}"));
              }
            }
          });
      assertThat(migration.run().failures()).isEmpty();
      clock.forward(Duration.ofHours(1));

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings())
          .containsExactly("Account: 3 records before and 9 created, but 15 in the org now.");
      assertThat(certificate.notes())
          .contains(
              "Account: 1 rows updated a record; of the 3 records that were there before, the"
                  + " source has the external ids of 1.");
    }
  }

  /** The org has the key without its blank, by which the source finds no row. */
  @Test
  void aRowWhoseKeyWasStagedOtherwiseIsNoStranger() throws Exception {
    tables.run("UPDATE customers SET \"id\" = 'k7 ' WHERE \"id\" = 'k7'");
    try (LocalMigration migration = migration()) {
      migration.checkpoint(
          label -> {
            if (label.equals("load.uploaded")) {
              clock.forward(Duration.ofSeconds(30));
            }
          });
      assertThat(migration.run().failures()).isEmpty();
      clock.forward(Duration.ofHours(1));
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "else", "{\"Name\":\"Stranger\"}");

      Certificate certificate = migration.certificate();
      assertThat(certificate.objects().get(0).strangers().first()).isEmpty();
      assertThat(certificate.findings())
          .containsExactly("Account: 0 records before and 10 created, but 11 in the org now.");
      assertThat(certificate.notes())
          .anyMatch(note -> note.startsWith("Account: of 2 records that the books do not have"));
    }
  }

  @Test
  void whereNobodyElseWroteThereAreNone() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      clock.forward(Duration.ofHours(1));
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.objects().get(0).changed().records()).hasValue(0);
      assertThat(certificate.objects().get(0).strangers().records()).hasValue(0);
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(
            OrgOptions.defaults().clock(new BorrowedClock(clock)),
            directory,
            tables.config(),
            LocalMigration.table("CUSTOMERS", 500))
        .clock(clock);
  }
}
