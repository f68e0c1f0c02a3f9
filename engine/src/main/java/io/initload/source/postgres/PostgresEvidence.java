package io.initload.source.postgres;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.source.Evidence;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What a PostgreSQL server itself says of its values, its row addresses and its zones. */
final class PostgresEvidence implements Evidence {
  private static final String FORM = "'YYYY-MM-DD\"T\"HH24:MI:SS.US'";

  @Override
  public Optional<String> text(SourceColumn column) {
    String name = PostgresColumns.name(column);
    return switch (column.type()) {
      case NUMBER, FLOAT, BOOLEAN, TIME -> Optional.of(name + "::text");
      case DATE -> Optional.of(finite(name, name, "'YYYY-MM-DD'"));
      case DATETIME -> Optional.of(finite(name, name, FORM));
      case INSTANT -> Optional.of(finite(name, name + " AT TIME ZONE 'UTC'", FORM));
      case BINARY ->
          Optional.of("encode(substring(%s FROM 1 FOR %d), 'hex')".formatted(name, COMPARED));
      case TEXT, LONG_TEXT -> Optional.of(characters(name + "::text"));
      // What is read is the server's own text.
      case INTERVAL, JSON, XML, UNSUPPORTED -> Optional.empty();
    };
  }

  /** An infinity, and a date before Christ, as casts write them. */
  private static String finite(String name, String moment, String form) {
    return """
    CASE WHEN isfinite(%1$s) AND %1$s >= '0001-01-01' THEN to_char(%2$s, %3$s)
      WHEN NOT isfinite(%1$s) THEN %1$s::text ELSE '-' || to_char(%2$s, %3$s) END\
    """
        .formatted(name, moment, form);
  }

  private static String characters(String text) {
    return "length(%1$s) || 'x' || encode(convert_to(left(%1$s, %2$d), 'UTF8'), 'hex')"
        .formatted(text, COMPARED);
  }

  @Override
  public SourceColumn told() {
    return new SourceColumn("told", SourceColumn.Type.TEXT, "text", 0, 0, 0, true);
  }

  @Override
  public BoundSql sample(TableShape shape, SourceColumn column, String expression, int rows) {
    return BoundSql.of(
        "SELECT %s, %s AS told FROM %s%s LIMIT %d"
            .formatted(
                PostgresColumns.selected(shape, List.of(column)),
                expression,
                sampled(shape),
                PostgresSql.rows(shape).alone(),
                rows));
  }

  private static String sampled(TableShape shape) {
    boolean many = shape.kind() == TableShape.Kind.HEAP && shape.rowEstimate() > SAMPLED_ABOVE;
    return PostgresRows.only(shape)
        + PostgresNames.table(shape.name())
        + (many ? " t TABLESAMPLE SYSTEM (1)" : " t");
  }

  @Override
  public Optional<BoundSql> addresses(TableShape shape, int rows) {
    return shape.kind() == TableShape.Kind.HEAP
        ? Optional.of(
            BoundSql.of(
                "SELECT q.a::text FROM (SELECT t.ctid AS a FROM %s%s LIMIT %d) q ORDER BY q.a"
                    .formatted(sampled(shape), PostgresSql.rows(shape).alone(), rows)))
        : Optional.empty();
  }

  @Override
  public boolean ascend(List<String> addresses) {
    for (int i = 1; i < addresses.size(); i++) {
      if (number(addresses.get(i - 1)) >= number(addresses.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@code (block,row)}; a block holds less than 65,536 rows. */
  private static long number(String address) {
    String[] parts = address.substring(1, address.length() - 1).split(",", -1);
    return Long.parseLong(parts[0]) * 65_536 + Long.parseLong(parts[1]);
  }

  @Override
  public Optional<BoundSql> utc(ZoneId zone, LocalDateTime local) {
    return Optional.of(
        BoundSql.of(
            "SELECT to_char(timestamp %s AT TIME ZONE %s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"
                .formatted(
                    PostgresNames.text(local.toString()), PostgresNames.text(zone.getId()))));
  }

  @Override
  public Optional<BoundSql> characterSet() {
    return Optional.of(BoundSql.of("SELECT current_setting('server_encoding')"));
  }

  @Override
  public List<Help> helps() {
    return List.of();
  }

  @Override
  public Optional<Scratch> scratch(SourceName name) {
    String table = PostgresNames.table(name);
    String write = "SET TRANSACTION READ WRITE";
    return Optional.of(
        new Scratch(
            List.of(
                write,
                "CREATE TABLE " + table + " (\"ID\" int PRIMARY KEY, \"V\" text)",
                "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')"),
            List.of(
                write,
                "UPDATE " + table + " SET \"V\" = 'z' WHERE \"ID\" = 1",
                "DELETE FROM " + table + " WHERE \"ID\" = 2",
                "INSERT INTO " + table + " VALUES (4, 'd')"),
            List.of(write, "DROP TABLE " + table)));
  }
}
