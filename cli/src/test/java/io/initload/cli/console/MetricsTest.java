package io.initload.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.hook.JobFacts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a Prometheus is told of a migration. */
@Tag("system")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MetricsTest {
  private static final Path DASHBOARD = Path.of("../packaging/grafana/initload.json");

  @TempDir Path directory;

  @Test
  void theyAreWhatStatusSays() {
    try (Site site = Site.open(directory)) {
      site.run("run", "--phase", "reference").exits(0);
      try (Looked console = Looked.at(site)) {
        HttpResponse<String> answer = console.get("/metrics");
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body().lines())
            .contains(
                "# TYPE initload_rows gauge",
                rows("COUNTRIES", "created", "20.0"),
                rows("COUNTRIES", "waiting", "0.0"),
                "initload_jobs_limit{initload_migration=\"crm-history\"} 15.0",
                "initload_tables_stopped{initload_migration=\"crm-history\"} 0.0")
            .noneMatch(line -> line.startsWith("initload_remaining"));
      }
    }
  }

  @Test
  void whoeverKnowsNoTokenIsToldNothing() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Path token = directory.resolve("token");
      try (Looked console = Looked.at(site, "--token-file", token.toString())) {
        assertThat(console.get("/metrics").statusCode()).isEqualTo(401);
        String bearer = "Bearer " + Files.readString(token).strip();
        assertThat(console.get("/metrics", "Authorization", bearer).body())
            .contains("initload_rows");
      }
    }
  }

  @Test
  void aPrometheusAnswersEveryQueryOfTheDashboardWithData() throws Exception {
    List<String> queries = new ArrayList<>();
    Shell.parse(Files.readString(DASHBOARD))
        .findValues("expr")
        .forEach(e -> queries.add(e.asText()));
    assertThat(queries).hasSizeGreaterThan(10);
    try (Site site = Site.open(directory)) {
      site.source().run("ALTER TABLE COUNTRIES ALTER COLUMN COUNTRY_NAME VARCHAR(400)");
      site.source().run("INSERT INTO COUNTRIES VALUES (1000, REPEAT('x', 300))");
      site.org().hooks().add(MetricsTest::customersWait);
      try (Launched run = site.start("run")) {
        run.until(() -> site.ledger().toFile().exists() && accounts(site) > 0);
        try (Looked console = Looked.at(site);
            Prometheus prometheus = Prometheus.scraping(console.url(), directory)) {
          for (String query : queries) {
            JsonNode found = prometheus.untilThereIs(query.replace("$migration", ".*"));
            assertThat(found.at("/0/value/1").asText()).as(query).matches("[0-9.e+]+");
          }
          JsonNode waiting =
              prometheus.untilThereIs("initload_rows{initload_state=\"waiting\"} == 2000");
          assertThat(waiting.at("/0/metric/initload_table").asText()).isEqualTo("CUSTOMERS");
        }
      }
    }
  }

  private static JobEffect customersWait(JobFacts job) {
    return job.object().equals("Account")
        ? new JobEffect.Stall(Duration.ofHours(2))
        : JobEffect.NONE;
  }

  private static long accounts(Site site) {
    return site.org().jobs().stream().filter(job -> job.spec().object().equals("Account")).count();
  }

  private static String rows(String table, String state, String value) {
    return "initload_rows{initload_migration=\"crm-history\",initload_state=\"%s\",initload_table=\"%s\"} %s"
        .formatted(state, table, value);
  }
}
