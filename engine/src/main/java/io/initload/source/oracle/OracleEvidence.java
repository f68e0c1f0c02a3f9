package io.initload.source.oracle;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.source.Evidence;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What Oracle itself says of its values, its row addresses and its zones. */
final class OracleEvidence implements Evidence {
  private static final String DATE = "'SYYYY-MM-DD\"T\"HH24:MI:SS'";
  private static final String TIME = "'SYYYY-MM-DD\"T\"HH24:MI:SS.FF9'";
  private static final String CHARACTER_SETS =
      """
      SELECT MAX(CASE n.parameter WHEN 'NLS_CHARACTERSET' THEN n."VALUE" END) || ', national ' || \
      MAX(CASE n.parameter WHEN 'NLS_NCHAR_CHARACTERSET' THEN n."VALUE" END) \
      FROM nls_database_parameters n\
      """;

  private final OracleColumns shown = new OracleColumns(OracleFlavour.ORACLE);

  @Override
  public Optional<String> text(SourceColumn column) {
    String name = OracleColumns.name(column);
    String declared = column.declared();
    return switch (column.type()) {
      case NUMBER -> Optional.of("TO_CHAR(" + name + ", 'TM9')");
      case FLOAT, BOOLEAN -> Optional.of("TO_CHAR(" + name + ")");
      case DATETIME -> Optional.of(time(declared.equals("DATE"), name));
      case INSTANT -> Optional.of(time(false, "SYS_EXTRACT_UTC(" + name + ")"));
      case BINARY ->
          column.length() > 0
              ? Optional.of("SUBSTR(RAWTOHEX(%s), 1, %d)".formatted(name, 2 * COMPARED))
              : Optional.empty();
      case TEXT -> Optional.of(characters(declared.matches("N?CHAR\\(.*"), declared, name));
      case LONG_TEXT ->
          column.readOnce()
              ? Optional.empty()
              : Optional.of(
                  "LENGTH(%1$s) || 'u' || ASCIISTR(TO_CHAR(SUBSTR(%1$s, 1, %2$d)))"
                      .formatted(name, COMPARED));
      case INTERVAL, JSON, XML, DATE, TIME, UNSUPPORTED -> Optional.empty();
    };
  }

  private static String time(boolean date, String name) {
    return "TO_CHAR(%s, %s)".formatted(name, date ? DATE : TIME);
  }

  /** Of 300 characters ASCIISTR makes what fits a VARCHAR2, unless all are outside of the BMP. */
  private static String characters(boolean padded, String declared, String name) {
    String plain =
        declared.equals("ROWID")
            ? "ROWIDTOCHAR(" + name + ")"
            : padded ? "RTRIM(" + name + ")" : name;
    return "LENGTH(%1$s) || 'u' || ASCIISTR(SUBSTR(%1$s, 1, %2$d))".formatted(plain, COMPARED);
  }

  @Override
  public SourceColumn told() {
    return new SourceColumn("TOLD", SourceColumn.Type.TEXT, "VARCHAR2(4000)", 4000, 0, 0, true);
  }

  @Override
  public BoundSql sample(TableShape shape, SourceColumn column, String expression, int rows) {
    return new BoundSql.Builder()
        .add("SELECT /*+ NO_PARALLEL */ " + shown.expression(column) + ", " + expression)
        .add(" TOLD FROM " + sampled(shape))
        .add(
            OracleSql.rows(OracleFlavour.ORACLE, shape, Snapshot.UNMARKED).before() + "ROWNUM <= ?")
        .bind(rows)
        .build();
  }

  private static String sampled(TableShape shape) {
    boolean many = addressed(shape) && shape.rowEstimate() > SAMPLED_ABOVE;
    return OracleNames.table(shape.name()) + (many ? " SAMPLE BLOCK (1) t" : " t");
  }

  private static boolean addressed(TableShape shape) {
    return shape.kind() == TableShape.Kind.HEAP || shape.kind() == TableShape.Kind.PARTITIONED;
  }

  @Override
  public Optional<BoundSql> addresses(TableShape shape, int rows) {
    return addressed(shape)
        ? Optional.of(
            new BoundSql.Builder()
                .add("SELECT ROWIDTOCHAR(q.r) FROM (SELECT /*+ NO_PARALLEL */ t.ROWID r FROM ")
                .add(
                    sampled(shape)
                        + OracleSql.rows(OracleFlavour.ORACLE, shape, Snapshot.UNMARKED).before()
                        + "ROWNUM <= ?")
                .bind(rows)
                .add(") q ORDER BY q.r")
                .build())
        : Optional.empty();
  }

  @Override
  public boolean ascend(List<String> addresses) {
    return OracleExtents.ascend(addresses);
  }

  @Override
  public Optional<BoundSql> utc(ZoneId zone, LocalDateTime local) {
    String at = local.toString().replace('T', ' ') + ":00";
    return Optional.of(
        BoundSql.of(
            "SELECT TO_CHAR(SYS_EXTRACT_UTC(FROM_TZ(TIMESTAMP '%s', '%s')), %s) FROM DUAL"
                .formatted(at, zone.getId().replace("'", ""), DATE)));
  }

  @Override
  public Optional<BoundSql> characterSet() {
    return Optional.of(BoundSql.of(CHARACTER_SETS));
  }

  @Override
  public List<Help> helps() {
    String instead = "large tables are cut by DBMS_PARALLEL_EXECUTE or a sample instead";
    return List.of(
        new Help(
            "DBA_EXTENTS", BoundSql.of("SELECT 1 FROM dba_extents WHERE ROWNUM <= 1"), instead),
        new Help(
            "DBA_OBJECTS", BoundSql.of("SELECT 1 FROM dba_objects WHERE ROWNUM <= 1"), instead),
        new Help(
            "V$DATABASE",
            BoundSql.of("SELECT CURRENT_SCN FROM V$DATABASE"),
            "the SCN is asked of DBMS_FLASHBACK or TIMESTAMP_TO_SCN"));
  }

  @Override
  public Optional<Scratch> scratch(SourceName name) {
    String table = OracleNames.table(name);
    return Optional.of(
        new Scratch(
            List.of(
                "CREATE TABLE " + table + " (ID NUMBER(9) PRIMARY KEY, V VARCHAR2(10))",
                "INSERT INTO " + table + " VALUES (1, 'a')",
                "INSERT INTO " + table + " VALUES (2, 'b')",
                "INSERT INTO " + table + " VALUES (3, 'c')"),
            List.of(
                "UPDATE " + table + " SET V = 'z' WHERE ID = 1",
                "DELETE FROM " + table + " WHERE ID = 2",
                "INSERT INTO " + table + " VALUES (4, 'd')"),
            List.of("DROP TABLE " + table)));
  }
}
