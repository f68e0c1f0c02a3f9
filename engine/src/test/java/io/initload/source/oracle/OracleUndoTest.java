package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.mapping.Finding;
import io.initload.plan.FlashbackRetention;
import io.initload.source.H2Tables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long undo is kept, asked of a stand-in: H2 with views named like Oracle's. */
class OracleUndoTest {
  private static final String UNDOSTAT =
      "CREATE VIEW V$UNDOSTAT AS SELECT X END_TIME, X * 1000 TUNED_UNDORETENTION FROM"
          + " SYSTEM_RANGE(1, 90)";
  private static final String PARAMETER =
      "CREATE VIEW V$PARAMETER AS SELECT 'undo_retention' NAME, '900' \"VALUE\" UNION ALL SELECT"
          + " 'undo_tablespace', 'UNDOTBS1'";

  @Test
  void theLatestTunedRetentionCountsAndLobsFollowTheParameter() throws SQLException {
    FlashbackRetention undo = asked(UNDOSTAT, PARAMETER, tablespaces("NOGUARANTEE", "GUARANTEE"));
    assertThat(undo)
        .isEqualTo(
            new FlashbackRetention(
                Optional.of(seconds(90_000)),
                Optional.of(seconds(900)),
                Optional.of(false),
                List.of()));
    assertThat(undo.kept(false)).contains(seconds(90_000));
    assertThat(undo.kept(true)).contains(seconds(900));
    assertThat(asked(UNDOSTAT, PARAMETER, tablespaces("GUARANTEE", "GUARANTEE")).guaranteed())
        .contains(true);
  }

  @Test
  void readingMayTakeFourFifthsOfWhatIsKept() throws SQLException {
    FlashbackRetention undo = asked(UNDOSTAT, PARAMETER, tablespaces("NOGUARANTEE"));
    assertThat(undo.judge(seconds(72_000), false)).isEmpty();
    assertThat(undo.judge(seconds(720), true)).isEmpty();
    Finding lobs = undo.judge(seconds(721), true).get(0);
    assertThat(lobs.message()).contains("kept for 15 min").contains("which LOBs follow");
    List<Finding> findings = undo.judge(Duration.ofDays(2), false);
    assertThat(findings).extracting(Finding::code).containsExactly("UNDO_RETENTION");
    Finding finding = findings.get(0);
    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(finding.message())
        .contains("about 48 h", "kept for 25 h", "tuned 90,000 s", "UNDO_RETENTION 900 s")
        .contains("not guaranteed", "ORA-01555");
    assertThat(finding.remedy()).contains("UNDO_RETENTION to 216,000 or more");
  }

  @Test
  void whatTheUserMayNotAskIsSaidAndTheRestStillCounts() throws SQLException {
    FlashbackRetention none =
        asked(refused("V$UNDOSTAT", 41900), refused("V$PARAMETER", 1031), refusedTablespaces());
    assertThat(none.kept(false)).isEmpty();
    assertThat(none.kept(true)).isEmpty();
    List<Finding> findings = none.judge(Duration.ofDays(2), false);
    assertThat(findings).extracting(Finding::code).containsExactly("UNDO_UNKNOWN");
    assertThat(findings.get(0).severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(findings.get(0).message())
        .contains("V$UNDOSTAT, V$PARAMETER, DBA_TABLESPACES", "about 48 h", "an unknown time");

    FlashbackRetention some = asked(refused("V$UNDOSTAT", 942), PARAMETER, refusedTablespaces());
    assertThat(some.kept(false)).contains(seconds(900));
    assertThat(some.judge(Duration.ofHours(1), false))
        .extracting(Finding::code)
        .containsExactly("UNDO_UNKNOWN", "UNDO_RETENTION");
    assertThat(some.judge(seconds(1), false))
        .extracting(Finding::code)
        .containsExactly("UNDO_UNKNOWN");
  }

  @Test
  void aViewWithoutARowTellsNothing() throws SQLException {
    FlashbackRetention undo =
        asked(
            "CREATE VIEW V$UNDOSTAT AS SELECT 1 END_TIME, 1 TUNED_UNDORETENTION WHERE 1 = 0",
            PARAMETER,
            tablespaces());
    assertThat(undo.unknown()).containsExactly("V$UNDOSTAT", "DBA_TABLESPACES");
    assertThat(undo.kept(false)).contains(seconds(900));
  }

  @Test
  void otherTroubleIsNoMatterOfPrivileges() {
    assertThatThrownBy(
            () -> asked(refused("V$UNDOSTAT", 3113), PARAMETER, tablespaces("NOGUARANTEE")))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(3113));
  }

  @Test
  void theDbaIsAskedForWhatTellsIt() {
    assertThat(OracleGrants.access("LOADER", List.of(), true, List.of()).grants())
        .contains(
            "GRANT SELECT ON SYS.V_$UNDOSTAT TO \"LOADER\"",
            "GRANT SELECT ON SYS.V_$PARAMETER TO \"LOADER\"",
            "GRANT SELECT ON SYS.DBA_TABLESPACES TO \"LOADER\"");
    assertThat(OracleGrants.access("LOADER", List.of(), false, List.of()).grants())
        .noneMatch(grant -> grant.contains("UNDOSTAT"));
  }

  /** As Oracle counts. */
  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static FlashbackRetention asked(String... views) throws SQLException {
    try (H2Tables tables =
        new H2Tables(
            "CREATE ALIAS REFUSE AS 'int refuse(int code) throws java.sql.SQLException { throw new"
                + " java.sql.SQLException(\"refused\", \"42000\", code); }'")) {
      tables.run(views);
      return new OracleDictionary().undo(tables.connection());
    }
  }

  private static String refused(String view, int code) {
    return "CREATE VIEW %s AS SELECT 'undo_retention' NAME, X END_TIME, REFUSE(%d) \"VALUE\","
            .formatted(view, code)
        + " REFUSE(%d) TUNED_UNDORETENTION FROM SYSTEM_RANGE(1, 1)".formatted(code);
  }

  private static String refusedTablespaces() {
    return "CREATE VIEW DBA_TABLESPACES AS SELECT CAST(REFUSE(942) AS VARCHAR) RETENTION, 'UNDO'"
        + " CONTENTS, 'ONLINE' STATUS FROM SYSTEM_RANGE(1, 1)";
  }

  private static String tablespaces(String... retentions) {
    StringBuilder rows = new StringBuilder("('NOT APPLY', 'PERMANENT', 'ONLINE')");
    for (String retention : retentions) {
      rows.append(", ('%s', 'UNDO', 'ONLINE')".formatted(retention));
    }
    return "CREATE VIEW DBA_TABLESPACES(RETENTION, CONTENTS, STATUS) AS SELECT * FROM (VALUES "
        + rows
        + ")";
  }
}
