package io.initload.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a browser is told of a migration. */
@Tag("system")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConsoleTest {
  private static final String HOSTILE = "<img src=x onerror=\"alert(1)\">'&</script>";

  @TempDir Path directory;

  @Test
  void beforeTheFirstRunThereIsNothingToLookAt() {
    try (Site site = Site.open(directory)) {
      Shell.Result refused = site.run("console", "--port", "0").exits(1);
      assertThat(refused.err()).contains("LEDGER_NOT_CURRENT", "`initload run`");
      assertThat(site.ledger()).doesNotExist();
      site.run("run").exits(0);
      try (Looked console = Looked.at(site)) {
        assertThat(console.json("/facts").at("/status/rowsLeft").asLong()).isZero();
        assertThat(console.end().exits(0).err()).isEmpty();
      }
    }
  }

  @Test
  void theFactsAreThoseOfStatus() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      JsonNode said = site.run("status", "--json").exits(0).json();
      try (Looked console = Looked.at(site)) {
        JsonNode shown = console.json("/facts").path("status");
        for (String same : List.of("migration", "tables", "passes", "throughput", "batches")) {
          assertThat(said.has(same)).as(same).isTrue();
          assertThat(shown.path(same).toString()).as(same).isEqualTo(said.path(same).toString());
        }
        assertThat(shown.at("/passes/1/phase").asText()).isEqualTo("customers");
        JsonNode chunks = console.json("/chunks", "table", "CUSTOMERS");
        assertThat(chunks.at("/states/SETTLED").asLong()).isEqualTo(1);
        assertThat(chunks.at("/lines/0/rowsRead").asLong()).isEqualTo(2_000);
        JsonNode jobs = console.json("/jobs");
        // The oldest is the probe of the org's compression, which is of no table.
        assertThat(texts(jobs, "table")).containsExactly("CUSTOMERS", "COUNTRIES", "");
        assertThat(texts(jobs, "state")).containsOnly("COMPLETE");
        assertThat(console.json("/jobs", "table", "COUNTRIES")).hasSize(1);
        assertThat(console.get("/throughput.svg").body()).startsWith("<svg").contains("<rect");
      }
    }
  }

  @Test
  void whatARunDoesComesAsEvents() throws Exception {
    try (Site site = Site.open(directory)) {
      site.run("run", "--phase", "reference").exits(0);
      try (Looked console = Looked.at(site);
          Stream<JsonNode> events = console.events()) {
        Iterator<JsonNode> told = events.iterator();
        assertThat(told.next().at("/status/tables")).hasSize(1);
        site.run("run").exits(0);
        JsonNode last = told.next();
        while (last.at("/status/tables").size() < 2 || last.at("/status/rowsLeft").asLong() > 0) {
          last = told.next();
        }
        assertThat(last.at("/status/passes/1/name").asText()).isEqualTo("CUSTOMERS");
      }
    }
  }

  @Test
  void aRowThatNeedsAPersonIsReachedAndIsOnlyText() {
    try (Site site = Site.open(directory)) {
      site.source()
          .run(
              "UPDATE CUSTOMERS SET COUNTRY_ID = 999, CUST_LAST_NAME = '%s' WHERE CUST_ID IN (8, 9)"
                  .formatted(HOSTILE.replace("'", "''")));
      site.run("run").exits(4);
      try (Looked console = Looked.at(site)) {
        JsonNode groups = console.json("/held");
        assertThat(texts(groups, "code")).containsExactly("INVALID_FIELD");
        assertThat(groups.at("/0/rows").asLong()).isEqualTo(2);
        assertThat(groups.at("/0/remedy").asText()).isNotBlank();
        String[] group = {"table", "CUSTOMERS", "state", "DEAD", "code", "INVALID_FIELD"};
        JsonNode rows = console.json("/held/rows", group);
        assertThat(texts(rows, "externalId")).containsExactlyInAnyOrder("8", "9");
        String id =
            nodes(rows)
                .filter(r -> r.path("externalId").asText().equals("9"))
                .map(r -> r.path("id").asText())
                .findFirst()
                .orElseThrow();
        HttpResponse<String> answer =
            console.get(Looked.path("/held/row", "table", "CUSTOMERS", "id", id));
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        JsonNode row = Shell.parse(answer.body());
        assertThat(row.path("chunk").asText()).isEqualTo("CUSTOMERS-00001");
        assertThat(texts(row.path("fields"), "name"))
            .contains("External_ID__c", "Name", "Country__r.External_ID__c");
        assertThat(texts(row.path("fields"), "value")).contains("9", HOSTILE, "999");
        assertThat(console.get("/held/row?table=CUSTOMERS&id=1000000").statusCode()).isEqualTo(404);
        assertThat(console.get("/held/rows?table=CUSTOMERS&state=NONE").statusCode())
            .isEqualTo(400);
        assertThat(console.get("/jobs?before=soon").statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void maskedFieldsHoldPseudonymsAndSaySo() {
    try (Site site = Site.open(directory)) {
      site.config(
          text ->
              text.replace(
                      "phases:", "masking: {key: \"%s\"}\nphases:".formatted("5eed".repeat(16)))
                  .replace("chunking:", "mask: {Name: name}\n    chunking:"));
      site.source()
          .run(
              "UPDATE CUSTOMERS SET COUNTRY_ID = 999, CUST_LAST_NAME = 'Secret' WHERE CUST_ID = 8");
      site.run("run").exits(4);
      try (Looked console = Looked.at(site)) {
        String[] group = {"table", "CUSTOMERS", "state", "DEAD", "code", "INVALID_FIELD"};
        String id = console.json("/held/rows", group).at("/0/id").asText();
        JsonNode row = console.json("/held/row", "table", "CUSTOMERS", "id", id);
        assertThat(row.toString()).doesNotContain("Secret");
        JsonNode name =
            nodes(row.path("fields"))
                .filter(f -> f.path("name").asText().equals("Name"))
                .findFirst()
                .orElseThrow();
        assertThat(name.path("masked").asBoolean()).isTrue();
      }
    }
  }

  @Test
  void theCertificateThatWasKeptIsShownAndProved() throws Exception {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Path document = directory.resolve("certificate.json");
      Path page = directory.resolve("report.html");
      String[] files = {"--certificate", document.toString(), "--report", page.toString()};
      try (Looked console = Looked.at(site, files)) {
        assertThat(console.json("/certificate").path("kept").asBoolean()).isFalse();
        assertThat(console.get("/report").statusCode()).isEqualTo(404);
        site.run("report", "--certificate", document.toString(), "-o", page.toString()).exits(0);
        JsonNode kept = console.json("/certificate");
        assertThat(kept.path("intact").asBoolean()).isTrue();
        assertThat(kept.path("ours").asBoolean()).isTrue();
        assertThat(kept.at("/certificate/booksClosed").asBoolean()).isTrue();
        HttpResponse<String> report = console.get("/report");
        assertThat(report.body()).isEqualTo(Files.readString(page)).contains("class=\"chart\"");
        assertThat(report.headers().allValues("Content-Security-Policy"))
            .singleElement()
            .asString()
            .contains("default-src 'none'", "style-src 'sha256-", "sandbox")
            .doesNotContain("unsafe");
        String forged = Files.readString(document).replace("\"created\" : 2000", "\"created\" : 1");
        assertThat(forged).isNotEqualTo(Files.readString(document));
        Files.writeString(document, forged);
        assertThat(console.json("/certificate").path("intact").asBoolean()).isFalse();
      }
    }
  }

  @Test
  void howeverMuchThereIsAPageIsAPage() throws Exception {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      ManyRows.in(site.ledger(), 10_000, 1_000_000);
      try (Looked console = Looked.at(site)) {
        JsonNode chunks = console.json("/chunks", "table", "CUSTOMERS", "after", "9500");
        assertThat(chunks.path("lines")).hasSize(100);
        assertThat(chunks.at("/lines/0/no").asLong()).isEqualTo(9_501);
        assertThat(chunks.at("/states/PLANNED").asLong()).isEqualTo(9_999);
        JsonNode groups = console.json("/held");
        assertThat(nodes(groups).mapToLong(g -> g.path("rows").asLong()).sum())
            .isEqualTo(1_000_000);
        String[] group = {"table", "CUSTOMERS", "state", "DEAD", "code", "CODE_3"};
        JsonNode rows = console.json("/held/rows", group);
        assertThat(rows).hasSize(100);
        assertThat(rows.toString()).hasSizeLessThan(200_000);
        assertThat(console.get("/facts").body()).hasSizeLessThan(200_000);
      }
    }
  }

  private static List<String> texts(JsonNode list, String member) {
    return nodes(list).map(node -> node.path(member).asText()).toList();
  }

  private static Stream<JsonNode> nodes(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
