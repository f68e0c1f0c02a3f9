package io.initload.source.postgres;

import io.initload.source.session.Causes;
import io.initload.source.session.ErrorTable;
import io.initload.source.session.Verdict;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** What PostgreSQL's SQLSTATEs mean for a read: the table says it, by state or class of states. */
final class PostgresErrors {
  private static final ErrorTable TABLE = ErrorTable.read("postgresql");

  private PostgresErrors() {}

  static Verdict judge(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return TABLE.judge(
        "SQLSTATE " + (state.isEmpty() ? "none" : state),
        String.valueOf(e.getMessage()),
        Causes.tlsHandshake(e) ? "tls-handshake" : "",
        Causes.any(e, FileNotFoundException.class) ? "missing-file" : "",
        unreached(state) && Causes.any(e, UnknownHostException.class) ? "unknown-host" : "",
        state,
        "class-" + state.substring(0, Math.min(2, state.length())),
        Causes.any(e, IOException.class) ? "connection-lost" : "");
  }

  private static boolean unreached(String state) {
    return state.equals("08001") || state.equals("08004");
  }
}
