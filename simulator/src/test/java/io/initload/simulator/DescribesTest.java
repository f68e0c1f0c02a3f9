package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An org takes the objects of a user's own org from describe documents. */
@Tag("system")
class DescribesTest {
  private static final String INVOICE =
      """
      {"name":"Invoice__c","label":"Invoice","keyPrefix":"a7K","fields":[
       {"name":"Number__c","label":"Number","type":"string","length":5,"externalId":true,
        "unique":true,"nillable":false},
       {"name":"Customer__c","label":"Customer","type":"reference","referenceTo":["Account"],
        "relationshipName":"Customer__r"}]}
      """;

  @TempDir private Path folder;

  @Test
  void objectsAreAddedAsRestAndTheCommandLinePrintThem() throws IOException {
    Files.writeString(
        folder.resolve("Invoice__c.json"), "{\"status\":0,\"result\":" + INVOICE + "}");
    try (SimulatedOrg org = SimulatedOrg.start(OrgOptions.defaults().describes(folder))) {
      RawClient client = RawClient.of(org);
      client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 1));
      String job =
          client.load(
              "Invoice__c",
              "upsert",
              "Number__c",
              "Number__c,Customer__r.External_ID__c\nI-1,a-0\nI-12345,a-0\n");

      assertThat(client.successful(job)).contains("\"a7K");
      assertThat(client.failed(job)).contains("STRING_TOO_LONG:Number: data value too large");
      JsonNode describe = client.json("sobjects/Invoice__c/describe");
      assertThat(describe.path("fields").findValuesAsText("name")).contains("Id", "CreatedDate");
      assertThat(describe.path("fields").get(0).has("relationshipOrder")).isTrue();
    }
  }

  @Test
  void theDescribeOfAnOrgMakesAnotherOneLikeIt() throws IOException {
    try (SimulatedOrg org = SimulatedOrg.start()) {
      ObjectNode account = (ObjectNode) RawClient.of(org).json("sobjects/Account/describe");
      account.put("label", "Customer");
      Files.writeString(folder.resolve("Account.json"), account.toString());
    }
    try (SimulatedOrg org = SimulatedOrg.start(OrgOptions.defaults().describes(folder))) {
      RawClient client = RawClient.of(org);
      assertThat(client.json("sobjects/Account/describe").path("label").asText())
          .isEqualTo("Customer");
      client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 3));
      assertThat(org.records("Account").count()).isEqualTo(3);
    }
  }

  @Test
  void hiddenFieldsAreNeitherDescribedNorWritable() {
    try (SimulatedOrg org = SimulatedOrg.start(OrgOptions.defaults().hide("Account.Site"))) {
      RawClient client = RawClient.of(org);
      assertThat(client.json("sobjects/Account/describe").path("fields").findValuesAsText("name"))
          .doesNotContain("Site");
      String job = client.load("Account", "insert", "", "Name,Site\nA,B\n");
      assertThat(client.job(job).path("errorMessage").asText())
          .isEqualTo("InvalidBatch : InvalidBatch : Field name not found : Site");
      assertThat(client.unprocessed(job)).isEqualTo("Name,Site\n\"A\",\"B\"\n");
    }
  }

  @Test
  void anUnusableDocumentIsNamed() throws IOException {
    Path bad = Files.writeString(folder.resolve("Bad.json"), "{\"name\":\"Bad__c\"}");
    assertThatThrownBy(() -> SimulatedOrg.start(OrgOptions.defaults().describes(folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(bad.toString());
  }

  @Test
  void aKeyPrefixIsThreeLettersOrDigits() throws IOException {
    for (String prefix : List.of("", "a0", "a0-", "a000")) {
      Path odd =
          Files.writeString(
              folder.resolve("Odd__c.json"),
              "{\"name\":\"Odd__c\",\"keyPrefix\":\"%s\",\"fields\":[]}".formatted(prefix));
      assertThatThrownBy(() -> SimulatedOrg.start(OrgOptions.defaults().describes(folder)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(odd.toString())
          .hasMessageContaining("keyPrefix is '" + prefix + "'");
    }
  }

  @Test
  void theDocumentedMinimalObjectTakesRows() throws IOException {
    String guide = Files.readString(Path.of("../docs/simulator.md"));
    int start = guide.indexOf("```json\n{\n  \"name\": \"Invoice__c\"") + "```json\n".length();
    Files.writeString(
        folder.resolve("Invoice__c.json"), guide.substring(start, guide.indexOf("```", start)));
    try (SimulatedOrg org = SimulatedOrg.start(OrgOptions.defaults().describes(folder))) {
      RawClient client = RawClient.of(org);
      String rows = "Number__c,Name,Amount__c\nI-1,First,12.50\nI-2,Second,much\n";
      String job = client.load("Invoice__c", "upsert", "Number__c", rows);
      assertThat(client.job(job).path("numberRecordsProcessed").asLong()).isEqualTo(2);
      assertThat(client.successful(job)).contains("First").doesNotContain("Second");
      assertThat(client.failed(job)).contains("Amount__c").contains("Second");
    }
  }
}
