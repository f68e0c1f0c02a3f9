package io.initload.source.oracle;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.sql.ScanSql;
import io.initload.source.sql.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Oracle's words for looking at all rows of a table (docs/reference/oracle.md, "Text"). */
final class OracleScan implements Words, ScanSql.Keys {
  /** Blank, tab, line feed and carriage return. */
  private static final String BLANKS = "' ' || CHR(9) || CHR(10) || CHR(13)";

  private static final String CONTROLS =
      IntStream.range(1, ' ')
          .filter(c -> c != '\t' && c != '\n' && c != '\r')
          .mapToObj("\\%04X"::formatted)
          .collect(Collectors.joining("", "CHR(0) || TO_CHAR(UNISTR('", "'))"));

  /** What SAMPLE takes. */
  private static final BigDecimal LEAST = new BigDecimal("0.000001");

  private static final int BUCKETS = 1_000_000;

  private final OracleFlavour flavour;
  private final TableShape shape;
  private final UnaryOperator<String> at;
  private final OracleColumns columns;

  /**
   * @param at a text with the moment that is read, in the place of what stands for it
   */
  OracleScan(OracleFlavour flavour, TableShape shape, UnaryOperator<String> at) {
    this.flavour = flavour;
    this.shape = shape;
    this.at = at;
    this.columns = new OracleColumns(flavour);
  }

  /**
   * @param moment what stands behind the table's name
   * @param rows the condition of its rows; empty for all
   */
  ScanSql of(double percent, String moment, String rows, String hint) {
    boolean part = percent < 100;
    boolean blocks =
        part
            && flavour == OracleFlavour.ORACLE
            && (shape.kind() == TableShape.Kind.HEAP
                || shape.kind() == TableShape.Kind.PARTITIONED);
    String bucket = part && flavour == OracleFlavour.H2 ? bucket(percent) : "";
    String from = OracleNames.table(shape.name()) + (blocks ? sample(percent) : "") + moment + " t";
    String all =
        Stream.of(rows, bucket).filter(one -> !one.isEmpty()).collect(Collectors.joining(" AND "));
    return new ScanSql(hint, from, all, blocks || !bucket.isEmpty(), this, this::selected, this);
  }

  /** The same blocks each time. */
  private static String sample(double percent) {
    BigDecimal share = BigDecimal.valueOf(percent).setScale(6, RoundingMode.HALF_UP).max(LEAST);
    return " SAMPLE BLOCK (" + share.stripTrailingZeros().toPlainString() + ") SEED (42)";
  }

  /**
   * H2 draws no samples, and hashes texts: rows whose key has one of the first hashes. Empty
   * without a key.
   */
  private String bucket(double percent) {
    return shape
        .orderingKey()
        .map(key -> shape.required(key.columns().get(key.columns().size() - 1)))
        .map(
            c ->
                "MOD(ORA_HASH(CAST(%s AS VARCHAR)), %d) < %d"
                    .formatted(name(c), BUCKETS, share(percent)))
        .orElse("");
  }

  private static long share(double percent) {
    return Math.max(1, Math.round(percent * BUCKETS / 100));
  }

  private String selected(List<SourceColumn> of) {
    return at.apply(columns.list(of));
  }

  @Override
  public String name(SourceColumn column) {
    return at.apply(OracleColumns.name(column));
  }

  @Override
  public String text(SourceColumn column) {
    return OracleColumns.padded(column) ? "RTRIM(" + name(column) + ")" : name(column);
  }

  @Override
  public String trimmed(String text) {
    return "LTRIM(RTRIM(" + text + ", " + BLANKS + "), " + BLANKS + ")";
  }

  /** TRANSLATE takes no large object. */
  @Override
  public String staged(SourceColumn column) {
    return column.type() == SourceColumn.Type.TEXT
        ? withoutControls("REPLACE(" + text(column) + ", CHR(13) || CHR(10), CHR(10))")
        : text(column);
  }

  /** H2's TRANSLATE leaves out nothing. */
  @Override
  public String withoutControls(String text) {
    return flavour == OracleFlavour.H2
        ? "REGEXP_REPLACE(" + text + ", '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]', '')"
        : "TRANSLATE(" + text + ", 'a' || " + CONTROLS + ", 'a')";
  }

  /** LENGTH2 takes no large object, of which LENGTH counts what LENGTH2 does. */
  @Override
  public String units(SourceColumn column, String text) {
    boolean characters = flavour == OracleFlavour.ORACLE && column.type() == SourceColumn.Type.TEXT;
    return (characters ? "LENGTH2(" : "LENGTH(") + text + ")";
  }

  @Override
  public String shown(SourceColumn column, KeyForm form) {
    String expression = selected(List.of(column));
    return form.blurs(column) ? "MIN(" + expression + ")" : expression;
  }

  @Override
  public String alike(SourceColumn column, KeyForm form, boolean alone) {
    return at.apply(columns.alike(column, form, alone));
  }
}
