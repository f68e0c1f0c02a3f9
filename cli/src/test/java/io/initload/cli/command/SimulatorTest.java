package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.PrivateFile;
import io.initload.cli.Launched;
import io.initload.cli.OrgApi;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated org as a command. */
@Tag("system")
class SimulatorTest {
  @TempDir Path directory;

  @Test
  void announcesItselfAndEndsWhenTold() {
    try (Launched simulator = Launched.start(directory, "simulator", "--port", "0")) {
      JsonNode ready = Shell.parse(simulator.firstLine());
      assertThat(ready.path("username").asText()).contains("@");
      assertThat(ready.path("instanceUrl").asText()).startsWith("http://127.0.0.1:");
      assertThat(OrgApi.login(ready).count("Account")).isZero();

      simulator.signal("TERM");
      Shell.Result result = simulator.end().exits(0);
      assertThat(result.out().lines()).as("one line on stdout").hasSize(1);
      assertThat(result.err())
          .contains(
              "target:\n  loginUrl: " + ready.path("loginUrl").asText() + "\n",
              "  instance: \"" + ready.path("instanceUrl").asText().substring("http://".length()),
              "clientSecret: \"" + ready.path("clientSecret").asText() + "\"");
    }
  }

  @Test
  void keepsTheOrgInADirectory() {
    String data = directory.resolve("org").toString();
    JsonNode first;
    try (Launched simulator = Launched.start(directory, "simulator", "--data", data)) {
      first = Shell.parse(simulator.firstLine());
      OrgApi.login(first).insert("Account", "Name\nΩ & sons\n");
      simulator.signal("INT");
      simulator.end().exits(0);
    }
    try (Launched simulator = Launched.start(directory, "simulator", "--data", data)) {
      JsonNode again = Shell.parse(simulator.firstLine());
      assertThat(again.path("clientSecret")).isEqualTo(first.path("clientSecret"));
      assertThat(OrgApi.login(again).query("SELECT Name FROM Account"))
          .singleElement()
          .satisfies(a -> assertThat(a.path("Name").asText()).isEqualTo("Ω & sons"));
      simulator.signal("TERM");
      simulator.end().exits(0);
    }
  }

  @Test
  void isWhatItsOptionsSay() throws IOException {
    Path plan =
        Files.writeString(
            directory.resolve("plan.yaml"),
            "faults: [{when: {action: limits, times: 1}, then: {answer: unavailable}}]");
    Path setup =
        Files.writeString(
            directory.resolve("setup.yaml"),
            "objects: {Account: {recordTypes: [{developerName: Corner_shop}]}}");
    String options =
        "--setup "
            + setup
            + " --hide Account.Site --hide Account.Fax --clock 2026-11-01T08:00:00Z --seed 7"
            + " --set limits.dailyBatches=3 --set query.bulkPageRows=10 --faults "
            + plan;
    try (Launched simulator = Launched.start(directory, ("simulator " + options).split(" ", -1))) {
      OrgApi org = OrgApi.login(Shell.parse(simulator.firstLine()));
      assertThatThrownBy(() -> org.get("/services/data/v60.0/limits"))
          .hasMessageContaining("gave 503");
      assertThat(
              org.get("/services/data/v60.0/limits")
                  .path("DailyBulkApiBatches")
                  .path("Max")
                  .asInt())
          .isEqualTo(3);
      assertThat(org.get("/services/data/v60.0/sobjects/Account/describe").toString())
          .contains("\"Phone\"", "\"Corner_shop\"")
          .doesNotContain("\"Site\"", "\"Fax\"");
      assertThat(org.get("/admin/clock").path("now").asText()).isEqualTo("2026-11-01T08:00:00Z");
    }
  }

  @Test
  void letsInWhoeverSignsWithATrustedKey() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    Path key = pem("loader.key", "PRIVATE KEY", keys.getPrivate());
    Path trusted = pem("loader.pub", "PUBLIC KEY", keys.getPublic());
    Path other = pem("other.pub", "PUBLIC KEY", generator.generateKeyPair().getPublic());
    for (Path known : List.of(trusted, other)) {
      try (Launched simulator =
              Launched.start(directory, "simulator", "--trust", known.toString());
          Site site = Site.open(Files.createTempDirectory(directory, "site"))) {
        JsonNode ready = Shell.parse(simulator.firstLine());
        site.aimedAt(
            ready,
            "{flow: jwt-bearer, clientId: \"%s\", username: \"%s\", privateKeyFile: \"%s\"}"
                .formatted(ready.path("clientId").asText(), ready.path("username").asText(), key));
        Shell.Result validated = site.run("validate");
        if (known.equals(trusted)) {
          validated.exits(0);
        } else {
          assertThat(validated.exits(2).err()).contains("ORG_LOGIN");
        }
      }
    }
  }

  private Path pem(String name, String kind, Key key) throws IOException {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(key.getEncoded()), kind);
    Path file = directory.resolve(name);
    PrivateFile.write(file, text);
    return file;
  }
}
