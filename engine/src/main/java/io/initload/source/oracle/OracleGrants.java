package io.initload.source.oracle;

import io.initload.config.SourceName;
import io.initload.source.DbaStatements;
import io.initload.source.TableShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Statements for the DBA of an Oracle database. */
final class OracleGrants {
  private OracleGrants() {}

  /**
   * Tiers A to C of docs/reference/oracle.md, "Privileges", with what tells how long a snapshot can
   * be read; C lets ROWID ranges be planned without a sample.
   *
   * @param further what else reading the tables takes
   */
  static DbaStatements access(
      String user, List<TableShape> tables, boolean flashback, List<String> further) {
    String to = " TO " + OracleNames.quote(user);
    List<String> grants = new ArrayList<>();
    grants.add("GRANT CREATE SESSION" + to);
    for (TableShape shape : tables) {
      if (!shape.name().isQuery()) {
        boolean past = flashback && shape.kind() != TableShape.Kind.EXTERNAL;
        grants.add(grant(user, shape.name(), past));
      }
    }
    grants.addAll(further);
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

  /**
   * What is needed of the tables below views, whose owners hand on what they read, and of the
   * directories of files (docs/reference/oracle.md, "Privileges").
   */
  static List<String> further(
      OracleSources sources, String user, List<TableShape> tables, boolean flashback)
      throws SQLException {
    Set<String> grants = new LinkedHashSet<>();
    for (TableShape shape : tables) {
      for (OracleSources.Read read : sources.below(shape)) {
        String reader = read.of().owner();
        String owner = read.name().owner();
        if (read.link().isEmpty() && !owner.equals(reader) && !owner.equals("SYS")) {
          String option = reader.equals(user) ? "" : " WITH GRANT OPTION";
          grants.add(grant(reader, read.name(), flashback) + option);
        }
      }
      for (String directory : sources.directories(shape)) {
        grants.add(
            "GRANT READ ON DIRECTORY %s TO %s"
                .formatted(OracleNames.quote(directory), OracleNames.quote(user)));
      }
    }
    return List.copyOf(grants);
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
