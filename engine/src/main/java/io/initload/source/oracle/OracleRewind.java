package io.initload.source.oracle;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.source.session.DatabaseSession;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Puts a whole session back to an SCN by DBMS_FLASHBACK, until it is given back
 * (docs/reference/oracle.md, "Flashback query").
 */
final class OracleRewind {
  /** PL/SQL that does not compile: of a package that one may not execute nothing else is told. */
  private static final int NOT_COMPILED = 6550;

  private final DatabaseSession session;

  OracleRewind(DatabaseSession session) {
    this.session = session;
  }

  /**
   * Puts it back.
   *
   * @throws Failure {@code SOURCE_QUERY_SNAPSHOT} when this user may not
   */
  void to(SourceName query, long scn) throws SQLException {
    Connection connection = session.connection();
    try (CallableStatement call = connection.prepareCall(OracleCatalogue.REWIND)) {
      call.setLong(1, scn);
      call.execute();
    } catch (SQLException e) {
      if (OracleErrors.code(e) != NOT_COMPILED && !OracleErrors.refused(e)) {
        throw e;
      }
      throw refused(query, e);
    }
    session.atEnd(OracleRewind::forward);
  }

  private static void forward(Connection connection) throws SQLException {
    try (CallableStatement call = connection.prepareCall(OracleCatalogue.FORWARD)) {
      call.execute();
    }
  }

  private Failure refused(SourceName query, SQLException e) throws SQLException {
    String user = new OracleDictionary().user(session.connection());
    return new Failure(
        Failure.Kind.PLATFORM,
        "SOURCE_QUERY_SNAPSHOT",
        "The tables of the query %s cannot be read at one moment: this user may not put its session back to it (ORA-%05d)."
            .formatted(query, OracleErrors.code(e)),
        OracleGrants.rewinding(user)
            + ", or vouch that nobody writes with source.consistency: frozen.",
        e);
  }
}
