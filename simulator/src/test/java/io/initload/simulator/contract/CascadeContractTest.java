package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Details go with their masters. */
@Tag("system")
class CascadeContractTest {
  private static final String KEY =
      "{\"name\":\"External_ID__c\",\"type\":\"string\",\"externalId\":true,\"unique\":true}";
  private static final String UPSERT = "\"externalIdFieldName\":\"External_ID__c\"";

  @TempDir private Path folder;

  /** A trip has legs, a leg has stops; a stop belongs to a town too. */
  @BeforeEach
  void describe() throws IOException {
    object("Trip__c", "");
    object("Town__c", "");
    object("Leg__c", master("Trip__c"));
    object("Stop__c", master("Leg__c") + master("Town__c"));
  }

  private void object(String name, String more) throws IOException {
    Files.writeString(
        folder.resolve(name + ".json"),
        "{\"name\":\"%s\",\"fields\":[%s%s]}".formatted(name, KEY, more));
  }

  private static String master(String object) {
    return """
    ,{"name":"%1$s","type":"reference","referenceTo":["%1$s"],"relationshipName":"%2$s",
      "cascadeDelete":true,"relationshipOrder":0,"nillable":false,"updateable":false}
    """
        .formatted(object, object.replace("__c", "__r"));
  }

  private Org org(String... switches) {
    OrgOptions options =
        OrgOptions.defaults().describes(folder).set("ingest.hardDelete", "granted");
    for (String each : switches) {
      options = options.set(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    Org org = Org.simulated(options);
    org.load("Trip__c", "upsert", UPSERT, "External_ID__c\nt1\nt2\n");
    org.load("Town__c", "upsert", UPSERT, "External_ID__c\nw1\n");
    org.load("Leg__c", "upsert", UPSERT, "External_ID__c,Trip__r.External_ID__c\nl1,t1\nl2,t2\n");
    org.load(
        "Stop__c",
        "upsert",
        UPSERT,
        "External_ID__c,Leg__r.External_ID__c,Town__r.External_ID__c\ns1,l1,w1\ns2,l2,w1\n");
    return org;
  }

  private static String id(Org org, String object, String key) {
    return org.query("SELECT Id FROM %s WHERE External_ID__c = '%s'".formatted(object, key))
        .path("records")
        .get(0)
        .path("Id")
        .asText();
  }

  private static List<String> keys(Org org, String object) {
    return org.query("SELECT External_ID__c FROM %s ORDER BY External_ID__c".formatted(object))
        .path("records")
        .findValuesAsText("External_ID__c");
  }

  private static List<String> errors(Org org, String job) {
    assertThat(org.job(job).path("state").asText()).isEqualTo("JobComplete");
    return Csv.column(org.results(job, "failedResults"), "sf__Error");
  }

  @Test
  void deletingAMasterDeletesWhatHangsOnIt() {
    try (Org org = org()) {
      String stop = id(org, "Stop__c", "s1");
      String job = org.load("Trip__c", "delete", "", "Id\n" + id(org, "Trip__c", "t1") + "\n");
      assertThat(errors(org, job)).isEmpty();
      assertThat(org.job(job).path("numberRecordsProcessed").asInt()).isEqualTo(1);
      assertThat(keys(org, "Leg__c")).containsExactly("l2");
      assertThat(keys(org, "Stop__c")).containsExactly("s2");
      assertThat(keys(org, "Town__c")).containsExactly("w1");
      assertThat(org.simulator().records("Stop__c").count()).isEqualTo(1);
      assertThat(Org.json(org.get("queryAll?q=SELECT+Id+FROM+Stop__c")).path("totalSize").asInt())
          .as("with the recycle bin")
          .isEqualTo(2);
      assertThat(errors(org, org.load("Stop__c", "delete", "", "Id\n" + stop + "\n")))
          .singleElement()
          .asString()
          .startsWith("ENTITY_IS_DELETED:");
    }
  }

  @Test
  void deletingForGoodLeavesNothing() {
    try (Org org = org()) {
      String job = org.load("Trip__c", "hardDelete", "", "Id\n" + id(org, "Trip__c", "t1") + "\n");
      assertThat(errors(org, job)).isEmpty();
      assertThat(Org.json(org.get("queryAll?q=SELECT+Id+FROM+Stop__c")).path("totalSize").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void aRecordOfTwoMastersGoesOnce() {
    try (Org org = org()) {
      String rows = "Id\n%s\n%s\n".formatted(id(org, "Leg__c", "l1"), id(org, "Leg__c", "l2"));
      assertThat(errors(org, org.load("Leg__c", "delete", "", rows))).isEmpty();
      assertThat(errors(org, org.load("Town__c", "delete", "", "Id\n" + id(org, "Town__c", "w1"))))
          .isEmpty();
      assertThat(org.simulator().records("Stop__c").count()).isZero();
      String again = "External_ID__c,Trip__r.External_ID__c\nl1,t1\n";
      assertThat(errors(org, org.load("Leg__c", "upsert", UPSERT, again))).isEmpty();
      assertThat(org.simulator().records("Leg__c").count()).isEqualTo(1);
    }
  }

  @Test
  void singleRecordsTakeTheirDetailsToo() {
    try (Org org = org()) {
      assertThat(org.delete("sobjects/Town__c/External_ID__c/w1").statusCode()).isEqualTo(204);
      assertThat(keys(org, "Stop__c")).isEmpty();
      assertThat(keys(org, "Leg__c")).hasSize(2);
    }
  }

  @Test
  void aDetailKeepsItsMaster() {
    try (Org org = org()) {
      String job =
          org.load("Leg__c", "upsert", UPSERT, "External_ID__c,Trip__r.External_ID__c\nl1,t2\n");
      assertThat(errors(org, job))
          .singleElement()
          .asString()
          .startsWith("INVALID_FIELD_FOR_INSERT_UPDATE:");
      job = org.load("Leg__c", "upsert", UPSERT, "External_ID__c\nl3\n");
      assertThat(errors(org, job))
          .containsExactly(
              "REQUIRED_FIELD_MISSING:Required fields are missing: [Trip__c]:Trip__c --");
    }
  }

  @Test
  void contactsGoWithTheirAccount() {
    try (Written written = Written.into("objects: {}")) {
      written.upsert("Account", "External_ID__c,Name\na,A\nb,B\n");
      written.upsert(
          "Contact", "External_ID__c,LastName,Account.External_ID__c\nx,X,a\ny,Y,b\nz,Z,\n");
      written.org.delete("sobjects/Account/External_ID__c/a");
      assertThat(written.count("Contact")).isEqualTo(2);
    }
    try (Written written = Written.into("objects: {}", "rows.details=left")) {
      written.upsert("Account", "External_ID__c,Name\na,A\n");
      written.upsert("Contact", "External_ID__c,LastName,Account.External_ID__c\nx,X,a\n");
      written.org.delete("sobjects/Account/External_ID__c/a");
      assertThat(written.count("Contact")).isEqualTo(1);
    }
  }
}
