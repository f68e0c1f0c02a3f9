package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate --data} tells of rows, and the report afterwards. */
@Tag("system")
class DataTest {
  private static final String LONG =
      "WARNING DATA_TEXT_TOO_LONG CUSTOMERS.CITY -> Account.BillingCity: 2 of 50 rows have more"
          + " than the 40 characters that the field takes, 41 at the most: they become dead"
          + " letters.";

  @TempDir Path directory;

  @Test
  void whatIsToldBecomesTrueAndTheReportSaysSo() throws IOException {
    try (Site site = dirty()) {
      Path page = directory.resolve("data.html");
      Shell.Result told = site.run("validate", "--data", "-o", page.toString()).exits(0);
      assertThat(told.out())
          .contains(LONG, "  keys: 3, 4", "DATA_DATE_OUT_OF_RANGE", "DATA_ORPHANS")
          .contains("\n4 rows will need a person.");
      assertThat(Files.readString(page))
          .contains("4 rows will need a person.", "DATA_ORPHANS", "All 50 rows were looked at")
          .doesNotContain("{{");
      assertThat(site.org().jobs()).isEmpty();

      site.run("run").exits(4);
      Path report = directory.resolve("report.html");
      site.run("report", "-o", report.toString()).exits(0);
      assertThat(Files.readString(report))
          .contains(
              "What was told of the rows, and what became of them",
              "<td>CUSTOMERS</td><td>all rows</td><td class=\"n\">50</td><td class=\"n\">0</td>"
                  + "<td class=\"n\">0</td><td class=\"n\">4</td><td class=\"n\">4</td>");
    }
  }

  @Test
  void theDocumentHasEachFinding() throws IOException {
    try (Site site = dirty()) {
      JsonNode data = site.run("validate", "--data", "--json").exits(0).json().path("data");
      JsonNode customers = data.path("tables").get(1);
      assertThat(customers.path("rows").asInt()).isEqualTo(50);
      assertThat(customers.path("sampled").asBoolean()).isFalse();
      assertThat(customers.path("deadLetters").asInt()).isEqualTo(4);
      JsonNode found = customers.path("findings").get(0);
      assertThat(found.path("code").asText()).isEqualTo("DATA_TEXT_TOO_LONG");
      assertThat(found.path("rows").asInt()).isEqualTo(2);
      assertThat(found.path("lost").asInt()).isEqualTo(2);
      assertThat(found.path("examples").size()).isEqualTo(2);
    }
  }

  @Test
  void aSampleIsMarkedAndTheRestIsNotSeen() throws IOException {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 2_000)) {
      Shell.Result told = site.run("validate", "--data", "--sample", "200").exits(0);
      assertThat(told.out())
          .contains("a sample", "how many rows name one record: a sample does not tell")
          .contains("By samples, about 0 rows will need a person.");
    }
  }

  @Test
  void aTableOfWhichNothingArrivesIsAnError() throws IOException {
    try (Site site = dirty()) {
      site.source().run("UPDATE CUSTOMERS SET COUNTRY_ID = 999");
      site.run("validate").exits(0);
      assertThat(site.run("validate", "--data").exits(1).out())
          .contains("ERROR DATA_ORPHANS", "50 of 50 rows", "\n1 errors, ");
    }
  }

  @Test
  void aTableWhoseMappingIsWrongIsToldToBeLeftOut() throws IOException {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 3)) {
      site.with("CUST_EMAIL: Email__c", "CUST_EMAIL: Nowhere__c");
      assertThat(site.run("validate", "--data").exits(1).out())
          .contains("not looked at: CUSTOMERS, whose mapping has errors");
    }
  }

  @Test
  void withoutItTheRowsAreNotSpokenOf() throws IOException {
    try (Site site = dirty()) {
      assertThat(site.run("validate").exits(0).out()).doesNotContain("DATA_");
      assertThat(site.run("validate", "--sample", "5").exits(1).err()).contains("USAGE", "--data");
      assertThat(site.run("validate", "-o", "x.html").exits(1).err()).contains("USAGE", "--data");
      assertThat(site.run("validate", "--data", "--sample", "0").exits(1).err())
          .contains("USAGE", "1 at least");
      assertThat(site.run("validate", "--data", "--fraction", "1%").exits(1).err())
          .contains("USAGE", "knows of no trial");
      site.run("run").exits(4);
      Path report = directory.resolve("report.html");
      site.run("report", "-o", report.toString()).exits(0);
      assertThat(Files.readString(report)).doesNotContain("What was told of the rows");
    }
  }

  private Site dirty() throws IOException {
    Site site = Site.open(directory, OrgOptions.defaults(), 50);
    site.source()
        .run(
            "ALTER TABLE CUSTOMERS ADD CITY VARCHAR2(100)",
            "ALTER TABLE CUSTOMERS ADD SINCE DATE",
            "UPDATE CUSTOMERS SET CITY = RPAD('x', 41, 'x') WHERE CUST_ID IN (3, 4)",
            "UPDATE CUSTOMERS SET SINCE = DATE '1600-01-01' WHERE CUST_ID = 5",
            "UPDATE CUSTOMERS SET COUNTRY_ID = 999 WHERE CUST_ID = 6");
    return site.with(
        "      CUST_EMAIL: Email__c",
        "      CUST_EMAIL: Email__c\n      CITY: BillingCity\n      SINCE: Customer_Since__c");
  }
}
