package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.query.QueryRules;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 29 to 31: queries, counts and describes. */
@ExtendWith(Rows.class)
@Tag("system")
class QueryContractTest {
  private static String rows(Org org, String key, int count) {
    StringBuilder csv = new StringBuilder("External_ID__c,Name\n");
    for (int i = 0; i < count; i++) {
      csv.append("%s%05d,Name %d\n".formatted(org.key(key), i, i));
    }
    return csv.toString();
  }

  private static HttpResponse<String> refusedBulk(Org org, String soql) {
    return org.send("POST", "jobs/query", "{\"operation\":\"query\",\"query\":\"" + soql + "\"}");
  }

  @Test
  void row29_resultsAreReadByLocator() {
    try (Org org = Org.open()) {
      org.upsert("Account", rows(org, "row29-", 25));
      String job =
          org.bulkQuery(
              "SELECT External_ID__c, Name, Phone FROM Account WHERE External_ID__c LIKE '"
                  + org.key("row29-")
                  + "%'");
      JsonNode info = Org.json(org.get("jobs/query/" + job));
      assertThat(info.path("state").asText()).isEqualTo("JobComplete");
      assertThat(info.path("numberRecordsProcessed").asInt()).isEqualTo(25);
      assertThat(info.has("errorMessage")).isFalse();
      List<String> keys = new ArrayList<>();
      String locator = "";
      do {
        HttpResponse<String> page =
            org.get(
                "jobs/query/"
                    + job
                    + "/results?maxRecords=10"
                    + (locator.isEmpty() ? "" : "&locator=" + locator));
        List<List<String>> rows = Csv.parse(page.body());
        assertThat(rows.get(0)).containsExactly("External_ID__c", "Name", "Phone");
        assertThat(page.body())
            .startsWith("\"External_ID__c\",\"Name\",\"Phone\"")
            .endsWith(",\"\"\n");
        assertThat(page.headers().firstValue("Sforce-NumberOfRecords"))
            .contains(String.valueOf(rows.size() - 1));
        keys.addAll(Csv.column(rows, "External_ID__c"));
        locator = page.headers().firstValue("Sforce-Locator").orElseThrow();
      } while (!locator.equals("null"));
      assertThat(keys).hasSize(25).doesNotHaveDuplicates();
      JsonNode pages = Org.json(org.get("jobs/query/" + job + "/resultPages"));
      assertThat(pages.path("resultPages").size()).isBetween(1, 5);
      assertThat(org.get("/services/data/v61.0/jobs/query/" + job + "/results").statusCode())
          .isEqualTo(409);
      assertThat(org.delete("jobs/query/" + job).statusCode()).isEqualTo(204);
      assertThat(org.get("jobs/query/" + job).statusCode()).isEqualTo(404);

      String empty =
          org.bulkQuery("SELECT Id FROM Account WHERE External_ID__c = '" + org.key("none") + "'");
      HttpResponse<String> nothing = org.get("jobs/query/" + empty + "/results");
      assertThat(nothing.body()).isEqualTo("\"Id\"\n");
      assertThat(nothing.headers().firstValue("Sforce-NumberOfRecords")).contains("0");
      assertThat(nothing.headers().firstValue("Sforce-Locator")).contains("null");
    }
  }

  @Test
  void row29_whatBulkCannotDoIsRefusedAtOnce() {
    try (Org org = Org.open()) {
      for (String soql :
          List.of(
              "SELECT COUNT() FROM Account",
              "SELECT COUNT(Id) FROM Account",
              "SELECT Name FROM Account GROUP BY Name",
              "SELECT Id FROM Account LIMIT 5 OFFSET 5",
              "SELECT Id, (SELECT Id FROM Contacts) FROM Account")) {
        HttpResponse<String> refused = refusedBulk(org, soql);
        assertThat(refused.statusCode()).as(soql).isEqualTo(400);
        assertThat(Org.error(refused).path("errorCode").asText()).isNotEmpty();
      }
      assertThat(
              Org.error(refusedBulk(org, "SELECT Id, (SELECT Id FROM Contacts) FROM Account"))
                  .path("message")
                  .asText())
          .contains("Aggregate Relationships not supported in Bulk");
      assertThat(
              Org.error(refusedBulk(org, "SELECT BillingAddress FROM Account"))
                  .path("message")
                  .asText())
          .isEqualTo("Selecting compound data not supported in Bulk Query");
      assertThat(Org.error(refusedBulk(org, "SELECT Nope FROM Account")).path("errorCode").asText())
          .isEqualTo("INVALID_FIELD");
      assertThat(Org.error(refusedBulk(org, "SELECT Id FRM Account")).path("errorCode").asText())
          .isEqualTo("MALFORMED_QUERY");
    }
  }

