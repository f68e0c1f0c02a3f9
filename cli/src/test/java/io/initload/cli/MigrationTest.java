package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration through the command line, command by command. */
@Tag("system")
public class MigrationTest {
  private static final List<String> TABLE_NAMES =
      List.of(
          "source",
          "object",
          "phase",
          "snapshotRows",
          "readRows",
          "quarantined",
          "stagedRows",
          "created",
          "updated",
          "deadLettered",
          "targetRows",
          "chunks",
          "parts",
          "jobs");

  @TempDir Path directory;

  @Test
  public void goesFromValidateToTheCertificate() throws IOException {
    try (Site site = Site.open(directory)) {
      JsonNode validated = site.run("validate", "--json").exits(0).json();
      assertThat(validated.path("valid").asBoolean()).isTrue();

      JsonNode plan = site.run("plan", "--json").exits(0).json();
      checkPlan(plan);
      assertThat(site.org().jobs()).as("planning loads nothing").isEmpty();
      assertThat(site.run("plan", "--sql").exits(0).out()).contains("SELECT", "CUSTOMERS");

      JsonNode run = site.run("run", "--json").exits(0).json();
      assertThat(run.path("deadLetters").asLong()).isZero();

      JsonNode status = site.run("status", "--json").exits(0).json();
      assertThat(status.path("quota").path("records").asLong())
          .as("every row, and one to learn how the org takes gzip")
          .isEqualTo(2_021);

      checkCertificate(site.run("reconcile", "--json").exits(0).json(), 2);
      Path page = directory.resolve("report.html");
      checkCertificate(site.run("report", "-o", page.toString(), "--json").exits(0).json(), 2);
      assertThat(page).content().contains("The books close.", "Country__c", "2,000");
      assertThat(site.run("dead-letters list", "--json").exits(0).json().path("rows")).isEmpty();

      assertThat(site.run("run").exits(0).out()).contains("closed");
      assertThat(site.org().jobs()).as("a second run loads nothing").hasSize(2);
      assertThat(privateFiles()).isEmpty();
    }
  }

  @Test
  public void refusedRowsAreListedWithCodeAndRemedy() {
    try (Site site = Site.open(directory)) {
      site.source()
          .run(
              "UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 7",
              "UPDATE CUSTOMERS SET COUNTRY_ID = 999 WHERE CUST_ID IN (8, 9)");
      site.run("run").exits(4);

      JsonNode list = site.run("dead-letters list", "--json").exits(0).json();
      assertThat(list.path("rows").findValuesAsText("externalId"))
          .containsExactlyInAnyOrder("7", "8", "9");
      assertThat(list.path("groups").findValuesAsText("code"))
          .containsExactlyInAnyOrder("INVALID_EMAIL_ADDRESS", "INVALID_FIELD");
      assertThat(site.run("dead-letters list").exits(0).out())
          .contains("INVALID_EMAIL_ADDRESS: Correct it in the source");

      JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
      assertThat(certificate.path("booksClosed").asBoolean()).isTrue();
      JsonNode customers = certificate.path("tables").path(1);
      assertThat(customers.path("deadLettered").asLong()).isEqualTo(3);
      assertThat(customers.path("created").asLong()).isEqualTo(1_997);
    }
  }

