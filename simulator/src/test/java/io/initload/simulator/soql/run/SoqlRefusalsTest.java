package io.initload.simulator.soql.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.simulator.soql.Dialect;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.SoqlException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoqlRefusalsTest {
  @TempDir Path scratch;
  private SoqlEngine engine;

  @BeforeEach
  void start() {
    MemoryOrg org = MemoryOrg.sample();
    engine = new SoqlEngine(org, org, scratch);
  }

  @Test
  void anUnknownObjectIsPointedAt() {
    SoqlException refusal = refused("select count() from XYZZY", Dialect.REST);
    assertThat(refusal.error()).isEqualTo(SoqlError.INVALID_TYPE);
    assertThat(refusal)
        .hasMessageStartingWith(
            "\nselect count() from XYZZY\n                    ^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported. If you are attempting to use a custom object, be sure to append the '__c'");
  }

  @Test
  void anUnknownFieldIsPointedAtInItsOwnLine() {
    SoqlException refusal = refused("SELECT Id,\n  Nope FROM Account", Dialect.REST);
    assertThat(refusal.error()).isEqualTo(SoqlError.INVALID_FIELD);
    assertThat(refusal)
        .hasMessageStartingWith(
            "\n  Nope FROM Account\n  ^\nERROR at Row:2:Column:3\nNo such column 'Nope' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT Nope.Name FROM Contact                          | INVALID_FIELD    | Didn't understand relationship 'Nope' in field path.
          SELECT Account.Nope FROM Contact                       | INVALID_FIELD    | No such column 'Nope' on entity 'Account'.
          SELECT Id, ID FROM Contact                             | INVALID_FIELD    | duplicate field selected: Id
          SELECT Id FROM Account WHERE Name = 5                  | INVALID_FIELD    | value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes
          SELECT Id FROM Account WHERE NumberOfEmployees = '5'   | INVALID_FIELD    | must be of type int and should not be enclosed in quotes
          SELECT Id FROM Account WHERE Active__c = 'true'        | INVALID_FIELD    | must be of type boolean
          SELECT Id FROM Account WHERE CreatedDate > 2026-01-01  | INVALID_FIELD    | must be of type dateTime
          SELECT Id FROM Account WHERE Id = 'abc'                | INVALID_QUERY_FILTER_OPERATOR | invalid ID field: abc
          SELECT Id FROM Account WHERE Description = 'x'         | INVALID_FIELD    | field 'Description' can not be filtered in a query call
          SELECT Id FROM Account ORDER BY Description            | INVALID_FIELD    | field 'Description' can not be sorted in a query call
          SELECT Id FROM Account WHERE Name = Code__c            | MALFORMED_QUERY  | Bind variables only allowed in Apex code
          SELECT Id FROM Account WHERE Name = :name              | MALFORMED_QUERY  | Bind variables only allowed in Apex code
          SELECT * FROM Account                                  | MALFORMED_QUERY  | ERROR at Row:1:Column:8 unexpected token: '*'
          SELECT Id FROM Account WHER Name = 'x'                 | MALFORMED_QUERY  | unexpected token:
          SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c' | MALFORMED_QUERY | unexpected token: 'OR'
          SELECT Id FROM Account WHERE Name = 'O'Brien'          | MALFORMED_QUERY  | unexpected token: 'Brien'
          SELECT Id FROM Account WHERE Name = 'open              | MALFORMED_QUERY  | mismatched character '<EOF>'
          SELECT Id FROM Account WHERE                           | MALFORMED_QUERY  | unexpected token: '<EOF>'
          SELECT                                                 | MALFORMED_QUERY  | unexpected token: '<EOF>'
          DELETE FROM Account                                    | MALFORMED_QUERY  | unexpected token: 'DELETE'
          SELECT Name n FROM Account                             | MALFORMED_QUERY  | only aggregate expressions use field aliasing
          SELECT Name, COUNT(Id) FROM Account                    | MALFORMED_QUERY  | Field must be grouped or aggregated: Name
          SELECT COUNT(Id) FROM Account LIMIT 1                  | MALFORMED_QUERY  | Non-grouped query that uses overall aggregate functions cannot also use LIMIT
          SELECT COUNT() FROM Account ORDER BY Name              | MALFORMED_QUERY  | COUNT() cannot be used with ORDER BY
          SELECT COUNT(), Name FROM Account                      | MALFORMED_QUERY  |
          SELECT SUM(Name) FROM Account                          | MALFORMED_QUERY  | field Name does not support aggregate operator SUM
          SELECT Id FROM Account OFFSET 2001                     | NUMBER_OUTSIDE_VALID_RANGE | Maximum SOQL offset allowed is 2000
          SELECT Id FROM Account LIMIT 99999999999999999999      | NUMBER_OUTSIDE_VALID_RANGE | number out of range
          SELECT FIELDS(ALL) FROM Account                        | MALFORMED_QUERY  | The SOQL FIELDS function must have a LIMIT of at most 200
          SELECT SLEEP(Name) FROM Account                        | INVALID_FIELD    | Invalid function name: 'SLEEP'
          """)
  void restRefuses(String soql, String error, String text) {
    SoqlException refusal = refused(soql, Dialect.REST);
    assertThat(refusal.error()).hasToString(error);
    assertThat(String.valueOf(refusal.getMessage()).replace('\n', ' '))
        .contains(text == null ? "" : text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT COUNT() FROM Account                            | API_ERROR | not supported in Bulk
          SELECT COUNT(Id) FROM Account                          | API_ERROR | not supported in Bulk
          SELECT Name FROM Account GROUP BY Name                 | API_ERROR | not supported in Bulk
          SELECT Name FROM Account OFFSET 5                      | API_ERROR | not supported in Bulk
          SELECT BillingAddress FROM Account                     | API_ERROR | Selecting compound data not supported in Bulk Query
          SELECT Id, (SELECT Id FROM Contacts) FROM Account      | API_ERROR | Aggregate Relationships not supported in Bulk V2 Query with CSV content type
          SELECT TYPEOF Owner WHEN User THEN Name END FROM Account | API_ERROR | not supported in Bulk
          SELECT Nope FROM Account                               | INVALID_FIELD | No such column 'Nope' on entity 'Account'.
          SELECT Id FROM                                         | MALFORMED_QUERY | unexpected token: '<EOF>'
          """)
  void bulkRefuses(String soql, String error, String text) {
    SoqlException refusal = refused(soql, Dialect.BULK);
    assertThat(refusal.error()).hasToString(error);
    assertThat(refusal).hasMessageContaining(text);
  }

  @Test
  void nestingIsBounded() {
    String deep =
        "SELECT Id FROM Account WHERE " + "(".repeat(20_000) + "Name = 'x'" + ")".repeat(20_000);
    assertThat(refused(deep, Dialect.REST)).hasMessageContaining("too many nested conditions");
    assertThat(
            refused(
                "SELECT Id FROM Account WHERE " + "NOT ".repeat(20_000) + "Name = 'x'",
                Dialect.REST))
        .hasMessageContaining("too many nested conditions");
    assertThat(refused("SELECT Id FROM Account" + " ".repeat(100_000), Dialect.REST))
        .hasMessageContaining("100000");
  }

  @Test
  void aListThatFillsTheStatementIsRead() {
    StringBuilder soql = new StringBuilder("SELECT Id FROM Account WHERE External_ID__c IN ('A-1'");
    while (soql.length() < 99_900) {
      soql.append(",'key-").append(soql.length()).append('\'');
    }
    PreparedQuery query =
        engine.prepare(soql.append(')').toString(), Dialect.BULK, Instant.EPOCH, ZoneOffset.UTC);
    assertThat(query.columns()).hasSize(1);
  }

  /** Whatever is sent is either a query or refused as one; nothing else ever comes out. */
  @Test
  void mutatedStatementsAreRefusedNotFatal() {
    long seed = 20_261_123L;
    Random random = new Random(seed);
    String[] words =
        "SELECT Id Name COUNT ( ) , FROM Account Contact WHERE Parent . 'x' 'y 5 1e9 2026-01-01 = != < LIKE IN NOT AND OR ORDER BY GROUP HAVING LIMIT OFFSET NULL true TODAY LAST_N_DAYS : \u0000 \u00e9 \\ ; FIELDS ALL TYPEOF WHEN THEN END INCLUDES"
            .split(" ", -1);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder soql =
          new StringBuilder(random.nextInt(3) == 0 ? "" : "SELECT Id FROM Account ");
      for (int n = random.nextInt(12); n > 0; n--) {
        soql.append(words[random.nextInt(words.length)]).append(random.nextInt(5) == 0 ? "" : " ");
      }
      try {
        engine.prepare(
            soql.toString(),
            random.nextBoolean() ? Dialect.REST : Dialect.BULK,
            Instant.EPOCH,
            ZoneOffset.UTC);
        accepted++;
      } catch (SoqlException refusal) {
        assertThat(refusal.getMessage()).as("seed %d: %s", seed, soql).isNotBlank();
      }
    }
    assertThat(accepted).as("seed %d", seed).isPositive();
  }

  private SoqlException refused(String soql, Dialect dialect) {
    assertThatThrownBy(() -> engine.prepare(soql, dialect, Instant.EPOCH, ZoneOffset.UTC))
        .isInstanceOf(SoqlException.class);
    return catchThrowableOfType(
        SoqlException.class, () -> engine.prepare(soql, dialect, Instant.EPOCH, ZoneOffset.UTC));
  }
}
