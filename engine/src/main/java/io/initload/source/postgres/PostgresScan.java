package io.initload.source.postgres;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.sql.ScanSql;
import io.initload.source.sql.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PostgreSQL's words for looking at all rows of a table. */
record PostgresScan(TableShape shape) implements Words, ScanSql.Keys {
  private static final String CONTROLS =
      IntStream.range(1, ' ')
          .filter(c -> c != '\t' && c != '\n' && c != '\r')
          .mapToObj("\\x%02x"::formatted)
          .collect(Collectors.joining());

  /** What is no character beyond the first 65,536. */
  private static final String BASIC = "'[^\\U00010000-\\U0010FFFF]'";

  private static final BigDecimal LEAST = new BigDecimal("0.000001");

  static ScanSql of(TableShape shape, String from, String rows, double percent) {
    boolean part =
        percent < 100
            && (shape.kind() == TableShape.Kind.HEAP
                || shape.kind() == TableShape.Kind.PARTITIONED);
    PostgresScan words = new PostgresScan(shape);
    return new ScanSql(
        "", from + (part ? sample(percent) : ""), rows, part, words, words::selected, words);
  }

  /** The same blocks each time. */
  private static String sample(double percent) {
    BigDecimal share = BigDecimal.valueOf(percent).setScale(6, RoundingMode.HALF_UP).max(LEAST);
    return " TABLESAMPLE SYSTEM ("
        + share.stripTrailingZeros().toPlainString()
        + ") REPEATABLE (42)";
  }

  private String selected(List<SourceColumn> columns) {
    return columns.stream()
        .map(c -> PostgresColumns.bound(shape, c, name(c)))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String name(SourceColumn column) {
    return PostgresColumns.name(column);
  }

  /** A padded text loses what fills it. */
  @Override
  public String text(SourceColumn column) {
    return name(column) + "::text";
  }

  @Override
  public String trimmed(String text) {
    return "btrim(" + text + ", E' \\t\\n\\r')";
  }

  @Override
  public String staged(SourceColumn column) {
    return withoutControls("replace(" + text(column) + ", E'\\r\\n', E'\\n')");
  }

  @Override
  public String withoutControls(String text) {
    return "translate(" + text + ", E'a" + CONTROLS + "', 'a')";
  }

  /** Characters are counted anew where there are more bytes than any has that is one unit. */
  @Override
  public String units(SourceColumn column, String text) {
    return "(length(%1$s) + CASE WHEN octet_length(%1$s) < length(%1$s) + 3 THEN 0 ELSE length(regexp_replace(%1$s, %2$s, '', 'g')) END)"
        .formatted(text, BASIC);
  }

  @Override
  public String shown(SourceColumn column, KeyForm form) {
    String name = name(column);
    if (column.type() == SourceColumn.Type.TEXT) {
      return PostgresColumns.bound(shape, column, "MIN(" + name + "::text)");
    }
    return form.blurs(column) ? "MIN(" + name + ")" : name;
  }

  @Override
  public String alike(SourceColumn column, KeyForm form, boolean alone) {
    return PostgresColumns.alike(column, form, alone);
  }
}
