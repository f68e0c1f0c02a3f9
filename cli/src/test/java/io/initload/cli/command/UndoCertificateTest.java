package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.OracleFile;
import io.initload.cli.OrgApi;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.report.CertificateJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted, what was refused, and what remains. */
@Tag("system")
class UndoCertificateTest {
  @TempDir Path directory;

  private Path page() {
    return directory.resolve("undone.html");
  }

  private Path document() {
    return directory.resolve("undone.json");
  }

  private static OrgApi org(Site site) {
    return OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret());
  }

  private JsonNode undone(Site site, int code) throws IOException {
    site.run(
            "undo",
            "--confirm",
            "crm-history",
            "-o",
            page().toString(),
            "--certificate",
            document().toString())
        .exits(code);
    JsonNode certificate = Shell.parse(Files.readString(document()));
    assertThat(CertificateJson.intact(certificate)).isTrue();
    return certificate;
  }

  @Test
  void whatWasThereBeforeIsSaidToStayAndTheSourceIsNotAsked() throws IOException {
    try (Site site = Site.open(directory)) {
      org(site).insert("Account", "External_ID__c,Name\n3,Here before\nother,Not ours\n");
      site.run("run").exits(0);
      assertThat(site.run("report", "--undo").exits(6).out())
          .contains(
              "Nobody asked for the migration to be undone.",
              "of 1,999 records 0 were deleted and 0 refused: 1,999 are left",
              "NOT complete");
      assertThat(site.run("undo", "-o", page().toString()).exits(1).err()).contains("USAGE");

      site.config(text -> text.replace(OracleFile.PASSWORD, "withdrawn"));
      JsonNode certificate = undone(site, 0);
      assertThat(certificate.path("complete").asBoolean()).isTrue();
      JsonNode customers = certificate.path("tables").path(0);
      assertThat(customers.path("source").asText()).isEqualTo("CUSTOMERS");
      assertThat(customers.path("created").asLong()).isEqualTo(1_999);
      assertThat(customers.path("listed").asLong()).isEqualTo(1_999);
      assertThat(customers.path("deleted").asLong()).isEqualTo(1_999);
      assertThat(customers.path("updated").asLong()).isEqualTo(1);
      JsonNode accounts = certificate.path("objects").path(0);
      assertThat(accounts.path("before").asLong()).isEqualTo(2);
      assertThat(accounts.path("now").asLong()).isEqualTo(2);
      assertThat(accounts.path("ofMigration").asLong()).isZero();
      assertThat(page())
          .content()
          .contains(
              "The deletion is complete.",
              "1 rows were written to records that were there before",
              "What is not proven");
      assertThat(site.run("report", "--verify", document().toString()).exits(0).out())
          .contains(
              "The file is as it was written.",
              "Org and ledger say the same now.",
              "The deletion is complete now.");
    }
  }

  @Test
  void aListThatTheLedgerForgotIsAFinding() throws IOException, SQLException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
          Statement statement = ledger.createStatement()) {
        statement.execute("UPDATE part SET receipt = NULL WHERE table_name = 'COUNTRIES'");
      }
      JsonNode certificate = undone(site, 0);
      assertThat(certificate.path("complete").asBoolean()).isFalse();
      assertThat(certificate.path("findings").toString())
          .contains("COUNTRIES: 20 records were created, but 0 are in the lists");
      assertThat(site.run("report", "--undo").exits(6).out()).contains("FINDING: COUNTRIES");
    }
  }

  @Test
  void oneTableIsCertifiedAlone() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.run("undo", "--table", "CUSTOMERS", "--confirm", "crm-history").exits(0);
      String[] asked = {"--undo", "--table", "CUSTOMERS", "--certificate", document().toString()};
      site.run("report", asked).exits(0);
      JsonNode certificate = Shell.parse(Files.readString(document()));
      assertThat(certificate.path("tables").findValuesAsText("source"))
          .containsExactly("CUSTOMERS");
      assertThat(certificate.path("notes").toString())
          .contains("1 other passes of the migration are not looked at here");
      assertThat(site.run("report", "--undo").exits(6).out()).contains("20 are left");
    }
  }
}
