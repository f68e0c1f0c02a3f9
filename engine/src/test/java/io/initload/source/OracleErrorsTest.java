package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.DataSize;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.source.SourceFailure.Action;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "1017, SOURCE_LOGIN, STOP",
    "28000, SOURCE_LOGIN, STOP",
    "12541, SOURCE_UNREACHABLE, WAIT",
    "12154, SOURCE_UNREACHABLE, STOP",
    "1034, SOURCE_UNREACHABLE, WAIT",
    "942, SOURCE_TABLE, STOP",
    "1031, SOURCE_PRIVILEGE, STOP",
    "904, SOURCE_COLUMN, STOP",
    "1555, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "22924, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "1466, SOURCE_SNAPSHOT_TOO_OLD, NEW_SNAPSHOT",
    "3113, SOURCE_READ, READ_AGAIN",
    "3135, SOURCE_READ, READ_AGAIN",
    "17002, SOURCE_READ, READ_AGAIN",
    "17800, SOURCE_READ, READ_AGAIN",
    "12520, SOURCE_READ, FEWER_SESSIONS",
    "28, SOURCE_READ, WAIT",
    "1652, SOURCE_READ, WAIT",
    "2396, SOURCE_READ, STOP",
    "1722, SOURCE_READ, STOP"
  })
  void aCodeSaysWhatToDo(int code, String failure, Action action) {
    Dialect.Verdict verdict =
        OracleErrors.judge(new SQLException("ORA-%05d: text".formatted(code), "72000", code));
    assertThat(verdict.code()).isEqualTo(failure);
    assertThat(verdict.action()).isEqualTo(action);
    assertThat(verdict.vendorCode()).isEqualTo("ORA-%05d".formatted(code));
    assertThat(verdict.remedy()).isNotBlank();
  }

  @Test
  void wrappersAreLookedInto() {
    Dialect.Verdict verdict =
        OracleErrors.judge(
            new SQLException(
                "ORA-12801: error signaled in parallel query server P001\n"
                    + "ORA-01555: snapshot too old",
                "72000",
                12801));
    assertThat(verdict.action()).isEqualTo(Action.NEW_SNAPSHOT);
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

  @Test
  void aListenerThatAcceptsAndStaysSilentCannotHangARun() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      // The default waits 15 s; the URL shortens it here.
      fails(
          "SOURCE_UNREACHABLE",
          "jdbc:oracle:thin:@(DESCRIPTION=(CONNECT_TIMEOUT=1)(ADDRESS=(PROTOCOL=tcp)(HOST=127.0.0.1)"
              + "(PORT="
              + silent.getLocalPort()
              + "))(CONNECT_DATA=(SERVICE_NAME=FREE)))");
    }
  }

  private static void fails(String code, String url) {
    assertThatThrownBy(
            () ->
                SourceDatabase.open(
                    new SourceConfig(
                        url,
                        "scott",
                        new Secret("t1ger"),
                        1,
                        0,
                        DataSize.megabytes(4),
                        SourceConfig.PLAN_TIMEOUT,
                        SourceConfig.Consistency.SNAPSHOT)))
        .isInstanceOfSatisfying(
            SourceFailure.class,
            f -> {
              assertThat(f.code()).as(f.getMessage()).isEqualTo(code);
              assertThat(f.action()).isEqualTo(Action.WAIT);
              assertThat(f.getMessage()).doesNotContain("t1ger");
            });
  }
}
