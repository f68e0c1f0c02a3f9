package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who made a record and when: set by rows only with the permission, and only on creation. */
@Tag("system")
class AuditFieldsContractTest {
  private static final String GRANTED = "rows.auditFields=granted";
  private static final String OLD = "2001-02-03T04:05:06.000Z";
  private static final String NEWER = "2002-02-03T04:05:06.000Z";

  private static Written org(String... switches) {
    return Written.into("objects: {}", switches);
  }

  private static boolean createable(Written written, String object, String field) {
    for (JsonNode each :
        Org.json(written.org.get("sobjects/" + object + "/describe")).path("fields")) {
      if (each.path("name").asText().equals(field)) {
        return each.path("createable").asBoolean();
      }
    }
    throw new AssertionError(object + " has no " + field);
  }

  private static String administrator(Written written) {
    return written.value("SELECT Id FROM User WHERE Username = 'admin@simulated.example'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Account", "Contact", "Lead", "Opportunity", "Task", "Sale__c"})
  void theDescribeSaysWhoMaySetThem(String object) {
    try (Written denied = org();
        Written granted = org(GRANTED)) {
      for (String field : new String[] {"CreatedDate", "LastModifiedById"}) {
        assertThat(createable(denied, object, field)).isFalse();
        assertThat(createable(granted, object, field)).isTrue();
      }
      assertThat(createable(granted, object, "SystemModstamp")).isFalse();
      assertThat(createable(granted, "Product2", "CreatedDate")).isFalse();
    }
  }

  @Test
  void aNewRecordKeepsWhatItsRowSays() {
    try (Written written = org(GRANTED)) {
      String user = administrator(written);
      assertThat(
              written.load(
                  "Account",
                  "insert",
                  "Name,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById\nA,%s,%s,%s,%s\n"
                      .formatted(OLD, user, NEWER, user)))
          .isEmpty();
      assertThat(written.value("SELECT CreatedDate FROM Account"))
          .startsWith("2001-02-03T04:05:06");
      assertThat(written.value("SELECT CreatedById FROM Account")).isEqualTo(user);
      assertThat(written.value("SELECT LastModifiedDate FROM Account"))
          .startsWith("2002-02-03T04:05:06");
      assertThat(written.value("SELECT LastModifiedById FROM Account")).isEqualTo(user);
      assertThat(written.count("Account WHERE CreatedDate < 2001-03-01T00:00:00Z")).isEqualTo(1);
    }
  }

  @Test
  void aChangeIsTheOrgsAgain() {
    try (Written written = org(GRANTED)) {
      written.upsert("Account", "External_ID__c,Name,LastModifiedDate\na,A,%s\n".formatted(OLD));
      assertThat(written.upsert("Account", "External_ID__c,Phone\na,1\n")).isEmpty();
      assertThat(written.value("SELECT LastModifiedDate FROM Account")).doesNotStartWith("2001");
    }
  }

  @Test
  void anUpdateOfThemIsRefused() {
    String csv = "External_ID__c,Name,CreatedDate\na,A,%s\n".formatted(OLD);
    try (Written written = org(GRANTED)) {
      assertThat(written.upsert("Account", csv)).isEmpty();
      assertThat(written.upsert("Account", csv))
          .singleElement()
          .asString()
          .startsWith("INVALID_FIELD_FOR_INSERT_UPDATE:Unable to create/update fields: CreatedDate")
          .endsWith(":CreatedDate --");
      assertThat(written.upsert("Account", "External_ID__c,Name,CreatedDate\na,B,\n")).isEmpty();
    }
  }

  @Test
  void withoutThePermissionTheyAreRefused() {
    try (Written written = org()) {
      assertThat(written.load("Account", "insert", "Name,CreatedDate\nA,%s\n".formatted(OLD)))
          .singleElement()
          .asString()
          .startsWith("INVALID_FIELD_FOR_INSERT_UPDATE:");
    }
  }

  @Test
  void anOrgMayLetOnlyInsertsSetThem() {
    try (Written written = org(GRANTED, "rows.auditByUpsert=refused")) {
      String row = "External_ID__c,Name,CreatedDate\na,A,%s\n".formatted(OLD);
      assertThat(written.upsert("Account", row))
          .singleElement()
          .asString()
          .startsWith("INVALID_FIELD_FOR_INSERT_UPDATE:");
      assertThat(written.load("Account", "insert", row)).isEmpty();
    }
  }
}
