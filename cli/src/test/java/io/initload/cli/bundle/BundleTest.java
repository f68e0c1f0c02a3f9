package io.initload.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.OracleFile;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a bundle, and what was planted and is not. */
@Tag("system")
class BundleTest {
  private static final String MAIL = "nobody(at)nowhere.example";
  private static final String CONSTANT = "Constantinopolis";

  @TempDir Path directory;

  private Path bundle() {
    return directory.resolve("bundle.zip");
  }

  private Map<String, String> entries() throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (InputStream file = Files.newInputStream(bundle());
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  @Test
  void figuresAreInItAndSecretsAndValuesAreNot() throws IOException {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = '%s' WHERE CUST_ID = 7".formatted(MAIL));
      site.with(
          "chunking: {rows: 10000}",
          "chunking: {rows: 10000}\n    where: \"CUST_LAST_NAME <> '%s'\"".formatted(CONSTANT));
      Shell.Result run = site.run("run", "--verbose").exits(4);
      Path log = directory.resolve("run.log");
      Files.writeString(
          log,
          run.err()
              + "07:00:00.000 INFO  [main] refused \"%s\", password %s of lee@acme.com, Müller\n"
                  .formatted(MAIL, OracleFile.PASSWORD)
              + "a row that somebody printed: 7;"
              + MAIL
              + "\n"
              + "{\"level\":\"INFO\",\"msg\":\"said '%s'\",\"row\":\"%s\"}\n"
                  .formatted(MAIL, MAIL));
      Path page = directory.resolve("doctor.html");
      site.run("doctor", "-o", page.toString(), "--show-values");
      Path doctor = directory.resolve("doctor.json");
      Shell.Result made =
          site.run(
                  "bundle",
                  "-o",
                  bundle().toString(),
                  "--log",
                  log.toString(),
                  "--doctor",
                  doctor.toString())
              .exits(0);
      assertThat(made.out()).contains("next: initload status");

      Map<String, String> entries = entries();
      assertThat(entries.keySet())
          .containsExactly(
              "versions.json",
              "configuration.json",
              "status.json",
              "ledger.json",
              "doctor.json",
              "log.txt");
      assertThat(String.join("\n", entries.values()))
          .doesNotContain(OracleFile.PASSWORD, site.org().clientSecret(), MAIL, CONSTANT)
          .doesNotContain("Müller", "lee@acme.com", "Country 7");
      figures(entries);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle())))
          .isEqualTo("rw-------");
    }
  }

  private static void figures(Map<String, String> entries) {
    assertThat(entries.get("versions.json")).contains("initload ", "\"java\"");
    JsonNode settings = Shell.parse(entries.get("configuration.json"));
    assertThat(settings.toString()).contains("10000", "CUSTOMERS", "client-credentials");
    JsonNode status = Shell.parse(entries.get("status.json"));
    assertThat(status.path("tables")).hasSize(2);
    JsonNode ledger = Shell.parse(entries.get("ledger.json"));
    assertThat(ledger.path("rowsThatNeedAPerson").path(0).path("code").asText())
        .isEqualTo("INVALID_EMAIL_ADDRESS");
    assertThat(ledger.path("newestJobs")).isNotEmpty();
    assertThat(ledger.path("auditIntact").asBoolean()).isTrue();
    JsonNode doctor = Shell.parse(entries.get("doctor.json"));
    assertThat(doctor).hasSizeGreaterThan(5);
    assertThat(doctor.findValuesAsText("assumption")).doesNotContain("");
    assertThat(doctor.findValuesAsText("verdict")).contains("HOLDS");
    assertThat(entries.get("log.txt"))
        .contains("CUSTOMERS-00001 is read: 2000 rows", "HTTP 200", "refused <hidden>")
        .contains("lines of other kinds, left out: 1");
  }

  @Test
  void whoHasNoLedgerGetsOneToo() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("bundle", "-o", bundle().toString()).exits(0);
      assertThat(entries().get("ledger.json")).contains("LEDGER_NOT_CURRENT");
      assertThat(site.run("bundle", "-o", bundle().toString(), "--log", "nowhere").exits(1).err())
          .contains("BUNDLE_SOURCE", "  next: ");
      assertThat(site.run("bundle", "-o", "/nowhere/at/all.zip").exits(2).err())
          .contains("BUNDLE_FILE", "  next: ");
    }
  }
}
