package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.journal.RequestEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of a whole migration, held against what the org itself has seen. */
@Tag("system")
class AuditTest {
  /** A job is closed and aborted by the same request. */
  private static final String STATE = "ingest.state";

  @TempDir Path directory;

  @Test
  void everyRequestThatIsNoMereLookIsALine() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.run("reconcile", "--level", "full").exits(0);
      site.run("undo", "--confirm", "crm-history").exits(0);
      Map<String, Long> seen = new TreeMap<>();
      for (RequestEntry request : site.org().log().requests()) {
        if (!request.method().equals("GET")) {
          seen.merge(act(request), 1L, Long::sum);
        }
      }
      assertThat(seen).containsKeys("JOB_CREATE", "JOB_UPLOAD", "ORG_SESSION", "QUERY_CREATE");
      List<JsonNode> lines = lines(site);
      Map<String, Long> told = new TreeMap<>();
      lines.forEach(line -> told.merge(line.path("act").asText(), 1L, Long::sum));
      assertThat(told.get("JOB_CLOSE") + told.get("JOB_ABORT")).isEqualTo(seen.remove(STATE));
      seen.forEach((act, times) -> assertThat(told).containsEntry(act, times));
      assertThat(told).containsEntry("JOB_CREATED", seen.get("JOB_CREATE"));
      assertThat(told).containsKeys("SOURCE_SESSION", "SOURCE_SNAPSHOT").containsEntry("UNDO", 1L);
      assertThat(told.get("SOURCE_CHUNK")).isGreaterThanOrEqualTo(2);
      assertThat(lines)
          .allSatisfy(
              line -> {
                assertThat(line.path("user").asText()).isEqualTo(System.getProperty("user.name"));
                assertThat(line.path("host").asText()).isNotEmpty();
                assertThat(line.path("migration").asText()).isEqualTo("crm-history");
                assertThat(line.path("at").asText()).endsWith("Z");
              });
      for (var job : site.org().jobs()) {
        assertThat(lines.toString()).contains(job.id() + ": ");
      }
      assertThat(lines.toString()).contains("delete Account", "CUSTOMERS-00001");
    }
  }

  private static String act(RequestEntry request) {
    String path = request.pathAndQuery();
    if (path.contains("/oauth2/token")) {
      return "ORG_SESSION";
    }
    if (path.contains("/jobs/query")) {
      return request.method().equals("POST") ? "QUERY_CREATE" : "QUERY_DELETE";
    }
    return switch (request.method()) {
      case "POST" -> "JOB_CREATE";
      case "PUT" -> "JOB_UPLOAD";
      case "DELETE" -> "JOB_DELETE";
      default -> STATE;
    };
  }

  private List<JsonNode> lines(Site site) throws IOException {
    Path file = directory.resolve("acts.jsonl");
    Shell.Result followed = site.run("audit", "-o", file.toString()).exits(0);
    List<String> lines = Files.readAllLines(file);
    assertThat(followed.out()).contains("All %,d lines".formatted(lines.size()));
    return lines.stream().map(Shell::parse).toList();
  }

  @Test
  void certificatesHoldTheHeadAndAChainWithoutItIsNamed() throws IOException, SQLException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Path certificate = directory.resolve("certificate.json");
      Path page = directory.resolve("report.html");
      site.run("report", "-o", page.toString(), "--certificate", certificate.toString()).exits(0);
      JsonNode head = Shell.parse(Files.readString(certificate)).path("provenance").path("audit");
      String hash = head.path("hash").asText();
      assertThat(hash).matches("[0-9a-f]{64}");
      assertThat(page).content().contains(hash);
      assertThat(site.run("reconcile").exits(0).out()).contains("audit log");
      site.run("report", "--verify", certificate.toString()).exits(0);
      JsonNode sound =
          site.run("audit", "--certificate", certificate.toString(), "--json").exits(0).json();
      assertThat(sound.path("intact").asBoolean()).isTrue();
      assertThat(sound.path("head").path("lines").asLong())
          .isGreaterThan(head.path("lines").asLong());

      sql(site, "UPDATE audit SET line = replace(line, 'SOURCE', 'ORG') WHERE no = 1");
      Shell.Result broken = site.run("audit").exits(6);
      assertThat(broken.out()).contains("Line 1 of the audit log is not what was written");
      sql(site, "DELETE FROM audit");
      site.run("audit").exits(0);
      assertThat(site.run("audit", "--certificate", certificate.toString()).exits(6).out())
          .contains("Line 1 of the audit log is missing", hash);
      assertThat(site.run("audit", "--head", head.path("lines").asText() + ":" + hash).code())
          .isEqualTo(6);
      assertThat(site.run("audit", "--head", "nothing").exits(1).err()).contains("LINES:HASH");
    }
  }

  private static void sql(Site site, String statement) throws SQLException {
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + site.ledger())) {
      assertThat(ledger.createStatement().executeUpdate(statement)).isPositive();
    }
  }
}
