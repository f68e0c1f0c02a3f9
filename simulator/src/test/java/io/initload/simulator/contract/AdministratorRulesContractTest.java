package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.setup.OrgSetup;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Validation and duplicate rules that an administrator has written. */
@Tag("system")
class AdministratorRulesContractTest {
  private static final String DUPLICATE = "DUPLICATES_DETECTED:Use one of these records?:--";

  private static String rule(String when) {
    return """
    objects:
      Account:
        validationRules:
          - {name: Rule, message: "Not so: ask", field: Phone, when: [%s]}
    """
        .formatted(when);
  }

  private static String duplicates(String more) {
    return """
    objects:
      Account:
        duplicateRules: [{name: Same, fields: [Name, BillingCity]%s}]
    """
        .formatted(more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{field: Site, blank: true}                     | Site          |            | x",
        "{field: Site, blank: false}                    | Site          | x          | #N/A",
        "{field: Rating, in: [hot, Warm]}               | Rating        | Hot        | Cold",
        "{field: Rating, notIn: [Hot]}                  | Rating        | Cold       | Hot",
        "{field: AnnualRevenue, above: 9}               | AnnualRevenue | 10         | 9",
        "{field: AnnualRevenue, below: 0}               | AnnualRevenue | -1         | 0",
        "{field: Customer_Since__c, above: 2026-01-01}  | Customer_Since__c | 2026-01-02 |"
            + " 2026-01-01",
        "{field: AccountNumber, matches: \"A[0-9]+\"}   | AccountNumber | A7         | A7b",
        "{field: Site, blank: false}, {field: Fax, blank: true} | Site  | x          | ''",
      })
  void aRuleRefusesWhatItsConditionsFit(String when, String column, String bad, String good) {
    String header = "External_ID__c,Name," + column + "\n";
    try (Written written = Written.into(rule(when))) {
      assertThat(written.upsert("Account", header + "bad,A," + (bad == null ? "" : bad) + "\n"))
          .containsExactly("FIELD_CUSTOM_VALIDATION_EXCEPTION:Not so: ask:Phone --");
      assertThat(written.upsert("Account", header + "good,A," + good + "\n")).isEmpty();
      assertThat(written.value("SELECT External_ID__c FROM Account")).isEqualTo("good");
    }
  }

  @Test
  void aRuleSeesTheWholeRecordAndWhatChanges() {
    String changed = "{field: Site, changed: true}, {field: Rating, in: [Hot]}";
    try (Written written = Written.into(rule(changed))) {
      assertThat(written.upsert("Account", "External_ID__c,Name,Rating\na,A,Hot\n")).isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,Phone\na,1\n")).isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,Site\na,x\n")).hasSize(1);
      assertThat(written.upsert("Account", "External_ID__c,Site,Rating\na,x,Cold\n")).isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,Site,Rating\na,x,Hot\n")).isEmpty();
    }
  }

  @Test
  void aRuleAppliesToSingleRecordsToo() {
    try (Written written = Written.into(rule("{field: Site, blank: true}"))) {
      HttpResponse<String> refused =
          written.org.send("POST", "sobjects/Account", "{\"Name\":\"A\"}");
      assertThat(refused.statusCode()).isEqualTo(400);
      JsonNode error = Org.error(refused);
      assertThat(error.path("errorCode").asText()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
      assertThat(error.path("message").asText()).isEqualTo("Not so: ask");
      assertThat(error.path("fields").get(0).asText()).isEqualTo("Phone");
    }
  }

  @Test
  void whatResemblesARecordIsRefused() {
    String header = "External_ID__c,Name,BillingCity\n";
    try (Written written = Written.into(duplicates(""))) {
      assertThat(written.upsert("Account", header + "a,Ann,Rome\nb,Ann,Oslo\nc,Ann,\nd,Ann,\n"))
          .isEmpty();
      assertThat(written.upsert("Account", header + "e,ANN,rome\nf,Bob,Rome\n"))
          .containsExactly(DUPLICATE);
      assertThat(written.upsert("Account", header + "a,Ann,Rome\nb,Ann,Rome\n"))
          .as("the record itself, and an edit")
          .isEmpty();
      assertThat(written.count("Account")).isEqualTo(5);
    }
  }

  @Test
  void anEditIsLookedAtWhenItChangesWhatIsCompared() {
    String header = "External_ID__c,Name,BillingCity\n";
    try (Written written = Written.into(duplicates(", onCreate: allow, onEdit: block"))) {
      assertThat(written.upsert("Account", header + "a,Ann,Rome\nb,Ann,Rome\nc,Bob,Rome\n"))
          .isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,Phone\nb,1\n")).isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,Name\nc,Ann\n"))
          .containsExactly(DUPLICATE);
    }
  }

  @Test
  void aDeletedRecordIsNoDuplicate() {
    try (Written written = Written.into(duplicates(""))) {
      written.upsert("Account", "External_ID__c,Name,BillingCity\na,Ann,Rome\n");
      String id = written.value("SELECT Id FROM Account");
      assertThat(written.load("Account", "delete", "Id\n" + id + "\n")).isEmpty();
      assertThat(written.upsert("Account", "External_ID__c,Name,BillingCity\nb,Ann,Rome\n"))
          .isEmpty();
    }
  }

  @Test
  void alertsAreForWhoAnswersThem() {
    String row = "External_ID__c,Name,BillingCity\na,Ann,Rome\n";
    String again = "External_ID__c,Name,BillingCity\nb,Ann,Rome\n";
    try (Written written = Written.into(duplicates(", onCreate: alert"))) {
      written.upsert("Account", row);
      assertThat(written.upsert("Account", again)).containsExactly(DUPLICATE);
      assertThat(post(written, "allowSave=false").statusCode()).isEqualTo(400);
      assertThat(post(written, "includeRecordDetails=true; allowSave=true").statusCode())
          .isEqualTo(201);
    }
    try (Written written = Written.into(duplicates(", onCreate: alert"), "rows.alerts=saved")) {
      written.upsert("Account", row);
      assertThat(written.upsert("Account", again)).isEmpty();
    }
    try (Written written = Written.into(duplicates(", onCreate: block"), "rows.alerts=saved")) {
      written.upsert("Account", row);
      assertThat(post(written, "allowSave=true").statusCode()).isEqualTo(400);
    }
  }

  private static HttpResponse<String> post(Written written, String header) {
    return written.org.send(
        written
            .org
            .request("sobjects/Account")
            .header("Content-Type", "application/json")
            .header("Sforce-Duplicate-Rule-Header", header)
            .POST(BodyPublishers.ofString("{\"Name\":\"Ann\",\"BillingCity\":\"Rome\"}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{field: Sit, blank: true}         | the rule Rule of Account looks at Sit, which is no"
            + " field",
        "{field: AnnualRevenue, above: x}  | AnnualRevenue is a number and has no bound 'x'",
      })
  void aRuleOnWhatIsNotThereIsNamed(String when, String message) {
    OrgOptions options = OrgOptions.defaults().setup(OrgSetup.yaml(rule(when)));
    assertThatThrownBy(() -> SimulatedOrg.start(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
