package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure.Kind;
import io.initload.Failure.Reach;
import io.initload.codes.CodeTable;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceFailure;
import io.initload.source.SourceFailure.Action;
import io.initload.source.session.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("system")
class OracleErrorsTest {
  /** Every code of docs/reference/oracle.md, "Errors". */
  @ParameterizedTest
  @CsvSource({
    "1555, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "22924, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "8180, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "8181, SOURCE_SNAPSHOT_TOO_OLD, SNAPSHOT_UNKNOWN",
    "1466, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "8103, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "1410, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "8176, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "2149, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "22922, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "2399, SOURCE_READ, READ_AGAIN",
    "1012, SOURCE_READ, READ_AGAIN",
    "4021, SOURCE_READ, READ_AGAIN",
    "25401, SOURCE_READ, READ_AGAIN",
    "25408, SOURCE_READ, READ_AGAIN",
    "1219, SOURCE_UNREACHABLE, WAIT",
    "1109, SOURCE_UNREACHABLE, WAIT",
    "1507, SOURCE_UNREACHABLE, WAIT",
    "1035, SOURCE_UNREACHABLE, WAIT",
    "12526, SOURCE_UNREACHABLE, WAIT",
    "12527, SOURCE_UNREACHABLE, WAIT",
    "3172, SOURCE_READ, WAIT",
    "2392, SOURCE_READ, STOP",
    "2394, SOURCE_READ, STOP",
    "2395, SOURCE_READ, STOP",
    "40, SOURCE_READ, STOP",
    "7455, SOURCE_READ, STOP",
    "1045, SOURCE_LOGIN, STOP",
    "12705, SOURCE_CONNECT, STOP",
    "12650, SOURCE_CONNECT, STOP",
    "12660, SOURCE_CONNECT, STOP",
    "18907, SOURCE_CONNECT, STOP",
    "17965, SOURCE_CONNECT, STOP",
    "28365, SOURCE_READ, STOP",
    "6564, SOURCE_READ, STOP",
    "29913, SOURCE_READ, STOP",
    "41900, SOURCE_PRIVILEGE, STOP",
    "28, SOURCE_READ, ONCE_AGAIN",
    "31, SOURCE_READ, ONCE_AGAIN",
    "2391, SOURCE_READ, FEWER_SESSIONS",
    "2396, SOURCE_READ, STOP",
    "2393, SOURCE_READ, STOP",
    "3113, SOURCE_READ, READ_AGAIN",
    "3114, SOURCE_READ, READ_AGAIN",
    "3135, SOURCE_READ, READ_AGAIN",
    "3136, SOURCE_READ, READ_AGAIN",
    "17002, SOURCE_READ, READ_AGAIN",
    "17008, SOURCE_READ, READ_AGAIN",
    "17410, SOURCE_READ, READ_AGAIN",
    "17820, SOURCE_READ, READ_AGAIN",
    "17902, SOURCE_READ, READ_AGAIN",
    "18730, SOURCE_READ, READ_AGAIN",
    "17800, SOURCE_READ, READ_AGAIN",
    "17401, SOURCE_READ, ONCE_AGAIN",
    "17447, SOURCE_READ, ONCE_AGAIN",
    "12170, SOURCE_UNREACHABLE, WAIT",
    "12541, SOURCE_UNREACHABLE, WAIT",
    "12514, SOURCE_UNREACHABLE, WAIT",
    "12505, SOURCE_UNREACHABLE, STOP",
    "12154, SOURCE_UNREACHABLE, STOP",
    "17868, SOURCE_UNREACHABLE, STOP",
    "17865, SOURCE_UNREACHABLE, STOP",
    "12516, SOURCE_READ, FEWER_SESSIONS",
    "12518, SOURCE_READ, FEWER_SESSIONS",
    "12519, SOURCE_READ, FEWER_SESSIONS",
    "12520, SOURCE_READ, FEWER_SESSIONS",
    "12528, SOURCE_UNREACHABLE, WAIT",
    "18, SOURCE_READ, FEWER_SESSIONS",
    "20, SOURCE_READ, FEWER_SESSIONS",
    "1033, SOURCE_UNREACHABLE, WAIT",
    "1034, SOURCE_UNREACHABLE, WAIT",
    "1089, SOURCE_UNREACHABLE, WAIT",
    "1092, SOURCE_UNREACHABLE, WAIT",
    "603, SOURCE_UNREACHABLE, WAIT",
    "12537, SOURCE_UNREACHABLE, WAIT",
    "12547, SOURCE_UNREACHABLE, WAIT",
    "12560, SOURCE_UNREACHABLE, WAIT",
    "12571, SOURCE_UNREACHABLE, WAIT",
    "1013, SOURCE_READ, STOP",
    "1652, SOURCE_READ, NO_ROOM",
    "30036, SOURCE_READ, NO_ROOM",
    "4030, SOURCE_READ, FEWER_SESSIONS",
    "4031, SOURCE_READ, FEWER_SESSIONS",
    "4036, SOURCE_READ, FEWER_SESSIONS",
    "12801, SOURCE_READ, SERIALLY",
    "12805, SOURCE_READ, SERIALLY",
    "12829, SOURCE_READ, SERIALLY",
    "12853, SOURCE_READ, SERIALLY",
    "12827, SOURCE_READ, SERIALLY",
    "604, SOURCE_READ, READ_AGAIN",
    "12850, SOURCE_READ, STOP",
    "942, SOURCE_TABLE, STOP",
    "1031, SOURCE_PRIVILEGE, STOP",
    "904, SOURCE_COLUMN, STOP",
    "933, SOURCE_READ, STOP",
    "923, SOURCE_READ, STOP",
    "900, SOURCE_READ, STOP",
    "911, SOURCE_READ, STOP",
    "1722, SOURCE_READ, STOP",
    "1426, SOURCE_READ, STOP",
    "1882, SOURCE_READ, STOP",
    "28000, SOURCE_LOGIN, STOP",
    "28001, SOURCE_LOGIN, STOP",
    "1017, SOURCE_LOGIN, STOP",
    "28040, SOURCE_LOGIN, STOP",
    "29491, SOURCE_READ, STOP",
    "25191, SOURCE_TABLE, STOP",
    "600, SOURCE_READ, ONCE_AGAIN",
    "7445, SOURCE_READ, ONCE_AGAIN",
    "60, SOURCE_READ, READ_AGAIN",
    "54, SOURCE_READ, READ_AGAIN",
    "4020, SOURCE_READ, READ_AGAIN",
    "4061, SOURCE_READ, READ_AGAIN",
    "4068, SOURCE_READ, READ_AGAIN",
    "1001, SOURCE_READ, READ_AGAIN",
    "1002, SOURCE_READ, READ_AGAIN"
  })
  void aCodeSaysWhatToDo(int code, String failure, Action action) {
    // The class, as the driver has it, of an error that says nothing by itself.
    Verdict verdict =
        OracleErrors.judge(new SQLException("ORA-%05d: text".formatted(code), "72000", code));
    assertThat(verdict.code()).isEqualTo(failure);
    assertThat(verdict.action()).isEqualTo(action);
    assertThat(verdict.vendorCode()).isEqualTo("ORA-%05d".formatted(code));
    assertThat(verdict.remedy()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "1017, RUN, PLATFORM",
    "12541, RUN, PLATFORM",
    "942, TABLE, CONFIGURATION",
    "904, TABLE, CONFIGURATION",
    "1031, TABLE, PLATFORM",
    "1555, TABLE, FAILED",
    "1652, TABLE, FAILED",
    "600, TABLE, PLATFORM",
    "3113, TABLE, TRANSIENT",
    "18, TABLE, TRANSIENT",
    "12805, TABLE, TRANSIENT",
    "18907, RUN, CONFIGURATION",
    "41900, TABLE, PLATFORM",
    "19999, TABLE, PLATFORM"
  })
  void aCodeSaysHowFarItGoesAndWhoMustAct(int code, Reach reach, Kind kind) {
    Verdict verdict = OracleErrors.judge(new SQLException("x", "72000", code));
    assertThat(verdict.reach()).isEqualTo(reach);
    assertThat(verdict.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "12850, GV$",
    "1882, time zone file",
    "1722, number",
    "1426, number",
    "2392, CPU_PER_SESSION",
    "2394, LOGICAL_READS_PER_SESSION",
    "2395, LOGICAL_READS_PER_CALL",
    "40, Resource Manager",
    "1045, CREATE SESSION",
    "12705, user.language",
    "28365, keystore",
    "12660, sqlnet.ora",
    "6564, READ on the directory",
    "41900, FLASHBACK"
  })
  void whatAPersonMustMendIsSaid(int code, String remedy) {
    assertThat(OracleErrors.judge(new SQLException("x", "72000", code)).remedy()).contains(remedy);
  }

