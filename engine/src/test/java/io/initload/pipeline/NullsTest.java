package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.TableConfig.Nulls;
import io.initload.config.TableConfigs;
import io.initload.config.ValuePolicy;
import io.initload.config.ValuePolicy.Bytes;
import io.initload.config.ValuePolicy.Controls;
import io.initload.config.ValuePolicy.Dates;
import io.initload.config.ValuePolicy.NullText;
import io.initload.config.ValuePolicy.Padding;
import io.initload.config.ValuePolicy.TooLong;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.OrgOptions;
import io.initload.source.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a row without a value, or with a text that means none, does to a record that is there. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class NullsTest {
  private static final String ACCOUNT =
      """
      {"name":"Account","label":"Account","keyPrefix":"001","owned":true,"fields":[
       {"name":"Name","label":"Name","type":"string","length":255,"nameField":true,
        "nillable":false},
       {"name":"External_ID__c","label":"External ID","type":"string","length":80,
        "externalId":true,"unique":true,"idLookup":true},
       {"name":"Notes__c","label":"Notes","type":"string","length":255},
       {"name":"Since__c","label":"Since","type":"date"},
       {"name":"Share__c","label":"Share","type":"double","precision":18,"scale":2},
       {"name":"Opens__c","label":"Opens","type":"time"},
       {"name":"Active__c","label":"Active","type":"boolean","defaultValue":true}]}
      """;

  private static final String OLD =
      "{\"Name\":\"Old\",\"Notes__c\":\"Old\",\"Since__c\":\"2001-01-01\",\"Share__c\":7,"
          + "\"Active__c\":false,\"Opens__c\":\"08:00:00.000Z\"}";

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private OrgOptions options = OrgOptions.defaults();

  NullsTest(PostgresServer server) {
    tables = server.database();
  }

  @BeforeEach
  void fill() throws Exception {
    Path describes = Files.createDirectory(directory.resolve("describes"));
    Files.writeString(describes.resolve("Account.json"), ACCOUNT);
    options = OrgOptions.defaults().describes(describes);
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, notes text, since date,"
            + " share float8, active boolean, opens time, owner varchar(18))",
        "INSERT INTO customers VALUES (1, 'Null', NULL, NULL, NULL, NULL, NULL),"
            + " (2, 'Empty', '', '9999-12-31', 'NaN', true, '24:00:00'),"
            + " (3, 'Controls', E'\\x01\\x02', 'infinity', 'Infinity', false, '23:59:60'),"
            + " (4, 'Marker', '#N/A', '2020-02-29', 0.5, true, '23:59:59.9999')");
  }

  @Test
  void whateverIsStagedEmptyClearsTheFieldWhereThatIsAsked() throws Exception {
    try (LocalMigration migration = migration(Nulls.CLEAR, policy(Dates.EMPTY, NullText.EMPTY))) {
      loadedOverOldRecords(migration);
      for (String key : new String[] {"1", "2", "3"}) {
        assertThat(migration.loaded("Notes__c")).as("notes of %s", key).containsEntry(key, "");
        assertThat(migration.loaded("Since__c")).as("since of %s", key).containsEntry(key, "");
        assertThat(migration.loaded("Share__c")).as("share of %s", key).containsEntry(key, "");
        assertThat(migration.loaded("Opens__c")).as("opens of %s", key).containsEntry(key, "");
      }
      assertThat(migration.loaded("Notes__c")).containsEntry("4", "");
      assertThat(migration.loaded("Since__c")).containsEntry("4", "2020-02-29");
      assertThat(migration.loaded("Active__c"))
          .as("the default of the field")
          .isEqualTo(Map.of("1", "true", "2", "true", "3", "false", "4", "true"));
      assertThat(altered(migration))
          .containsExactly(
              "Notes__c CONTROLS_REMOVED 1",
              "Notes__c NULL_TEXT_EMPTIED 1",
              "Opens__c TIME_EMPTIED 2",
              "Share__c NUMBER_EMPTIED 2",
              "Since__c DATE_EMPTIED 2");
    }
  }

  @Test
  void aTextThatMeansNullLeavesTheFieldWhereNullsAreIgnored() throws Exception {
    try (LocalMigration migration = migration(Nulls.IGNORE, policy(Dates.CLAMP, NullText.EMPTY))) {
      loadedOverOldRecords(migration);
      assertThat(migration.loaded("Notes__c"))
          .isEqualTo(Map.of("1", "Old", "2", "Old", "3", "Old", "4", "Old"));
      assertThat(migration.loaded("Opens__c"))
          .isEqualTo(
              Map.of(
                  "1", "08:00:00.000Z",
                  "2", "23:59:59.999Z",
                  "3", "23:59:59.999Z",
                  "4", "23:59:59.999Z"));
      assertThat(altered(migration))
          .contains("Notes__c NULL_TEXT_EMPTIED 1", "Opens__c TIME_CLAMPED 2");
    }
  }

  @Test
  void aTextThatMeansNullClearsTheFieldWhereItIsSent() throws Exception {
    try (LocalMigration migration = migration(Nulls.IGNORE, policy(Dates.EMPTY, NullText.SEND))) {
      loadedOverOldRecords(migration);
      assertThat(migration.loaded("Notes__c"))
          .isEqualTo(Map.of("1", "Old", "2", "Old", "3", "Old", "4", ""));
    }
  }

  @Test
  void aTextThatMeansNullAndATimeThatIsNoneAreHeldBackWhereThatIsAsked() throws Exception {
    tables.run("INSERT INTO customers (id, name, opens) VALUES (5, 'Late', '24:00:00')");
    try (LocalMigration migration =
        migration(Nulls.IGNORE, policy(Dates.REJECT, NullText.REJECT))) {
      assertThat(migration.run().failures()).isEmpty();
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(row -> row.externalId() + " " + row.code())
            .containsExactlyInAnyOrder(
                "2 DATE_OUT_OF_RANGE", "3 DATE_OUT_OF_RANGE", "4 NULL_TEXT", "5 TIME_OUT_OF_RANGE");
      }
    }
  }

  @Test
  void aTimeThatIsNoneIsTheOrgsToJudge() throws Exception {
    tables.run("UPDATE customers SET since = NULL");
    try (LocalMigration migration = migration(Nulls.IGNORE, ValuePolicy.NONE)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).containsOnlyKeys("1", "4");
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(row -> row.externalId() + " " + row.data().contains("24:00:00.000Z"))
            .containsExactlyInAnyOrder("2 true", "3 true");
      }
    }
  }

  /** An owner cannot be null; one that is not named becomes the default. */
  @Test
  void aFieldThatTheOrgFillsIsNoDifference() throws Exception {
    try (LocalMigration migration =
        migration(Nulls.CLEAR, policy(Dates.EMPTY, NullText.EMPTY))
            .tables(t -> TableConfigs.like(t).field("owner", "OwnerId").build())) {
      loadedOverOldRecords(migration);
      assertThat(migration.loaded("OwnerId").values()).doesNotContain("").hasSize(4);
    }
  }

  private void loadedOverOldRecords(LocalMigration migration) throws Exception {
    OtherClient other = new OtherClient(migration.org());
    for (int i = 1; i <= 4; i++) {
      other.upsert("Account", "External_ID__c", Integer.toString(i), OLD);
    }
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("customers").updated()).isEqualTo(4);
    Certificate certificate = migration.certificate();
    assertThat(certificate.findings()).isEmpty();
    assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(4);
  }

  private static List<String> altered(LocalMigration migration) throws Exception {
    return migration.certificate().tables().get(0).altered().stream()
        .map(a -> a.field() + " " + a.code() + " " + a.rows())
        .toList();
  }

  private static ValuePolicy policy(Dates dates, NullText nullText) {
    return new ValuePolicy(
        Controls.DROP, TooLong.SEND, dates, Padding.TRIM, Bytes.HEX, Optional.empty(), nullText);
  }

  private LocalMigration migration(Nulls nulls, ValuePolicy policy) {
    return new LocalMigration(
            options,
            directory,
            tables.config(),
            LocalMigration.table(
                "customers",
                1_000,
                "notes",
                "Notes__c",
                "since",
                "Since__c",
                "share",
                "Share__c",
                "active",
                "Active__c",
                "opens",
                "Opens__c"))
        .tables(t -> TableConfigs.like(t).nulls(nulls).build())
        .values(
            Map.of(
                "notes", policy, "since", policy, "share", policy, "active", policy, "opens",
                policy));
  }
}
