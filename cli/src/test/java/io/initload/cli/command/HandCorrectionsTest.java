package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Sha256;
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
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate names every row that is in the org otherwise than the source has it. */
@Tag("system")
class HandCorrectionsTest {
  private static final String BAD = "nobody(at)nowhere";
  private static final String GOOD = "seven@nowhere.example";

  /** SHA-256 of customer 7's fields, as they are staged with an e-mail address. */
  private static String digest(String email) {
    return Sha256.of("[\"7\",\"Müller \\\"7\\\"\\nné Łukasz\",\"8\",\"%s\"]".formatted(email));
  }

  @TempDir Path directory;

  private Path letters() {
    return directory.resolve("letters");
  }

  private Path file() {
    return letters().resolve("CUSTOMERS.csv");
  }

  private Site refused() {
    Site site = Site.open(directory);
    site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = '" + BAD + "' WHERE CUST_ID = 7");
    site.run("run").exits(4);
    return site;
  }

  private Shell.Result correct(Site site, UnaryOperator<String> change) throws IOException {
    site.run("dead-letters export", "-o", letters().toString()).exits(0);
    Files.writeString(file(), change.apply(Files.readString(file())));
    return site.run("dead-letters replay", "--from", file().toString());
  }

  private static JsonNode customers(Site site) {
    JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
    assertThat(certificate.path("booksClosed").asBoolean()).as("%s", certificate).isTrue();
    return certificate.path("tables").path(1);
  }

  @Test
  void whoWhenWhichFileAndBothDigestsAreListed() throws IOException {
    try (Site site = refused()) {
      Instant before = Instant.now().minusSeconds(1);
      correct(site, text -> text.replace(BAD, GOOD)).exits(0);

      JsonNode corrected = customers(site).path("corrected");
      assertThat(corrected.path("rows").asLong()).isEqualTo(1);
      JsonNode row = corrected.path("first").path(0);
      assertThat(row.path("externalId").asText()).isEqualTo("7");
      assertThat(row.path("by").asText()).isEqualTo(System.getProperty("user.name"));
      assertThat(Instant.parse(row.path("at").asText())).isBetween(before, Instant.now());
      assertThat(row.path("file").asText()).isEqualTo(file().toString());
      assertThat(row.path("digestRead").asText()).isEqualTo(digest(BAD));
      assertThat(row.path("digestLoaded").asText()).isEqualTo(digest(GOOD));

      assertThat(site.run("reconcile").exits(0).out())
          .contains(
              "corrected by hand, so that they differ from the source:",
              digest(BAD).substring(0, 12),
              digest(GOOD).substring(0, 12),
              "CUSTOMERS: 1 rows were corrected by hand");
      Path report = directory.resolve("report.html");
      site.run("report", "-o", report.toString()).exits(0);
      assertThat(report).content().contains("Rows corrected by hand", digest(BAD), digest(GOOD));
    }
  }

  @Test
  void theSecondCorrectionIsHeldAgainstTheSourceTooAndReadingAgainEndsIt() throws IOException {
    try (Site site = refused()) {
      correct(site, text -> text.replace(BAD, "still(at)nowhere")).exits(4);
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = '" + GOOD + "' WHERE CUST_ID = 7");
      correct(site, text -> text.replace("still(at)nowhere", "worse(at)nowhere")).exits(4);
      site.run("dead-letters replay", "--from-source").exits(0);
      assertThat(customers(site).path("corrected").path("rows").asLong()).isZero();
      assertThat(site.run("reconcile").exits(0).out())
          .as("against the snapshot, whatever was written by hand between")
          .containsPattern("CUSTOMERS: 1 rows were read again from [^;]*; 1 of them had been ");
    }
    try (Site site = Site.open(Files.createDirectory(directory.resolve("other")))) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = '" + BAD + "' WHERE CUST_ID = 7");
      site.run("run").exits(4);
      correct(site, text -> text.replace(BAD, "still(at)nowhere")).exits(4);
      correct(site, text -> text.replace("still(at)nowhere", GOOD)).exits(0);
      JsonNode row = customers(site).path("corrected").path("first").path(0);
      assertThat(row.path("digestRead").asText()).isEqualTo(digest(BAD));
      assertThat(row.path("digestLoaded").asText()).isEqualTo(digest(GOOD));
    }
  }

  @Test
  void aRowThatAFileLeavesAsItIsWasNotCorrected() throws IOException {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET COUNTRY_ID = 21 WHERE CUST_ID IN (8, 9)");
      site.run("run").exits(4);
      OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret())
          .insert("Country__c", "External_ID__c,Name\n21,Late\n");
      correct(site, text -> text.replace(",8,\"Müller", ",8,\"Miller")).exits(0);
      JsonNode certificate = site.run("reconcile", "--json").json();
      JsonNode corrected = certificate.path("tables").path(1).path("corrected");
      assertThat(corrected.path("rows").asLong()).isEqualTo(1);
      assertThat(corrected.path("first").path(0).path("externalId").asText()).isEqualTo("8");
    }
  }

  /**
   * A ledger that was written before this was noted lacks it: that is said, and nothing assumed.
   */
  @Test
  void whatAnOlderVersionTookInIsListedAsUnknown() throws Exception {
    try (Site site = refused()) {
      correct(site, text -> text.replace(BAD, GOOD)).exits(0);
      forget(site.ledger());
      JsonNode row = customers(site).path("corrected").path("first").path(0);
      assertThat(row.path("externalId").asText()).isEqualTo("7");
      assertThat(
              row.path("by").asText() + row.path("at").asText() + row.path("digestRead").asText())
          .isEmpty();
      assertThat(site.run("reconcile").exits(0).out())
          .containsPattern("CUSTOMERS +7 +\\? +\\? +\\? +\\? +\\?");
    }
  }

  private static void forget(Path ledger) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE exception_row SET corrected_by = '', corrected_at = 0, corrected_file = '',"
              + " digest_read = '', digest_sent = ''");
    }
  }
}
