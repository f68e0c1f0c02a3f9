package io.initload.source.oracle;

import static io.initload.source.oracle.OracleStandIn.HEAP;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.mapping.Finding;
import io.initload.source.SourceDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows and values that Oracle keeps from a user without a word. */
class OracleConcernsTest {
  private static final SourceName T = new SourceName("", "T");

  private final OracleStandIn oracle = new OracleStandIn();
  private final SourceDatabase database = SourceDatabase.open(oracle.config());

  @AfterEach
  void close() {
    database.close();
    oracle.close();
  }

  @Test
  void archivedRowsAreAskedForInEverySession() {
    assertThat(oracle.sent()).contains("ALTER SESSION SET ROW ARCHIVAL VISIBILITY = ALL");
  }

  @ParameterizedTest
  @ValueSource(ints = {406, 439, 922, 2248})
  void aDatabaseWithoutRowArchivalIsReadAllTheSame(int code) {
    oracle.faults(sql -> sql.contains("ROW ARCHIVAL") ? code : 0);
    oracle.heap("T", 1, HEAP, "NULL");
    try (SourceDatabase other = SourceDatabase.open(oracle.config())) {
      assertThat(other.shape(T).columns()).hasSize(2);
    }
  }

  @Test
  void anEnabledPolicyOnQueriesIsNamed() {
    oracle.describe("T", HEAP, "ID", "ID NUMBER");
    policies("('APP', 'T', 'ON_WRITES', 'NO', 'YES'), ('APP', 'T', 'OFF', 'YES', 'NO')");
    assertThat(database.concerns(T)).isEmpty();
    policies("('APP', 'T', 'BY_BRANCH', 'YES', 'YES'), ('APP', 'OTHER', 'P', 'YES', 'YES')");
    assertThat(database.concerns(T))
        .containsExactly(
            new Finding(
                "SOURCE_POLICY",
                Finding.Severity.WARNING,
                "APP.T",
                "A policy of the database says which rows of APP.T this user sees, and a count sees"
                    + " no more: BY_BRANCH on APP.T.",
                "Have granted: GRANT EXEMPT ACCESS POLICY TO \"INITLOAD\"; or have the DBA confirm"
                    + " that it hides nothing from this user."));
    oracle.run("INSERT INTO SESSION_PRIVS VALUES ('EXEMPT ACCESS POLICY')");
    assertThat(database.concerns(T)).isEmpty();
  }

  @Test
  void aPolicyBelowAViewIsFoundHoweverDeep() {
    oracle.run(
        "INSERT INTO ALL_OBJECTS VALUES ('APP', 'V', 'VIEW')",
        "INSERT INTO ALL_DEPENDENCIES VALUES ('APP', 'V', 'APP', 'W', 'VIEW', NULL), ('APP', 'W',"
            + " 'SALES', 'ORDERS', 'TABLE', NULL), ('APP', 'W', 'APP', 'V', 'VIEW', NULL), ('APP',"
            + " 'W', 'APP', 'P', 'PACKAGE', NULL)");
    oracle.columns("V", "", "ID NUMBER");
    policies("('SALES', 'ORDERS', 'BY_BRANCH', 'YES', 'YES')");
    assertThat(database.concerns(new SourceName("", "V")))
        .singleElement()
        .satisfies(f -> assertThat(f.message()).endsWith(": BY_BRANCH on SALES.ORDERS."));
  }

  @Test
  void whatIsReadOverALinkIsNamedHoweverDeep() {
    oracle.run(
        "INSERT INTO ALL_OBJECTS VALUES ('APP', 'V', 'VIEW')",
        "INSERT INTO ALL_DEPENDENCIES VALUES ('APP', 'V', 'APP', 'W', 'VIEW', NULL), ('APP', 'V',"
            + " 'APP', 'S', 'SYNONYM', NULL), ('APP', 'W', 'CRM', 'ORDERS', 'TABLE', 'FAR'),"
            + " ('APP', 'W', 'APP', 'T', 'TABLE', NULL)",
        "INSERT INTO ALL_SYNONYMS VALUES ('APP', 'S', 'CRM', 'PEOPLE', 'FAR')");
    oracle.columns("V", "", "ID NUMBER");
    assertThat(database.concerns(new SourceName("", "V")))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo("SOURCE_VIEW_LINK");
              assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(f.message())
                  .startsWith("APP.V reads over database links")
                  .contains("CRM.ORDERS@FAR", "CRM.PEOPLE@FAR")
                  .doesNotContain("APP.T");
            });
  }

  @Test
  void redactedColumnsAreNamedAsFarAsTheDictionaryMayBeAsked() {
    oracle.describe("T", HEAP, "ID", "ID NUMBER");
    assertThat(codes(database.concerns())).containsExactly("SOURCE_REDACTION_UNKNOWN");
    oracle.run(
        "CREATE TABLE REDACTION_POLICIES (OBJECT_OWNER VARCHAR(128), OBJECT_NAME VARCHAR(128),"
            + " ENABLE VARCHAR(7))",
        "CREATE TABLE REDACTION_COLUMNS (OBJECT_OWNER VARCHAR(128), OBJECT_NAME VARCHAR(128),"
            + " COLUMN_NAME VARCHAR(128))",
        "INSERT INTO REDACTION_POLICIES VALUES ('APP', 'T', 'YES    '), ('APP', 'U', 'NO     ')",
        "INSERT INTO REDACTION_COLUMNS VALUES ('APP', 'T', 'IBAN'), ('APP', 'U', 'PIN')");
    assertThat(database.concerns()).isEmpty();
    assertThat(database.concerns(T))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.code()).isEqualTo("SOURCE_REDACTION");
              assertThat(f.message())
                  .isEqualTo("Values may be redacted for this user: APP.T.IBAN.");
            });
    oracle.run("INSERT INTO SESSION_PRIVS VALUES ('EXEMPT REDACTION POLICY')");
    assertThat(database.concerns(T)).isEmpty();
  }

  @Test
  void aCharacterSetOfSevenBitsIsNamed() {
    oracle.run(
        "INSERT INTO SESSION_PRIVS VALUES ('EXEMPT REDACTION POLICY')",
        "INSERT INTO NLS_DATABASE_PARAMETERS VALUES ('NLS_CHARACTERSET', 'AL32UTF8')");
    assertThat(database.concerns()).isEmpty();
    oracle.run("UPDATE NLS_DATABASE_PARAMETERS SET \"VALUE\" = 'US7ASCII'");
    assertThat(codes(database.concerns())).containsExactly("SOURCE_CHARACTER_SET");
  }

  private void policies(String values) {
    oracle.run("INSERT INTO ALL_POLICIES VALUES " + values);
  }

  private static List<String> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }
}
