package io.initload.source.oracle;

import io.initload.source.SourceFailure.Action;
import io.initload.source.session.Verdict;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Oracle's error codes mean for a read (docs/reference/oracle.md, "Errors"). The driver's
 * exception class is no guide: codes are looked at first, inside wrappers too.
 */
final class OracleErrors {
  private static final Pattern CODE = Pattern.compile("ORA-(\\d{5})");

  /** Errors about another one: of a parallel server, of recursive SQL, of a line of PL/SQL. */
  private static final Set<Integer> WRAPPERS = Set.of(0, 12801, 604, 6512);

  private static final String AGAIN = "Run the same command again: what was staged is kept.";

  private OracleErrors() {}

  static Verdict judge(SQLException e) {
    int code = code(e);
    String shown = "ORA-%05d".formatted(code);
    return switch (code) {
      case 1017, 28000, 28001, 28040, 1005 ->
          new Verdict(
              Action.STOP,
              "SOURCE_LOGIN",
              shown,
              "Correct source.user and source.password, or unlock the account; nothing was tried"
                  + " again, since each attempt counts towards a lock.");
      case 12505, 12154, 17868, 12263, 12261 ->
          new Verdict(
              Action.STOP, "SOURCE_UNREACHABLE", shown, "Check host and service in source.url.");
      case 12541, 12514, 12170, 18714, 12537, 12547, 12560, 12571, 12543 ->
          new Verdict(
              Action.WAIT,
              "SOURCE_UNREACHABLE",
              shown,
              "Check source.url, the listener and the network, then run the same command again.");
      case 1033, 1034, 1089, 1092, 603 ->
          new Verdict(
              Action.WAIT,
              "SOURCE_UNREACHABLE",
              shown,
              "The database is starting, stopping or down: run the same command again when it is"
                  + " up.");
      case 942 ->
          new Verdict(
              Action.STOP,
              "SOURCE_TABLE",
              shown,
              "Check tables[].source, and grant this user SELECT (or READ) and FLASHBACK on it.");
      case 1031 ->
          new Verdict(
              Action.STOP,
              "SOURCE_PRIVILEGE",
              shown,
              "Grant SELECT (or READ) and FLASHBACK on the table; `plan` prints the grants.");
      case 25191 ->
          new Verdict(
              Action.STOP,
              "SOURCE_TABLE",
              shown,
              "This is a segment of an index-organized table: name the table itself.");
      case 904 ->
          new Verdict(
              Action.STOP, "SOURCE_COLUMN", shown, "Check tables[].columns; names are exact.");
      case 1555, 22924, 8180, 8181 ->
          new Verdict(
              Action.NEW_SNAPSHOT,
              "SOURCE_SNAPSHOT_TOO_OLD",
              shown,
              "The undo of the snapshot is gone: raise UNDO_RETENTION (and the LOB retention) above"
                  + " the length of the migration.");
      case 1466, 8103, 1410 ->
          new Verdict(
              Action.NEW_SNAPSHOT,
              "SOURCE_SNAPSHOT_TOO_OLD",
              shown,
              "The table was changed by DDL after the snapshot: let no one alter, move or truncate"
                  + " it while it is migrated.");
      case 28, 31 ->
          new Verdict(
              Action.ONCE_AGAIN,
              "SOURCE_READ",
              shown,
              "A DBA ended the session: agree on a time, then run the same command again.");
      case 600, 7445 ->
          new Verdict(
              Action.ONCE_AGAIN,
              "SOURCE_READ",
              shown,
              "An internal error of the database: give the arguments in the message to Oracle's"
                  + " support.");
      case 17401, 17447 ->
          new Verdict(
              Action.ONCE_AGAIN,
              "SOURCE_READ",
              shown,
              "Driver and database do not understand each other: look for what changes packets in"
                  + " the network, then run the same command again.");
      case 1013 ->
          new Verdict(
              Action.STOP,
              "SOURCE_READ",
              shown,
              "Somebody cancelled the statement: agree on a time, then run the same command"
                  + " again.");
      case 12801, 12805, 12827, 12829, 12853 ->
          new Verdict(
              Action.SERIALLY,
              "SOURCE_READ",
              shown,
              "The database has no parallel servers to spare: set source.parallelHint to 0.");
      case 12850 ->
          new Verdict(
              Action.STOP,
              "SOURCE_READ",
              shown,
              "A view over all instances (GV$) could not be asked everywhere: have the DBA look at"
                  + " the instances of the cluster, or connect to one of them.");
      case 1882 ->
          new Verdict(
              Action.STOP,
              "SOURCE_READ",
              shown,
              "A time zone region that one side does not know: have the DBA bring the database's"
                  + " time zone file up to date, or give the column as UTC by a view"
                  + " (SYS_EXTRACT_UTC).");
      case 1722, 1426 ->
          new Verdict(
              Action.STOP,
              "SOURCE_READ",
              shown,
              "A view, a virtual column or a policy of the table computes what not every row"
                  + " allows (a text taken for a number, or too large a number): correct it or its"
                  + " rows, or read the table below it.");
      case 900, 911, 923, 933 ->
          new Verdict(
              Action.STOP,
              "SOURCE_READ",
              shown,
              "A fault of initload itself: report it with what `plan --sql` shows.");
      case 18, 20, 12516, 12518, 12519, 12520, 12528, 2391, 4030, 4031, 4036 ->
          new Verdict(
              Action.FEWER_SESSIONS,
              "SOURCE_READ",
              shown,
              "The database has no room for more sessions: lower source.sessions.");
      case 1652, 30036 ->
          new Verdict(
              Action.NO_ROOM,
              "SOURCE_READ",
              shown,
              "Temporary or undo space is exhausted: give it more, or choose the strategy rowid.");
      case 3113,
          3114,
          3135,
          3136,
          17002,
          17008,
          17410,
          17820,
          17902,
          18730,
          17800,
          60,
          54,
          4020,
          4061,
          4068,
          1001,
          1002,
          604 ->
          new Verdict(Action.READ_AGAIN, "SOURCE_READ", shown, AGAIN);
      case 2396, 2393 ->
          new Verdict(
              Action.STOP,
              "SOURCE_READ",
              shown,
              "The user's profile limits idle time or calls: give it a profile without IDLE_TIME"
                  + " and CPU_PER_CALL.");
      default -> unknown(e, shown);
    };
  }