  @Test
  public void aSourceThatWasWrittenToIsAMismatch() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.source().run("INSERT INTO CUSTOMERS VALUES (4711, 'Late', 1, NULL)");
      Shell.Result reconciled = site.run("reconcile").exits(6);
      assertThat(reconciled.out())
          .contains("CUSTOMERS was read without a snapshot and has been written to");
      assertThat(site.run("reconcile", "--json").exits(6).json().path("booksClosed").asBoolean())
          .isFalse();
    }
  }

  @Test
  public void oneTableOrPhaseAtATime() {
    try (Site site = Site.open(directory)) {
      site.run("run", "--phase", "reference").exits(0);
      assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
      assertThat(site.org().records("Account").count()).isZero();
      site.run("reconcile").exits(6);
      JsonNode part = site.run("reconcile", "--phase", "reference", "--json").exits(0).json();
      assertThat(part.path("tables").findValuesAsText("source")).containsExactly("COUNTRIES");
      assertThat(part.path("notes").toString()).contains("this says nothing of the others");
      assertThat(site.run("report", "--table", "COUNTRIES").exits(0).out())
          .contains("The books close")
          .doesNotContain("CUSTOMERS");
      assertThat(
              site.run("reconcile", "--table", "COUNTRIES", "--phase", "customers").exits(1).err())
          .contains("USAGE", "COUNTRIES", "customers");
      site.run("run", "--table", "CUSTOMERS").exits(0);
      assertThat(site.org().records("Account").count()).isEqualTo(2_000);
      site.run("reconcile").exits(0);
    }
  }

  /** One table's trouble is its own, whatever command names the others. */
  @Test
  public void whatIsWrongWithATableThatIsNotChosenStopsNothing() {
    try (Site site = Site.open(directory)) {
      site.with("CUST_EMAIL: Email__c", "CUST_EMAIL: Nowhere__c");
      assertThat(site.run("run").exits(1).err()).contains("FIELD_UNKNOWN", "Nowhere__c");
      assertThat(site.run("run", "--table", "CUSTOMERS").exits(1).err()).contains("FIELD_UNKNOWN");
      assertThat(site.run("run", "--phase", "customers").exits(1).err()).contains("FIELD_UNKNOWN");

      site.run("run", "--table", "COUNTRIES").exits(0);
      assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
      site.run("reconcile", "--phase", "reference").exits(0);
      site.run("report", "--table", "COUNTRIES").exits(0);
      assertThat(site.run("reconcile").exits(1).err()).contains("FIELD_UNKNOWN");
      site.run("dead-letters replay", "--table", "COUNTRIES", "--from-source").exits(0);
      site.run("undo", "--table", "COUNTRIES", "--confirm", "crm-history").exits(0);
      assertThat(site.org().records("Country__c").count()).isZero();
    }
  }

  /** Whether they make a circle says in how many passes the chosen one is loaded. */
  @Test
  public void whatIsWrongWithAParentOfTheSamePhaseConcernsItsChildren() {
    try (Site site = Site.open(directory)) {
      site.config(
          text ->
              text.replace("phases: [reference, customers]", "phases: [customers]")
                  .replace("phase: reference", "phase: customers")
                  .replace("COUNTRY_NAME: Name", "COUNTRY_NAME: Nowhere__c"));
      assertThat(site.run("run", "--table", "CUSTOMERS").exits(1).err())
          .contains("FIELD_UNKNOWN", "Nowhere__c");
      assertThat(site.org().records("Account").count()).isZero();
    }
  }

  @Test
  public void whatTablesThatWereNotChosenLackIsNamed() {
    try (Site site = Site.open(directory)) {
      Task.run(site, "plan", Map.of("table", "CUSTOMERS"), 0);
      assertThat(site.run("run", "--table", "COUNTRIES").exits(3).out())
          .contains(
              "CUSTOMERS: 1 of 1 chunks are not read, first CUSTOMERS-00001.",
              "Other tables are not complete.",
              "next: initload run -c " + site.config() + "\n")
          .doesNotContain("Everything chosen is loaded");
      assertThat(site.run("run").exits(0).out())
          .contains("Everything chosen is loaded.", "next: initload reconcile -c " + site.config())
          .doesNotContain("not read");
    }
  }

  private static void checkPlan(JsonNode plan) {
    assertThat(plan.path("days").isIntegralNumber()).isTrue();
    assertThat(plan.path("whole").path("jobs").asLong()).isEqualTo(2);
    assertThat(plan.path("whole").path("bytes").asLong()).isPositive();
    assertThat(plan.path("tables")).hasSize(2);
    for (JsonNode table : plan.path("tables")) {
      assertThat(names(table))
          .contains(
              "source",
              "object",
              "order",
              "strategy",
              "chunks",
              "estimatedRows",
              "estimatedParts",
              "estimatedBatches");
    }
    assertThat(plan.path("tables").path(1).path("source").asText()).isEqualTo("CUSTOMERS");
    assertThat(plan.path("tables").path(1).path("estimatedRows").asLong()).isEqualTo(2_000);
  }

  /** The names that others rely on. */
  public static void checkCertificate(JsonNode certificate, int tables) {
    assertThat(certificate.path("migration").isTextual()).isTrue();
    assertThat(certificate.path("booksClosed").isBoolean()).isTrue();
    assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
    assertThat(certificate.path("quota").path("records").asLong()).isPositive();
    assertThat(certificate.path("quota").path("batches").asLong()).isPositive();
    assertThat(certificate.path("tables")).hasSize(tables);
    for (JsonNode table : certificate.path("tables")) {
      assertThat(names(table)).containsAll(TABLE_NAMES);
      assertThat(table.path("readRows").asLong()).isEqualTo(table.path("snapshotRows").asLong());
      assertThat(table.path("stagedRows").asLong() + table.path("quarantined").asLong())
          .isEqualTo(table.path("readRows").asLong());
      assertThat(
              table.path("created").asLong()
                  + table.path("updated").asLong()
                  + table.path("deadLettered").asLong())
          .isEqualTo(table.path("stagedRows").asLong());
    }
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Files with data that others than the owner may read. */
  private List<String> privateFiles() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(
              f -> f.startsWith(directory.resolve("staging")) || f.toString().contains("ledger"))
          .filter(f -> !permissions(f).endsWith("------"))
          .map(f -> f + " " + permissions(f))
          .toList();
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
