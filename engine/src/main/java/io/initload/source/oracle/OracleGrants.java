package io.initload.source.oracle;

import io.initload.config.SourceName;
import io.initload.source.DbaStatements;
import io.initload.source.TableShape;
import java.util.ArrayList;
import java.util.List;

/** Statements for the DBA of an Oracle database. */
final class OracleGrants {
  private OracleGrants() {}

  /**
   * Tiers A to C of docs/reference/oracle.md, "Privileges", with what tells how long a snapshot can
   * be read; C lets ROWID ranges be planned without a sample.
   */
  static DbaStatements access(String user, List<TableShape> tables, boolean flashback) {
    String to = " TO " + OracleNames.quote(user);
    List<String> grants = new ArrayList<>();
    grants.add("GRANT CREATE SESSION" + to);
    for (TableShape shape : tables) {
      if (!shape.name().isQuery()) {
        boolean past = flashback && shape.kind() != TableShape.Kind.EXTERNAL;
        grants.add(grant(user, shape.name(), past));
      }
    }
    if (flashback) {
      if (tables.stream().anyMatch(shape -> shape.name().isQuery())) {
        grants.add(rewinding(user));
      }
      for (String view : List.of("V_$DATABASE", "V_$UNDOSTAT", "V_$PARAMETER", "DBA_TABLESPACES")) {
        grants.add("GRANT SELECT ON SYS." + view + to);
      }
    }
    grants.add("GRANT SELECT ON SYS.DBA_EXTENTS" + to);
    grants.add("GRANT SELECT ON SYS.DBA_OBJECTS" + to);
    String kill =
        "BEGIN FOR s IN (SELECT sid, serial# AS serial, inst_id FROM gv$session WHERE username ="
            + " '%s' AND module = 'initload') LOOP EXECUTE IMMEDIATE 'ALTER SYSTEM KILL SESSION"
            + " ''' || s.sid || ',' || s.serial || ',@' || s.inst_id || ''' IMMEDIATE'; END LOOP;"
            + " END;";
    return new DbaStatements(
        grants,
        List.of(
            "ALTER USER " + OracleNames.quote(user) + " ACCOUNT LOCK",
            kill.formatted(user.replace("'", "''"))));
  }

  /** What lets a user read the tables of a query at a moment. */
  static String rewinding(String user) {
    return "GRANT EXECUTE ON SYS.DBMS_FLASHBACK TO " + OracleNames.quote(user);
  }

  static String grant(String user, SourceName table, boolean flashback) {
    String privileges = flashback ? "SELECT, FLASHBACK" : "SELECT";
    return "GRANT "
        + privileges
        + " ON "
        + OracleNames.table(table)
        + " TO "
        + OracleNames.quote(user);
  }
}
