package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Site;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands say of a table that is loaded by levels: customers 1 to 10, their 90 children, and
 * the 1,900 children of those.
 */
@Tag("system")
class LevelsCommandsTest {
  private static final String MAPPED =
      """
            CUST_EMAIL: Email__c
            BOSS: Parent.External_ID__c
          writeOnce: true
          levels: 3
      """;

  private static final String REFUSED =
      "UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 5";

  @TempDir private Path directory;

  private Site site;

  @BeforeEach
  void open() {
    site =
        Site.open(directory)
            .with("      CUST_EMAIL: Email__c\n    chunking: {rows: 10000}\n", MAPPED);
    site.source()
        .run(
            "ALTER TABLE CUSTOMERS ADD BOSS NUMBER(10)",
            "UPDATE CUSTOMERS SET BOSS = CASE WHEN CUST_ID > 100 THEN 11 + MOD(CUST_ID, 90) WHEN"
                + " CUST_ID > 10 THEN 1 + MOD(CUST_ID, 10) END");
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void planShowsEachLevelWithItsRowsAndWhy() {
    JsonNode tables = site.run("plan", "--json").exits(0).json().path("tables");
    assertThat(tables.findValuesAsText("source"))
        .containsExactly("COUNTRIES", "CUSTOMERS", "CUSTOMERS:level1", "CUSTOMERS:level2");
    assertThat(tables.findValuesAsText("estimatedRows")).containsExactly("20", "10", "90", "1900");
    assertThat(site.run("plan", "--sql").exits(0).out())
        .contains("rows with 0 ancestors by BOSS", "rows with 2 ancestors by BOSS")
        .contains("written once and parents first, in at most 3 generations");
    assertThat(site.org().jobs()).isEmpty();
  }

  @Test
  void undoTakesAllLevelsBackChildrenFirst() {
    site.run("run").exits(0);
    assertThat(site.org().records("Account").count()).isEqualTo(2_000);
    JsonNode preview = site.run("undo", "--table", "CUSTOMERS", "--json").exits(0).json();
    assertThat(preview.path("tables").findValuesAsText("created"))
        .containsExactly("1900", "90", "10");
    site.run("undo", "--table", "CUSTOMERS", "--confirm", "crm-history").exits(0);
    assertThat(site.org().records("Account").count()).isZero();
    assertThat(site.org().records("Country__c").count()).isEqualTo(20);
  }

  /** Nine children of 5, and their 190 ones, are refused since it is. */
  @Test
  void deadLettersOfATableAreThoseOfAllItsLevels() {
    site.source().run(REFUSED);
    site.run("run").exits(4);
    JsonNode listed =
        site.run("dead-letters list", "--table", "CUSTOMERS", "--json").exits(0).json();
    assertThat(listed.path("groups").findValuesAsText("table"))
        .containsExactlyInAnyOrder("CUSTOMERS", "CUSTOMERS:level1", "CUSTOMERS:level2");
    assertThat(listed.path("groups").findValuesAsText("rows"))
        .containsExactlyInAnyOrder("1", "9", "190");
    assertThat(
            site.run("dead-letters list", "--table", "COUNTRIES", "--json")
                .exits(0)
                .json()
                .path("groups"))
        .isEmpty();

    site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = NULL WHERE CUST_ID = 5");
    site.run("dead-letters replay", "--from-source", "--table", "CUSTOMERS").exits(0);
    assertThat(site.org().records("Account").count()).isEqualTo(2_000);
    JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
    assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
  }

  @Test
  void aRowIsFollowedInItsOwnLevelAlone() {
    site.source().run(REFUSED);
    site.run("run").exits(4);
    JsonNode deep = site.run("trace", "1500", "--json").exits(0).json();
    assertThat(passes(deep)).containsExactly("CUSTOMERS:level2");
    JsonNode record = deep.path(0).path("records").path(0);
    assertThat(record.path("origin").path("part").asText("")).contains("level2");
    assertThat(deep.path(0).path("source").path("found").asText()).isEqualTo("ONE");

    JsonNode top = site.run("trace", "3", "--table", "CUSTOMERS", "--json").exits(0).json();
    assertThat(passes(top)).containsExactly("CUSTOMERS");

    JsonNode refused = site.run("trace", "14", "--table", "CUSTOMERS", "--json").exits(0).json();
    assertThat(passes(refused)).containsExactly("CUSTOMERS:level1");
    assertThat(refused.path(0).path("exceptions").path(0).path("row").path("code").asText())
        .isEqualTo("INVALID_FIELD");
    assertThat(refused.path(0).path("records")).isEmpty();
  }

  private static List<String> passes(JsonNode traces) {
    return traces.findValuesAsText("pass");
  }
}
