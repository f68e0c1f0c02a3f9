package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What clients ask before they load, in the order in which they do. */
@Tag("system")
class OpeningContractTest {
  private Org org;

  @BeforeEach
  void open() {
    org = Org.open();
  }

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void versionsAndTheResourcesOfEach() {
    List<String> versions = new ArrayList<>();
    for (JsonNode version : Org.json(org.get("/services/data"))) {
      assertThat(version.path("label").asText()).isNotEmpty();
      assertThat(version.path("url").asText())
          .isEqualTo("/services/data/v" + version.path("version").asText());
      versions.add(version.path("version").asText());
    }
    assertThat(versions).contains("31.0", "45.0", "60.0").doesNotContain("30.0");
    for (String version : List.of(versions.get(0), "45.0", versions.get(versions.size() - 1))) {
      JsonNode resources = Org.json(org.get("/services/data/v" + version));
      for (String resource : List.of("sobjects", "query", "limits", "jobs")) {
        String path = resources.path(resource).asText();
        assertThat(path).isEqualTo("/services/data/v" + version + "/" + resource);
      }
      HttpResponse<String> limits = org.get(resources.path("limits").asText());
      assertThat(limits.statusCode()).isEqualTo(200);
      assertThat(Org.json(limits).path("DailyApiRequests").path("Max").asLong()).isPositive();
    }
  }

  @Test
  void whoTheyAreAndWhereTheyStand() {
    JsonNode user = Org.json(org.get("/services/oauth2/userinfo"));
    JsonNode identity = Org.json(org.get(path(user.path("sub").asText())));
    for (String member : List.of("user_id", "organization_id")) {
      assertThat(user.path(member).asText()).hasSize(18);
      assertThat(identity.path(member)).isEqualTo(user.path(member));
    }
    assertThat(user.path("preferred_username")).isEqualTo(identity.path("username"));

    JsonNode organization =
        org.query("SELECT Id, Name, OrganizationType, IsSandbox, InstanceName FROM Organization")
            .path("records")
            .path(0);
    assertThat(organization.path("Id")).isEqualTo(user.path("organization_id"));
    assertThat(organization.path("IsSandbox").isBoolean()).isTrue();
    JsonNode loader =
        org.query(
                "SELECT Id, Username FROM User WHERE Username = '%s'"
                    .formatted(identity.path("username").asText()))
            .path("records")
            .path(0);
    assertThat(loader.path("Id")).isEqualTo(user.path("user_id"));
    assertThat(loader.path("attributes").path("type").asText()).isEqualTo("User");
  }

  /** The path of a URL, whose host may be another than the instance. */
  private static String path(String url) {
    return url.replaceFirst("https?://[^/]+", "");
  }

  @Test
  void whatObjectsThereAre() {
    JsonNode global = Org.json(org.get("sobjects"));
    assertThat(global.path("maxBatchSize").asInt()).isEqualTo(200);
    TreeSet<String> names = new TreeSet<>();
    global.path("sobjects").forEach(object -> names.add(object.path("name").asText()));
    assertThat(names)
        .contains("Account", "Contact", "Product2", "Order", "Opportunity", "User", "Organization");
    for (String name : Org.isReal() ? List.of("Account", "Contact", "User") : names) {
      JsonNode describe = Org.json(org.get("sobjects/" + name + "/describe"));
      assertThat(describe.path("name").asText()).isEqualTo(name);
      assertThat(describe.path("keyPrefix").asText()).hasSize(3);
      assertThat(describe.path("fields")).isNotEmpty();
      JsonNode basic = Org.json(org.get("sobjects/" + name));
      assertThat(basic.path("objectDescribe").path("name").asText()).isEqualTo(name);
    }
  }

  @Test
  void anUpsertThatMayOnlyUpdateMakesNoRecord() {
    String path = "sobjects/Account/External_ID__c/" + org.key("only");
    String only = "/services/data/v61.0/" + path + "?updateOnly=true";
    HttpResponse<String> missing = org.send("PATCH", only, "{\"Name\":\"A\"}");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(org.get(path).statusCode()).isEqualTo(404);

    assertThat(org.send("PATCH", path, "{\"Name\":\"A\"}").statusCode()).isEqualTo(201);
    assertThat(org.send("PATCH", only, "{\"Name\":\"B\"}").statusCode()).isIn(200, 204);
    String id = Org.json(org.get(path)).path("Id").asText();
    assertThat(Org.json(org.get(path)).path("Name").asText()).isEqualTo("B");
    assertThat(org.delete("sobjects/Account/" + id).statusCode()).isEqualTo(204);
  }

