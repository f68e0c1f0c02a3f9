package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of number columns whose types allow more than their fields hold, the rows are asked. */
@Tag("system")
class NumbersTest {
  private static final int WIDE = 20;

  @TempDir Path directory;

  @Test
  void onlyWhatTheRowsShowIsToldWithItsCount() throws IOException {
    try (Site site = site(50)) {
      site.source()
          .run(
              "UPDATE CUSTOMERS SET AMOUNT = 10000000000000000 WHERE CUST_ID IN (1, 2, 3)",
              "UPDATE CUSTOMERS SET AMOUNT = -9999999999999999.99 WHERE CUST_ID = 4",
              "UPDATE CUSTOMERS SET AMOUNT = 1.234 WHERE CUST_ID IN (5, 6)",
              "UPDATE CUSTOMERS SET AMOUNT = 1.50000 WHERE CUST_ID = 7",
              "UPDATE CUSTOMERS SET STAFF = 1.5 WHERE CUST_ID = 8",
              "UPDATE CUSTOMERS SET STAFF = 1000000000 WHERE CUST_ID = 9");
      assertThat(numbers(site))
          .containsExactly(
              "NUMBER_TOO_LARGE CUSTOMERS.AMOUNT -> Account.Amount__c: The column NUMBER has more"
                  + " digits before the point than the 16 that the field holds in 3 of 50 rows:"
                  + " they become dead letters.",
              "NUMBER_SCALE CUSTOMERS.AMOUNT -> Account.Amount__c: The column NUMBER has more"
                  + " decimals than the 2 that the field shows in 2 of 50 rows: the API keeps them"
                  + " all, pages show them rounded.",
              "NUMBER_TOO_LARGE CUSTOMERS.STAFF -> Account.Staff__c: The column NUMBER has more"
                  + " digits before the point than the 9 that the field holds in 1 of 50 rows: they"
                  + " become dead letters.",
              "NUMBER_FRACTION CUSTOMERS.STAFF -> Account.Staff__c: The column NUMBER has decimals"
                  + " in 1 of 50 rows, and the field takes whole numbers only: they become dead"
                  + " letters.");
    }
  }

  @Test
  void numbersThatFitAreNotSpokenOf() throws IOException {
    try (Site site = site(50)) {
      site.source().run("UPDATE CUSTOMERS SET AMOUNT = 12.34, STAFF = 7");
      assertThat(numbers(site)).isEmpty();
    }
  }

  /** What the warning says to do, done. */
  @Test
  void decimalsThatTheSourceRoundsAreNotSpokenOf() throws IOException {
    try (Site site = site(50)) {
      site.source().run("UPDATE CUSTOMERS SET STAFF = 1.5 WHERE CUST_ID = 8");
      site.with(
          "      CUST_EMAIL: Email__c",
          "      CUST_EMAIL: Email__c\n    sql:\n      Staff__c: ROUND(STAFF)");
      assertThat(numbers(site)).isEmpty();
      site.run("run").exits(0);
      assertThat(
              site.org()
                  .records("Account")
                  .byExternalId("External_ID__c", "8")
                  .orElseThrow()
                  .value("Staff__c"))
          .contains("2");
    }
  }

  @Test
  void whatWasNotSeenIsSaidOnceForTheTable() throws IOException {
    try (Site site = site(100_001)) {
      site.source().run("UPDATE CUSTOMERS SET STAFF = 0.5 WHERE CUST_ID = 1");
      assertThat(numbers(site))
          .hasSize(2)
          .anySatisfy(
              found ->
                  assertThat(found)
                      .startsWith("NUMBER_FRACTION")
                      .contains("1 of the first 100,000 rows"))
          .anySatisfy(
              found ->
                  assertThat(found)
                      .startsWith("NUMBERS_UNSEEN tables CUSTOMERS:")
                      .contains("no number of the first 100,000 rows does: AMOUNT, W1, W2,")
                      .doesNotContain("STAFF"));
    }
  }

  private static List<String> numbers(Site site) {
    JsonNode findings = site.run("validate", "--json").exits(0).json().path("findings");
    return StreamSupport.stream(findings.spliterator(), false)
        .filter(f -> f.path("code").asText().startsWith("NUMBER"))
        .map(
            f ->
                "%s %s: %s"
                    .formatted(
                        f.path("code").asText(),
                        f.path("where").asText(),
                        f.path("message").asText()))
        .toList();
  }

  private Site site(int customers) throws IOException {
    Path describes = Files.createDirectory(directory.resolve("describes"));
    Files.writeString(
        describes.resolve("Account.json"),
        """
        {"name": "Account", "keyPrefix": "001", "fields": [
          {"name": "Name", "type": "string", "length": 255, "nameField": true, "nillable": false},
          {"name": "External_ID__c", "type": "string", "length": 80, "externalId": true, "unique": true, "idLookup": true},
          {"name": "Country__c", "type": "reference", "referenceTo": ["Country__c"], "relationshipName": "Country__r"},
          {"name": "Email__c", "type": "email", "length": 80},
          {"name": "Amount__c", "type": "currency", "precision": 18, "scale": 2},
          {"name": "Staff__c", "type": "int", "digits": 9}, %s]}
        """
            .formatted(
                wide(
                    "{\"name\": \"W%d__c\", \"type\": \"double\", \"precision\": 18, \"scale\":"
                        + " 0}")));
    Site site = Site.open(directory, OrgOptions.defaults().describes(describes), customers);
    site.source()
        .run(
            "ALTER TABLE CUSTOMERS ADD (AMOUNT NUMBER, STAFF NUMBER, %s)"
                .formatted(wide("W%d NUMBER(38) DEFAULT 7")));
    return site.with(
        "      CUST_EMAIL: Email__c",
        "      CUST_EMAIL: Email__c\n      AMOUNT: Amount__c\n      STAFF: Staff__c\n      "
            + wide("W%1$d: W%1$d__c").replace(", ", "\n      "));
  }

  private static String wide(String one) {
    return IntStream.rangeClosed(1, WIDE)
        .mapToObj(one::formatted)
        .collect(Collectors.joining(", "));
  }
}
