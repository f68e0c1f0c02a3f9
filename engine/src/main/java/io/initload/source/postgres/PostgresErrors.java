package io.initload.source.postgres;

import io.initload.source.SourceFailure.Action;
import io.initload.source.session.Verdict;
import java.io.IOException;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** What PostgreSQL's SQLSTATEs mean for a read. */
final class PostgresErrors {
  private static final String AGAIN = "Run the same command again: what was staged is kept.";

  private PostgresErrors() {}

  static Verdict judge(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String shown = "SQLSTATE " + (state.isEmpty() ? "none" : state);
    String message = String.valueOf(e.getMessage());
    if (message.contains("snapshot")
        && (state.equals("22023") || state.equals("55000") || state.equals("72000"))) {
      return new Verdict(
          Action.NEW_SNAPSHOT,
          "SOURCE_SNAPSHOT_TOO_OLD",
          shown,
          "The session that held the snapshot is gone, and the snapshot with it: begin anew with a"
              + " new snapshot.");
    }
    return switch (state) {
      case "28P01", "28000" ->
          new Verdict(
              Action.STOP, "SOURCE_LOGIN", shown, "Correct source.user and source.password.");
      case "3D000" ->
          new Verdict(
              Action.STOP, "SOURCE_UNREACHABLE", shown, "Correct the database in source.url.");
      case "08001", "08004" ->
          new Verdict(
              caused(e, UnknownHostException.class) ? Action.STOP : Action.WAIT,
              "SOURCE_UNREACHABLE",
              shown,
              "Check source.url, the server and the network, then run the same command again.");
      case "57P03" ->
          new Verdict(
              Action.WAIT,
              "SOURCE_UNREACHABLE",
              shown,
              "The server is starting or stopping: run the same command again when it is up.");
      case "42P01", "3F000" ->
          new Verdict(
              Action.STOP, "SOURCE_TABLE", shown, "Check tables[].source; names are exact.");
      case "42703" ->
          new Verdict(
              Action.STOP, "SOURCE_COLUMN", shown, "Check tables[].columns; names are exact.");
      case "42501" ->
          new Verdict(
              Action.STOP,
              "SOURCE_PRIVILEGE",
              shown,
              "Grant SELECT on the table, and BYPASSRLS where row security is in force.");
      case "53300" ->
          new Verdict(
              Action.FEWER_SESSIONS,
              "SOURCE_READ",
              shown,
              "The server has no room for more sessions: lower source.sessions.");
      case "53100", "53400" ->
          new Verdict(
              Action.NO_ROOM,
              "SOURCE_READ",
              shown,
              "The server's disk for temporary files is full, or temp_file_limit is reached: give"
                  + " it more.");
      case "53000", "53200", "58000", "58030" ->
          new Verdict(
              Action.WAIT, "SOURCE_READ", shown, "The server ran out of a resource: see its log.");
      case "57P01", "57P02", "57P05", "57014", "40001", "40P01", "25P03" ->
          new Verdict(Action.READ_AGAIN, "SOURCE_READ", shown, AGAIN);
      default -> {
        boolean passing = state.startsWith("08") || caused(e, IOException.class);
        yield new Verdict(
            passing ? Action.READ_AGAIN : Action.STOP,
            "SOURCE_READ",
            shown,
            passing ? AGAIN : "See the server's log; the message says which table was read.");
      }
    };
  }

  private static boolean caused(Throwable e, Class<? extends Throwable> by) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (by.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
