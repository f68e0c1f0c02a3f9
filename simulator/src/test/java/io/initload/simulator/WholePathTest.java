package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the login to the records, as a loader goes. */
@Tag("system")
class WholePathTest {
  @Test
  void aLoaderLogsInUpsertsAndReadsItsResults() {
    try (SimulatedOrg org = SimulatedOrg.start()) {
      JsonNode login =
          RawClient.parse(
              RawClient.post(
                      org.loginUrl() + "/services/oauth2/token",
                      Map.of(
                          "grant_type", "client_credentials",
                          "client_id", org.clientId(),
                          "client_secret", org.clientSecret()))
                  .body());
      assertThat(login.path("instance_url").asText()).isEqualTo(org.instanceUrl());
      assertThat(login.has("refresh_token")).isFalse();
      RawClient client =
          new RawClient(login.path("instance_url").asText(), login.path("access_token").asText());

      client.load(
          "Country__c", "upsert", "External_ID__c", "External_ID__c,Name\nDE,Germany\nFR,France\n");
      String job =
          client.load(
              "Account",
              "upsert",
              "External_ID__c",
              """
              External_ID__c,Name,Country__r.External_ID__c,AnnualRevenue,NumberOfEmployees
              a-1,"Acme ""North"" Inc",DE,912260031,2676
              a-2,Beta,XX,1,1
              a-3,,FR,1,1
              """);

      JsonNode info = client.job(job);
      assertThat(info.path("state").asText()).isEqualTo("JobComplete");
      assertThat(info.path("numberRecordsProcessed").asInt()).isEqualTo(3);
      assertThat(info.path("numberRecordsFailed").asInt()).isEqualTo(2);
      String id = org.records("Account").byExternalId("External_ID__c", "A-1").orElseThrow().id();
      assertThat(client.successful(job))
          .isEqualTo(
              """
              "sf__Id","sf__Created",External_ID__c,Name,Country__r.External_ID__c,AnnualRevenue,NumberOfEmployees
              "%s","true","a-1","Acme ""North"" Inc","DE","9.12260031E8","2676"
              """
                  .formatted(id));
      assertThat(client.failed(job))
          .startsWith("\"sf__Id\",\"sf__Error\",External_ID__c,")
          .contains(
              "\"\",\"INVALID_FIELD:Foreign key external ID: XX not found for field"
                  + " External_ID__c in entity Country__c:--\",\"a-2\"")
          .contains("\"REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --\"");
      assertThat(client.unprocessed(job).lines()).hasSize(1);
      assertThat(org.records("Account").count()).isEqualTo(1);
      assertThat(org.records("Account").byId(id).orElseThrow().value("AnnualRevenue"))
          .contains("912260031");
    }
  }

  @Test
  void limitsAndDescribeAnswer() {
    try (SimulatedOrg org = SimulatedOrg.start()) {
      RawClient client = RawClient.of(org);
      assertThat(client.json("limits").path("DailyBulkApiBatches").path("Max").asInt())
          .isEqualTo(15_000);
      assertThat(client.json("sobjects/Account/describe").path("fields").size()).isGreaterThan(50);
      assertThat(client.json("sobjects").path("sobjects").size()).isEqualTo(18);
      assertThat(client.json("/services/data").get(0).path("version").asText()).isEqualTo("31.0");
    }
  }
}
