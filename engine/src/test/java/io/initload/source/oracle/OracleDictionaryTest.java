package io.initload.source.oracle;

import static io.initload.source.oracle.OracleStandIn.HEAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.source.SourceCatalogue;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of Oracle's dictionary, through the public door. */
class OracleDictionaryTest {
  private final OracleStandIn oracle = new OracleStandIn();
  private final SourceDatabase database = SourceDatabase.open(oracle.config());

  @AfterEach
  void close() {
    database.close();
    oracle.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`'NO', NULL, NULL, 'N'`, HEAP",
        "`'YES', NULL, NULL, 'N'`, PARTITIONED",
        "`'NO', 'IOT', NULL, 'N'`, INDEX_ORGANIZED",
        "`'YES', 'IOT', NULL, 'N'`, INDEX_ORGANIZED",
        "`'NO', NULL, 'CLUSTERED', 'N'`, CLUSTER"
      })
  void theFlagsTellTheKind(String flags, TableShape.Kind kind) {
    oracle.describe("T", flags, "ID", "ID NUMBER");
    assertThat(shape("T").kind()).isEqualTo(kind);
  }

  @Test
  void externalTablesAndViewsAreInOtherLists() {
    oracle.describe("FILES", HEAP, "", "ID NUMBER");
    oracle.run(
        "INSERT INTO ALL_EXTERNAL_TABLES VALUES ('APP', 'FILES'), ('OTHER', 'T')",
        "INSERT INTO ALL_OBJECTS VALUES ('APP', 'V', 'VIEW')");
    oracle.columns("V", "", "ID NUMBER");
    oracle.describe("T", HEAP, "", "ID NUMBER");
    assertThat(shape("FILES").kind()).isEqualTo(TableShape.Kind.EXTERNAL);
    assertThat(shape("V").kind()).isEqualTo(TableShape.Kind.VIEW);
    assertThat(shape("V").columns()).extracting(SourceColumn::name).containsExactly("ID");
    assertThat(shape("T").kind()).isEqualTo(TableShape.Kind.HEAP);
  }

  @Test
  void temporaryTablesAndUnknownNamesAreRefused() {
    oracle.describe("SCRATCH", "'NO', NULL, NULL, 'Y'", "", "ID NUMBER");
    oracle.run("INSERT INTO ALL_OBJECTS VALUES ('APP', 'SCRATCH', 'TABLE')");
    refused("SOURCE_TEMPORARY", "SCRATCH", "visible to their session alone");
    refused("SOURCE_TABLE", "SCRATCHES", "Did you mean SCRATCH?");
  }

  @Test
  void aSynonymIsReadAsWhatItStandsFor() {
    oracle.describe("T", HEAP, "ID", "ID NUMBER");
    oracle.run(
        "INSERT INTO ALL_SYNONYMS VALUES ('APP', 'NEAR', 'APP', 'NEARER', NULL), ('APP', 'NEARER',"
            + " 'APP', 'T', NULL), ('PUBLIC', 'ANYONES', 'APP', 'T', NULL), ('APP', 'ROUND', 'APP',"
            + " 'ROUND', NULL), ('APP', 'FAR', 'SALES', 'ORDERS', 'HQ.EXAMPLE.COM')");
    for (String name : List.of("NEAR", "NEARER", "ANYONES")) {
      assertThat(shape(name).name()).isEqualTo(new SourceName("APP", "T"));
    }
    refused("SOURCE_TABLE", "ROUND", "There is no table ROUND");
    refused("SOURCE_REMOTE", "FAR", "SALES.ORDERS in another database, reached by the link HQ");
    assertThatThrownBy(() -> database.shape(new SourceName("APP", "ANYONES")))
        .hasMessageContaining("There is no table APP.ANYONES");
  }

  @Test
  void aTableThatIsPartlyFilesIsRefused() {
    oracle.describe("PLAIN", "'YES', NULL, NULL, 'N'", "ID", "ID NUMBER");
    oracle.describe("MIXED", "'YES', NULL, NULL, 'N'", "ID", "ID NUMBER");
    assertThat(shape("PLAIN").kind()).isEqualTo(TableShape.Kind.PARTITIONED);
    oracle.run("UPDATE ALL_TABLES SET HYBRID = 'YES' WHERE TABLE_NAME = 'MIXED'");
    refused("SOURCE_HYBRID", "MIXED", "some of its partitions are files");
  }

  /** JSON, say, from the days when there was no such type. */
  @Test
  void aTypeOfSomebodysIsNotTakenForOraclesOwn() {
    oracle.describe("T", HEAP, "", "A JSON", "B JSON", "C XMLTYPE", "D BOOLEAN");
    oracle.run(
        "UPDATE ALL_TAB_COLS SET DATA_TYPE_OWNER = 'SALES' WHERE COLUMN_NAME IN ('A', 'D')",
        "UPDATE ALL_TAB_COLS SET DATA_TYPE_OWNER = 'SYS' WHERE COLUMN_NAME = 'C'");
    assertThat(shape("T").columns())
        .extracting(c -> c.type() + " " + c.declared())
        .containsExactly(
            "UNSUPPORTED SALES.JSON", "JSON JSON", "XML XMLTYPE", "UNSUPPORTED SALES.BOOLEAN");
  }

  @ParameterizedTest
  @CsvSource({"942, SOURCE_TABLE", "1031, SOURCE_PRIVILEGE", "41900, SOURCE_PRIVILEGE"})
  void aRefusalNamesTheGrantThatIsMissing(int code, String failure) {
    oracle.heap("T", 1, HEAP, "NULL");
    oracle.faults(sql -> sql.contains("WHERE 1 = 0") ? code : 0);
    assertThatThrownBy(() -> database.probe(new SourceName("", "T")))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo(failure);
              assertThat(f.remedy())
                  .contains("GRANT SELECT, FLASHBACK ON \"APP\".\"T\" TO \"INITLOAD\"");
            });
    assertThatThrownBy(() -> database.shape(new SourceName("SALES", "GONE")))
        .isInstanceOfSatisfying(
            Failure.class,
            f ->
                assertThat(f.remedy())
                    .contains("GRANT SELECT, FLASHBACK ON \"SALES\".\"GONE\" TO \"INITLOAD\""));
  }

  /** For the DBA; and for values that no setting of the machine changes. */
  @Test
  void sessionsAreNamedAndSetAlike() {
    oracle.heap("T", 1, HEAP, "NULL");
    assertThat(oracle.sent()).containsSubsequence(OracleCatalogue.SESSION);
    assertThat(oracle.tags()).containsExactly("OCSID.MODULE=initload");
    String chunk = "a-chunk-of-a-table-with-a-long-name-000017";
    database
        .read(
            new SourceName("", "T"),
            new ChunkBounds.Whole(),
            database.snapshot(),
            List.of(new ColumnRead("id", Rendering.NUMBER)),
            ZoneOffset.UTC,
            chunk)
        .close();
    assertThat(oracle.tags())
        .last()
        .isEqualTo("OCSID.ACTION=" + chunk.substring(chunk.length() - 32));
  }

  /** An overflow segment looks like a table until it is read. */
  @Test
  void aSegmentOfAnIndexOrganizedTableIsRefusedByItsName() {
    oracle.heap("OVER", 0, "'NO', 'IOT_OVERFLOW', NULL, 'N'", "NULL");
    oracle.faults(sql -> sql.contains("\"OVER\"") ? 25191 : 0);
    assertThatThrownBy(() -> database.probe(new SourceName("APP", "OVER")))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_TABLE"));
  }

  @Test
  void onlyKeysThatTheDatabaseEnforcesCount() {
    oracle.describe("T", HEAP, "ID", "ID NUMBER", "CODE VARCHAR2", "Mixed Case VARCHAR2");
    oracle.run(
        "INSERT INTO ALL_CONSTRAINTS VALUES ('APP', 'U1', 'U', 'T', 'ENABLED', 'VALIDATED'),"
            + " ('APP', 'U2', 'U', 'T', 'DISABLED', 'VALIDATED'), ('APP', 'U3', 'U', 'T',"
            + " 'ENABLED', 'NOT VALIDATED')",
        "INSERT INTO ALL_CONS_COLUMNS VALUES ('APP', 'U1', 'CODE', 2), ('APP', 'U1', 'Mixed Case',"
            + " 1), ('APP', 'U2', 'CODE', 1), ('APP', 'U3', 'CODE', 1)",
        "UPDATE ALL_TAB_COLS SET HIDDEN_COLUMN = 'YES', USER_GENERATED = 'NO' WHERE COLUMN_NAME ="
            + " 'CODE'",
        "UPDATE ALL_TABLES SET NUM_ROWS = 70, AVG_ROW_LEN = 33");
    TableShape shape = shape("T");
    assertThat(shape.keys())
        .containsExactly(
            new TableShape.Key("T_PK", true, false, List.of("ID")),
            new TableShape.Key("U1", false, true, List.of("Mixed Case", "CODE")));
    assertThat(shape.columns()).extracting(SourceColumn::name).containsExactly("ID", "Mixed Case");
    assertThat(shape.rowEstimate()).isEqualTo(70);
    assertThat(shape.rowBytes()).isEqualTo(33);
    assertThat(shape.name()).isEqualTo(new SourceName("APP", "T"));
  }

  /** One that is not enforced tells whose rows are named all the same. */
  @Test
  void foreignKeysNameTheColumnsOfBothSidesInOrder() {
    oracle.describe("P", HEAP, "A", "A NUMBER", "B NUMBER");
    oracle.describe("C", HEAP, "ID", "ID NUMBER", "X NUMBER", "Y NUMBER");
    oracle.run(
        "INSERT INTO ALL_CONSTRAINTS VALUES ('APP', 'P_U', 'U', 'P', 'ENABLED', 'VALIDATED')",
        "INSERT INTO ALL_CONSTRAINTS (OWNER, CONSTRAINT_NAME, CONSTRAINT_TYPE, TABLE_NAME, STATUS,"
            + " VALIDATED, R_OWNER, R_CONSTRAINT_NAME) VALUES ('APP', 'C_P', 'R', 'C', 'DISABLED',"
            + " 'NOT VALIDATED', 'APP', 'P_U')",
        "INSERT INTO ALL_CONS_COLUMNS VALUES ('APP', 'P_U', 'B', 2), ('APP', 'P_U', 'A', 1),"
            + " ('APP', 'C_P', 'Y', 2), ('APP', 'C_P', 'X', 1)");
    assertThat(database.catalogue().foreignKeys(new SourceName("APP", "C")))
        .containsExactly(
            new TableShape.ForeignKey(
                "C_P", List.of("X", "Y"), new SourceName("APP", "P"), List.of("A", "B")));
    assertThat(database.catalogue().foreignKeys(new SourceName("APP", "P"))).isEmpty();
  }

  @Test
  void schemasThatCameWithTheDatabaseAreNotOffered() {
    oracle.describe("T", HEAP, "ID", "ID NUMBER");
    oracle.run(
        "INSERT INTO ALL_USERS VALUES ('APP', 'N'), ('SYS', 'Y'), ('AAA', 'N')",
        "INSERT INTO ALL_TABLES (OWNER, TABLE_NAME) VALUES ('SYS', 'USER$'), ('AAA', 'ONE')");
    assertThat(database.catalogue().schemas())
        .extracting(SourceCatalogue.Schema::name)
        .containsExactly("APP", "AAA");
  }

  /** One that a user made invisible is left out by an asterisk, not by its name. */
  @Test
  void invisibleColumnsAreRead() {
    oracle.describe("T", HEAP, "ID", "ID NUMBER", "SECRET VARCHAR2");
    oracle.run(
        "UPDATE ALL_TAB_COLS SET HIDDEN_COLUMN = 'YES', COLUMN_ID = NULL WHERE COLUMN_NAME ="
            + " 'SECRET'");
    assertThat(shape("T").columns())
        .extracting(SourceColumn::name)
        .containsExactlyInAnyOrder("ID", "SECRET");
  }

  /** A statement that plans is silent for hours; in seconds. */
  @Test
  void deadPeersAreNoticedWhileTheDatabaseIsSilent() {
    assertThat(oracle.login())
        .containsEntry("oracle.net.keepAlive", "true")
        .containsEntry("oracle.net.TCP_KEEPIDLE", "60")
        .containsEntry("oracle.net.TCP_KEEPINTERVAL", "30")
        .containsEntry("oracle.net.TCP_KEEPCOUNT", "6");
  }

  private TableShape shape(String table) {
    return database.shape(new SourceName("", table));
  }

  private void refused(String code, String table, String text) {
    assertThatThrownBy(() -> shape(table))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo(code);
              assertThat(f).hasMessageContaining(text);
            });
  }
}
