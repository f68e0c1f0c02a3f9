package io.initload.source.oracle;

import io.initload.source.SourceFailure.Action;
import io.initload.source.session.Causes;
import io.initload.source.session.ErrorTable;
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
 * exception class is no guide: codes are looked at first, inside wrappers too. What a code asks for
 * is in the table.
 */
final class OracleErrors {
  private static final Pattern CODE = Pattern.compile("ORA-(\\d{5})");

  /**
   * Errors about another one: of a parallel server, of recursive SQL, of a line of PL/SQL, of a
   * call that the driver sent along with another.
   */
  private static final Set<Integer> WRAPPERS = Set.of(0, 12801, 604, 6512, 18745);

  /** No such view, insufficient privileges, and a package that one may not execute. */
  private static final Set<String> REFUSED =
      Set.of("SOURCE_TABLE", "SOURCE_PRIVILEGE", "SOURCE_COLUMN");

  private static final Set<Integer> UNKNOWN_OPTION = Set.of(406, 439, 922, 2248);

  private static final ErrorTable TABLE = ErrorTable.read("oracle");

  private OracleErrors() {}

  static Verdict judge(SQLException e) {
    String shown = "ORA-%05d".formatted(code(e));
    return TABLE.judge(
        shown,
        String.valueOf(e.getMessage()),
        Causes.tlsHandshake(e) ? "tls-handshake" : "",
        shown,
        lostConnection(e) ? "connection-lost" : "");
  }

  private static boolean lostConnection(SQLException e) {
    return e instanceof SQLRecoverableException
        || e instanceof SQLTransientException
        || String.valueOf(e.getSQLState()).startsWith("08")
        || Causes.any(e, IOException.class);
  }

  /** Whether this user may not have what was asked for; a way with fewer privileges may do. */
  static boolean refused(SQLException e) {
    return REFUSED.contains(judge(e).code());
  }

  /**
   * Whether a setting of the session is one that this version, edition or compatibility does not
   * have.
   */
  static boolean unknownOption(SQLException e) {
    return UNKNOWN_OPTION.contains(code(e));
  }

  /** Whether temporary space or undo was exhausted. */
  static boolean outOfRoom(SQLException e) {
    return judge(e).action() == Action.NO_ROOM;
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
