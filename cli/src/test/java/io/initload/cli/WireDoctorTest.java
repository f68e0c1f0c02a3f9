package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} sees over the wire of Oracle, and of the PostgreSQL behind it. */
@Tag("system")
class WireDoctorTest {
  private static final String KINDS =
      """
      CREATE TABLE KINDS (ID NUMBER(9) PRIMARY KEY, NAME NVARCHAR2(40), AMOUNT NUMBER(14,2),
        MADE DATE, MEMO CLOB, ZONED TIMESTAMP(6) WITH TIME ZONE, LTZ TIMESTAMP(6) WITH LOCAL TIME ZONE,
        FIXED CHAR(8), SHARE BINARY_DOUBLE, BYTES RAW(8), PLACE ROWID)\
      """;

  private static final String FILLED =
      """
      INSERT INTO KINDS
      SELECT i, UNISTR('\\6f22\\d83d\\de00\\005c') || i, i * 7 / 100, DATE '1999-12-31' + i,
        CASE WHEN MOD(i, 5) = 0 THEN TO_CLOB(RPAD('x', 4000, 'yz')) || RPAD('z', 4000, 'é') END,
        FROM_TZ(TIMESTAMP '2024-03-31 00:30:00.123456' + NUMTODSINTERVAL(i, 'MINUTE'),
          CASE MOD(i, 2) WHEN 0 THEN '+05:30' ELSE 'Europe/Paris' END),
        FROM_TZ(TIMESTAMP '2024-03-31 00:30:00', '-03:00'),
        'a' || i, MOD(i, 90) / 8, HEXTORAW(LPAD(TO_CHAR(i, 'FMXXXX'), 8, '0')), NULL
      FROM (SELECT LEVEL i FROM DUAL CONNECT BY LEVEL <= 50)\
      """;

  private static final String TABLE =
      """
        - source: KINDS
          object: Account
          phase: customers
          externalId: External_ID__c
          sourceZone: Europe/Zurich
          columns: {ID: External_ID__c, NAME: Name, AMOUNT: Credit_Limit__c, MADE: Customer_Since__c,
            MEMO: Description, ZONED: Site, LTZ: Fax, FIXED: AccountNumber, SHARE: BillingLatitude,
            BYTES: BillingPostalCode, PLACE: Sic}
      """;

