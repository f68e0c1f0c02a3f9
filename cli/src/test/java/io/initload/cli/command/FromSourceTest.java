package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.OrgApi;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were corrected in the source are loaded as the source has them then. */
@Tag("system")
class FromSourceTest {
  private static final Pattern READ_AGAIN =
      Pattern.compile(
          "CUSTOMERS: (\\d+) rows were read again from [^;]*; (\\d+) of them had been ");

  @TempDir Path directory;

  private Site refused(String... more) {
    Site site = Site.open(directory);
    site.source()
        .run("UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID IN (7, 8)");
    site.source().run(more);
    site.run("run").exits(4);
    return site;
  }

  @Test
  void correctedRowsAreReadAgainAndTheCertificateSaysSo() {
    try (Site site = refused()) {
      String advice =
          "Correct it in the source, then `initload dead-letters replay --from-source`.";
      assertThat(site.run("dead-letters list").exits(0).out()).contains(advice);
      assertThat(site.run("dead-letters replay").exits(4).out())
          .as("the staged rows again")
          .contains("2 rows need a person");

      site.source()
          .run(
              "UPDATE CUSTOMERS SET CUST_EMAIL = 'seven@nowhere.example' WHERE CUST_ID = 7",
              "UPDATE CUSTOMERS SET CUST_EMAIL = 'eight@nowhere.example' WHERE CUST_ID = 8");
      JsonNode replayed =
          site.run("dead-letters replay", "--from-source", "--json").exits(0).json();
      assertThat(replayed.path("deadLetters").asLong()).isZero();
      assertThat(
              site.org()
                  .records("Account")
                  .byExternalId("External_ID__c", "7")
                  .orElseThrow()
                  .value("Email__c"))
          .contains("seven@nowhere.example");
      JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
      assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
      assertThat(certificate.path("notes").toString())
          .containsPattern(
              "CUSTOMERS: 2 rows were read again from the source at a later moment \\([^)]+\\);"
                  + " 2 of them had been changed there since the snapshot\\.");
      assertThat(site.run("dead-letters replay", "--from-source").exits(0).out())
          .contains("no row that the source shows corrected");
    }
  }

  /** Read again is not corrected: a row may go because the cause of its refusal is gone. */
  @Test
  void onlyRowsThatWereChangedCountAsChanged() {
    try (Site site = refused("UPDATE CUSTOMERS SET COUNTRY_ID = 21 WHERE CUST_ID IN (9, 10, 11)")) {
      OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret())
          .insert("Country__c", "External_ID__c,Name\n21,Late\n");
      site.source()
          .run(
              "UPDATE CUSTOMERS SET CUST_EMAIL = 'seven@nowhere.example' WHERE CUST_ID = 7",
              "UPDATE CUSTOMERS SET CUST_LAST_NAME = 'Renamed' WHERE CUST_ID = 11");
      site.run("dead-letters replay", "--from-source").exits(4);
      assertThat(readAgain(site))
          .as("8 is refused again, 9 and 10 are as they were, 7 and 11 are not")
          .isEqualTo("4 rows, 2 changed");

      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = NULL WHERE CUST_ID = 8");
      site.run("dead-letters replay", "--from-source").exits(0);
      assertThat(readAgain(site))
          .as("8 was read twice, and counts against the snapshot")
          .isEqualTo("5 rows, 3 changed");
    }
  }

  /** What the certificate says of it, of all moments together: two may fall into one second. */
  private static String readAgain(Site site) {
    Matcher said =
        READ_AGAIN.matcher(site.run("reconcile", "--json").json().path("notes").toString());
    long rows = 0;
    long changed = 0;
    while (said.find()) {
      rows += Long.parseLong(said.group(1));
      changed += Long.parseLong(said.group(2));
    }
    return rows + " rows, " + changed + " changed";
  }

  /** Two rows with one key: it is not known which of them was meant. */
  @Test
  void rowsThatTheSourceDoesNotHaveOnceStayAndAreCounted() {
    try (Site site =
        refused(
            "ALTER TABLE CUSTOMERS DROP PRIMARY KEY",
            "INSERT INTO CUSTOMERS VALUES (9, 'Twice', 1, NULL)")) {
      assertThat(site.run("dead-letters list").exits(0).out())
          .contains("EXTERNAL_ID_DUPLICATE: Give each row an external id of its own in a file of");
      site.source()
          .run(
              "DELETE FROM CUSTOMERS WHERE CUST_ID = 7",
              "UPDATE CUSTOMERS SET CUST_EMAIL = NULL WHERE CUST_ID = 8");
      Shell.Result replayed = site.run("dead-letters replay", "--from-source").exits(4);
      assertThat(replayed.err() + replayed.out())
          .contains("3 rows stay as they are", "1 rows are tried again");

      assertThat(replayed.err() + replayed.out())
          .contains("2 have no external id of their own", "1 have an external id that the source");
    }
  }

  /** A row of the source that has the shared id now may be either of the two. */
  @Test
  void rowsThatSharedAnExternalIdAreToldApartByAFile() throws IOException {
    try (Site site =
        refused(
            "ALTER TABLE CUSTOMERS DROP PRIMARY KEY",
            "INSERT INTO CUSTOMERS VALUES (9, 'Twice', 1, NULL)",
            "UPDATE CUSTOMERS SET CUST_LAST_NAME = 'Miller' WHERE CUST_ID = 9 AND CUST_LAST_NAME"
                + " <> 'Twice'")) {
      site.source()
          .run(
              "UPDATE CUSTOMERS SET CUST_EMAIL = NULL WHERE CUST_ID IN (7, 8)",
              "UPDATE CUSTOMERS SET CUST_ID = 900001 WHERE CUST_LAST_NAME = 'Twice'");
      site.run("dead-letters replay", "--from-source").exits(4);
      assertThat(site.run("dead-letters replay", "--from-source").exits(0).out())
          .contains("no row that the source shows corrected");
      assertThat(site.org().records("Account").byExternalId("External_ID__c", "9")).isEmpty();

      Path letters = directory.resolve("letters");
      site.run("dead-letters export", "-o", letters.toString()).exits(0);
      Path file = letters.resolve("CUSTOMERS.csv");
      Files.writeString(file, Files.readString(file).replace(",9,Twice,", ",900001,Twice,"));
      site.run("dead-letters replay", "--from", file.toString()).exits(0);
      assertThat(name(site, "9")).contains("Miller");
      assertThat(name(site, "900001")).contains("Twice");
      JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
      assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
    }
  }

  private static Optional<String> name(Site site, String id) {
    return site.org()
        .records("Account")
        .byExternalId("External_ID__c", id)
        .orElseThrow()
        .value("Name");
  }

  /** Of a ledger that was written before this was noted. */
  @Test
  void whatAnOlderVersionDidNotNoteIsSaid() throws SQLException {
    try (Site site = refused()) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = NULL WHERE CUST_ID IN (7, 8)");
      site.run("dead-letters replay", "--from-source").exits(0);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE exception_row SET digest_snapshot = '' WHERE external_id = '7'");
      }
      assertThat(site.run("reconcile", "--json").exits(0).json().path("notes").toString())
          .contains(
              "1 of them had been changed there since the snapshot, and of 1 an older initload did"
                  + " not note it.");
    }
  }

  @Test
  void aRowIsCorrectedInOnePlace() {
    try (Site site = refused()) {
      assertThat(site.run("dead-letters replay", "--from-source", "--from", "x.csv").exits(1).err())
          .contains("error USAGE", "exclude each other");
    }
  }
}
