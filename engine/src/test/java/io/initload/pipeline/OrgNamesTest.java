package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.setup.OrgSetup;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Record types, owners and queues by their names: the examples of docs/mapping.md. */
@Tag("system")
class OrgNamesTest {
  private static final String SETUP =
      """
      objects:
        Account:
          recordTypes:
            - {developerName: Shop, usual: true}
            - {developerName: Partner, picklists: {CustomerPriority__c: [High, Low]}}
            - {developerName: Secret, unavailable: true}
            - {developerName: Old, inactive: true}
      users:
        - {username: here@example.com, federationId: f-1}
        - {username: gone@example.com, federationId: f-2, inactive: true}
        - {username: archive@example.com, federationId: archive}
        - {username: later@example.com, federationId: later}
      queues:
        - {developerName: New_leads, objects: [Lead]}
        - {developerName: Sales, objects: [Sale__c]}
      """;

  /** A machine whose clock is ahead: no change is surely later than our own. */
  private static final Clock AHEAD = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir private Path directory;

  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE PARTNERS (ID NUMBER(9) PRIMARY KEY, NAME VARCHAR2(40), KIND VARCHAR2(20),"
              + " SELLER VARCHAR2(40), SEGMENT_1 VARCHAR2(20), SEGMENT_2 VARCHAR2(20), SEGMENT_3"
              + " VARCHAR2(20))",
          "INSERT INTO PARTNERS VALUES (1, 'One', 'partner ', 'f-1', 'Retail', 'VIP', 'Retail'),"
              + " (2, 'Two', NULL, 'f-2', NULL, 'A;VIP', ' '),"
              + " (3, 'Three', 'Shop', 'nobody', NULL, NULL, NULL),"
              + " (4, 'Four', 'Secret', 'f-1', NULL, NULL, NULL),"
              + " (5, 'Five', 'Shop', NULL, NULL, NULL, NULL)");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void namesBecomeIdsOfTheOrg() throws Exception {
    try (LocalMigration migration = migration(example())) {
      assertThat(migration.run().failures()).isEmpty();

      assertThat(named(migration, "RecordTypeId", "RecordType", "DeveloperName"))
          .isEqualTo(Map.of("1", "Partner", "2", "Shop", "3", "Shop", "5", "Shop"));
      Map<String, String> owners = named(migration, "OwnerId", "User", "FederationIdentifier");
      assertThat(owners)
          .containsEntry("1", "f-1")
          .containsEntry("2", "archive")
          .containsEntry("3", "archive");
      assertThat(owners.get("5")).isNotIn("f-1", "archive");
      assertThat(migration.loaded("Segments__c"))
          .containsEntry("1", "Retail;VIP")
          .containsEntry("2", "A;VIP")
          .containsEntry("3", "");
      assertThat(held(migration))
          .containsExactly(
              tuple(
                  "4",
                  "NAME_UNKNOWN",
                  "field 3 names the record type of Account Secret, which the user's profile does"
                      + " not have"));
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).altered())
          .filteredOn(altered -> altered.field().equals("OwnerId"))
          .extracting(
              Certificate.AlteredField::code,
              Certificate.AlteredField::rows,
              Certificate.AlteredField::first)
          .containsExactly(tuple("NAME_FALLBACK", 2L, List.of("2", "3")));
    }
  }

  /** One was switched off since, one was made; what neither explains is a difference. */
  @Test
  void ownersAreThoseOfWhenARowWasLoaded() throws Exception {
    try (LocalMigration migration = migration(example()).clock(AHEAD)) {
      assertThat(migration.run().failures()).isEmpty();
      OtherClient other = new OtherClient(migration.org());
      other.update("User", user(migration, "f-1"), "{\"IsActive\":false}");
      other.update("User", user(migration, "later"), "{\"FederationIdentifier\":\"nobody\"}");
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes())
          .contains(
              "PARTNERS: 2 rows of the sample have the id that a name of theirs, or its fallback,"
                  + " stood for when they were loaded; it stands for another one now.");

      String account = ids(migration, "Account", "External_ID__c").get("2");
      other.update("Account", account, "{\"OwnerId\":\"" + user(migration, "nobody") + "\"}");
      assertThat(migration.certificate().findings())
          .containsExactly("PARTNERS, external id 2: field OwnerId differs.");
    }
  }

  private static String user(LocalMigration migration, String federationId) {
    return ids(migration, "User", "FederationIdentifier").get(federationId);
  }

  private static Map<String, String> ids(LocalMigration migration, String object, String field) {
    Map<String, String> ids = new TreeMap<>();
    try (var records = migration.org().records(object).stream()) {
      records.forEach(r -> ids.put(r.value(field).orElse(""), r.id()));
    }
    return ids;
  }

  @Test
  void rowsWhoseNamesTheOrgDoesNotHaveAreCountedBefore() throws Exception {
    try (LocalMigration migration = migration(example().replaceFirst("(?s)  fallbacks:.*", ""))) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("UNMAPPED_VALUES"))
          .extracting(Finding::severity, Finding::message)
          .containsExactly(
              tuple(
                  Severity.ERROR,
                  "Of KIND the org has no record type of Account for what 1 rows have: they are"
                      + " held back."),
              tuple(
                  Severity.ERROR,
                  "Of SELLER the org has no user of the org by FederationIdentifier for what 1"
                      + " rows have: they are held back."));
    }
  }

  @Test
  void aRowWhoseNameIsUnknownIsReplayedWhenTheOrgHasIt() throws Exception {
    try (LocalMigration migration = migration(example())) {
      migration.run();
      source.run("UPDATE PARTNERS SET KIND = 'PARTNER' WHERE ID = 4");
      migration.fromSource();
      migration.run();
      assertThat(named(migration, "RecordTypeId", "RecordType", "DeveloperName"))
          .containsEntry("4", "Partner");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void whatNobodyCanHaveIsToldBeforeARowMoves() throws Exception {
    String constant =
        example()
            .replace("    KIND: RecordType.DeveloperName\n", "")
            .replace(
                "  multiSelects:", "  constants: {RecordType.DeveloperName: Old}\n  multiSelects:");
    assertThat(refused(constant))
        .startsWith(
            "NAME_UNKNOWN The constant names the record type of Account Old, which is not active.");
    assertThat(refused(constant.replace("Name: Old", "Name: Partnr")))
        .startsWith(
            "NAME_UNKNOWN The constant names Partnr, which is no record type of Account; did you"
                + " mean partner?");
    assertThat(refused(example().replace("r: archive", "r: f-2")))
        .startsWith(
            "FALLBACK_BAD The fallback names the user of the org by FederationIdentifier f-2, who"
                + " is not active.");
    assertThat(
            refused(
                example()
                    .replace("SELLER: Owner.FederationIdentifier", "SELLER: Parent.External_ID__c")
                    .replace("Owner.FederationIdentifier: archive", "Parent.External_ID__c: x")))
        .startsWith("FALLBACK_BAD Records of Account have no fallback");
  }

  /** By what the org finds them by, and by what is turned into ids here. */
  @Test
  void ownersOfVeryManyRowsAreNamed() throws Exception {
    source.run(
        "INSERT INTO PARTNERS SELECT 100 + X, 'N', 'Shop', 'f-1', NULL, NULL, NULL FROM"
            + " SYSTEM_RANGE(1, 9999)");
    String byUsername =
        example()
            .replace("Owner.FederationIdentifier", "Owner.Username")
            .replaceFirst("(?s)  fallbacks:.*", "");
    for (String configured : List.of(example(), byUsername)) {
      try (LocalMigration migration = migration(configured)) {
        // Two more have the same owner.
        assertThat(migration.data(0).tables().get(0).findings())
            .filteredOn(finding -> finding.code().equals("DATA_OWNER_SKEW"))
            .singleElement()
            .satisfies(
                found -> {
                  assertThat(found.rows()).isEqualTo(10_001);
                  assertThat(found.lost()).isZero();
                  assertThat(found.examples()).containsExactly("f-1");
                });
        source.run("UPDATE PARTNERS SET SELLER = 'f-2' WHERE ID = 101");
        assertThat(migration.data(0).tables().get(0).findings())
            .noneMatch(finding -> finding.code().equals("DATA_OWNER_SKEW"));
        source.run("UPDATE PARTNERS SET SELLER = 'f-1' WHERE ID = 101");
      }
    }
  }

  @Test
  void usersWhoAreLoadedByTheirOwnKeysAreNamedByThem() throws Exception {
    source.run(
        "UPDATE PARTNERS SET KIND = 'Shop', SELLER = 'here@example.com' WHERE ID IN (1, 4)",
        "DELETE FROM PARTNERS WHERE ID IN (2, 3)");
    String byUsername =
        example()
            .replace("Owner.FederationIdentifier", "Owner.Username")
            .replaceFirst("(?s)  fallbacks:.*", "");
    try (LocalMigration migration = migration(byUsername)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(named(migration, "OwnerId", "User", "Username"))
          .containsEntry("1", "here@example.com")
          .containsEntry("4", "here@example.com");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void queuesOwnRecordsOfTheirObjects() throws Exception {
    String leads =
        """
        - source: PARTNERS
          object: Lead
          externalId: External_ID__c
          columns: {ID: External_ID__c, NAME: [LastName, Company]}
          constants: {"Group:Owner.DeveloperName": New_leads}
        """;
    try (LocalMigration migration = migration(leads)) {
      assertThat(migration.run().failures()).isEmpty();
      String queue =
          migration.org().records("Group").stream()
              .filter(group -> group.value("DeveloperName").orElse("").equals("New_leads"))
              .map(OrgRecord::id)
              .findFirst()
              .orElseThrow();
      assertThat(migration.org().records("Lead").stream())
          .hasSize(5)
          .allMatch(lead -> lead.value("OwnerId").orElse("").equals(queue));
    }
    assertThat(refused(leads.replace("New_leads", "Sales")))
        .startsWith(
            "NAME_UNKNOWN The constant names the queue of the org by DeveloperName Sales, which is"
                + " not made for Lead.");
  }

  @Test
  void valuesAreHeldAgainstThePicklistsOfTheOneRecordType() throws Exception {
    String partners =
        """
        - source: PARTNERS
          object: Account
          externalId: External_ID__c
          columns: {ID: External_ID__c, NAME: Name}
          constants: {RecordType.DeveloperName: Partner, CustomerPriority__c: Medium}
        """;
    assertThat(refused(partners))
        .startsWith("CONSTANT_BAD \"Medium\" is not a value of the picklist");
    try (LocalMigration migration = migration(partners.replace("Partner,", "Shop,"))) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("CustomerPriority__c")).hasSize(5).containsEntry("1", "Medium");
    }
    String column =
        partners
            .replace(", CustomerPriority__c: Medium", "")
            .replace("NAME: Name", "NAME: Name, KIND: CustomerPriority__c");
    try (LocalMigration migration = migration(column)) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("PICKLIST_RESTRICTED"))
          .extracting(Finding::message)
          .containsExactly(
              "Only these values are taken, all others become dead letters: High, Low.");
    }
  }

  private String refused(String example) throws Exception {
    try (LocalMigration migration = migration(example)) {
      List<String> told = new java.util.ArrayList<>();
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class,
              f -> told.add(f.code() + " " + f.getMessage().replaceFirst(".*?: ", "")));
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

  private static String example() throws Exception {
    return MappingPage.example("Record types");
  }

  private static List<org.assertj.core.groups.Tuple> held(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10).stream()
          .map((ExceptionRow row) -> tuple(row.externalId(), row.code(), row.message()))
          .toList();
    }
  }

  /** External ids of accounts and a field of what a lookup of theirs leads to. */
  private static Map<String, String> named(
      LocalMigration migration, String lookup, String parent, String field) {
    Map<String, String> names = new TreeMap<>();
    try (var records = migration.org().records(parent).stream()) {
      records.forEach(r -> names.put(r.id(), r.value(field).orElse("")));
    }
    Map<String, String> named = new TreeMap<>();
    migration.loaded(lookup).forEach((key, id) -> named.put(key, names.getOrDefault(id, "?")));
    return named;
  }
}
