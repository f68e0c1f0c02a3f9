package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Records asked for one by one, and what REST tells about them. */
@Tag("system")
class SingleRecordContractTest {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Duration AN_HOUR = Duration.ofHours(1);

  private static String account(Org org, String key) {
    org.upsert("Account", "External_ID__c,Name\n" + key + ",Parent\n");
    return "sobjects/Account/External_ID__c/" + key;
  }

  private static HttpResponse<String> get(Org org, String path, String header, String value) {
    return org.send(org.request(path).header(header, value).GET());
  }

  private static HttpResponse<String> patch(Org org, String path, String header, String value) {
    return org.send(
        org.request(path)
            .header("Content-Type", "application/json")
            .header(header, value)
            .method("PATCH", BodyPublishers.ofString("{\"Phone\":\"1\"}")));
  }

  @Test
  void headersAskOnlyForWhatHasChanged() {
    try (Org org = Org.open()) {
      String path = account(org, org.key("conditional"));
      HttpResponse<String> plain = org.get(path);
      String tag = plain.headers().firstValue("ETag").orElseThrow();
      String later = HTTP_DATE.format(Instant.now().plus(AN_HOUR));
      String earlier = HTTP_DATE.format(Instant.now().minus(AN_HOUR));
      assertThat(plain.headers().firstValue("Last-Modified")).isPresent();
      assertThat(get(org, path, "If-Modified-Since", later).statusCode()).isEqualTo(304);
      assertThat(get(org, path, "If-Modified-Since", later).body()).isEmpty();
      assertThat(get(org, path, "If-Modified-Since", earlier).statusCode()).isEqualTo(200);
      assertThat(get(org, path, "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(get(org, path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void headersChangeOnlyWhatIsAsTheClientKnowsIt() {
    try (Org org = Org.open()) {
      String key = account(org, org.key("precondition"));
      String path = "sobjects/Account/" + Org.json(org.get(key)).path("Id").asText();
      String tag = org.get(path).headers().firstValue("ETag").orElseThrow();
      String later = HTTP_DATE.format(Instant.now().plus(AN_HOUR));
      String earlier = HTTP_DATE.format(Instant.now().minus(AN_HOUR));
      assertThat(patch(org, path, "If-Unmodified-Since", earlier).statusCode()).isEqualTo(412);
      assertThat(patch(org, path, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
      assertThat(patch(org, key, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
      assertThat(Org.json(org.get(path)).path("Phone").isNull()).isTrue();
      assertThat(patch(org, path, "If-Match", tag).statusCode()).isEqualTo(204);
      assertThat(patch(org, path, "If-Unmodified-Since", later).statusCode()).isEqualTo(204);
      assertThat(Org.json(org.get(path)).path("Phone").asText()).isEqualTo("1");
    }
  }

  @Test
  void daysAreThoseOfTheOrgsCalendar() {
    try (Org org = Org.open()) {
      String path = account(org, org.key("calendar"));
      for (String day : List.of("1699-12-31", "4001-01-01", "9999-12-31")) {
        HttpResponse<String> answer =
            org.send("PATCH", path, "{\"Customer_Since__c\":\"%s\"}".formatted(day));
        assertThat(answer.statusCode()).as(day).isEqualTo(400);
        assertThat(Org.error(answer).path("errorCode").asText())
            .isEqualTo("FIELD_INTEGRITY_EXCEPTION");
      }
      for (String day : List.of("1700-01-01", "4000-12-31")) {
        assertThat(
                org.send("PATCH", path, "{\"Customer_Since__c\":\"%s\"}".formatted(day))
                    .statusCode())
            .as(day)
            .isEqualTo(200);
      }
    }
  }

  /** As far as the loading goes by single records; a job's rows are held to the same. */
  @Test
  void blanksAroundATextAndMillisecondsAreNotStored() {
    try (Org org = Org.open()) {
      String key = org.key("stored");
      String path = account(org, key);
      org.upsert("Account", "External_ID__c,Site\n%s,\" a  b \"\n".formatted(key));
      assertThat(Org.json(org.get(path)).path("Site").asText()).isEqualTo("a  b");
      org.send("PATCH", path, "{\"Site\":\"\\t c\u00a0 \"}");
      assertThat(Org.json(org.get(path)).path("Site").asText()).isEqualTo("c\u00a0");
      String task = org.key("second");
      org.upsert(
          "Task",
          "External_ID__c,Subject,ReminderDateTime\n%s,Call,2019-03-01T10:20:30.999Z\n"
              .formatted(task));
      assertThat(
              Org.json(org.get("sobjects/Task/External_ID__c/" + task))
                  .path("ReminderDateTime")
                  .asText())
          .isEqualTo("2019-03-01T10:20:30.000+0000");
    }
  }

  @Test
  void aHeadIsAGetWithoutItsBody() {
    try (Org org = Org.open()) {
      String path = account(org, org.key("head"));
      HttpResponse<String> head =
          org.send(org.request(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/json");
      assertThat(
              org.send(org.request(path + "x").method("HEAD", BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void aRelationshipLeadsToTheParent() {
    try (Org org = Org.open()) {
      String parent = org.key("parent");
      String child = org.key("child");
      account(org, parent);
      org.upsert(
          "Contact",
          "External_ID__c,LastName,Account.External_ID__c\n"
              + "%s,Able,%s\n%sx,Baker,\n".formatted(child, parent, child));
      String path = "sobjects/Contact/External_ID__c/" + child;
      JsonNode found = Org.json(org.get(path + "/Account?fields=Name,External_ID__c"));
      assertThat(found.path("attributes").path("type").asText()).isEqualTo("Account");
      assertThat(found.path("External_ID__c").asText()).isEqualTo(parent);
      assertThat(org.get(path + "x/Account").statusCode()).as("no parent").isEqualTo(404);
      assertThat(org.get(path + "/Nothing").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void recordsThatChangedOrAreGoneAreListedByTheirTime() {
    try (Org org = Org.open()) {
      String kept = Org.json(org.get(account(org, org.key("kept")))).path("Id").asText();
      String gone = Org.json(org.get(account(org, org.key("gone")))).path("Id").asText();
      assertThat(org.delete("sobjects/Account/" + gone).statusCode()).isEqualTo(204);
      String span =
          "?start=%s&end=%s".formatted(Instant.now().minus(AN_HOUR), Instant.now().plusSeconds(90));
      JsonNode updated = Org.json(org.get("sobjects/Account/updated" + span));
      assertThat(updated.path("ids").toString()).contains(kept).doesNotContain(gone);
      assertThat(updated.path("latestDateCovered").asText()).endsWith("+0000");
      JsonNode deleted = Org.json(org.get("sobjects/Account/deleted" + span));
      assertThat(deleted.path("deletedRecords").findValuesAsText("id"))
          .contains(gone)
          .doesNotContain(kept);
      assertThat(org.get("sobjects/Account/deleted?start=x&end=y").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void whatMayBeAskedIsSaidWithTheRefusal() {
    try (Org org = Org.open()) {
      HttpResponse<String> answer = org.send("DELETE", "sobjects/Account", "");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("HEAD,GET,POST");
      assertThat(Org.error(answer).path("message").asText())
          .isEqualTo("HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET,POST");
    }
  }

  @Test
  void aQueryTellsItsColumnsInsteadOfItsRows() {
    try (Org org = Org.open()) {
      JsonNode answer =
          Org.json(
              org.get(
                  "query?columns=true&q=SELECT+Id,Name,NumberOfEmployees,Parent.Name,Parent.Owner.Name"
                      + "+FROM+Account"));
      assertThat(answer.path("entityName").asText()).isEqualTo("Account");
      assertThat(answer.path("keyPrefix").asText()).isEqualTo("001");
      assertThat(answer.path("idSelected").asBoolean()).isTrue();
      assertThat(answer.path("groupBy").asBoolean()).isFalse();
      assertThat(answer.has("records")).isFalse();
      JsonNode columns = answer.path("columnMetadata");
      assertThat(columns)
          .extracting(c -> c.path("columnName").asText())
          .containsExactly("Id", "Name", "NumberOfEmployees", "Parent");
      assertThat(columns.get(1).path("textType").asBoolean()).isTrue();
      assertThat(columns.get(2).path("numberType").asBoolean()).isTrue();
      JsonNode joined = columns.get(3).path("joinColumns");
      assertThat(joined)
          .extracting(c -> c.path("columnName").asText())
          .containsExactly("Name", "Owner");
      assertThat(joined.get(1).path("joinColumns").get(0).path("displayName").asText())
          .isEqualTo("Name");
      assertThat(org.get("query?columns=true&q=SELECT+Nothing+FROM+Account").statusCode())
          .isEqualTo(400);
      JsonNode grouped = Org.json(org.get("query?columns=true&q=SELECT+COUNT(Id)+FROM+Account"));
      assertThat(grouped.path("columnMetadata").get(0).path("aggregate").asBoolean()).isTrue();
    }
  }
}
