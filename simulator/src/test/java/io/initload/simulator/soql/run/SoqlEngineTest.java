package io.initload.simulator.soql.run;

import static io.initload.simulator.soql.run.MemoryOrg.ACME;
import static io.initload.simulator.soql.run.MemoryOrg.BETA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.Dialect;
import io.initload.simulator.soql.QueryBounds;
import io.initload.simulator.soql.RecordSource.Visibility;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoqlEngineTest {
  private static final Instant NOW = Instant.parse("2026-03-11T09:30:00Z");

  @TempDir Path scratch;
  private final MemoryOrg org = MemoryOrg.sample();
  private SoqlEngine engine;

  @BeforeEach
  void start() {
    engine = new SoqlEngine(org, org, scratch);
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(org.openWalks).as("open cursors").isZero();
    assertThat(scratch).isEmptyDirectory();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Name = 'ACME'                                    | Acme
          name != 'acme'                                   | beta,Gamma%
          Name > 'B'                                       | beta,Gamma%
          Name <= 'acme'                                   | Acme
          Name LIKE 'a%'                                   | Acme
          Name LIKE '_eta'                                 | beta
          Name LIKE '%\\\\%'                               | Gamma%
          NOT Name LIKE '%e%'                              | Gamma%
          Name IN ('acme', 'BETA', 'nobody')               | Acme,beta
          Name NOT IN ('acme', 'BETA')                     | Gamma%
          Code__c = 'ab'                                   | beta
          Code__c != 'ab'                                  | Acme,Gamma%
          NumberOfEmployees = null                         | Gamma%
          NumberOfEmployees != null                        | Acme,beta
          NumberOfEmployees != 50                          | Acme,Gamma%
          NumberOfEmployees >= 50                          | Acme,beta
          NumberOfEmployees < 1e2                          | beta
          AnnualRevenue = 912260031                        | beta
          AnnualRevenue IN (5000000.0, 1)                  | Acme
          Active__c = true                                 | Acme
          Active__c != TRUE                                | beta,Gamma%
          Founded__c = 2001-02-03                          | Acme
          Founded__c > 2001-02-03                          | Gamma%
          Founded__c = 2001-02-03 OR Founded__c = null     | Acme,beta
          CreatedDate = YESTERDAY                          | Acme
          CreatedDate = TODAY                              | beta
          CreatedDate >= YESTERDAY                         | Acme,beta
          CreatedDate < LAST_N_DAYS:30                     | Gamma%
          CreatedDate = LAST_N_DAYS:1                      | Acme,beta
          CreatedDate = LAST_YEAR                          | Gamma%
          CreatedDate = N_YEARS_AGO:2                      | ""
          CreatedDate <= 2026-03-10T12:00:00.000Z          | Acme,Gamma%
          CreatedDate = 2026-03-10T13:00:00+01:00          | Acme
          CreatedDate = 2026-03-10T07:00:00-0500           | Acme
          CreatedDate != THIS_WEEK                         | Gamma%
          Tags__c INCLUDES ('green')                       | Acme
          Tags__c INCLUDES ('green;red', 'blue')           | Acme
          Tags__c EXCLUDES ('green')                       | beta,Gamma%
          Parent.Name = 'acme'                             | beta
          Parent.Parent.Name = 'acme'                      | Gamma%
          Owner.Name = 'queue'                             | beta
          Owner.Type = 'User'                              | Acme
          Account.Name = 'acme'                            | Acme
          (Name = 'acme' OR Name = 'beta') AND Active__c = false | beta
          NOT (Name = 'acme' OR Name = 'beta')             | Gamma%
          Id IN (SELECT AccountId FROM Contact)            | Acme
          Id NOT IN (SELECT AccountId FROM Contact)        | beta,Gamma%
          CALENDAR_YEAR(Founded__c) = 2020                 | Gamma%
          Name = ''                                        | ""
          """)
  void filters(String where, String names) {
    String expected = names.equals("\"\"") ? "" : names;
    assertThat(run("SELECT Name FROM Account WHERE " + where)).isEqualTo(expected);
  }

  @Test
  void idsAreFoundInBothLengthsWithoutAScan() {
    assertThat(run("SELECT Name FROM Account WHERE Id = '" + ACME.substring(0, 15) + "'"))
        .isEqualTo("Acme");
    assertThat(
            run(
                "SELECT Name FROM Account WHERE Id IN ('"
                    + ACME
                    + "','"
                    + BETA
                    + "') AND Active__c = false"))
        .isEqualTo("beta");
    assertThat(org.scans).isZero();
    assertThat(org.idLookups).isEqualTo(3);
  }

  @Test
  void externalIdsAreFoundByKeyWithoutAScan() {
    assertThat(run("SELECT Name FROM Account WHERE External_ID__c = 'a-1'")).isEqualTo("Acme");
    assertThat(
            run(
                "SELECT Name FROM Account WHERE External_ID__c IN ('A-2','A-1','a-2') AND Name != null"))
        .isEqualTo("beta,Acme");
    assertThat(run("SELECT Name FROM Account WHERE External_ID__c = 'A-1' OR Id = '" + ACME + "'"))
        .isEqualTo("Acme");
    assertThat(org.scans).isZero();
    assertThat(run("SELECT Name FROM Account WHERE External_ID__c = 'A-1' OR Name = 'beta'"))
        .isEqualTo("Acme,beta");
    assertThat(org.scans).isEqualTo(1);
  }

  @Test
  void rangesOfExternalIdsAreFoundByKeyWithoutAScan() {
    assertThat(run("SELECT Name FROM Account WHERE External_ID__c >= 'a-2'"))
        .isEqualTo("beta,Gamma%");
    assertThat(
            run("SELECT Name FROM Account WHERE External_ID__c > 'A-1' AND External_ID__c < 'A-3'"))
        .isEqualTo("beta");
    assertThat(run("SELECT Name FROM Account WHERE External_ID__c LIKE 'a-_' AND Name = 'acme'"))
        .isEqualTo("Acme");
    assertThat(count("SELECT COUNT() FROM Account WHERE External_ID__c <= 'A-2'")).isEqualTo(2);
    assertThat(org.scans).isZero();
    assertThat(org.rangeLookups).isEqualTo(4);
    assertThat(run("SELECT Name FROM Account WHERE External_ID__c LIKE '%-1'")).isEqualTo("Acme");
    assertThat(org.scans).isEqualTo(1);
  }

  @Test
  void deletedRecordsAreSeenByQueryAllOnly() {
    assertThat(run("SELECT Name FROM Account WHERE Name = 'Gone'")).isEmpty();
    assertThat(
            run(
                "SELECT Name FROM Account WHERE Name = 'Gone'",
                Visibility.WITH_DELETED,
                QueryBounds.none()))
        .isEqualTo("Gone");
  }

  @Test
  void parentsAreSelectedWithTheirIds() {
    PreparedQuery query =
        engine.prepare(
            "select id, parent.NAME, Owner.Name from account where name = 'beta'",
            Dialect.REST,
            NOW,
            ZoneOffset.UTC);
    assertThat(query.columns())
        .extracting(Column::name)
        .containsExactly("Id", "Parent.Name", "Owner.Name");
    assertThat(query.parents()).containsExactly(List.of("Parent"), List.of("Owner"));
    try (QueryRows rows = engine.run(query, Visibility.LIVE, QueryBounds.none())) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.id()).isEqualTo(BETA);
      assertThat(rows.value(1)).isEqualTo("Acme");
      assertThat(rows.parentId(0)).isEqualTo(ACME);
      assertThat(rows.parentId(1)).isEqualTo(MemoryOrg.id("00G", 1));
      assertThat(rows.next()).isFalse();
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ORDER BY Name DESC                              | Gamma%,beta,Acme
          ORDER BY NumberOfEmployees                      | Gamma%,beta,Acme
          ORDER BY NumberOfEmployees ASC NULLS LAST       | beta,Acme,Gamma%
          ORDER BY NumberOfEmployees DESC NULLS LAST      | Acme,beta,Gamma%
          ORDER BY Active__c DESC, Name DESC              | Acme,Gamma%,beta
          ORDER BY Parent.Name, Name LIMIT 2              | Acme,beta
          ORDER BY Name LIMIT 1 OFFSET 1                  | beta
          ORDER BY Name LIMIT 0                           | ''
          LIMIT 2                                         | Acme,beta
          LIMIT 5 OFFSET 2                                | Gamma%
          OFFSET 7                                        | ''
          """)
  void ordersAndLimits(String tail, String names) {
    assertThat(run("SELECT Name FROM Account " + tail)).isEqualTo(names);
  }

  @Test
  void wordsOfTheLanguageAreObjectsToo() {
    assertThat(
            run("SELECT Id, Account.Name FROM Order WHERE Order.Status = 'draft' ORDER BY Status"))
        .isEqualTo(MemoryOrg.id("801", 1) + " beta");
    assertThat(run("SELECT g.Name FROM Group g ORDER BY g.Name")).isEqualTo("Queue");
  }

  @Test
  void countsWithAndWithoutAFilter() {
    assertThat(count("SELECT COUNT() FROM Account")).isEqualTo(3);
    assertThat(org.scans).isZero();
    assertThat(count("select count() from Account where Name like '%a%'")).isEqualTo(3);
    assertThat(count("SELECT COUNT() FROM Account LIMIT 2")).isEqualTo(2);
    assertThat(count("SELECT COUNT() FROM Account WHERE External_ID__c IN ('A-1','A-9')"))
        .isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT COUNT(Id) FROM Account                                                        | 3
          SELECT COUNT(NumberOfEmployees), SUM(NumberOfEmployees) s, AVG(NumberOfEmployees) FROM Account | 2 150.0 75.0
          SELECT MIN(Name), MAX(CreatedDate), MAX(AnnualRevenue) FROM Account                   | Acme 2026-03-11T12:00:00Z 9.12260031E8
          SELECT COUNT(Id), MAX(Name) FROM Account WHERE Name = 'nobody'                        | 0 null
          SELECT COUNT_DISTINCT(Active__c) FROM Account                                         | 2
          SELECT Active__c, COUNT(Id) FROM Account GROUP BY Active__c                           | false 2,true 1
          SELECT Active__c FROM Account GROUP BY Active__c ORDER BY COUNT(Id)                   | true,false
          SELECT Account.Name n, COUNT(Id) c FROM Contact GROUP BY Account.Name ORDER BY COUNT(Id) DESC | Acme 2,null 1
          SELECT AccountId, COUNT(Id) FROM Contact GROUP BY AccountId HAVING COUNT(Id) > 1      | 001000000000001AAA 2
          SELECT CALENDAR_YEAR(CreatedDate), COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(CreatedDate) | 2025 1,2026 2
          SELECT COUNT(Id) FROM Account GROUP BY Active__c LIMIT 1                              | 2
          """)
  void aggregates(String soql, String rows) {
    assertThat(run(soql)).isEqualTo(rows);
  }

  @Test
  void aggregateColumnsAreNamedByAliasOrByNumber() {
    PreparedQuery query =
        engine.prepare(
            "SELECT Account.Name, COUNT(Id), MAX(LastName) last_one, MIN(LastName) FROM Contact GROUP BY Account.Name",
            Dialect.REST,
            NOW,
            ZoneOffset.UTC);
    assertThat(query.isAggregate()).isTrue();
    assertThat(query.columns())
        .extracting(Column::name)
        .containsExactly("Name", "expr0", "last_one", "expr1");
  }

  @Test
  void aQueryThatReadsTooMuchTimesOut() {
    QueryBounds bounds = new QueryBounds(2, () -> false);
    assertThatThrownBy(
            () -> run("SELECT Id FROM Account WHERE Name = 'x'", Visibility.LIVE, bounds))
        .hasMessage("Your query request was running for too long.");
    PreparedQuery count =
        engine.prepare("SELECT COUNT() FROM Account", Dialect.REST, NOW, ZoneOffset.UTC);
    assertThatThrownBy(() -> engine.count(count, Visibility.LIVE, bounds))
        .hasMessage("Your query request was running for too long.");
    assertThat(
            run(
                "SELECT Name FROM Account WHERE External_ID__c IN ('A-1','A-2','A-3')",
                Visibility.LIVE,
                bounds))
        .hasSize("Acme,beta,Gamma%".length());
  }

  @Test
  void aRunCanBeStopped() {
    MemoryOrg big = new MemoryOrg();
    for (int i = 0; i < 3_000; i++) {
      big.add("Contact", MemoryOrg.id("003", i), false, "N" + i, null);
    }
    SoqlEngine bigEngine = new SoqlEngine(big, big, scratch);
    PreparedQuery query =
        bigEngine.prepare(
            "SELECT Id FROM Contact ORDER BY LastName", Dialect.BULK, NOW, ZoneOffset.UTC);
    assertThatThrownBy(
            () ->
                bigEngine.run(query, Visibility.LIVE, new QueryBounds(Long.MAX_VALUE, () -> true)))
        .isInstanceOf(CancellationException.class);
    assertThat(big.openWalks).isZero();
  }

  private String run(String soql) {
    return run(soql, Visibility.LIVE, QueryBounds.none());
  }

  private String run(String soql, Visibility visibility, QueryBounds bounds) {
    PreparedQuery query = engine.prepare(soql, Dialect.REST, NOW, ZoneOffset.UTC);
    List<String> lines = new ArrayList<>();
    try (QueryRows rows = engine.run(query, visibility, bounds)) {
      while (rows.next()) {
        StringJoiner line = new StringJoiner(" ");
        for (int i = 0; i < query.columns().size(); i++) {
          line.add(String.valueOf(rows.value(i)));
        }
        lines.add(line.toString());
      }
    }
    return String.join(",", lines);
  }

  private long count(String soql) {
    PreparedQuery query = engine.prepare(soql, Dialect.REST, NOW, ZoneOffset.UTC);
    assertThat(query.isCount()).isTrue();
    return engine.count(query, Visibility.LIVE, QueryBounds.none());
  }
}
