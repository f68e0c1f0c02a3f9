package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the findings about rows advise, done. */
@Tag("system")
class DataRemediesTest {
  private static final String MAIL = "      CUST_EMAIL: Email__c";

  @TempDir Path directory;

  @Test
  void rowsThatAConditionLeavesOutAreNotSpokenOf() throws IOException {
    try (Site site = site()) {
      site.source()
          .run(
              "ALTER TABLE CUSTOMERS ADD REF VARCHAR2(20)",
              "UPDATE CUSTOMERS SET REF = 'r' || CUST_ID WHERE CUST_ID <> 7",
              "UPDATE CUSTOMERS SET COUNTRY_ID = 999 WHERE CUST_ID = 6");
      String keyed = "REF: External_ID__c";
      site.with("CUST_ID: External_ID__c", keyed);
      assertThat(found(site)).containsExactly("DATA_KEY_NULL 1", "DATA_ORPHANS 1");
      String where = MAIL + "\n    where: REF IS NOT NULL AND COUNTRY_ID < 999";
      site.config(text -> text.replace("CUST_ID: External_ID__c", keyed).replace(MAIL, where));
      assertThat(found(site)).isEmpty();
    }
  }

  @Test
  void whatAPolicyDecidesIsNotLost() throws IOException {
    try (Site site = site()) {
      site.source()
          .run(
              "ALTER TABLE CUSTOMERS ADD CITY VARCHAR2(100)",
              "ALTER TABLE CUSTOMERS ADD SINCE DATE",
              "UPDATE CUSTOMERS SET CITY = RPAD('x', 41, 'x') WHERE CUST_ID = 3",
              "UPDATE CUSTOMERS SET SINCE = DATE '1600-01-01' WHERE CUST_ID = 5");
      String mapped = MAIL + "\n      CITY: BillingCity\n      SINCE: Customer_Since__c";
      site.with(MAIL, mapped);
      assertThat(found(site)).containsExactly("DATA_TEXT_TOO_LONG 1", "DATA_DATE_OUT_OF_RANGE 1");
      String decided = mapped + "\n    values: {CITY: {tooLong: truncate}, SINCE: {dates: empty}}";
      // The file is written anew from its beginning each time.
      site.with(MAIL, decided);
      assertThat(found(site)).containsExactly("DATA_TEXT_TOO_LONG 0", "DATA_DATE_OUT_OF_RANGE 0");
      site.run("run").exits(0);
    }
  }

  @Test
  void whatTheSourceFillsOrShortensIsNotSpokenOf() throws IOException {
    try (Site site = site()) {
      site.source()
          .run(
              "ALTER TABLE CUSTOMERS ADD NICK VARCHAR2(60)",
              "ALTER TABLE CUSTOMERS ADD MEMO CLOB",
              "UPDATE CUSTOMERS SET NICK = 'n' WHERE CUST_ID <> 8",
              "UPDATE CUSTOMERS SET MEMO = REPEAT('m', 400001) WHERE CUST_ID = 9");
      String sound = "NICK: Name\n      MEMO: Description";
      site.with("CUST_LAST_NAME: Name", sound);
      assertThat(found(site)).contains("DATA_REQUIRED_EMPTY 1", "DATA_ROW_TOO_LONG 1");
      site.with(
          "      CUST_LAST_NAME: Name\n      COUNTRY_ID: Country__r.External_ID__c\n" + MAIL,
          "      COUNTRY_ID: Country__r.External_ID__c\n"
              + MAIL
              + "\n    sql:\n      Name: COALESCE(NICK, 'unknown')\n"
              + "      Description: CAST(SUBSTR(MEMO, 1, 1000) AS VARCHAR(1000))");
      assertThat(found(site)).isEmpty();
      site.run("run").exits(0);
    }
  }

  private Site site() {
    return Site.open(directory, OrgOptions.defaults(), 20);
  }

  /** Codes, and how many rows are lost by each. */
  private static List<String> found(Site site) {
    JsonNode tables = site.run("validate", "--data", "--json").exits(0).json().path("data");
    return StreamSupport.stream(tables.path("tables").spliterator(), false)
        .flatMap(table -> StreamSupport.stream(table.path("findings").spliterator(), false))
        .map(found -> found.path("code").asText() + " " + found.path("lost").asInt())
        .toList();
  }
}
