package io.initload.source.oracle;

import java.util.List;

/**
 * What Oracle's dictionary, its session settings and its packages are asked for: the statements
 * that are the same for each table.
 */
final class OracleCatalogue {
  private OracleCatalogue() {}

  /**
   * What a fresh session is told (docs/reference/oracle.md, "Session settings"). Parallel query is
   * not switched off, since the same sessions plan and count, and every statement that reads says
   * NO_PARALLEL; nor is {@code _serial_direct_read} set, an undocumented parameter that makes each
   * small chunk write out the table's dirty blocks.
   */
  static final List<String> SESSION =
      List.of(
          "ALTER SESSION SET TIME_ZONE = '+00:00'",
          "ALTER SESSION SET NLS_NUMERIC_CHARACTERS = '.,'",
          "ALTER SESSION SET NLS_COMP = BINARY",
          "ALTER SESSION SET NLS_SORT = BINARY");

  /**
   * Rows that an application has archived are hidden from queries and counts alike without it. A
   * database that does not know the word has no such tables.
   */
  static final String ARCHIVED_TOO = "ALTER SESSION SET ROW ARCHIVAL VISIBILITY = ALL";

  /**
   * A way to the SCN.
   *
   * @param from its name for people
   */
  record Scn(String from, String sql) {}

  /** Ways to the SCN, strongest first (docs/reference/oracle.md, "Getting an SCN"). */
  static final List<Scn> SCN =
      List.of(
          new Scn("V$DATABASE", "SELECT CURRENT_SCN FROM V$DATABASE"),
          new Scn("DBMS_FLASHBACK", "SELECT DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER FROM DUAL"),
          new Scn(
              "TIMESTAMP_TO_SCN, some seconds old",
              "SELECT TIMESTAMP_TO_SCN(SYSTIMESTAMP) FROM DUAL"));

  /**
   * What undo is kept for, as tuned last; tuned for all but LOBs (docs/reference/oracle.md,
   * "Undo").
   */
  static final String UNDO_TUNED =
      """
      SELECT tuned_undoretention FROM \
      (SELECT tuned_undoretention FROM v$undostat ORDER BY end_time DESC) \
      WHERE ROWNUM = 1\
      """;

  static final String UNDO_RETENTION =
      "SELECT p.\"VALUE\" FROM v$parameter p WHERE p.name = 'undo_retention'";

  /** 1 when every undo tablespace in use promises the retention; each instance has its own. */
  static final String UNDO_GUARANTEE =
      """
      SELECT MIN(CASE WHEN retention = 'GUARANTEE' THEN 1 ELSE 0 END) FROM dba_tablespaces \
      WHERE contents = 'UNDO' AND status = 'ONLINE'\
      """;

  static final String CURRENT_SCHEMA = "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') FROM DUAL";

  static final String SESSION_USER = "SELECT SYS_CONTEXT('USERENV', 'SESSION_USER') FROM DUAL";

  /** What anybody may ask; the same on a standby (docs/reference/oracle.md, "Identity"). */
  static final String NAMES =
      "SELECT SYS_CONTEXT('USERENV', 'DB_NAME') || '/' || SYS_CONTEXT('USERENV', 'CON_NAME') FROM"
          + " DUAL";

  /** The same before there were containers. */
  static final String NAME_ALONE = "SELECT SYS_CONTEXT('USERENV', 'DB_NAME') || '/' FROM DUAL";

  /** Drawn when database and container were made; SELECT on V_$DATABASE is needed. */
  static final String NUMBERS = "SELECT DBID || '/' || CON_DBID FROM V$DATABASE";

  /** The same before there were containers. */
  static final String NUMBER_ALONE = "SELECT DBID || '/' FROM V$DATABASE";

  static final String TABLE =
      """
      SELECT t.num_rows, t.avg_row_len, t.partitioned, t.iot_type, t.cluster_name, t.temporary, \
      NVL2(x.table_name, 'YES', 'NO') "external" \
      FROM all_tables t LEFT JOIN all_external_tables x \
      ON x.owner = t.owner AND x.table_name = t.table_name \
      WHERE t.owner = ? AND t.table_name = ?\
      """;

  static final String VIEW =
      "SELECT 1 FROM all_objects WHERE owner = ? AND object_name = ? AND object_type = 'VIEW'";

