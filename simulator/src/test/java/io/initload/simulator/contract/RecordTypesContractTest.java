package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.setup.OrgSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Record types: told by describe, found by queries, judged in rows, with picklists of their own.
 */
@Tag("system")
class RecordTypesContractTest {
  private static final String SETUP =
      """
      objects:
        Account:
          recordTypes:
            - {developerName: Shop, label: Corner shop, usual: true}
            - {developerName: Partner, picklists: {CustomerPriority__c: [High, Low]}}
            - {developerName: Secret, unavailable: true}
            - {developerName: Old, inactive: true}
        Contact:
          recordTypes: [{developerName: Buyer}]
      """;

  private static String id(Written written, String developerName) {
    return written.value(
        "SELECT Id FROM RecordType WHERE DeveloperName = '%s'".formatted(developerName));
  }

  @Test
  void describeTellsThemAndTheirIdsAreThoseOfTheirRecords() {
    try (Written written = Written.into(SETUP)) {
      JsonNode infos =
          Org.json(written.org.get("sobjects/Account/describe")).path("recordTypeInfos");
      assertThat(infos.findValuesAsText("developerName"))
          .containsExactly("Shop", "Partner", "Secret", "Old", "Master");
      assertThat(infos.findValuesAsText("name")).startsWith("Corner shop", "Partner");
      assertThat(infos.findValuesAsText("available"))
          .containsExactly("true", "true", "false", "true", "true");
      assertThat(infos.findValuesAsText("active"))
          .containsExactly("true", "true", "true", "false", "true");
      assertThat(infos.findValuesAsText("defaultRecordTypeMapping"))
          .containsExactly("true", "false", "false", "false", "false");
      assertThat(infos.get(1).path("recordTypeId").asText()).isEqualTo(id(written, "Partner"));
      assertThat(infos.get(4).path("recordTypeId").asText()).isEqualTo("012000000000000AAA");
      assertThat(id(written, "Buyer")).startsWith("012").hasSize(18);
      assertThat(written.value("SELECT SobjectType FROM RecordType WHERE DeveloperName = 'Buyer'"))
          .isEqualTo("Contact");
    }
  }

