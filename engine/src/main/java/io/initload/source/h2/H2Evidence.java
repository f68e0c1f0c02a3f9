package io.initload.source.h2;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.source.Evidence;
import io.initload.source.TableShape;
import io.initload.source.oracle.OracleFlavour;
import io.initload.source.oracle.OracleNames;
import io.initload.source.oracle.OracleSql;
import io.initload.source.sql.BoundSql;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What H2 itself says of its values; it has neither addresses nor zones nor snapshots. */
final class H2Evidence implements Evidence {
  @Override
  public Optional<String> text(SourceColumn column) {
    String name = name(column);
    return switch (column.type()) {
      case NUMBER, FLOAT, BOOLEAN, DATE, DATETIME, TIME ->
          Optional.of("CAST(" + name + " AS VARCHAR)");
      case INSTANT -> Optional.of("CAST(" + name + " AT TIME ZONE 'UTC' AS VARCHAR)");
      case BINARY ->
          column.length() > 0 && column.length() <= COMPARED
              ? Optional.of("RAWTOHEX(" + name + ")")
              : Optional.empty();
      case TEXT ->
          Optional.of(
              characters(
                  column.declared().matches("CHARACTER\\(.*") ? "RTRIM(" + name + ")" : name));
      case LONG_TEXT -> Optional.of(characters(name));
      case INTERVAL, JSON, XML, UNSUPPORTED -> Optional.empty();
    };
  }

  private static String characters(String text) {
    return "LENGTH(%1$s) || 'x' || RAWTOHEX(STRINGTOUTF8(SUBSTR(%1$s, 1, %2$d)))"
        .formatted(text, COMPARED);
  }

  private static String name(SourceColumn column) {
    return column.computed() ? "(" + column.sql() + ")" : "t." + OracleNames.quote(column.name());
  }

  @Override
  public SourceColumn told() {
    return new SourceColumn(
        "TOLD", SourceColumn.Type.TEXT, "CHARACTER VARYING(8000)", 8000, 0, 0, true);
  }

  @Override
  public BoundSql sample(TableShape shape, SourceColumn column, String expression, int rows) {
    return new BoundSql.Builder()
        .add("SELECT " + name(column) + ", " + expression + " TOLD FROM ")
        .add(OracleNames.table(shape.name()) + " t")
        .add(OracleSql.rows(OracleFlavour.H2, shape, Snapshot.UNMARKED).before() + "ROWNUM <= ?")
        .bind(rows)
        .build();
  }

  @Override
  public Optional<BoundSql> addresses(TableShape shape, int rows) {
    return Optional.empty();
  }

  @Override
  public boolean ascend(List<String> addresses) {
    return true;
  }

  @Override
  public Optional<BoundSql> utc(ZoneId zone, LocalDateTime local) {
    return Optional.empty();
  }

  @Override
  public Optional<BoundSql> characterSet() {
    return Optional.empty();
  }

  @Override
  public List<Help> helps() {
    return List.of();
  }

  @Override
  public Optional<Scratch> scratch(SourceName table) {
    return Optional.empty();
  }
}