  /**
   * Hidden are those that the database made for itself, and those that a user made invisible, which
   * are read like any other by their names.
   */
  static final String COLUMNS = columns("(hidden_column = 'NO' OR user_generated = 'YES')");

  /** Before 12.1 there were no invisible ones, and no column that tells them apart. */
  static final String COLUMNS_SHOWN = columns("hidden_column = 'NO'");

  /** Since 19c; of those, some partitions are files. */
  static final String HYBRID = "SELECT hybrid FROM all_tables WHERE owner = ? AND table_name = ?";

  static final String SYNONYM =
      """
      SELECT table_owner, table_name, db_link FROM all_synonyms \
      WHERE owner = ? AND synonym_name = ?\
      """;

  /** A disabled or unvalidated constraint proves nothing. */
  static final String KEYS =
      """
      SELECT c.constraint_name, c.constraint_type, k.column_name \
      FROM all_constraints c JOIN all_cons_columns k \
      ON k.owner = c.owner AND k.constraint_name = c.constraint_name \
      WHERE c.owner = ? AND c.table_name = ? AND c.constraint_type IN ('P', 'U') \
      AND c.status = 'ENABLED' AND c.validated = 'VALIDATED' \
      ORDER BY c.constraint_type, c.constraint_name, k.position\
      """;

  /** Disabled ones too: they prove nothing, but tell whose rows the columns name. */
  static final String FOREIGN_KEYS =
      """
      SELECT c.constraint_name, k.column_name, p.owner, p.table_name, r.column_name \
      FROM all_constraints c JOIN all_cons_columns k \
      ON k.owner = c.owner AND k.constraint_name = c.constraint_name \
      JOIN all_constraints p ON p.owner = c.r_owner AND p.constraint_name = c.r_constraint_name \
      JOIN all_cons_columns r ON r.owner = p.owner AND r.constraint_name = p.constraint_name \
      AND r.position = k.position \
      WHERE c.owner = ? AND c.table_name = ? AND c.constraint_type = 'R' \
      ORDER BY c.constraint_name, k.position\
      """;

  /** Without those that came with the database. */
  static final String SCHEMAS =
      schemas("NOT IN (SELECT u.username FROM all_users u WHERE u.oracle_maintained = 'Y')");

  /** Before 12.1 nothing marked those. */
  static final String SCHEMAS_BY_NAME =
      schemas(
          "NOT IN ('SYS', 'SYSTEM', 'OUTLN', 'DBSNMP', 'APPQOSSYS', 'CTXSYS', 'DIP', 'EXFSYS',"
              + " 'FLOWS_FILES', 'MDDATA', 'MDSYS', 'MGMT_VIEW', 'OLAPSYS', 'ORACLE_OCM', 'ORDDATA',"
              + " 'ORDPLUGINS', 'ORDSYS', 'OWBSYS', 'SI_INFORMTN_SCHEMA', 'SYSMAN', 'TSMSYS',"
              + " 'WMSYS', 'XDB', 'XS$NULL')");

  /** What a view reads, here and over links; functions of it may read more. */
  static final String DEPENDENCIES =
      """
      SELECT DISTINCT d.referenced_owner, d.referenced_name, d.referenced_type, \
      d.referenced_link_name FROM all_dependencies d WHERE d.owner = ? AND d.name = ? \
      AND (d.referenced_link_name IS NOT NULL \
      OR d.referenced_type IN ('TABLE', 'VIEW', 'MATERIALIZED VIEW', 'SYNONYM'))\
      """;

  /** Where the files of an external table lie that name no directory of their own. */
  static final String DIRECTORY =
      """
      SELECT x.default_directory_name FROM all_external_tables x \
      WHERE x.owner = ? AND x.table_name = ? AND x.default_directory_name IS NOT NULL\
      """;

  static final String DIRECTORIES =
      """
      SELECT DISTINCT l.directory_name FROM all_external_locations l \
      WHERE l.owner = ? AND l.table_name = ? AND l.directory_name IS NOT NULL\
      """;