  /** What the page knows, the program knows. */
  @Test
  void everyCodeOfThePageIsInTheTable() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "reference", "oracle.md"));
    String errors = page.substring(page.indexOf("\n## Errors\n"));
    List<String> codes =
        errors
            .substring(0, errors.indexOf("\n## ", 1))
            .lines()
            .filter(line -> line.startsWith("| "))
            .map(line -> line.split("\\|", -1)[1])
            .flatMap(cell -> Pattern.compile("\\b\\d{5}\\b").matcher(cell).results())
            .map(MatchResult::group)
            .filter(code -> !code.equals("17967"))
            .toList();
    assertThat(codes).hasSizeGreaterThan(80);
    assertThat(codes)
        .allSatisfy(
            code -> assertThat(CodeTable.read("oracle").find("ORA-" + code, "")).isPresent());
  }

  @Test
  void recoverableIsNoWordForWhatIsConfigured() {
    assertThat(OracleErrors.judge(new SQLRecoverableException("x", "08006", 18907)).action())
        .isEqualTo(Action.STOP);
  }

  @Test
  void wrappersAreLookedInto() {
    SQLException undo = new SQLException("ORA-01555: snapshot too old", "72000", 1555);
    SQLException chained = new SQLException("ORA-12801: in server P001", "72000", 12801);
    chained.setNextException(undo);
    for (SQLException wrapper :
        List.of(
            new SQLException(
                "ORA-12801: error signaled in parallel query server P001\n"
                    + "ORA-01555: snapshot too old",
                "72000",
                12801),
            new SQLException(
                "ORA-00604: error occurred at recursive SQL level 1\nORA-01555: snapshot too old\n"
                    + "ORA-06512: at line 4",
                "60000",
                604),
            new SQLException("ORA-00604: recursive", "60000", 604, chained),
            new SQLException("wrapped by somebody", undo),
            new SQLException("ORA-18745: execution error", "99999", 18745, undo),
            chained)) {
      Verdict verdict = OracleErrors.judge(wrapper);
      assertThat(verdict.action()).isEqualTo(Action.NEW_SNAPSHOT);
      assertThat(verdict.vendorCode()).isEqualTo("ORA-01555");
    }
  }

  @Test
  void anUnknownCodeIsTakenForPassingOnlyWhenTheConnectionBroke() {
    assertThat(OracleErrors.judge(new SQLRecoverableException("gone", "08006", 17999)).action())
        .isEqualTo(Action.READ_AGAIN);
    assertThat(
            OracleErrors.judge(new SQLException("x", "99999", 17999, new IOException("reset")))
                .action())
        .isEqualTo(Action.READ_AGAIN);
    assertThat(OracleErrors.judge(new SQLException("ORA-19999: x", "99999", 19999)).action())
        .isEqualTo(Action.STOP);
  }

  @Test
  void aRefusedPortIsUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    fails("SOURCE_UNREACHABLE", "jdbc:oracle:thin:@//127.0.0.1:" + port + "/FREE");
  }

  /** Each of our time-outs ends the wait by itself; shortened here, as nothing else is. */
  @ParameterizedTest
  @CsvSource({
    "oracle.net.OUTBOUND_CONNECT_TIMEOUT, 15000ms, 1000ms",
    "oracle.jdbc.loginTimeout, 30, 1",
    "oracle.jdbc.ReadTimeout, 600000, 1000"
  })
  void aListenerThatAcceptsAndStaysSilentCannotHangARun(String name, String ours, String shorter)
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "jdbc:oracle:thin:@//127.0.0.1:" + silent.getLocalPort() + "/FREE";
      Properties properties = new OracleDialect().properties(config(url));
      assertThat(properties).containsEntry(name, ours);
      properties.setProperty(name, shorter);
      properties.setProperty("user", "scott");
      properties.setProperty("password", "t1ger");
      assertThatThrownBy(() -> DriverManager.getConnection(url, properties))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(OracleErrors.judge(e).action()).isIn(Action.WAIT, Action.READ_AGAIN));
    }
  }

  private static SourceConfig config(String url) {
    return SourceConfigs.of(url, "scott", "t1ger").sessions(1).build();
  }

  private static void fails(String code, String url) {
    assertThatThrownBy(() -> SourceDatabase.open(config(url)))
        .isInstanceOfSatisfying(
            SourceFailure.class,
            f -> {
              assertThat(f.code()).as(f.getMessage()).isEqualTo(code);
              assertThat(f.action()).isEqualTo(Action.WAIT);
              assertThat(f.getMessage()).doesNotContain("t1ger");
            });
  }
}