  @Test
  void anIdInTheBodyOfAnUpdateIsRefused() {
    String path = "sobjects/Account/External_ID__c/" + org.key("body");
    String id = Org.json(org.send("PATCH", path, "{\"Name\":\"A\"}")).path("id").asText();
    String body = "{\"Id\":\"" + id + "\",\"Name\":\"B\"}";
    for (String each : List.of("sobjects/Account/" + id, path)) {
      HttpResponse<String> refused = org.send("PATCH", each, body);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(Org.error(refused).path("errorCode").asText()).isEqualTo("INVALID_FIELD");
    }
    assertThat(Org.json(org.get(path)).path("Name").asText()).isEqualTo("A");
    assertThat(org.delete("sobjects/Account/" + id).statusCode()).isEqualTo(204);
  }

  @Test
  void aQueryNeedsAText() {
    for (String path : List.of("query", "queryAll", "query?q=")) {
      HttpResponse<String> refused = org.get(path);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(Org.error(refused).path("message").asText())
          .contains("A query string has to be specified");
    }
  }

  @Test
  void oneRecordByItsIdAndByItsExternalId() {
    String key = org.key("one");
    HttpResponse<String> made =
        org.send(
            "POST", "sobjects/Account", "{\"Name\":\"One\",\"External_ID__c\":\"" + key + "\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    String id = Org.json(made).path("id").asText();
    String byId = "sobjects/Account/" + id;
    String byKey = "sobjects/Account/External_ID__c/" + key;
    assertThat(Org.json(org.get(byId)).path("Name").asText()).isEqualTo("One");
    assertThat(Org.json(org.get(byKey + "?fields=Id,Name")).path("Id").asText()).isEqualTo(id);

    assertThat(org.send("PATCH", byId, "{\"Name\":\"Two\"}").statusCode()).isEqualTo(204);
    HttpResponse<String> updated = org.send("PATCH", byKey, "{\"Name\":\"Three\"}");
    assertThat(updated.statusCode()).isIn(200, 204);
    assertThat(Org.json(org.get(byId)).path("Name").asText()).isEqualTo("Three");

    assertThat(org.delete(byId).statusCode()).isEqualTo(204);
    assertThat(org.get(byId).statusCode()).isEqualTo(404);
    HttpResponse<String> again = org.send("PATCH", byKey, "{\"Name\":\"Four\"}");
    assertThat(again.statusCode()).as("upsert of a new one").isEqualTo(201);
    String second = Org.json(again).path("id").asText();
    assertThat(second).isNotEqualTo(id);
    assertThat(org.delete("sobjects/Account/" + second).statusCode()).isEqualTo(204);
    assertThat(Org.error(org.get(byKey)).path("errorCode").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void moreThanOnePageOfAQuery() {
    int rows = 2_345;
    org.upsert(
        "Account",
        IntStream.range(0, rows)
            .mapToObj(i -> org.key("%04d".formatted(i)) + ",Page " + i + "\n")
            .collect(Collectors.joining("", "External_ID__c,Name\n", "")));
    List<String> keys = new ArrayList<>();
    JsonNode page =
        org.query(
            "SELECT External_ID__c FROM Account WHERE External_ID__c LIKE '%s%%' ORDER BY External_ID__c"
                .formatted(org.key("")));
    assertThat(page.path("totalSize").asInt()).isEqualTo(rows);
    assertThat(page.path("records")).hasSize(2_000);
    while (true) {
      page.path("records").forEach(r -> keys.add(r.path("External_ID__c").asText()));
      if (page.path("done").asBoolean()) {
        break;
      }
      page = Org.json(org.get(page.path("nextRecordsUrl").asText()));
    }
    assertThat(keys).hasSize(rows).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void pathsThatClientsJoinedBadly() {
    for (String path :
        List.of(
            "//services/data/v60.0/sobjects",
            "/services/data/v60.0//sobjects/Account/describe",
            "/services/data/v60.0/sobjects/",
            "/services//data",
            "//services/data/v60.0//query?q=SELECT+Id+FROM+Organization",
            "/services/data/v60.0//jobs//ingest",
            "/services/data/v60.0/limits//")) {
      assertThat(org.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }
}
