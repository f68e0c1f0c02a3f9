package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.init.InitSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} reads Oracle's dictionary over the wire, foreign keys included. */
@Tag("system")
class WireInitTest {
  private static final String KEY =
      "{\"name\": \"External_ID__c\", \"type\": \"string\", \"length\": 40, \"externalId\": true,"
          + " \"unique\": true, \"idLookup\": true}";
  private static final String NAME =
      "{\"name\": \"Name\", \"type\": \"string\", \"length\": 80, \"nameField\": true}";

  private static StandIn oracle;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    oracle = StandIn.start(1);
    oracle.dba(
        "CREATE TABLE SYSTEM.OF_THE_DATABASE (ID NUMBER(9) PRIMARY KEY)",
        "GRANT SELECT ON SYSTEM.OF_THE_DATABASE TO LOADER",
        "CREATE USER HR IDENTIFIED BY \"x\"",
        "ALTER SESSION SET CURRENT_SCHEMA = HR",
        "CREATE TABLE DEPARTMENTS (DEPARTMENT_ID NUMBER(9) PRIMARY KEY, NAME VARCHAR2(40) NOT"
            + " NULL)",
        "CREATE TABLE EMPLOYEES (EMPLOYEE_ID NUMBER(9) PRIMARY KEY, NAME VARCHAR2(40) NOT NULL,"
            + " WORKS_AT NUMBER(9) REFERENCES DEPARTMENTS, BOSS NUMBER(9) REFERENCES EMPLOYEES)",
        "INSERT INTO DEPARTMENTS VALUES (10, 'Sales')",
        "INSERT INTO EMPLOYEES VALUES (1, 'Ann', 10, NULL)",
        "INSERT INTO EMPLOYEES VALUES (2, 'Ben', 10, 1)",
        "GRANT SELECT, FLASHBACK ON HR.DEPARTMENTS TO LOADER",
        "GRANT SELECT, FLASHBACK ON HR.EMPLOYEES TO LOADER");
  }

  @AfterAll
  static void stop() {
    oracle.close();
  }

  @Test
  void foreignKeysBecomeLookupsAndTheDraftRuns() throws IOException {
    try (InitSite site = site()) {
      JsonNode drafted = site.init("--schema", "HR", "--json").exits(0).json();
      assertThat(drafted.path("tables").findValuesAsText("object"))
          .containsExactlyInAnyOrder("Department__c", "Employee__c");
      JsonNode employees =
          StreamSupport.stream(drafted.path("tables").spliterator(), false)
              .filter(table -> table.path("source").asText().equals("HR.EMPLOYEES"))
              .findFirst()
              .orElseThrow();
      assertThat(employees.path("fields").findValuesAsText("field"))
          .contains("Department__r.External_ID__c", "Manager__r.External_ID__c");

      site.run("validate").exits(0);
      site.run("run").exits(0);
      JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
      assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
      assertThat(certificate.path("tables").findValuesAsText("source"))
          .contains("HR.EMPLOYEES:links");
    }
  }

  @Test
  void schemasThatCameWithTheDatabaseAreNotOffered() throws IOException {
    try (InitSite site = site()) {
      assertThat(site.init("--schema", "NOWHERE").exits(1).err())
          .contains("there are LOADER, HR")
          .doesNotContain("SYSTEM");
    }
  }

  private InitSite site() throws IOException {
    Path describes = Files.createDirectory(directory.resolve("describes"));
    describe(describes, "Department__c", "");
    describe(
        describes,
        "Employee__c",
        lookup("Department", "Department__c") + lookup("Manager", "Employee__c"));
    return new InitSite(directory, oracle.url(), StandIn.USER, describes);
  }

  private static String lookup(String name, String parent) {
    return (", {\"name\": \"%s__c\", \"type\": \"reference\", \"referenceTo\": [\"%s\"],"
            + " \"relationshipName\": \"%s__r\"}")
        .formatted(name, parent, name);
  }

  private static void describe(Path folder, String object, String lookups) throws IOException {
    Files.writeString(
        folder.resolve(object + ".json"),
        "{\"name\": \"%s\", \"fields\": [%s, %s%s]}".formatted(object, NAME, KEY, lookups));
  }
}
