package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is advised about a lookup that cannot be set later helps in its case: who follows it loads.
 */
@Tag("system")
class LookupAdviceTest {
  private static final int CUSTOMERS = 60;

  private static final String ACCOUNT =
      """
      {"name": "Account", "keyPrefix": "001", "fields": [
        {"name": "Name", "type": "string", "length": 255, "nameField": true, "nillable": false},
        {"name": "External_ID__c", "type": "string", "length": 80, "externalId": true, "unique": true, "idLookup": true},
        {"name": "Email__c", "type": "email", "length": 80},
        {"name": "Boss__c", "type": "reference", "referenceTo": ["Account"], "relationshipName": "Boss__r"},
        {"name": "Country__c", "type": "reference", "referenceTo": ["Country__c"], "relationshipName": "Country__r"}]}
      """;

  private static final String COUNTRY =
      """
      {"name": "Country__c", "keyPrefix": "a00", "fields": [
        {"name": "Name", "type": "string", "length": 80, "nameField": true},
        {"name": "External_ID__c", "type": "string", "length": 80, "externalId": true, "unique": true, "idLookup": true},
        {"name": "First__c", "type": "reference", "referenceTo": ["Account"], "relationshipName": "First__r"}]}
      """;

  @TempDir Path directory;

  @Test
  void intoItsOwnTableParentsAreLoadedFirst() throws IOException {
    try (Site site = bosses("written-once", "Boss__c", "\"updateable\": false")) {
      site.run("validate").exits(0);
      Shell.Result refused = site.run("run").exits(1);
      assertThat(refused.out() + refused.err()).contains("LEVELS_CIRCLE", "1 -> 1");
      site.source().run("UPDATE CUSTOMERS SET BOSS_ID = NULL WHERE CUST_ID = 1");
      loads(site, "CUSTOMERS:level5");
    }
    try (Site site = bosses("optional", "Boss__c", "\"nillable\": true")) {
      loads(site, "CUSTOMERS:links");
    }
  }

  @Test
  void inACircleOneOfThemIsMadeOptional() throws IOException {
    try (Site site = circle("both", "\"nillable\": false")) {
      advises(
          site,
          "COUNTRIES.First__r.External_ID__c -> CUSTOMERS, CUSTOMERS.Country__r.External_ID__c ->"
              + " COUNTRIES",
          "Make one of these lookups optional",
          "No order of phases helps");
    }
    try (Site site = circle("one", "\"nillable\": true")) {
      loads(site, "COUNTRIES:links");
    }
  }

  @Test
  void ofALaterPhaseTheParentIsPutForward() throws IOException {
    try (Site site = site("phases", "Country__c", "\"nillable\": false")) {
      site.with("phases: [reference, customers]", "phases: [customers, reference]");
      advises(
          site,
          "COUNTRIES when it is loaded, and that table is of a later phase",
          "Put COUNTRIES into the phase of CUSTOMERS or an earlier one.");
      site.config(
          text ->
              text.replace("phases: [reference, customers]", "phases: [customers]")
                  .replace("phase: reference", "phase: customers"));
      loads(site, "COUNTRIES");
    }
  }

  private static void advises(Site site, String... words) {
    assertThat(site.run("validate").exits(1).out()).contains("PLAN_CYCLE").contains(words);
  }

  private static void loads(Site site, String table) {
    site.run("validate").exits(0);
    site.run("run").exits(0);
    assertThat(site.run("reconcile").exits(0).out()).contains(table, "The books close");
  }

  /** Every customer names the one of half its number, the first one itself. */
  private Site bosses(String name, String field, String property) throws IOException {
    Site site = site(name, field, property);
    site.source()
        .run(
            "ALTER TABLE CUSTOMERS ADD BOSS_ID NUMBER(10)",
            "UPDATE CUSTOMERS SET BOSS_ID = CASE WHEN CUST_ID > 1 THEN FLOOR(CUST_ID / 2) ELSE 1 END");
    return site.with(
        "      CUST_EMAIL: Email__c",
        "      CUST_EMAIL: Email__c\n      BOSS_ID: Boss__r.External_ID__c");
  }

  /** Customers require their countries, and countries their first customers, or not. */
  private Site circle(String name, String property) throws IOException {
    Files.createDirectories(describes(name));
    Files.writeString(
        describes(name).resolve("Country__c.json"), with(COUNTRY, "First__c", property));
    Site site = site(name, "Country__c", "\"nillable\": false");
    site.source()
        .run(
            "ALTER TABLE COUNTRIES ADD FIRST_ID NUMBER(10)",
            "UPDATE COUNTRIES SET FIRST_ID = COUNTRY_ID");
    return site.config(
        text ->
            text.replace(
                    "COUNTRY_NAME: Name}", "COUNTRY_NAME: Name, FIRST_ID: First__r.External_ID__c}")
                .replace("phases: [reference, customers]", "phases: [customers]")
                .replace("phase: reference", "phase: customers"));
  }

  /** With an org whose account has one field of its own kind. */
  private Site site(String name, String field, String property) throws IOException {
    Files.createDirectories(describes(name));
    Files.writeString(describes(name).resolve("Account.json"), with(ACCOUNT, field, property));
    return Site.open(
        Files.createDirectories(directory.resolve(name)),
        OrgOptions.defaults().describes(describes(name)),
        CUSTOMERS);
  }

  private Path describes(String name) {
    return directory.resolve("describes-" + name);
  }

  private static String with(String object, String field, String property) {
    return object.replace(
        "{\"name\": \"" + field + "\",", "{\"name\": \"" + field + "\", " + property + ",");
  }
}
