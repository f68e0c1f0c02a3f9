package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.mapping.Finding;
import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.setup.OrgSetup;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who made and changed records, and when: the example of docs/mapping.md. */
@Tag("system")
class AuditFieldsTest {
  private static final String SETUP =
      """
      users:
        - {username: maker@example.com, federationId: f-1, inactive: true}
        - {username: changer@example.com}
      """;

  @TempDir private Path directory;

  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE CASES (ID NUMBER(9) PRIMARY KEY, NAME VARCHAR2(40), PARENT NUMBER(9), MADE"
              + " TIMESTAMP(3), MADE_BY VARCHAR2(40), CHANGED TIMESTAMP(3), CHANGED_BY"
              + " VARCHAR2(80))",
          "INSERT INTO CASES VALUES (1, 'One', NULL, TIMESTAMP '2001-02-03 04:05:06', 'f-1',"
              + " TIMESTAMP '2002-03-04 05:06:07', 'changer@example.com'), (2, 'Two', 1, TIMESTAMP"
              + " '2003-07-01 00:00:00', 'f-1', TIMESTAMP '2004-01-01 00:00:00',"
              + " 'changer@example.com')");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void theHistoryIsKeptWithoutASecondPass() throws Exception {
    try (LocalMigration migration = migration("granted", example())) {
      assertThat(migration.preflight())
          .extracting(Finding::code)
          .contains("AUDIT_FIELD_ONCE")
          .doesNotContain("FIELD_CREATE_ONLY", "AUDIT_FIELD_OVERWRITTEN");
      assertThat(migration.run().failures()).isEmpty();

      assertThat(migration.loaded("CreatedDate"))
          .isEqualTo(Map.of("1", "2001-02-03T03:05:06.000Z", "2", "2003-06-30T22:00:00.000Z"));
      assertThat(migration.loaded("LastModifiedDate"))
          .isEqualTo(Map.of("1", "2002-03-04T04:06:07.000Z", "2", "2003-12-31T23:00:00.000Z"));
      assertThat(users(migration, "CreatedById"))
          .isEqualTo(Map.of("1", "maker@example.com", "2", "maker@example.com"));
      assertThat(users(migration, "LastModifiedById"))
          .isEqualTo(Map.of("1", "changer@example.com", "2", "changer@example.com"));
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .filteredOn(table -> table.snapshotRows() > 0)
          .extracting(Certificate.Table::source, Certificate.Table::created)
          .containsExactly(tuple("CASES", 1L), tuple("CASES:level1", 1L));
    }
  }

  /** By a name alone, which the org itself looks for. */
  @Test
  void whoChangedARecordLastKeepsItFromASecondPassToo() throws Exception {
    String byName = example().replaceAll("    (MADE|MADE_BY|CHANGED): .*\n", "");
    try (LocalMigration migration = migration("granted", byName)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(users(migration, "LastModifiedById"))
          .isEqualTo(Map.of("1", "changer@example.com", "2", "changer@example.com"));
    }
  }

  @Test
  void withoutThePermissionTheFieldsAreNamed() throws Exception {
    try (LocalMigration migration = migration("denied", example())) {
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class,
              f ->
                  assertThat(f.getMessage())
                      .contains("AUDIT_FIELD_DENIED")
                      .contains("CreatedDate of Account cannot be set by this user.")
                      .contains("LastModifiedById of Account cannot be set by this user."));
    }
  }

  @Test
  void anotherTableOfTheSameObjectIsSpokenOf() throws Exception {
    TableConfig[] tables = MappingPage.tables(directory, example());
    TableConfig phones =
        TableConfigs.of("CASES")
            .field("ID", "External_ID__c")
            .field("NAME", "Name")
            .source(tables[0].source().where("ID = 1"))
            .build();
    TableConfig named = TableConfigs.like(phones.pass("again", phones.source())).build();
    try (LocalMigration migration =
        new LocalMigration(
            options("granted"),
            directory,
            source.config(),
            Stream.concat(Arrays.stream(tables), Stream.of(named)).toArray(TableConfig[]::new))) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("AUDIT_FIELD_OVERWRITTEN"))
          .extracting(Finding::message)
          .containsExactly(
              "CASES brings LastModifiedDate and LastModifiedBy.Username of records of Account, as"
                  + " again may change them afterwards.");
    }
  }

  private LocalMigration migration(String permission, String example) throws Exception {
    return new LocalMigration(
        options(permission), directory, source.config(), MappingPage.tables(directory, example));
  }

  private static OrgOptions options(String permission) {
    return OrgOptions.defaults().setup(OrgSetup.yaml(SETUP)).set("rows.auditFields", permission);
  }

  private static String example() throws Exception {
    return MappingPage.example("Audit fields");
  }

  private static Map<String, String> users(LocalMigration migration, String field) {
    Map<String, String> names = new TreeMap<>();
    try (var records = migration.org().records("User").stream()) {
      records.forEach((OrgRecord r) -> names.put(r.id(), r.value("Username").orElse("")));
    }
    Map<String, String> users = new TreeMap<>();
    migration.loaded(field).forEach((key, id) -> users.put(key, names.getOrDefault(id, "?")));
    return users;
  }
}
