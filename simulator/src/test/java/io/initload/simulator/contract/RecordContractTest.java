package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 13 to 18: what becomes of single rows. */
@ExtendWith(Rows.class)
@Tag("system")
class RecordContractTest {
  private static final String X255 = "x".repeat(256);

  /** Errors by the key of their row. */
  private static Map<String, String> errors(Org org, String job) {
    List<List<String>> failed = org.results(job, "failedResults");
    List<String> keys = Csv.column(failed, "External_ID__c");
    List<String> errors = Csv.column(failed, "sf__Error");
    Map<String, String> byKey = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      byKey.put(keys.get(i), errors.get(i));
    }
    return byKey;
  }

  @Test
  void row13_rowsAreCheckedOneByOne() {
    try (Org org = Org.open()) {
      String k = org.key("row13-");
      String job =
          org.upsert(
              "Account",
              "External_ID__c,Name,NumberOfEmployees,AnnualRevenue,ParentId\n"
                  + k
                  + "good,Good,5,1.5,\n"
                  + k
                  + "noname,,5,1,\n"
                  + k
                  + "long,"
                  + X255
                  + ",5,1,\n"
                  + k
                  + "int,x,250.0,1,\n"
                  + k
                  + "number,x,5,abc,\n"
                  + k
                  + "parent,x,5,1,001000000000001AAA\n"
                  + k
                  + "malformed,x,5,1,zzz\n"
                  + k
                  + "twice,x,5,1,\n"
                  + k
                  + "twice,y,5,1,\n"
                  + ",nokey,5,1,\n");
      JsonNode info = org.job(job);
      assertThat(info.path("state").asText()).isEqualTo("JobComplete");
      Map<String, String> errors = errors(org, job);
      assertThat(errors.get(k + "noname"))
          .isEqualTo("REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --");
      assertThat(errors.get(k + "long"))
          .startsWith("STRING_TOO_LONG:")
          .contains("data value too large: ", "(max length=255)");
      assertThat(errors.get(k + "int")).startsWith("INVALID_TYPE_ON_FIELD_IN_RECORD:");
      assertThat(errors.get(k + "number"))
          .startsWith("INVALID_FIELD:Failed to deserialize field at col ")
          .contains("Due to, 'abc' is not a valid value for the type xsd:double");
      assertThat(errors.get(k + "parent"))
          .startsWith("INVALID_CROSS_REFERENCE_KEY:")
          .endsWith("--");
      assertThat(errors.get(k + "malformed")).startsWith("MALFORMED_ID:");
      assertThat(errors.get(k + "twice"))
          .startsWith("DUPLICATE_VALUE:Duplicate external id specified: " + k + "twice");
      assertThat(errors.get("")).startsWith("MISSING_ARGUMENT:External_ID__c not specified");
      assertThat(errors).doesNotContainKey(k + "good");
      String duplicate =
          org.load("Account", "insert", "", "External_ID__c,Name\n" + k + "good,Again\n");
      assertThat(errors(org, duplicate).get(k + "good"))
          .matches(
              "DUPLICATE_VALUE:duplicate value found: External_ID__c duplicates value on record with id: 001\\w{12,15}:.*--");
    }
  }

  @Test
  void row14_emptyIsLeftAloneAndTheHashClears() {
    try (Org org = Org.open()) {
      String key = org.key("row14");
      org.upsert("Account", "External_ID__c,Name,Phone,Fax\n" + key + ",N,123,456\n");
      org.upsert("Account", "External_ID__c,Name,Phone,Fax\n" + key + ",,#N/A,\n");
      JsonNode row =
          org.query("SELECT Name, Phone, Fax FROM Account WHERE External_ID__c = '" + key + "'")
              .path("records")
              .get(0);
      assertThat(row.path("Name").asText()).isEqualTo("N");
      assertThat(row.path("Phone").isNull()).isTrue();
      assertThat(row.path("Fax").asText()).isEqualTo("456");
    }
  }

  @Test
  void row15_parentsAreNamedByTheirExternalId() {
    try (Org org = Org.open()) {
      String parent = org.key("row15-p");
      String child = org.key("row15-c");
      org.upsert("Account", "External_ID__c,Name\n" + parent + ",Parent\n");
      String job =
          org.upsert(
              "Contact",
              "External_ID__c,LastName,Account.External_ID__c\n"
                  + child
                  + "1,Able,"
                  + parent
                  + "\n"
                  + child
                  + "2,Baker,nowhere-"
                  + parent
                  + "\n"
                  + child
                  + "3,Charlie,\n");
      Map<String, String> errors = errors(org, job);
      assertThat(errors.keySet()).containsExactly(child + "2");
      assertThat(errors.get(child + "2"))
          .startsWith("INVALID_FIELD:Foreign key external ID: ")
          .contains("not found for field External_ID__c in entity Account");
      JsonNode linked =
          org.query("SELECT Account.Name FROM Contact WHERE External_ID__c = '" + child + "1'")
              .path("records")
              .get(0);
      assertThat(linked.path("Account").path("Name").asText()).isEqualTo("Parent");
      String wrong =
          org.load(
              "Contact",
              "insert",
              "",
              "LastName,Account:Account.External_ID__c\nx," + parent + "\n");
      boolean failed =
          org.job(wrong).path("state").asText().equals("Failed")
              || org.job(wrong).path("numberRecordsFailed").asInt() == 1;
      assertThat(failed).as("a prefix is an error where the reference is not polymorphic").isTrue();
      String plain =
          org.load("Task", "insert", "", "Subject,Who.External_ID__c\nx," + child + "1\n");
      failed =
          org.job(plain).path("state").asText().equals("Failed")
              || org.job(plain).path("numberRecordsFailed").asInt() == 1;
      assertThat(failed).as("a polymorphic reference needs its prefix").isTrue();
      String prefixed =
          org.load("Task", "insert", "", "Subject,Contact:Who.External_ID__c\nx," + child + "1\n");
      assertThat(org.job(prefixed).path("numberRecordsFailed").asInt()).isZero();
    }
  }

  @Test
  void row16_resultsAreQuotedReprintedAndInNoOrder() {
    try (Org org = Org.open()) {
      String key = org.key("row16-");
      StringBuilder csv =
          new StringBuilder("External_ID__c,Name,AnnualRevenue,NumberOfEmployees,Description\n");
      for (int i = 1_000; i < 1_300; i++) {
        csv.append(key)
            .append(i)
            .append(",\"Quote \"\" and, comma\",912260031,2676,\"two\nlines\"\n");
      }
      String job = org.upsert("Account", csv.toString());
      String raw = org.get("jobs/ingest/" + job + "/successfulResults").body();
      assertThat(raw)
          .startsWith(
              "\"sf__Id\",\"sf__Created\",External_ID__c,Name,AnnualRevenue,NumberOfEmployees,Description\n");
      assertThat(raw)
          .contains(
              "\"true\",\""
                  + key
                  + "1000\",\"Quote \"\" and, comma\",\"9.12260031E8\",\"2676\",\"two\nlines\"\n");
      List<String> keys = Csv.column(Csv.parse(raw), "External_ID__c");
      assertThat(keys).hasSize(300).doesNotHaveDuplicates();
      if (!Org.isReal()) {
        assertThat(keys).isNotEqualTo(keys.stream().sorted().toList());
      }
      assertThat(org.get("jobs/ingest/" + job + "/failedResults").body())
          .isEqualTo(
              "\"sf__Id\",\"sf__Error\",External_ID__c,Name,AnnualRevenue,NumberOfEmployees,Description\n");
      assertThat(org.get("jobs/ingest/" + job + "/unprocessedrecords").body().strip())
          .isEqualTo("External_ID__c,Name,AnnualRevenue,NumberOfEmployees,Description");
    }
  }

  @Test
  void row17_createdTellsNewFromOld() {
    try (Org org = Org.open()) {
      String key = org.key("row17-");
      String first = org.upsert("Account", "External_ID__c,Name\n" + key + "a,A\n" + key + "b,B\n");
      assertThat(Csv.column(org.results(first, "successfulResults"), "sf__Created"))
          .containsExactly("true", "true");
      String second =
          org.upsert(
              "Account", "External_ID__c,Name\n" + key + "a,A\n" + key + "c,C\n" + key + "d,\n");
      List<List<String>> rows = org.results(second, "successfulResults");
      Map<String, String> created = new HashMap<>();
      rows.stream().skip(1).forEach(row -> created.put(row.get(2), row.get(1)));
      assertThat(created).containsOnly(Map.entry(key + "a", "false"), Map.entry(key + "c", "true"));
      assertThat(Csv.column(org.results(second, "failedResults"), "sf__Id")).containsExactly("");
      String id = Csv.column(org.results(first, "successfulResults"), "sf__Id").get(0);
      assertThat(id).startsWith("001").hasSize(18);
      String update = org.load("Account", "update", "", "Id,Name\n" + id + ",Z\n");
      assertThat(Csv.column(org.results(update, "successfulResults"), "sf__Created"))
          .containsExactly("false");
      String deleted = org.load("Account", "delete", "", "Id\n" + id + "\n");
      assertThat(Csv.column(org.results(deleted, "successfulResults"), "sf__Created"))
          .containsExactly("false");
      String again = org.load("Account", "delete", "", "Id\n" + id + "\n");
      assertThat(Csv.column(org.results(again, "failedResults"), "sf__Error").get(0))
          .startsWith("ENTITY_IS_DELETED:");
    }
  }

  @Test
  void row18_processedCountsFailures() {
    try (Org org = Org.open()) {
      String key = org.key("row18-");
      String job =
          org.upsert(
              "Account", "External_ID__c,Name\n" + key + "a,A\n" + key + "b,\n" + key + "c,C\n");
      JsonNode info = org.job(job);
      assertThat(info.path("numberRecordsProcessed").asInt()).isEqualTo(3);
      assertThat(info.path("numberRecordsFailed").asInt()).isEqualTo(1);
      assertThat(org.results(job, "successfulResults")).hasSize(3);
      assertThat(org.results(job, "failedResults")).hasSize(2);
      String empty = org.load("Account", "insert", "", "");
      assertThat(org.job(empty).path("state").asText()).isEqualTo("JobComplete");
      assertThat(org.job(empty).path("numberRecordsProcessed").asInt()).isZero();
    }
  }
}
