package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.setup.OrgSetup;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons among accounts, and records that are told apart by a standard field. */
@Tag("system")
class PersonAccountsTest {
  private static final String SETUP =
      """
      objects:
        Account:
          recordTypes:
            - {developerName: Shop, usual: true}
            - {developerName: Customer, person: true}
      """;

  private static final String PERSONS =
      """
      - source: PEOPLE
        object: Account
        externalId: External_ID__c
        columns: {ID: External_ID__c, NAME: LastName, MAIL: PersonEmail}
        constants: {RecordType.DeveloperName: Customer}
      """;

  @TempDir private Path directory;

  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE PEOPLE (ID NUMBER(9) PRIMARY KEY, KIND CHAR(1) NOT NULL, NAME VARCHAR2(40)"
              + " NOT NULL, MAIL VARCHAR2(80))",
          "INSERT INTO PEOPLE VALUES (1, 'P', 'Eva', 'eva@example.com'), (2, 'B', 'Firm', NULL),"
              + " (3, 'P', 'Max', 'max@example.com')");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void rowsDecideWhoIsAPerson() throws Exception {
    try (LocalMigration migration = migration(MappingPage.example("Person accounts"))) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name"))
          .containsEntry("1", "Eva")
          .containsEntry("2", "Firm")
          .containsEntry("3", "Max");
      assertThat(migration.loaded("PersonEmail"))
          .containsEntry("1", "eva@example.com")
          .containsEntry("2", "");
      assertThat(migration.loaded("IsPersonAccount"))
          .containsEntry("1", "true")
          .containsEntry("3", "true");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void allRowsCanBePersons() throws Exception {
    try (LocalMigration migration = migration(PERSONS)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("LastName")).hasSize(3).containsEntry("2", "Firm");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void fieldsOfTheOtherKindAreNamedBeforeARowMoves() throws Exception {
    assertThat(refused(PERSONS.replace("LastName", "Name")))
        .contains("Accounts of the record type Customer are persons, who have no Name.");
    assertThat(refused(PERSONS.replace("NAME: LastName", "NAME: FirstName")))
        .contains("Accounts of the record type Customer are persons, who must have a LastName.");
    assertThat(refused(PERSONS.replace("Customer", "Shop")))
        .contains(
            "Accounts of the record type Shop are no persons, who have no LastName, PersonEmail.");
    assertThat(refused(PERSONS.replaceFirst("  constants.*", "").replace("LastName", "Name")))
        .contains("Accounts of the record type Shop are no persons, who have no PersonEmail.");
    assertThat(
            refused(
                MappingPage.example("Person accounts").replaceAll("    (LastName|Name): .*\n", "")))
        .contains("Accounts must have a Name, and persons a LastName in its place.");
  }

  @Test
  void aStandardFieldTellsRecordsApart() throws Exception {
    source.run("DELETE FROM PEOPLE WHERE MAIL IS NULL");
    try (LocalMigration migration =
        migration(MappingPage.example("Standard fields as external ids"))) {
      assertThat(migration.run().failures()).isEmpty();
      List<String> contacts =
          migration.org().records("Contact").stream().map(PersonAccountsTest::contact).toList();
      assertThat(contacts).containsExactlyInAnyOrder("eva@example.com Eva", "max@example.com Max");
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  private static String contact(OrgRecord contact) {
    return contact.value("Email").orElse("") + " " + contact.value("LastName").orElse("");
  }

  private String refused(String example) throws Exception {
    try (LocalMigration migration = migration(example)) {
      List<String> told = new java.util.ArrayList<>();
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(Failure.class, f -> told.add(f.getMessage()));
      assertThat(told.get(0)).doesNotContain("REQUIRED");
      return told.get(0);
    }
  }

  private LocalMigration migration(String example) throws Exception {
    return new LocalMigration(
        OrgOptions.defaults().setup(OrgSetup.yaml(SETUP)),
        directory,
        source.config(),
        MappingPage.tables(directory, example));
  }
}
