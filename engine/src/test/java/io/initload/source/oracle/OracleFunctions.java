package io.initload.source.oracle;

import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** Functions and packages that {@link OracleStandIn} has by the names of Oracle's. */
public final class OracleFunctions {
  private OracleFunctions() {}

  /** SYS_CONTEXT; a user that was not quoted when it logged in is in capitals. */
  public static String context(String space, String parameter) {
    return switch (parameter) {
      case "CURRENT_SCHEMA" -> "APP";
      case "DB_NAME" -> "ORCL";
      case "CON_NAME" -> "PDB1";
      default -> "INITLOAD";
    };
  }

  /** TIMESTAMP_TO_SCN. */
  public static long scn(Connection connection, Timestamp at) throws SQLException {
    return Statements.single(connection, BoundSql.of("SELECT NEXT VALUE FOR SCN"));
  }

  /** ROWIDTOCHAR: an address is its text here. */
  public static @Nullable String same(@Nullable String text) {
    return text;
  }

  /** ORA_HASH, which H2 has for other types and with another result. */
  public static @Nullable Long hashed(@Nullable String text) {
    return text == null ? null : text.hashCode() & 0xffff_ffffL;
  }

  /** DBMS_ROWID.ROWID_CREATE; texts are ordered as addresses are. */
  public static String rowid(int type, long object, long file, long block, long row) {
    return "%06d.%04d.%06d.%05d".formatted(object, file, block, row);
  }

  /** DBMS_PARALLEL_EXECUTE.CREATE_TASK. */
  public static void createTask(Connection connection, String task) throws SQLException {
    update(connection, "INSERT INTO USER_PARALLEL_EXECUTE_TASKS VALUES (?)", task);
  }

  /** DBMS_PARALLEL_EXECUTE.DROP_TASK. */
  public static void dropTask(Connection connection, String task) throws SQLException {
    update(connection, "DELETE FROM USER_PARALLEL_EXECUTE_CHUNKS WHERE TASK_NAME = ?", task);
    update(connection, "DELETE FROM USER_PARALLEL_EXECUTE_TASKS WHERE TASK_NAME = ?", task);
  }

  /** DBMS_PARALLEL_EXECUTE.CREATE_CHUNKS_BY_ROWID: whole blocks, about so many rows. */
  public static void createChunks(
      Connection connection, String task, String owner, String table, boolean byRow, long size)
      throws SQLException {
    update(
        connection,
        ("INSERT INTO USER_PARALLEL_EXECUTE_CHUNKS SELECT CAST(? AS VARCHAR), MIN(BLOCK) ||"
                + " '00000', MAX(BLOCK) || '32767' FROM (SELECT SUBSTR(ROWID, 1, 19) BLOCK,"
                + " FLOOR(CAST(SUBSTR(ROWID, 13, 6) AS INT) * 10 / %d) G FROM \"%s\".\"%s\") GROUP BY"
                + " G")
            .formatted(size, owner, table),
        task);
  }

  private static void update(Connection connection, String sql, String task) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, task);
      statement.executeUpdate();
    }
  }
}
