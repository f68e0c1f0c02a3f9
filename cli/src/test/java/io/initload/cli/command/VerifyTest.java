package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Sha256;
import io.initload.cli.OracleFile;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.report.CertificateJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that was kept, held against how things stand now. */
@Tag("system")
class VerifyTest {
  @TempDir private Path directory;

  @Test
  void oneThatStillHoldsIsRecomputedToTheLastMember() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      JsonNode document = site.run("report", "--json").exits(0).json();
      assertThat(document.path("schema").asInt()).isEqualTo(CertificateJson.SCHEMA);
      assertThat(CertificateJson.intact(document)).isTrue();
      JsonNode made = document.path("provenance");
      assertThat(made.path("tool").asText()).startsWith("initload ");
      assertThat(made.path("configuration").asText()).isEqualTo(Sha256.of(site.config()));
      assertThat(made.path("orgUserName").asText()).isEqualTo(site.org().username());
      assertThat(made.path("production").isBoolean()).isTrue();
      assertThat(made.path("production").asBoolean()).isFalse();
      assertThat(made.path("hosts")).hasSize(1);

      Path kept = Files.writeString(directory.resolve("certificate.json"), document.toString());
      assertThat(site.run("report", "--verify", kept.toString()).exits(0).out())
          .contains(
              "The file is as it was written.",
              "Source, org and ledger say the same now.",
              "The books close now.");
    }
  }

  @Test
  void oneOfEveryFieldIsRecomputedAtItsLevel() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Shell.Result made = site.run("reconcile", "--level", "full", "--json").exits(0);
      JsonNode whole = made.json().path("whole");
      assertThat(whole).hasSize(2);
      assertThat(whole.findValuesAsText("against")).containsOnly("DIGESTS");
      assertThat(whole.path(1).path("equal").asLong()).isEqualTo(2_000);
      Path kept = Files.writeString(directory.resolve("certificate.json"), made.out());
      assertThat(site.run("report", "--verify", kept.toString()).exits(0).out())
          .contains("Source, org and ledger say the same now.");
    }
  }

  @Test
  void oneWithAnotherSampleIsVerifiedWithTheSame() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      String document = site.run("reconcile", "--sample", "3", "--json").exits(0).out();
      Path kept = Files.writeString(directory.resolve("certificate.json"), document);
      assertThat(site.run("report", "--verify", kept.toString(), "--sample", "3").exits(0).out())
          .contains("Source, org and ledger say the same now.");
    }
  }

  @Test
  void whatChangedSinceIsSaid() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      String document = site.run("reconcile", "--json").exits(0).out();
      Path kept = Files.writeString(directory.resolve("certificate.json"), document);
      site.source().run("INSERT INTO CUSTOMERS VALUES (4711, 'Late', 1, NULL)");
      assertThat(site.run("report", "--verify", kept.toString()).exits(6).out())
          .contains(
              "The file is as it was written.",
              "changed: booksClosed: true -> false",
              "The books DO NOT balance now.");
    }
  }

  @Test
  void aFileThatSomebodyChangedIsFoundOut() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      String document = site.run("reconcile", "--json").exits(0).out();
      String forged = document.replace("\"created\" : 2000", "\"created\" : 2001");
      assertThat(forged).isNotEqualTo(document);
      Path kept = Files.writeString(directory.resolve("certificate.json"), forged);
      JsonNode said = site.run("report", "--verify", kept.toString(), "--json").exits(6).json();
      assertThat(said.path("intact").asBoolean()).isFalse();
      assertThat(said.path("changes").findValuesAsText("where"))
          .containsExactly("tables[CUSTOMERS].created");
    }
  }

  @Test
  void eachConfigurationIsNamedWithWhatChangedAndWithoutSecrets() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run", "--phase", "reference").exits(0);
      String first = Sha256.of(site.config());
      site.config(
          text ->
              text.replace("  http: {", "  dailyBatches: 14000\n  http: {")
                  .replace(OracleFile.PASSWORD, "\"" + OracleFile.PASSWORD + "\""));
      site.run("run").exits(0);
      JsonNode document = site.run("report", "--json").exits(0).json();
      JsonNode used = document.path("provenance").path("configurations");
      assertThat(used.findValuesAsText("digest")).containsExactly(first, Sha256.of(site.config()));
      assertThat(used.path(0).path("changed")).isEmpty();
      assertThat(used.path(1).path("changed"))
          .singleElement()
          .satisfies(
              change ->
                  assertThat(change.asText()).isEqualTo("target.dailyBatches: (not set) -> 14000"));
      assertThat(document.path("endedAt").asText())
          .isBetween(document.path("startedAt").asText(), document.path("madeAt").asText());
      Path page = directory.resolve("report.html");
      site.run("report", "-o", page.toString()).exits(0);
      assertThat(page).content().contains("dailyBatches: (not set) -&gt; 14000");
    }
  }

  @Test
  void whatIsNoCertificateIsRefused() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Path file = directory.resolve("some.json");
      for (String text :
          new String[] {"", "{", "{}", "{\"schema\":99,\"digest\":\"\",\"tables\":[]}"}) {
        Files.writeString(file, text);
        assertThat(site.run("report", "--verify", file.toString()).exits(1).err())
            .contains("CERTIFICATE_FILE", file.toString(), "as it was written");
      }
      site.run("report", "--certificate", file.toString()).exits(0);
      site.run("report", "--verify", file.toString()).exits(0);
      assertThat(site.run("report", "--verify", directory + "/nowhere").exits(1).err())
          .contains("CERTIFICATE_FILE");
    }
  }
}
