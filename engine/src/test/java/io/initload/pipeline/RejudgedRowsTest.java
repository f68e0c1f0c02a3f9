package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.ReconcileConfig.Level;
import io.initload.config.TableConfigs;
import io.initload.ledger.Ledger;
import io.initload.ledger.WorkerBook;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.Checkpoint;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.setup.OrgSetup;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chunk that is read again after the org's users were renamed: its rows are judged otherwise. */
@Tag("system")
class RejudgedRowsTest {
  private static final String SETUP =
      """
      users:
        - {username: one@example.com, federationId: f-1}
        - {username: seven@example.com, federationId: f-7}
      """;

  @TempDir private Path directory;

  private final MovedClock clock = new MovedClock();
  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE PARTNERS (ID NUMBER(9) PRIMARY KEY, NAME VARCHAR2(40), SELLER"
              + " VARCHAR2(40))",
          "INSERT INTO PARTNERS VALUES (1, 'One', 'f-1'), (7, 'Seven', 'f-7'), (8, 'Eight',"
              + " 'f-8')");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void aRowThatPassesNowDoesNotTakeThePlaceOfOneThatNoLongerDoes() throws Exception {
    try (LocalMigration migration = migration()) {
      stagedOnAHostThatIsGone(migration);
      rename(migration, "f-7", "f-8");
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      TableBooks books = outcome.books().get("PARTNERS");
      assertThat(books.created()).isEqualTo(1);
      assertThat(books.quarantined()).isEqualTo(2);
      assertThat(books.closed()).isTrue();
      assertThat(migration.loaded("Name")).containsOnlyKeys("1");
      assertThat(held(migration)).containsExactly("7 NAME_UNKNOWN", "8 NAME_UNKNOWN");
      assertThat(migration.certificate(Level.FULL).findings()).isEmpty();

      source.run("UPDATE PARTNERS SET SELLER = 'f-8' WHERE ID = 7");
      migration.fromSource();
      migration.run();
      assertThat(migration.loaded("Name")).containsOnlyKeys("1", "7", "8");
      Certificate certificate = migration.certificate(Level.FULL);
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).created()).isEqualTo(3);
    }
  }

  @Test
  void aRowThatNoLongerPassesIsHeldBack() throws Exception {
    try (LocalMigration migration = migration()) {
      stagedOnAHostThatIsGone(migration);
      rename(migration, "f-1", "f-9");
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(migration.loaded("Name")).containsOnlyKeys("7");
      assertThat(held(migration)).containsExactly("1 NAME_UNKNOWN", "8 NAME_UNKNOWN");
      assertThat(migration.certificate(Level.FULL).booksClosed()).isTrue();
    }
  }

  @Test
  void whereNoRowIsLeftTheChunkIsDone() throws Exception {
    try (LocalMigration migration = migration()) {
      stagedOnAHostThatIsGone(migration);
      rename(migration, "f-1", "f-9");
      rename(migration, "f-7", "f-8");
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("PARTNERS").quarantined()).isEqualTo(3);
      assertThat(migration.certificate(Level.FULL).booksClosed()).isTrue();
    }
  }

  private void stagedOnAHostThatIsGone(LocalMigration migration) {
    migration.checkpoint(
        label -> {
          if (label.equals("extract.staged") || label.startsWith("load.")) {
            throw new SimulatedCrash(label);
          }
        });
    assertThatThrownBy(migration::run).hasCauseInstanceOf(SimulatedCrash.class);
    migration.checkpoint(Checkpoint.NONE).host("there");
    clock.forward(WorkerBook.LEASE.plusSeconds(1));
  }

  private static void rename(LocalMigration migration, String from, String to) throws Exception {
    String id;
    try (Stream<OrgRecord> users = migration.org().records("User").stream()) {
      id =
          users
              .filter(user -> user.value("FederationIdentifier").orElse("").equals(from))
              .map(OrgRecord::id)
              .findFirst()
              .orElseThrow();
    }
    new OtherClient(migration.org())
        .update("User", id, "{\"FederationIdentifier\":\"" + to + "\"}");
  }

  private static List<String> held(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10).stream()
          .map(row -> row.externalId() + " " + row.code())
          .sorted()
          .toList();
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(
            OrgOptions.defaults().setup(OrgSetup.yaml(SETUP)),
            directory,
            source.config(),
            TableConfigs.of("PARTNERS")
                .object("Account")
                .field("ID", "External_ID__c")
                .field("NAME", "Name")
                .field("SELLER", "Owner.FederationIdentifier")
                .build())
        .clock(clock);
  }
}
