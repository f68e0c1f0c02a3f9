package io.initload.salesforce;

import static io.initload.salesforce.OrgFixture.API;
import static io.initload.salesforce.ScriptedServer.error;
import static io.initload.salesforce.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.mapping.org.TargetField;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.records.RecordQuery;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class QueryTest {
  private static final ScriptedServer.Reply TIMEOUT =
      error(400, "QUERY_TIMEOUT", "Your query request was running for too long.");

  @Test
  void followsThePagesAndFlattensRelationships() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/query",
          json(
              200,
              """
              {"totalSize":2,"done":false,"nextRecordsUrl":"/services/data/v60.0/query/01g-2000",
               "records":[{"attributes":{"type":"Contact"},"Name":"A","Balance__c":1.50E2,
                 "Account":{"attributes":{"type":"Account"},"Ext__c":"p-1"},"Ok__c":true}]}\
              """));
      fixture.server.on(
          "GET " + API + "/query/01g-2000",
          json(
              200,
              """
              {"totalSize":2,"done":true,
               "records":[{"attributes":{},"Name":"B","Balance__c":null,"Account":null}]}\
              """));
      assertThat(fixture.org.query("SELECT Name FROM Contact").rest())
          .containsExactly(
              Map.of("Name", "A", "Balance__c", "150", "Account.Ext__c", "p-1", "Ok__c", "true"),
              Map.of("Name", "B", "Balance__c", "", "Account", ""));
    }
  }

  @Test
  void countsInBothForms() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/query",
          json(200, "{\"totalSize\":17,\"done\":true,\"records\":[]}"),
          json(
              200,
              "{\"totalSize\":1,\"done\":true,\"records\":"
                  + "[{\"attributes\":{\"type\":\"AggregateResult\"},\"expr0\":18}]}"));
      assertThat(fixture.org.count("SELECT COUNT() FROM Account")).isEqualTo(17);
      assertThat(fixture.org.count("SELECT COUNT(Id) FROM Account")).isEqualTo(18);
    }
  }

  @Test
  void asksForFewerKeysAtOnceWhenAllOfThemTakeTooLong() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/query",
          error(400, "QUERY_TIMEOUT", "Your query request was running for too long."),
          json(200, "{\"done\":true,\"records\":[{\"Id\":\"1\",\"Ext__c\":\"a\"}]}"),
          error(400, "QUERY_TIMEOUT", "Your query request was running for too long."),
          json(200, "{\"done\":true,\"records\":[{\"Id\":\"2\",\"Ext__c\":\"b\"}]}"),
          json(200, "{\"done\":true,\"records\":[{\"Id\":\"3\",\"Ext__c\":\"c\"}]}"));
      RecordQuery query = new RecordQuery(fixture.org, "Account", "Ext__c", List.of());
      assertThat(query.of(List.of("'a'", "'b'", "'c'")).records())
          .extracting(record -> record.get("Ext__c"))
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void namesTheKeyThatAloneTakesTooLong() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/query",
          TIMEOUT,
          json(200, "{\"done\":true,\"records\":[{\"Id\":\"1\",\"Ext__c\":\"a\"}]}"),
          TIMEOUT,
          TIMEOUT,
          json(200, "{\"done\":true,\"records\":[{\"Id\":\"3\",\"Ext__c\":\"c\"}]}"));
      RecordQuery query = new RecordQuery(fixture.org, "Account", "Ext__c", List.of());
      RecordQuery.Answer answer = query.of(List.of("'a'", "'b'", "'c'"));
      assertThat(answer.records())
          .extracting(record -> record.get("Ext__c"))
          .containsExactly("a", "c");
      assertThat(answer.unanswered()).containsExactly("'b'");
    }
  }

  /** Each takes it two minutes. */
  @Test
  void anOrgThatFindsNoneIsNotAskedForAll() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      String call = "GET " + API + "/query";
      fixture.server.on(call, TIMEOUT);
      RecordQuery query = new RecordQuery(fixture.org, "Account", "Ext__c", List.of());
      List<String> keys = IntStream.range(0, 64).mapToObj(i -> "'k" + i + "'").toList();
      assertThat(query.of(keys).unanswered()).containsExactlyInAnyOrderElementsOf(keys);
      // 64, 32, 16, 8, 4 and two together, then one and one; two, and one.
      assertThat(fixture.server.seen(call)).hasSize(10);
      assertThat(query.of(List.of("'z'")).unanswered()).containsExactly("'z'");
      assertThat(fixture.server.seen(call)).hasSize(10);
    }
  }

  /** Fields that one address does not hold are asked for by several. */
  @Test
  void aRecordOfWhichFieldsAreUnknownIsNone() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      List<String> fields =
          IntStream.range(0, 400).mapToObj("Field_number_%d__c"::formatted).toList();
      RecordQuery query = new RecordQuery(fixture.org, "Account", "Ext__c", fields);
      fixture.server.on(
          "GET " + API + "/query",
          json(200, "{\"done\":true,\"records\":[{\"Id\":\"1\",\"Ext__c\":\"a\"}]}"),
          TIMEOUT);
      RecordQuery.Answer answer = query.of(List.of("'a'"));
      assertThat(answer.records()).isEmpty();
      assertThat(answer.unanswered()).containsExactly("'a'");
    }
  }

  /** Nor is what the later fields alone were found of. */
  @Test
  void aRecordOfWhichTheFirstFieldsAreUnknownIsNone() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      List<String> fields =
          IntStream.range(0, 400).mapToObj("Field_number_%d__c"::formatted).toList();
      RecordQuery query = new RecordQuery(fixture.org, "Account", "Ext__c", fields);
      fixture.server.on(
          "GET " + API + "/query",
          TIMEOUT,
          json(200, "{\"done\":true,\"records\":[{\"Id\":\"1\",\"Ext__c\":\"a\"}]}"));
      RecordQuery.Answer answer = query.of(List.of("'a'"));
      assertThat(answer.records()).isEmpty();
      assertThat(answer.unanswered()).containsExactly("'a'");
    }
  }

  @Test
  void literalsCannotBreakOut() {
    assertThat(Soql.quote("O'Brien\\ \"x\"\n\t\u0001é"))
        .isEqualTo("'O\\'Brien\\\\ \"x\"\\n\\t\\u0001é'");
  }

  @Test
  void anUnknownObjectIsToldWithTheNearestName() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/sobjects",
          json(200, "{\"sobjects\":[{\"name\":\"Account\"},{\"name\":\"Contact\"}]}"));
      for (String wrong : List.of("Acount", "Account?x=1", "")) {
        assertThatThrownBy(() -> fixture.org.describe(wrong))
            .isInstanceOfSatisfying(
                Failure.class,
                failure -> {
                  assertThat(failure.code()).isEqualTo("ORG_OBJECT");
                  assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
                });
      }
      assertThatThrownBy(() -> fixture.org.describe("Acount"))
          .hasMessageContaining("did you mean Account?");
    }
  }

  @Test
  void readsADescribe() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/sobjects/Contact/describe",
          json(
              200,
              """
              {"name":"Contact","label":"Contact","createable":true,"updateable":true,
               "queryable":true,"fields":[
                {"name":"AccountId","label":"Account ID","type":"reference","length":18,
                 "nillable":true,"createable":true,"updateable":true,"referenceTo":["Account"],
                 "relationshipName":"Account","picklistValues":[]},
                {"name":"Level__c","label":"Level","type":"picklist","length":255,
                 "relationshipName":null,"restrictedPicklist":true,"referenceTo":[],
                 "picklistValues":[{"active":true,"value":"High","label":"High"},
                                   {"active":false,"value":"Old","label":"Old"}]}]}\
              """));
      var contact = fixture.org.describe("Contact");
      assertThat(contact.relationship("account").orElseThrow().name()).isEqualTo("AccountId");
      TargetField level = contact.field("LEVEL__C").orElseThrow();
      assertThat(level.picklistValues()).containsExactly("High");
      assertThat(level.relationshipName()).isEmpty();
    }
  }

  @Test
  void limitsSurviveUnknownMembers() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/limits",
          json(
              200,
              """
              {"DailyApiRequests":{"Max":15000,"Remaining":14990,
                 "My App":{"Max":0,"Remaining":0}},
               "Odd":"text","DataStorageMB":{"Max":5,"Remaining":4}}\
              """));
      OrgLimits limits = fixture.org.limits();
      assertThat(limits.dailyApiRequests().orElseThrow().remaining()).isEqualTo(14_990);
      assertThat(limits.named("DataStorageMB").orElseThrow().max()).isEqualTo(5);
      assertThat(limits.dailyBulkApiBatches()).isEmpty();
      assertThat(fixture.org.requests().remaining()).hasValue(14_990);
    }
  }

  @Test
  void refusesAnErrorInTheQuery() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + API + "/query", error(400, "MALFORMED_QUERY", "unexpected token: FORM"));
      assertThatThrownBy(() -> fixture.org.query("SELECT Id FORM X").next())
          .isInstanceOf(OrgException.Refused.class)
          .hasMessageContaining("MALFORMED_QUERY")
          .hasMessageNotContaining("SELECT");
    }
  }
}