  @Test
  void row30_countsAreExactWhileRecordCountLags() {
    VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));
    try (Org org = Org.simulated(OrgOptions.defaults().clock(clock))) {
      assertThat(org.get("limits/recordCount?sObjects=Account").statusCode()).isEqualTo(200);
      org.start(
          "Account", "upsert", "\"externalIdFieldName\":\"External_ID__c\"", rows(org, "a", 40));
      clock.advance(Duration.ofMinutes(1));
      assertThat(org.query("SELECT COUNT() FROM Account").toString())
          .isEqualTo("{\"totalSize\":40,\"done\":true,\"records\":[]}");
      assertThat(org.query("SELECT COUNT(Id) FROM Account").path("records").get(0).toString())
          .isEqualTo("{\"attributes\":{\"type\":\"AggregateResult\"},\"expr0\":40}");
      JsonNode stale = Org.json(org.get("limits/recordCount?sObjects=Account,Nope__c"));
      assertThat(stale.path("sObjects").findValuesAsText("count"))
          .as("too old to know")
          .doesNotContain("40");
      clock.advance(Duration.ofMinutes(5));
      assertThat(Org.json(org.get("limits/recordCount?sObjects=Account,Nope__c")).toString())
          .isEqualTo("{\"sObjects\":[{\"count\":40,\"name\":\"Account\"}]}");
    }
  }

  @Test
  void row30_longScansTimeOut() {
    try (Org org =
        Org.simulated(OrgOptions.defaults().query(QueryRules.usual().withScannedRowsMax(30)))) {
      org.upsert("Account", rows(org, "a", 40));
      HttpResponse<String> slow = org.tryQuery("SELECT COUNT() FROM Account");
      assertThat(slow.statusCode()).isEqualTo(400);
      assertThat(Org.error(slow).path("errorCode").asText()).isEqualTo("QUERY_TIMEOUT");
      assertThat(Org.error(slow).path("message").asText())
          .isEqualTo("Your query request was running for too long.");
      String job = org.bulkQuery("SELECT Id FROM Account");
      assertThat(Org.json(org.get("jobs/query/" + job)).path("numberRecordsProcessed").asInt())
          .as("bulk has the time")
          .isEqualTo(40);
    }
  }

  @Test
  void row30_anUnknownObjectIsPointedAt() {
    try (Org org = Org.open()) {
      HttpResponse<String> unknown = org.tryQuery("select count() from XYZZY");
      assertThat(unknown.statusCode()).isEqualTo(400);
      assertThat(Org.error(unknown).path("errorCode").asText()).isEqualTo("INVALID_TYPE");
      assertThat(Org.error(unknown).path("message").asText())
          .contains(
              "select count() from XYZZY\n",
              "^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported.");
    }
  }

  @Test
  void row31_describesShowWhatTheUserMaySee() {
    try (Org org = Org.open()) {
      HttpResponse<String> described = org.get("sobjects/Account/describe");
      assertThat(described.headers().firstValue("Content-Type").orElse(""))
          .isEqualToIgnoringCase("application/json;charset=UTF-8");
      JsonNode describe = Org.json(described);
      assertThat(describe.path("keyPrefix").asText()).isEqualTo("001");
      JsonNode name = field(describe, "Name");
      for (String attribute :
          List.of(
              "label",
              "type",
              "soapType",
              "createable",
              "updateable",
              "nillable",
              "defaultedOnCreate",
              "externalId",
              "idLookup",
              "unique",
              "caseSensitive",
              "length",
              "precision",
              "scale",
              "digits",
              "picklistValues",
              "restrictedPicklist",
              "referenceTo",
              "relationshipName",
              "polymorphicForeignKey",
              "calculated",
              "autoNumber",
              "compoundFieldName",
              "filterable")) {
        assertThat(name.has(attribute)).as(attribute).isTrue();
      }
      assertThat(name.path("length").asInt()).isEqualTo(255);
      assertThat(field(describe, "External_ID__c").path("externalId").asBoolean()).isTrue();
      assertThat(field(describe, "NumberOfEmployees").path("digits").asInt()).isIn(8, 9);
      HttpResponse<String> unknown = org.get("sobjects/XYZZY/describe");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(Org.error(unknown).path("message").asText())
          .isEqualTo("The requested resource does not exist");
    }
  }

  @Test
  void row31_hiddenFieldsAreMissing() {
    if (Org.isReal()) {
      return;
    }
    try (Org org = Org.simulated(OrgOptions.defaults().hide("Account.Phone"))) {
      assertThat(field(Org.json(org.get("sobjects/Account/describe")), "Phone").isMissingNode())
          .isTrue();
      assertThat(Org.error(org.tryQuery("SELECT Phone FROM Account")).path("errorCode").asText())
          .isEqualTo("INVALID_FIELD");
      String job = org.load("Account", "insert", "", "Name,Phone\nx,1\n");
      assertThat(org.job(job).path("errorMessage").asText())
          .isEqualTo("InvalidBatch : InvalidBatch : Field name not found : Phone");
    }
  }

  private static JsonNode field(JsonNode describe, String name) {
    for (JsonNode field : describe.path("fields")) {
      if (field.path("name").asText().equals(name)) {
        return field;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
