package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.query.QueryRules;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a client that queries over REST and in bulk gets to see. */
@Tag("system")
class QueriesTest {
  private static final int REFUSED = -1;

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));
  private SimulatedOrg org;
  private RawClient client;

  @BeforeEach
  void start() {
    open(QueryRules.usual());
  }

  private void open(QueryRules rules) {
    org = SimulatedOrg.start(OrgOptions.defaults().clock(clock).query(rules));
    client = RawClient.of(org);
  }

  @AfterEach
  void stop() {
    org.close();
  }

  private void load(int accounts) {
    StringBuilder csv = new StringBuilder("External_ID__c,Name,AnnualRevenue\n");
    for (int i = 0; i < accounts; i++) {
      csv.append("a-%05d,\"Name \"\"%d\"\"\",%d\n".formatted(i, i, i * 1_000L));
    }
    String job = client.start("Account", "upsert", "External_ID__c", csv.toString());
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.job(job).path("numberRecordsFailed").asInt(-1)).isZero();
  }

  private JsonNode query(String soql) {
    return client.json("query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8));
  }

  @Test
  void restAnswersRowsWithAttributesAndParents() {
    load(3);
    client.start(
        "Contact", "insert", "", "LastName,Account.External_ID__c\nAble,a-00001\nBaker,\n");
    clock.advance(Duration.ofMinutes(1));
    JsonNode answer =
        query(
            "SELECT Id, LastName, Account.Name, Account.AnnualRevenue, CreatedDate FROM Contact"
                + " ORDER BY LastName");
    assertThat(answer.path("totalSize").asInt()).isEqualTo(2);
    assertThat(answer.path("done").asBoolean()).isTrue();
    assertThat(answer.has("nextRecordsUrl")).isFalse();
    JsonNode able = answer.path("records").get(0);
    assertThat(able.path("attributes").path("type").asText()).isEqualTo("Contact");
    assertThat(able.path("attributes").path("url").asText())
        .isEqualTo("/services/data/v60.0/sobjects/Contact/" + able.path("Id").asText());
    assertThat(able.path("Account").path("Name").asText()).isEqualTo("Name \"1\"");
    assertThat(able.path("Account").path("AnnualRevenue").toString()).isEqualTo("1000.0");
    assertThat(able.path("Account").path("attributes").path("type").asText()).isEqualTo("Account");
    assertThat(able.path("CreatedDate").asText())
        .matches("2026-11-01T08:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
    assertThat(answer.path("records").get(1).path("Account").isNull()).isTrue();
  }

  @Test
  void restPagesAreReadOnToTheEnd() {
    load(1_050);
    HttpResponse<String> first =
        client.send(
            client
                .request("query?q=SELECT+External_ID__c+FROM+Account+ORDER+BY+External_ID__c")
                .header("Sforce-Query-Options", "batchSize=500")
                .build());
    JsonNode page = RawClient.parse(first.body());
    List<String> seen = new ArrayList<>();
    int pages = 0;
    while (true) {
      pages++;
      assertThat(page.path("totalSize").asInt()).isEqualTo(1_050);
      page.path("records").forEach(row -> seen.add(row.path("External_ID__c").asText()));
      if (page.path("done").asBoolean()) {
        break;
      }
      page = client.json(page.path("nextRecordsUrl").asText());
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(1_050).doesNotHaveDuplicates().isSorted();
    HttpResponse<String> unknown = client.get("query/01gAB0000000001AAA-500");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("INVALID_QUERY_LOCATOR");
  }

  @Test
  void locatorsExpire() {
    load(450);
    HttpResponse<String> first =
        client.send(
            client
                .request("query?q=SELECT+Id+FROM+Account")
                .header("Sforce-Query-Options", "batchSize=200")
                .build());
    String next = RawClient.parse(first.body()).path("nextRecordsUrl").asText();
    clock.advance(Duration.ofHours(47));
    RawClient later = RawClient.of(org);
    assertThat(later.get(next).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofHours(2));
    assertThat(RawClient.of(org).get(next).body()).contains("INVALID_QUERY_LOCATOR");
  }

  @Test
  void countsAndAggregates() {
    load(120);
    assertThat(query("SELECT COUNT() FROM Account").toString())
        .isEqualTo("{\"totalSize\":120,\"done\":true,\"records\":[]}");
    assertThat(
            query("SELECT COUNT(Id) FROM Account WHERE External_ID__c LIKE 'a-0001_'").toString())
        .isEqualTo(
            "{\"totalSize\":1,\"done\":true,\"records\":[{\"attributes\":{\"type\":\"AggregateResult\"},\"expr0\":10}]}");
    assertThat(query("SELECT Name FROM Organization").path("totalSize").asInt()).isEqualTo(1);
    assertThat(
            query("SELECT Username FROM User WHERE Id = '" + org.user().id() + "'")
                .path("records")
                .get(0)
                .path("Username")
                .asText())
        .isEqualTo(org.username());
  }

  @Test
  void deletedRecordsAreLeftToQueryAll() {
    load(3);
    String id = org.records("Account").byExternalId("External_ID__c", "a-00001").orElseThrow().id();
    client.start("Account", "delete", "", "Id\n" + id + "\n");
    clock.advance(Duration.ofMinutes(1));
    assertThat(
            query("SELECT Id FROM Account WHERE External_ID__c = 'a-00001'")
                .path("totalSize")
                .asInt())
        .isZero();
    assertThat(
            client
                .json("queryAll?q=SELECT+IsDeleted+FROM+Account+WHERE+External_ID__c='a-00001'")
                .path("records")
                .get(0)
                .path("IsDeleted")
                .asBoolean())
        .isTrue();
  }

  @Test
  void largeScansTimeOutWhileKeysDoNot() {
    org.close();
    open(QueryRules.usual().withScannedRowsMax(100));
    load(120);
    HttpResponse<String> slow = client.get("query?q=SELECT+COUNT()+FROM+Account");
    assertThat(slow.statusCode()).isEqualTo(400);
    assertThat(slow.body())
        .isEqualTo(
            "[{\"message\":\"Your query request was running for too"
                + " long.\",\"errorCode\":\"QUERY_TIMEOUT\"}]");
    assertThat(count("External_ID__c >= 'a-00030'")).isEqualTo(90);
    assertThat(count("External_ID__c >= 'a-00010'"))
        .as("a range reads what lies in it")
        .isEqualTo(REFUSED);
  }

  @Test
  void idsAreWalkedInTheirOrderAndByRanges() {
    org.close();
    open(QueryRules.usual().withScannedRowsMax(100));
    load(120);
    String first = id("ORDER BY Id LIMIT 1");
    String last = id("ORDER BY Id DESC LIMIT 1");
    String middle = id("ORDER BY Id LIMIT 1 OFFSET 60");
    assertThat(List.of(first, middle, last)).isSorted().doesNotHaveDuplicates();
    assertThat(count("Id >= '%s' AND Id < '%s'".formatted(first, middle))).isEqualTo(60);
    assertThat(count("Id >= '%s' AND Id <= '%s'".formatted(middle, last))).isEqualTo(60);
    assertThat(count("Id > '%s'".formatted(last))).isZero();
  }

  private int count(String where) {
    String soql = "SELECT COUNT() FROM Account WHERE " + where;
    String answer = client.get("query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8)).body();
    return RawClient.parse(answer).path("totalSize").asInt(REFUSED);
  }

  private String id(String how) {
    return query("SELECT Id FROM Account " + how).path("records").path(0).path("Id").asText();
  }

  @Test
  void bulkQueriesRunAndAreReadInPages() {
    org.close();
    open(QueryRules.usual().withBulkPageRows(20));
    load(120);
    HttpResponse<String> created =
        client.send(
            "POST",
            "jobs/query",
            "{\"operation\":\"query\",\"query\":\"SELECT External_ID__c, Name, AnnualRevenue,"
                + " CreatedDate, Phone FROM Account\"}");
    assertThat(created.statusCode()).isEqualTo(200);
    JsonNode job = RawClient.parse(created.body());
    String id = job.path("id").asText();
    assertThat(id).startsWith("750").hasSize(18);
    assertThat(job.path("state").asText()).isEqualTo("UploadComplete");
    assertThat(job.has("jobType")).isFalse();
    clock.advance(Duration.ofMinutes(1));
    JsonNode done = client.json("jobs/query/" + id);
    assertThat(done.path("state").asText()).isEqualTo("JobComplete");
    assertThat(done.path("numberRecordsProcessed").asInt()).isEqualTo(120);
    assertThat(done.path("jobType").asText()).isEqualTo("V2Query");

    List<String> rows = new ArrayList<>();
    String locator = "";
    do {
      HttpResponse<String> page =
          client.get(
              "jobs/query/"
                  + id
                  + "/results?maxRecords=50"
                  + (locator.isEmpty() ? "" : "&locator=" + locator));
      List<String> lines = page.body().lines().toList();
      assertThat(lines.get(0))
          .isEqualTo("\"External_ID__c\",\"Name\",\"AnnualRevenue\",\"CreatedDate\",\"Phone\"");
      assertThat(page.headers().firstValue("Sforce-NumberOfRecords"))
          .contains(String.valueOf(lines.size() - 1));
      rows.addAll(lines.subList(1, lines.size()));
      locator = page.headers().firstValue("Sforce-Locator").orElseThrow();
    } while (!locator.equals("null"));
    assertThat(rows).hasSize(120).doesNotHaveDuplicates();
    assertThat(rows)
        .anySatisfy(
            row ->
                assertThat(row)
                    .matches(
                        "\"a-00007\",\"Name"
                            + " \"\"7\"\"\",\"7000.0\",\"2026-11-01T08:\\d\\d:\\d\\d\\.\\d{3}Z\",\"\""));

    JsonNode pages = client.json("jobs/query/" + id + "/resultPages");
    assertThat(pages.path("resultPages").size()).isEqualTo(5);
    assertThat(pages.path("done").asBoolean()).isFalse();
    JsonNode rest = client.json(pages.path("nextRecordsUrl").asText());
    assertThat(rest.path("resultPages").size()).isEqualTo(1);
    assertThat(rest.path("done").asBoolean()).isTrue();
    int counted = 0;
    for (JsonNode page : List.of(pages, rest)) {
      for (JsonNode url : page.path("resultPages")) {
        counted += (int) client.get(url.path("resultUrl").asText()).body().lines().count() - 1;
      }
    }
    assertThat(counted).isEqualTo(120);

    assertThat(client.get("/services/data/v61.0/jobs/query/" + id + "/results").statusCode())
        .isEqualTo(409);
    assertThat(client.state(id, "Aborted").statusCode()).isEqualTo(404);
    assertThat(client.send("PATCH", "jobs/query/" + id, "{\"state\":\"Aborted\"}").body())
        .contains("Aborting already Completed Job not allowed");
    assertThat(
            StreamSupport.stream(
                    client.json("jobs/ingest?jobType=V2Query").path("records").spliterator(), false)
                .map(j -> j.path("id").asText()))
        .containsExactly(id);
    assertThat(client.delete("jobs/query/" + id).statusCode()).isEqualTo(204);
    assertThat(client.get("jobs/query/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void bulkRefusesAndRunningJobsAreAborted() {
    HttpResponse<String> count =
        client.send(
            "POST",
            "jobs/query",
            "{\"operation\":\"query\",\"query\":\"SELECT COUNT() FROM Account\"}");
    assertThat(count.statusCode()).isEqualTo(400);
    assertThat(count.body()).contains("API_ERROR", "not supported in Bulk");
    org.close();
    org =
        SimulatedOrg.start(
            OrgOptions.defaults()
                .clock(clock)
                .cost(io.initload.simulator.bulk.CostModel.realistic()));
    client = RawClient.of(org);
    String id =
        RawClient.parse(
                client
                    .send(
                        "POST",
                        "jobs/query",
                        "{\"operation\":\"queryAll\",\"query\":\"SELECT Id FROM Account\"}")
                    .body())
            .path("id")
            .asText();
    assertThat(client.get("jobs/query/" + id + "/results").statusCode()).isEqualTo(400);
    assertThat(client.delete("jobs/query/" + id).body()).contains("the job is not terminated");
    assertThat(client.send("PATCH", "jobs/query/" + id, "{\"state\":\"Aborted\"}").statusCode())
        .isEqualTo(200);
    clock.advance(Duration.ofDays(8));
    assertThat(RawClient.of(org).get("jobs/query/" + id).statusCode()).isEqualTo(404);
  }
}