  private static StandIn oracle;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    oracle = StandIn.start(300);
    oracle.dba(
        "GRANT SELECT ON SYS.V_$UNDOSTAT TO LOADER",
        "GRANT SELECT ON SYS.V_$PARAMETER TO LOADER",
        "GRANT SELECT ON SYS.DBA_TABLESPACES TO LOADER",
        "GRANT EXEMPT REDACTION POLICY TO LOADER",
        "ALTER SESSION SET CURRENT_SCHEMA = LOADER",
        KINDS,
        FILLED,
        "UPDATE KINDS SET PLACE = ROWID WHERE ID <= 5");
  }

  @AfterAll
  static void stop() {
    oracle.close();
  }

  @Test
  void aSoundPairIsFoundSound() {
    try (Site site = site("sound")) {
      JsonNode document = site.run("doctor", "--json", "--scratch-table", "DOCTOR").exits(0).json();
      List<String> holds = seen(document, "HOLDS");
      assertThat(holds)
          .contains(
              "source.snapshot DOCTOR",
              "source.addresses KINDS",
              "source.counts KINDS",
              "source.zones Europe/Zurich",
              "source.characters ",
              "source.undo ");
      for (String column :
          "ID NAME AMOUNT MADE MEMO ZONED LTZ FIXED SHARE BYTES PLACE".split(" ", -1)) {
        assertThat(holds).contains("source.values KINDS." + column);
      }
      assertThat(oracle.postgres("SELECT count(*) FROM ora.relations WHERE name = 'DOCTOR'"))
          .as("the scratch table is gone")
          .isEqualTo("0");
    }
  }

  /** The database tells one number otherwise than it stores it. */
  @Test
  void aColumnWhoseTextDiffersIsFoundAndItsValuesAreMasked() {
    String body = "SELECT regexp_replace(trim_scale(n)::text, '^(-?)0\\.', '\\1.')";
    String planted =
        "CREATE OR REPLACE FUNCTION ora.plain(n numeric) RETURNS text LANGUAGE sql"
            + " IMMUTABLE STRICT AS $$ %s $$";
    try (Site site = site("planted")) {
      oracle.postgres(
          planted.formatted("SELECT CASE n WHEN 0.49 THEN '0.94' ELSE trim_scale(n)::text END"));
      JsonNode document = site.run("doctor", "--json").exits(3).json();
      JsonNode shown = site.run("doctor", "--json", "--show-values").exits(3).json();
      oracle.postgres(planted.formatted(body));
      assertThat(seen(document, "FAILS")).containsExactly("source.values KINDS.AMOUNT");
      assertThat(document.toString())
          .contains("decoded as 9.99, told as 9.99")
          .doesNotContain("0.94");
      assertThat(shown.toString()).contains("decoded as 0.49, told as 0.94");
    }
  }

  @Test
  void aPrivilegeThatIsMissingIsFound() {
    oracle.dba(
        "CREATE USER OTHER IDENTIFIED BY \"tiger-4711\"",
        "GRANT CREATE SESSION, EXEMPT REDACTION POLICY TO OTHER",
        "GRANT SELECT ON SYS.V_$DATABASE TO OTHER",
        "GRANT SELECT ON LOADER.COUNTRIES TO OTHER",
        "GRANT SELECT, FLASHBACK ON LOADER.CUSTOMERS TO OTHER",
        "GRANT SELECT, FLASHBACK ON LOADER.KINDS TO OTHER");
    try (Site site = site("missing")) {
      site.config(
          text ->
              oracle
                  .configured("missing2")
                  .apply(Kinds.of(text))
                  .replace("user: LOADER", "user: OTHER")
                  .replaceAll("source: ([A-Z]+)\n", "source: LOADER.$1\n"));
      JsonNode document = site.run("doctor", "--json").exits(3).json();
      assertThat(seen(document, "FAILS")).containsExactly("source.table LOADER.COUNTRIES");
      assertThat(seen(document, "UNKNOWN")).contains("source.undo ");
      assertThat(document.toString()).contains("GRANT SELECT, FLASHBACK");
    }
  }

  @Test
  void postgresIsLookedAtAlike() {
    oracle.postgres(
        """
        CREATE SCHEMA plain; CREATE SCHEMA planted;
        CREATE TABLE plain."COUNTRIES" AS
          SELECT i AS "COUNTRY_ID", 'Country ' || i AS "COUNTRY_NAME" FROM generate_series(1, 20) i;
        CREATE TABLE plain."CUSTOMERS" AS
          SELECT i AS "CUST_ID", E'né Łukasz \\U0001F600' || i AS "CUST_LAST_NAME", 1 + i % 20 AS "COUNTRY_ID",
            null::text AS "CUST_EMAIL" FROM generate_series(1, 500) i;
        CREATE FUNCTION planted.length(t text) RETURNS int LANGUAGE sql IMMUTABLE
          AS $$ SELECT CASE WHEN t LIKE 'né%7' THEN 7 ELSE pg_catalog.length(t) END $$\
        """);
    try (Site site = Site.open(directory, OrgOptions.defaults(), 1)) {
      site.config(text -> oracle.beside("plain").apply(text));
      JsonNode document = site.run("doctor", "--json", "--scratch-table", "doctor").exits(0).json();
      assertThat(seen(document, "HOLDS"))
          .contains(
              "source.snapshot doctor",
              "source.counts CUSTOMERS",
              "source.addresses CUSTOMERS",
              "source.values CUSTOMERS.CUST_LAST_NAME");
      site.config(
          text ->
              oracle
                  .beside("planted,pg_catalog")
                  .apply(text)
                  .replaceAll("source: ([A-Z]+)", "source: plain.$1"));
      JsonNode planted = site.run("doctor", "--json").exits(3).json();
      assertThat(seen(planted, "FAILS"))
          .containsExactly("source.values plain.CUSTOMERS.CUST_LAST_NAME");
      assertThat(planted.toString()).contains("200 values of 200 rows, of which 20 differ");
    }
  }

  /** The table of all kinds beside the others. */
  private static final class Kinds {
    static String of(String text) {
      return text + TABLE;
    }
  }

  private Site site(String ledger) {
    return Site.open(directory, OrgOptions.defaults(), 1)
        .config(text -> oracle.configured(ledger).apply(Kinds.of(text)));
  }

  private static List<String> seen(JsonNode document, String verdict) {
    List<String> seen = new ArrayList<>();
    for (JsonNode one : document.path("observed")) {
      if (one.path("sight").path("verdict").asText().equals(verdict)) {
        seen.add(one.path("assumption").path("name").asText() + " " + one.path("where").asText());
      }
    }
    return seen;
  }
}
