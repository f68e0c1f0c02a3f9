package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.setup.OrgSetup;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Accounts that are persons beside accounts that are businesses. */
@Tag("system")
class PersonAccountsContractTest {
  private static final String SETUP =
      """
      objects:
        Account:
          recordTypes:
            - {developerName: Business, usual: true}
            - {developerName: Person, person: true}
      """;

  private static String type(Written written, String developerName) {
    return written.value(
        "SELECT Id FROM RecordType WHERE DeveloperName = '%s'".formatted(developerName));
  }

  private static String person(Written written, String columns, String values) {
    return "External_ID__c,RecordTypeId,%s\np,%s,%s\n"
        .formatted(columns, type(written, "Person"), values);
  }

  @Test
  void theDescribeShowsAPersonsFields() {
    try (Written written = Written.into(SETUP)) {
      Map<String, JsonNode> fields = new HashMap<>();
      Org.json(written.org.get("sobjects/Account/describe"))
          .path("fields")
          .forEach(f -> fields.put(f.path("name").asText(), f));
      assertThat(fields)
          .containsKeys("LastName", "FirstName", "Salutation", "PersonEmail", "PersonBirthdate")
          .containsKeys("PersonMailingCity", "External_ID__pc", "IsPersonAccount");
      assertThat(fields.get("Name").path("nillable").asBoolean()).isTrue();
      assertThat(fields.get("IsPersonAccount").path("createable").asBoolean()).isFalse();
      assertThat(fields.get("External_ID__pc").path("externalId").asBoolean()).isFalse();
      assertThat(written.count("RecordType WHERE IsPersonType = true")).isEqualTo(1);
    }
    try (Written written = Written.into("objects: {}")) {
      String describe = written.org.get("sobjects/Account/describe").body();
      assertThat(describe).doesNotContain("IsPersonAccount", "PersonEmail", "__pc");
    }
  }

  @Test
  void aPersonHasALastNameInPlaceOfAName() {
    try (Written written = Written.into(SETUP)) {
      String columns = "FirstName,LastName,PersonEmail,External_ID__pc";
      assertThat(written.upsert("Account", person(written, columns, "Ann,Lee,ann@lee.example,77")))
          .isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,Name\nb,Acme\n")).isEmpty();
      String where = " FROM Account WHERE External_ID__c = 'p'";
      assertThat(written.value("SELECT Name" + where)).isEqualTo("Ann Lee");
      assertThat(written.value("SELECT IsPersonAccount" + where)).isEqualTo("true");
      assertThat(written.value("SELECT PersonEmail" + where)).isEqualTo("ann@lee.example");
      assertThat(written.value("SELECT External_ID__pc" + where)).isEqualTo("77");
      assertThat(written.count("Account WHERE IsPersonAccount = false")).isEqualTo(1);
    }
  }

  @Test
  void eachKindMissesItsOwnName() {
    try (Written written = Written.into(SETUP)) {
      assertThat(written.upsert("Account", person(written, "FirstName", "Ann")))
          .containsExactly(
              "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --");
      assertThat(written.upsert("Account", "External_ID__c,Phone\nb,1\n"))
          .containsExactly("REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --");
      assertThat(written.upsert("Account", person(written, "LastName", "Lee"))).isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,LastName\np,#N/A\n"))
          .containsExactly(
              "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --");
      assertThat(written.upsert("Account", "External_ID__c,LastName\np,May\n")).isEmpty();
    }
  }

  @Test
  void neitherKindHasTheOthersFields() {
    try (Written written = Written.into(SETUP)) {
      assertThat(written.upsert("Account", person(written, "LastName,Name", "Lee,Lee")))
          .containsExactly(
              "INVALID_FIELD_FOR_INSERT_UPDATE:Account: bad field names on insert/update call:"
                  + " Name:Name --");
      assertThat(
              written.upsert(
                  "Account",
                  "External_ID__c,Name,LastName,PersonEmail\nb,Acme,Lee,a@lee.example\n"))
          .containsExactly(
              "INVALID_FIELD_FOR_INSERT_UPDATE:Account: bad field names on insert/update call:"
                  + " LastName, PersonEmail:LastName PersonEmail --");
      assertThat(
              written.upsert(
                  "Account",
                  "External_ID__c,RecordTypeId,Name,LastName\nb,,Acme,\np,%s,,Lee\n"
                      .formatted(type(written, "Person"))))
          .as("both kinds in one file, each with its own columns filled")
          .isEmpty();
    }
  }

  @Test
  void aPersonDoesNotBecomeABusiness() {
    try (Written written = Written.into(SETUP)) {
      written.upsert("Account", person(written, "LastName", "Lee"));
      assertThat(
              written.upsert(
                  "Account",
                  "External_ID__c,RecordTypeId\np,%s\n".formatted(type(written, "Business"))))
          .containsExactly(
              "INVALID_FIELD_FOR_INSERT_UPDATE:Cannot specify any additional fields when marrying"
                  + " or separating a Person-Account:--");
      assertThat(written.value("SELECT Name FROM Account")).isEqualTo("Lee");
    }
  }

  @Test
  void onlyAccountsArePersons() {
    OrgSetup setup = OrgSetup.yaml(SETUP.replace("Account", "Lead"));
    assertThatThrownBy(() -> SimulatedOrg.start(OrgOptions.defaults().setup(setup)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("records of Lead are no persons");
  }
}
