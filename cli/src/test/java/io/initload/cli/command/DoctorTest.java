package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} sees of an embedded database and of the simulated org. */
@Tag("system")
class DoctorTest {
  @TempDir Path directory;

  @Test
  void aSoundPairIsFoundSoundAndNothingIsWritten() throws IOException {
    try (Site site = Site.open(directory)) {
      Path page = directory.resolve("doctor.html");
      Shell.Result result = site.run("doctor", "-o", page.toString()).exits(0);
      assertThat(result.out()).contains("All holds", "CUSTOMERS.CUST_LAST_NAME");
      String html = Files.readString(page);
      assertThat(html).contains("All holds.", "docs/reference/oracle.md").doesNotContain("{{");
      JsonNode document = new ObjectMapper().readTree(directory.resolve("doctor.json").toFile());
      assertThat(document.path("observed").size()).isGreaterThan(20);
      assertThat(seen(document, "HOLDS")).contains("source.counts CUSTOMERS", "org.clock ");
      assertThat(seen(document, "FAILS")).isEmpty();
      assertThat(site.org().jobs()).isEmpty();
      assertThat(site.ledger()).doesNotExist();
      assertThat(site.staging()).doesNotExist();
    }
  }

  /** Nothing of the pair's secrets, and of the data only what form it has. */
  @Test
  void thePageHoldsNoSecret() throws IOException {
    try (Site site = Site.open(directory)) {
      Path page = directory.resolve("doctor.html");
      String out = site.run("doctor", "-o", page.toString()).out();
      String all =
          out + Files.readString(page) + Files.readString(directory.resolve("doctor.json"));
      assertThat(all).doesNotContain(site.org().clientSecret(), "Müller", "Łukasz");
    }
  }

  @Test
  void anOrgThatCannotCountOrFindIsNamed() {
    OrgOptions options = OrgOptions.defaults().set("query.scannedRowsMax", "1");
    try (Site site = Site.open(directory, options, 20)) {
      site.run("run").exits(0);
      JsonNode document = site.run("doctor", "--json").exits(3).json();
      assertThat(seen(document, "FAILS")).contains("org.count Account", "org.count Country__c");
      assertThat(seen(document, "HOLDS")).contains("source.counts CUSTOMERS");
    }
  }

  @Test
  void anAllowanceAboveTheOrgsIsNamed() {
    OrgOptions options = OrgOptions.defaults().set("limits.dailyBatches", "100");
    try (Site site = Site.open(directory, options, 20)) {
      JsonNode document = site.run("doctor", "--json").exits(3).json();
      assertThat(seen(document, "FAILS")).containsExactly("org.limits ");
    }
  }

  @Test
  void whatAMigrationNeedsIsWhatValidateSays() {
    try (Site site = Site.open(directory).with("CUST_EMAIL: Email__c", "CUST_NONE: Email__c")) {
      JsonNode validated = site.run("validate", "--json").exits(1).json();
      JsonNode document = site.run("doctor", "--json").exits(3).json();
      List<String> findings = new ArrayList<>();
      document.path("observed").forEach(o -> o.path("findings").forEach(f -> findings.add(f + "")));
      List<String> said = new ArrayList<>();
      validated.path("findings").forEach(f -> said.add(f + ""));
      assertThat(findings).isNotEmpty().containsExactlyElementsOf(said);
      assertThat(seen(document, "FAILS")).contains("mapping CUSTOMERS");
      assertThat(seen(document, "UNKNOWN")).contains("source.values CUSTOMERS.CUST_NONE");
      assertThat(seen(document, "HOLDS")).contains("source.values CUSTOMERS.CUST_ID");
    }
  }

  /** The side that can be reached is looked at all the same. */
  @Test
  void aSideThatIsAwayIsSaidSo() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (Site site = Site.open(directory)) {
      String away = "jdbc:postgresql://127.0.0.1:%d/none".formatted(closed);
      site.config(text -> text.replaceFirst("url: jdbc:h2:\\S+", "url: " + away));
      JsonNode document = site.run("doctor", "--json").exits(2).json();
      assertThat(document.path("sourceReached").asBoolean()).isFalse();
      assertThat(seen(document, "HOLDS")).contains("org.key Account.External_ID__c");
      assertThat(seen(document, "UNKNOWN")).contains("source.table ");
      site.org().close();
      assertThat(site.run("doctor").exits(2).out()).contains("Not all holds");
    }
  }

  @Test
  void theOrgAnswersAsTheSimulatedOneAndKeepsNothing() {
    try (Site site = Site.open(directory)) {
      JsonNode document = site.run("doctor", "--json", "--scratch", "Account").exits(0).json();
      assertThat(seen(document, "HOLDS"))
          .contains("org.answers.create Account", "org.answers.results Account");
      assertThat(seen(document, "LEFT_OUT")).contains("org.answers row 25");
      assertThat(document.path("switches")).isEmpty();
      assertThat(site.org().records("Account").count()).isZero();
    }
  }

  @Test
  void anOrgWithOtherSwitchesIsToldByThem() {
    OrgOptions options =
        OrgOptions.defaults()
            .set("wire.uploadGzip", "reject")
            .set("wire.createStatus", "201")
            .set("rows.duplicates", "all-rows");
    try (Site site = Site.open(directory, options, 20)) {
      Shell.Result result = site.run("doctor", "--json", "--scratch", "Account").exits(3);
      JsonNode document = result.json();
      List<String> switches = new ArrayList<>();
      document.path("switches").forEach(one -> switches.add(one.asText()));
      assertThat(switches)
          .containsExactlyInAnyOrder(
              "wire.createStatus=201", "wire.uploadGzip=reject", "rows.duplicates=all-rows");
      assertThat(seen(document, "FAILS"))
          .containsExactly(
              "org.answers.create Account",
              "org.answers.key-twice Account",
              "org.answers.gzip Account");
    }
  }

  @Test
  void anObjectThatCannotBeTriedIsNamed() {
    try (Site site = Site.open(directory)) {
      JsonNode document = site.run("doctor", "--json", "--scratch", "OrderItem").exits(3).json();
      assertThat(document.toString()).contains("SCRATCH_OBJECT", "OrderItem");
      assertThat(site.org().jobs()).isEmpty();
    }
  }

  @Test
  void aScratchTableThatIsNoNameIsAMistake() {
    try (Site site = Site.open(directory)) {
      assertThat(site.run("doctor", "--scratch-table", "a.b.c").exits(1).err())
          .contains("error USAGE", "--scratch-table");
    }
  }

  static List<String> seen(JsonNode document, String verdict) {
    List<String> seen = new ArrayList<>();
    for (JsonNode one : document.path("observed")) {
      if (one.path("sight").path("verdict").asText().equals(verdict)) {
        seen.add(one.path("assumption").path("name").asText() + " " + one.path("where").asText());
      }
    }
    return seen;
  }
}