  /** Policies that have a say in what queries see (docs/reference/oracle.md, "Dictionary"). */
  static final String POLICIES =
      """
      SELECT p.policy_name FROM all_policies p WHERE p.object_owner = ? AND p.object_name = ? \
      AND p.sel = 'YES' AND p.enable = 'YES' ORDER BY p.policy_name\
      """;

  static final String REDACTED =
      """
      SELECT c.column_name FROM redaction_columns c JOIN redaction_policies p \
      ON p.object_owner = c.object_owner AND p.object_name = c.object_name \
      WHERE c.object_owner = ? AND c.object_name = ? AND TRIM(p.enable) = 'YES' \
      ORDER BY c.column_name\
      """;

  /** Such as EXEMPT ACCESS POLICY. */
  static final String EXEMPTION = "SELECT 1 FROM session_privs s WHERE s.privilege = ?";

  static final String CHARACTER_SET =
      "SELECT n.\"VALUE\" FROM nls_database_parameters n WHERE n.parameter = 'NLS_CHARACTERSET'";

  static final String TABLES =
      "SELECT object_name FROM all_objects WHERE owner = ? AND object_type IN ('TABLE', 'VIEW')";

  /**
   * The object numbers that rows carry: of the table, or of its parts. An index may be named alike.
   */
  static final String SEGMENTS =
      """
      SELECT NVL(subobject_name, '-'), data_object_id FROM dba_objects \
      WHERE owner = ? AND object_name = ? AND object_type LIKE 'TABLE%' \
      AND data_object_id IS NOT NULL\
      """;

  /**
   * Where a table lies. A subpartition's name stands as PARTITION_NAME. Not joined with DBA_OBJECTS
   * by the database: on many partitions its plans for the two are bad ones.
   */
  static final String EXTENTS =
      """
      SELECT NVL(partition_name, '-'), relative_fno, block_id, blocks FROM dba_extents \
      WHERE owner = ? AND segment_name = ? AND segment_type LIKE 'TABLE%'\
      """;

  /** First address of a block; 1 asks for the extended form. */
  static final String ROWID_OF_BLOCK =
      "SELECT ROWIDTOCHAR(DBMS_ROWID.ROWID_CREATE(1, ?, ?, ?, 0)) FROM DUAL";

  static final String CREATE_TASK = "BEGIN DBMS_PARALLEL_EXECUTE.CREATE_TASK(?); END;";
  static final String CREATE_CHUNKS =
      "BEGIN DBMS_PARALLEL_EXECUTE.CREATE_CHUNKS_BY_ROWID(?, ?, ?, TRUE, ?); END;";
  static final String DROP_TASK = "BEGIN DBMS_PARALLEL_EXECUTE.DROP_TASK(?); END;";
  static final String CHUNKS =
      """
      SELECT ROWIDTOCHAR(start_rowid) FROM user_parallel_execute_chunks \
      WHERE task_name = ? ORDER BY start_rowid\
      """;

  /** All that the session reads is of the moment from then on; no table needs to be named. */
  static final String REWIND = "BEGIN DBMS_FLASHBACK.ENABLE_AT_SYSTEM_CHANGE_NUMBER(?); END;";

  static final String FORWARD = "BEGIN DBMS_FLASHBACK.DISABLE; END;";

  /** Subpartitions where there are any, else partitions. */
  static final String PARTITIONS =
      """
      SELECT subpartition_name, 1, NVL(num_rows, 0) FROM all_tab_subpartitions \
      WHERE table_owner = ? AND table_name = ? \
      UNION ALL \
      SELECT p.partition_name, 0, NVL(p.num_rows, 0) FROM all_tab_partitions p \
      WHERE p.table_owner = ? AND p.table_name = ? AND p.composite = 'NO'\
      """;

  private static String schemas(String users) {
    return """
    SELECT t.owner, COUNT(*) FROM all_tables t WHERE t.owner %s GROUP BY t.owner \
    ORDER BY CASE WHEN t.owner = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') THEN 0 ELSE 1 END, \
    t.owner\
    """
        .formatted(users);
  }

  private static String columns(String which) {
    return """
    SELECT column_name, data_type, data_length, char_length, char_used, data_precision, \
    data_scale, nullable, data_type_owner FROM all_tab_cols \
    WHERE owner = ? AND table_name = ? AND %s ORDER BY column_id\
    """
        .formatted(which);
  }
}