  @Test
  void aNewRecordHasTheTypeItBringsElseTheUsualOne() {
    try (Written written = Written.into(SETUP)) {
      String partner = id(written, "Partner");
      assertThat(written.upsert("Account", "External_ID__c,Name\nnone,A\n")).isEmpty();
      assertThat(
              written.upsert(
                  "Account",
                  "External_ID__c,Name,RecordTypeId\nempty,A,\nown,A,%s\nshort,A,%s\n"
                      .formatted(partner, partner.substring(0, 15))))
          .isEmpty();
      String type = "SELECT RecordType.DeveloperName FROM Account WHERE External_ID__c = '%s'";
      assertThat(written.value(type.formatted("none"))).isEqualTo("Shop");
      assertThat(written.value(type.formatted("empty"))).isEqualTo("Shop");
      assertThat(written.value(type.formatted("own"))).isEqualTo("Partner");
      assertThat(written.value(type.formatted("short"))).isEqualTo("Partner");
      assertThat(written.upsert("Account", "External_ID__c,Phone\nown,1\n")).isEmpty();
      assertThat(written.value(type.formatted("own"))).isEqualTo("Partner");
      assertThat(written.count("Account WHERE RecordType.DeveloperName = 'Partner'")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"Secret", "Old", "Buyer"})
  void aTypeThatTheUserDoesNotHaveIsRefused(String developerName) {
    try (Written written = Written.into(SETUP)) {
      String id = id(written, developerName);
      assertThat(
              written.upsert("Account", "External_ID__c,Name,RecordTypeId\na,A,%s\n".formatted(id)))
          .containsExactly(
              "INVALID_CROSS_REFERENCE_KEY:Record Type ID: this ID value isn't valid for the"
                  + " user: %s:RecordTypeId --".formatted(id));
      assertThat(written.count("Account")).isZero();
    }
  }

  @Test
  void picklistsHaveTheValuesOfTheRecordsType() {
    try (Written written = Written.into(SETUP)) {
      String partner = id(written, "Partner");
      String refused =
          "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Customer Priority: bad value for restricted"
              + " picklist field: Medium:CustomerPriority__c --";
      assertThat(
              written.upsert(
                  "Account",
                  "External_ID__c,Name,RecordTypeId,CustomerPriority__c\nno,A,%1$s,Medium\nyes,A,%1$s,low\nshop,A,,Medium\n"
                      .formatted(partner)))
          .containsExactly(refused);
      assertThat(
              written.upsert(
                  "Account", "External_ID__c,CustomerPriority__c\nyes,Medium\nshop,Low\n"))
          .containsExactly(refused);
    }
  }

  @Test
  void thePicklistValuesOfATypeAreTold() {
    try (Written written = Written.into(SETUP)) {
      String path = "ui-api/object-info/Account/picklist-values/";
      JsonNode partner =
          Org.json(written.org.get(path + id(written, "Partner"))).path("picklistFieldValues");
      assertThat(partner.path("CustomerPriority__c").path("values").findValuesAsText("value"))
          .containsExactly("High", "Low");
      JsonNode master =
          Org.json(written.org.get(path + "012000000000000AAA")).path("picklistFieldValues");
      assertThat(master.path("CustomerPriority__c").path("values").findValuesAsText("value"))
          .containsExactly("High", "Low", "Medium");
      assertThat(partner.path("Active__c")).isEqualTo(master.path("Active__c"));
      assertThat(partner.has("Name")).isFalse();
      assertThat(written.org.get(path + id(written, "Buyer")).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({"name,RecordType.Name,Corner shop", "developer-name,RecordType.DeveloperName,Shop"})
  void columnsNameThemAsFarAsTheOrgAllows(String key, String column, String value) {
    String csv = "External_ID__c,Name,%s\na,A,%s\n".formatted(column, value);
    try (Written written = Written.into(SETUP)) {
      String job = written.org.upsert("Account", csv);
      assertThat(written.org.job(job).path("errorMessage").asText())
          .isEqualTo("InvalidBatch : InvalidBatch : Field name not found : " + column);
    }
    try (Written written = Written.into(SETUP, "rows.recordTypeKey=" + key)) {
      assertThat(written.upsert("Account", csv)).isEmpty();
      assertThat(written.value("SELECT RecordType.DeveloperName FROM Account")).isEqualTo("Shop");
    }
  }

  @Test
  void thoseOfADescribeDocumentGetIdsOfThisOrg(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Trip__c.json"),
        """
        {"name":"Trip__c","fields":[{"name":"Name","type":"string"}],
         "recordTypeInfos":[
          {"active":true,"available":true,"defaultRecordTypeMapping":true,"developerName":"Sea",
           "master":false,"name":"By sea","recordTypeId":"0120000000000AbAAI"}]}
        """);
    try (SimulatedOrg org = SimulatedOrg.start(OrgOptions.defaults().describes(folder))) {
      String id = org.records("RecordType").stream().findFirst().orElseThrow().id();
      assertThat(id).isNotEqualTo("0120000000000AbAAI");
      assertThat(org.records("RecordType").count()).isEqualTo(1);
    }
  }

  @Test
  void keptDataKeepsItsTypes(@TempDir Path data) {
    OrgOptions kept = OrgOptions.defaults().data(data.resolve("org"));
    String id;
    try (SimulatedOrg org = SimulatedOrg.start(kept.setup(OrgSetup.yaml(SETUP)))) {
      id = org.records("RecordType").stream().findFirst().orElseThrow().id();
    }
    try (SimulatedOrg org = SimulatedOrg.start(kept.setup(OrgSetup.yaml(SETUP)))) {
      assertThat(org.records("RecordType").count()).isEqualTo(5);
      assertThat(org.records("RecordType").byId(id)).isPresent();
    }
    OrgSetup other = OrgSetup.yaml(SETUP.replace("Shop", "Market"));
    assertThatThrownBy(() -> SimulatedOrg.start(kept.setup(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which says Market of Account");
  }

  @Test
  void mistakesOfTheSetupAreNamed() {
    for (List<String> mistake :
        List.of(
            List.of("objects: {Acount: {}}", "objects: there is no object Acount"),
            List.of(
                "objects: {Account: {recordTypes: [{developerName: A, picklists: {Name: [x]}}]}}",
                "the record type A of Account has values for Name, which is no picklist of it"))) {
      OrgOptions options = OrgOptions.defaults().setup(OrgSetup.yaml(mistake.get(0)));
      assertThatThrownBy(() -> SimulatedOrg.start(options))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(mistake.get(1));
    }
    for (List<String> mistake :
        List.of(
            List.of(
                "object: {}", "setup: unknown key 'object'; known are [objects, queues, users]"),
            List.of(
                "objects: {Account: {recordTypes: [{label: A}]}}",
                "objects.Account.recordTypes[0]: developerName must be"),
            List.of(
                "objects: {Account: {recordTypes: [{developerName: A}, {developerName: A}]}}",
                "two record types have the same developerName"))) {
      assertThatThrownBy(() -> OrgSetup.yaml(mistake.get(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(mistake.get(1));
    }
  }
}
