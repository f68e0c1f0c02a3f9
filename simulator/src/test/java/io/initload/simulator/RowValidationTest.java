package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rows are refused for, and how values are kept. */
@Tag("system")
class RowValidationTest {
  private static SimulatedOrg org;
  private static RawClient client;

  @BeforeAll
  static void open() {
    org = SimulatedOrg.start();
    client = RawClient.of(org);
    client.load("Account", "upsert", "External_ID__c", "External_ID__c,Name\nparent,Parent\n");
    client.load("Contact", "upsert", "External_ID__c", "External_ID__c,LastName\nc,Doe\n");
  }

  @AfterAll
  static void close() {
    org.close();
  }

  private static String errorOf(String object, String csv) {
    String job = client.load(object, "upsert", "External_ID__c", csv);
    assertThat(client.job(job).path("state").asText()).isEqualTo("JobComplete");
    String[] lines = client.failed(job).split("\n", 2);
    return lines.length > 1 ? lines[1] : "";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NumberOfEmployees | 250.0 | INVALID_TYPE_ON_FIELD_IN_RECORD:Employees: value not of"
            + " required type: 250.0:NumberOfEmployees --",
        "NumberOfEmployees | 1234567890 | NUMBER_OUTSIDE_VALID_RANGE:Employees: value outside of"
            + " valid range on numeric field: 1234567890:NumberOfEmployees --",
        "AnnualRevenue | 1,5 | ragged",
        "AnnualRevenue | abc | INVALID_FIELD:Failed to deserialize field at col 2. Due to, 'abc' is"
            + " not a valid value for the type xsd:double:AnnualRevenue --",
        "AnnualRevenue | 1E400 | NUMBER_OUTSIDE_VALID_RANGE",
        "AnnualRevenue | 1E999999999 | NUMBER_OUTSIDE_VALID_RANGE",
        "Credit_Limit__c | 12345678901.5 | NUMBER_OUTSIDE_VALID_RANGE:Credit Limit: value outside"
            + " of valid range on numeric field: 12345678901.5:Credit_Limit__c --",
        "Customer_Since__c | 6/15/19 | INVALID_FIELD:Failed to deserialize field at col 2. Due to,"
            + " '6/15/19' is not a valid value for the type xsd:date:Customer_Since__c --",
        "Customer_Since__c | 2019-02-30 | INVALID_FIELD:Failed to deserialize",
        "Customer_Since__c | 2019-02-28Z | INVALID_FIELD:Failed to deserialize",
        "Customer_Since__c | 1699-12-31 | FIELD_INTEGRITY_EXCEPTION:Customer Since: invalid date:"
            + " 1699-12-31:Customer_Since__c --",
        "Customer_Since__c | 4001-01-01 | FIELD_INTEGRITY_EXCEPTION:Customer Since: invalid date:"
            + " 4001-01-01:Customer_Since__c --",
        "Active__c | Maybe | INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Active: bad value for"
            + " restricted picklist field: Maybe:Active__c --",
        "Email__c | nobody | INVALID_EMAIL_ADDRESS:Email: invalid email address: nobody:Email__c"
            + " --",
        "AccountNumber | 12345678901234567890123456789012345678901 | STRING_TOO_LONG:Account"
            + " Number: data value too large: 12345678901234567890123456789012345678901 (max"
            + " length=40):AccountNumber --",
        "ParentId | 001 | MALFORMED_ID:Parent Account ID: id value of incorrect type: 001:ParentId"
            + " --",
        "ParentId | 005000000000001AAA | MALFORMED_ID",
        "ParentId | 001000000000001AAA | INVALID_CROSS_REFERENCE_KEY:invalid cross reference"
            + " id:ParentId --",
        "Parent.External_ID__c | nobody | INVALID_FIELD:Foreign key external ID: nobody not found"
            + " for field External_ID__c in entity Account:--",
        "CreatedDate | 2019-01-01T00:00:00Z | INVALID_FIELD_FOR_INSERT_UPDATE:Unable to"
            + " create/update fields: CreatedDate.",
      })
  void aBadValueFailsItsRow(String column, String value, String error) {
    String answer =
        errorOf("Account", "External_ID__c,Name," + column + "\nbad,Bad," + value + "\n");
    if (error.equals("ragged")) {
      assertThat(answer).contains("Row has 4 columns, the header has 3");
    } else {
      assertThat(answer).contains(error);
    }
    assertThat(org.records("Account").byExternalId("External_ID__c", "bad")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AnnualRevenue | 9.12260031E8 | 912260031",
        "AnnualRevenue | +0012 | 12",
        "AnnualRevenue | 12.5 | 13",
        "Credit_Limit__c | -0.005 | -0.01",
        "Credit_Limit__c | .50 | 0.5",
        "NumberOfEmployees | 007 | 7",
        "Customer_Since__c | 2020-02-29 | 2020-02-29",
        "Customer_Since__c | 1700-01-01 | 1700-01-01",
        "Customer_Since__c | 4000-12-31 | 4000-12-31",
        "Active__c | Yes | Yes",
        "Segments__c | Retail;Online | Retail;Online",
        "Parent.External_ID__c | PARENT | (id of parent)",
        "Site | ' Smith ' | Smith",
        "Site | '\t a  b \u00a0' | 'a  b \u00a0'",
      })
  void aGoodValueIsKept(String column, String value, String kept) {
    String cell = value.replace("'", "");
    assertThat(errorOf("Account", "External_ID__c,Name," + column + "\ngood,Good," + cell + "\n"))
        .isEmpty();
    OrgRecord record = org.records("Account").byExternalId("External_ID__c", "good").orElseThrow();
    String field = column.startsWith("Parent.") ? "ParentId" : column;
    String expected =
        kept.startsWith("(")
            ? org.records("Account").byExternalId("External_ID__c", "parent").orElseThrow().id()
            : kept.replace("'", "");
    assertThat(record.value(field)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2019-03-01T10:20:30Z, 2019-03-01T10:20:30.000Z",
    "2019-03-01T10:20:30.999Z, 2019-03-01T10:20:30.000Z",
    "2019-03-01T00:20:30.123+02:00, 2019-02-28T22:20:30.000Z",
    "2019-12-31T23:30:00-0100, 2020-01-01T00:30:00.000Z",
  })
  void datetimesAreKeptInUtcToTheSecond(String value, String kept) {
    assertThat(
            errorOf(
                "Sale__c",
                "External_ID__c,Account__r.External_ID__c,Sold_At__c\ns,parent," + value + "\n"))
        .isEmpty();
    assertThat(
            org.records("Sale__c")
                .byExternalId("External_ID__c", "s")
                .orElseThrow()
                .value("Sold_At__c"))
        .contains(kept);
  }

  @Test
  void anOrgMayKeepMilliseconds() {
    OrgOptions options = OrgOptions.defaults().set("rows.datetimes", "milliseconds");
    try (SimulatedOrg exact = SimulatedOrg.start(options)) {
      RawClient.of(exact)
          .load(
              "Task",
              "upsert",
              "External_ID__c",
              "External_ID__c,Subject,ReminderDateTime\nx,Call,2019-03-01T10:20:30.5Z\n");
      assertThat(
              exact
                  .records("Task")
                  .byExternalId("External_ID__c", "x")
                  .orElseThrow()
                  .value("ReminderDateTime"))
          .contains("2019-03-01T10:20:30.500Z");
    }
  }

  /** What is left of nothing but blanks is nothing. */
  @Test
  void blanksClearAField() {
    errorOf("Account", "External_ID__c,Name,Site\nblank,Blank,Here\n");
    errorOf("Account", "External_ID__c,Name,Site\nblank,Blank,\"  \"\n");
    assertThat(
            org.records("Account")
                .byExternalId("External_ID__c", "blank")
                .orElseThrow()
                .value("Site"))
        .isEmpty();
    assertThat(errorOf("Account", "External_ID__c,Name\nnone,\"  \"\n"))
        .contains("REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --");
  }

  @Test
  void emptyLeavesAndNullMarkerClears() {
    errorOf("Account", "External_ID__c,Name,Site,Phone\nkeep,Keep,Here,1\n");
    errorOf("Account", "External_ID__c,Name,Site,Phone\nkeep,,#N/A,\n");

    OrgRecord record = org.records("Account").byExternalId("External_ID__c", "keep").orElseThrow();
    assertThat(record.value("Name")).contains("Keep");
    assertThat(record.value("Site")).isEmpty();
    assertThat(record.value("Phone")).contains("1");
    assertThat(errorOf("Account", "External_ID__c,Name\nkeep,#N/A\n"))
        .contains("REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --");
  }

  @Test
  void keysMustBeThereOnceAndMindNoCase() {
    assertThat(errorOf("Account", "External_ID__c,Name\n,Nobody\n"))
        .contains("MISSING_ARGUMENT:External_ID__c not specified:--");
    assertThat(errorOf("Account", "External_ID__c,Name\ntwice,One\nTWICE,Two\n"))
        .contains("DUPLICATE_VALUE:Duplicate external id specified: TWICE:--");
    assertThat(
            org.records("Account").byExternalId("External_ID__c", "Twice").orElseThrow().values())
        .containsEntry("Name", "One");
    String job = client.load("Account", "insert", "", "External_ID__c,Name\nTwice,Three\n");
    String id = org.records("Account").byExternalId("External_ID__c", "twice").orElseThrow().id();
    assertThat(client.failed(job))
        .contains(
            "DUPLICATE_VALUE:duplicate value found: External_ID__c duplicates value on record with"
                + " id: "
                + id);
  }

  @Test
  void polymorphicParentsNeedTheirObjectAndOthersMustNotHaveIt() {
    assertThat(errorOf("Task", "External_ID__c,Subject,Contact:Who.External_ID__c\nt,Call,c\n"))
        .isEmpty();
    String without =
        client.load(
            "Task",
            "upsert",
            "External_ID__c",
            "External_ID__c,Subject,Who.External_ID__c\nt,Call,c\n");
    assertThat(client.job(without).path("errorMessage").asText())
        .isEqualTo("InvalidBatch : InvalidBatch : Field name not found : Who.External_ID__c");
    String wrong =
        client.load(
            "Contact",
            "upsert",
            "External_ID__c",
            "External_ID__c,LastName,Account:Account.External_ID__c\nx,X,parent\n");
    assertThat(client.job(wrong).path("state").asText()).isEqualTo("Failed");
  }

  @Test
  void rowsCanBeUpdatedAndDeletedById() {
    errorOf("Account", "External_ID__c,Name\ngoing,Going\n");
    String id = org.records("Account").byExternalId("External_ID__c", "going").orElseThrow().id();

    String update = client.load("Account", "update", "", "Id,Name\n" + id + ",Gone\n,Nobody\n");
    assertThat(client.successful(update)).contains("\"" + id + "\",\"false\"");
    assertThat(client.failed(update)).contains("MISSING_ARGUMENT:Id not specified");
    String delete = client.load("Account", "delete", "", "Id\n" + id.substring(0, 15) + "\n");
    assertThat(client.successful(delete)).contains("\"" + id + "\",\"false\"");
    assertThat(org.records("Account").byId(id)).isEmpty();
    String again = client.load("Account", "delete", "", "Id\n" + id + "\n");
    assertThat(client.failed(again)).contains("ENTITY_IS_DELETED:entity is deleted:--");
    assertThat(errorOf("Account", "External_ID__c,Name\ngoing,Back\n")).isEmpty();
    assertThat(org.records("Account").byExternalId("External_ID__c", "going").orElseThrow().id())
        .isNotEqualTo(id);
  }

  @Test
  void strayQuotesFailTheirRowOnly() {
    String job =
        client.load(
            "Account",
            "upsert",
            "External_ID__c",
            "External_ID__c,Name\nq1, \"John\"\nq2,\"Good \"\"one\"\"\"\nq3,\"a\"b\n");
    assertThat(client.failed(job))
        .contains("Found unescaped quote. A value with quote should be within a quote");
    assertThat(client.job(job).path("numberRecordsFailed").asInt()).isEqualTo(2);
    assertThat(org.records("Account").byExternalId("External_ID__c", "q2").orElseThrow().values())
        .containsEntry("Name", "Good \"one\"");
  }
}