  private static Verdict unknown(SQLException e, String shown) {
    String state = String.valueOf(e.getSQLState());
    boolean passing =
        e instanceof SQLRecoverableException
            || e instanceof SQLTransientException
            || state.startsWith("08")
            || hasIoCause(e);
    return new Verdict(
        passing ? Action.READ_AGAIN : Action.STOP,
        "SOURCE_READ",
        shown,
        passing
            ? AGAIN
            : "Look the code up in Oracle's error help; the message names the statement's table.");
  }

  private static boolean hasIoCause(Throwable e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** Whether temporary space or undo was exhausted. */
  static boolean outOfRoom(SQLException e) {
    int code = code(e);
    return code == 1652 || code == 30036;
  }

  /** The code that counts: inside wrappers that of what they wrap, wherever the driver put it. */
  static int code(SQLException e) {
    int code = ownCode(e);
    for (Throwable one : e) {
      if (WRAPPERS.contains(code) && one != e && one instanceof SQLException wrapped) {
        int inner = code(wrapped);
        code = inner == 0 ? code : inner;
      }
    }
    return code;
  }

  /** Inside wrappers the last one of the message, which begins with the outermost. */
  private static int ownCode(SQLException e) {
    int code = e.getErrorCode();
    if (WRAPPERS.contains(code)) {
      Matcher matcher = CODE.matcher(String.valueOf(e.getMessage()));
      while (matcher.find()) {
        int named = Integer.parseInt(matcher.group(1));
        code = WRAPPERS.contains(named) ? code : named;
      }
    }
    return code;
  }
}
