package io.initload.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure.Kind;
import io.initload.Failure.Reach;
import io.initload.source.SourceFailure.Action;
import io.initload.source.session.Verdict;
import java.io.EOFException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "28P01, SOURCE_LOGIN, STOP, RUN, PLATFORM",
    "28000, SOURCE_LOGIN, STOP, RUN, PLATFORM",
    "3D000, SOURCE_UNREACHABLE, STOP, RUN, PLATFORM",
    "08001, SOURCE_UNREACHABLE, WAIT, RUN, PLATFORM",
    "08004, SOURCE_UNREACHABLE, WAIT, RUN, PLATFORM",
    "57P03, SOURCE_UNREACHABLE, WAIT, RUN, PLATFORM",
    "42P01, SOURCE_TABLE, STOP, TABLE, CONFIGURATION",
    "3F000, SOURCE_TABLE, STOP, TABLE, CONFIGURATION",
    "42703, SOURCE_COLUMN, STOP, TABLE, CONFIGURATION",
    "42501, SOURCE_PRIVILEGE, STOP, TABLE, PLATFORM",
    "53300, SOURCE_READ, FEWER_SESSIONS, TABLE, TRANSIENT",
    "53100, SOURCE_READ, NO_ROOM, TABLE, FAILED",
    "53400, SOURCE_READ, NO_ROOM, TABLE, FAILED",
    "53000, SOURCE_READ, WAIT, TABLE, TRANSIENT",
    "53200, SOURCE_READ, WAIT, TABLE, TRANSIENT",
    "58000, SOURCE_READ, WAIT, TABLE, TRANSIENT",
    "58030, SOURCE_READ, WAIT, TABLE, TRANSIENT",
    "57P01, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "57P02, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "57P05, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "57014, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "40001, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "40P01, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "25P03, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "08006, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "08P01, SOURCE_READ, READ_AGAIN, TABLE, TRANSIENT",
    "22023, SOURCE_READ, STOP, TABLE, PLATFORM",
    "XX000, SOURCE_READ, STOP, TABLE, PLATFORM"
  })
  void aStateSaysWhatToDo(String state, String failure, Action action, Reach reach, Kind kind) {
    Verdict verdict = PostgresErrors.judge(new SQLException("text", state));
    assertThat(verdict.code()).isEqualTo(failure);
    assertThat(verdict.action()).isEqualTo(action);
    assertThat(verdict.reach()).isEqualTo(reach);
    assertThat(verdict.kind()).isEqualTo(kind);
    assertThat(verdict.vendorCode()).isEqualTo("SQLSTATE " + state);
  }

  @ParameterizedTest
  @CsvSource({"22023", "55000", "72000"})
  void aLostSnapshotIsKnownByItsText(String state) {
    Verdict verdict =
        PostgresErrors.judge(new SQLException("ERROR: invalid snapshot identifier", state));
    assertThat(verdict.code()).isEqualTo("SOURCE_SNAPSHOT_TOO_OLD");
    assertThat(verdict.action()).isEqualTo(Action.NEW_SNAPSHOT);
    assertThat(verdict.kind()).isEqualTo(Kind.FAILED);
  }

  @Test
  void aHostThatNobodyKnowsIsNotWaitedFor() {
    SQLException unknown = new SQLException("x", "08001", new UnknownHostException("nowhere"));
    assertThat(PostgresErrors.judge(unknown).action()).isEqualTo(Action.STOP);
    assertThat(PostgresErrors.judge(unknown).code()).isEqualTo("SOURCE_UNREACHABLE");
  }

  @Test
  void anUnknownStateIsTakenForPassingOnlyWhenTheConnectionBroke() {
    assertThat(PostgresErrors.judge(new SQLException("x", "XX000", new EOFException())).action())
        .isEqualTo(Action.READ_AGAIN);
    Verdict stateless = PostgresErrors.judge(new SQLException("x"));
    assertThat(stateless.action()).isEqualTo(Action.STOP);
    assertThat(stateless.vendorCode()).isEqualTo("SQLSTATE none");
  }
}
