package io.initload.source.postgres;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the columns of a row, and values of them, stand in statements over the alias {@code t}. */
final class PostgresColumns {
  /**
   * Characters, or bytes, of a value that are handed out: more than the 4,000,000 bytes that a
   * record may have.
   */
  static final int VALUE_MAX = 4_000_001;

  private static final Pattern YEAR_BEFORE_CHRIST = Pattern.compile("-(\\d+)-");

  private PostgresColumns() {}

  /** The column itself. */
  static String name(SourceColumn column) {
    return column.computed() ? "(" + column.sql() + ")" : "t." + PostgresNames.quote(column.name());
  }

  static String names(List<SourceColumn> columns) {
    return columns.stream().map(PostgresColumns::name).collect(Collectors.joining(", "));
  }

  /**
   * What is selected: types without a binary form we read are turned into text by the server. The
   * driver holds a row as a whole, so a value that no record can hold comes cut, just long enough
   * to be known as such.
   */
  static String selected(TableShape shape, List<SourceColumn> columns) {
    return columns.stream().map(c -> selected(shape, c)).collect(Collectors.joining(", "));
  }

  private static String selected(TableShape shape, SourceColumn column) {
    String name = name(column);
    // Made a text in any other way, a padded one loses its blanks.
    boolean padded = shape.ascii() && column.declared().startsWith("character(");
    return handed(
        shape, column, selected(shape, column, padded ? "textin(bpcharout(" + name + "))" : name));
  }

  private static String selected(TableShape shape, SourceColumn column, String name) {
    boolean bounded =
        (!shape.large() && !column.computed())
            || column.length() > 0
            || column.type() == SourceColumn.Type.INTERVAL;
    if (!PostgresTypes.binary(column)) {
      return bounded ? name + "::text" : "left(%s::text, %d)".formatted(name, VALUE_MAX);
    }
    return switch (column.type()) {
      // Dots after the cut: the record stays too long though its control characters be dropped.
      case TEXT -> bounded ? name : cutWhereLonger(name, "left(%1$s, %2$d) || repeat('.', %2$d)");
      case BINARY -> bounded ? name : cutWhereLonger(name, "substring(%1$s FROM 1 FOR %2$d)");
      default -> name;
    };
  }

  /**
   * A text as it can be handed out. A server whose character set is SQL_ASCII holds every text
   * against the client's set, and the first one that is none ends the statement; bytes it does not
   * look at.
   */
  static String handed(TableShape shape, SourceColumn column, String text) {
    boolean texts = column.type() == SourceColumn.Type.TEXT || !PostgresTypes.binary(column);
    return shape.ascii() && texts ? "convert_to(" + text + ", 'SQL_ASCII')" : text;
  }

  /** What a bound is read from: only what is ASCII surely is a text to whoever asks. */
  static String bound(TableShape shape, SourceColumn column, String name) {
    return shape.ascii() && column.type() == SourceColumn.Type.TEXT
        ? "CASE WHEN %1$s::text !~ '[\\x80-\\xff]' THEN %1$s END".formatted(name)
        : name;
  }

  /** The size of a value that is stored apart is known without looking at it. */
  private static String cutWhereLonger(String name, String cut) {
    return "CASE WHEN octet_length(%1$s) > %2$d THEN %3$s ELSE %1$s END"
        .formatted(name, VALUE_MAX, cut.formatted(name, VALUE_MAX));
  }

  /** The form in which columns of equal keys are equal, at least as coarse as the key's own. */
  static String alike(SourceColumn column, KeyForm form, boolean alone) {
    if (column.type() != SourceColumn.Type.TEXT) {
      return name(column) + (form.blurs(column) ? "::float8" : "");
    }
    String text = name(column) + "::text";
    String folded = form == KeyForm.IGNORE_CASE ? "lower(upper(" + text + "))" : text;
    return alone ? "btrim(" + folded + ", E' \\t\\n\\r')" : folded;
  }

  /** Whether a column has no value, or blanks alone. */
  static String blank(SourceColumn column) {
    return column.type() == SourceColumn.Type.TEXT
        ? "NULLIF(" + alike(column, KeyForm.EXACT, true) + ", '') IS NULL"
        : name(column) + " IS NULL";
  }

  /** What stands for the value of a text. */
  static String literal(SourceColumn column, String value) {
    String plain =
        switch (column.type()) {
          case BINARY -> "\\x" + value;
          case DATE, DATETIME, INSTANT -> date(value);
          default -> value;
        };
    return PostgresNames.text(plain) + "::" + column.declared();
  }

  /** A date of ISO 8601 as the server takes it: it has eras, and no sign before a year. */
  private static String date(String iso) {
    if (iso.startsWith("+")) {
      return iso.substring(1);
    }
    Matcher past = YEAR_BEFORE_CHRIST.matcher(iso);
    boolean zero = iso.startsWith("0000-");
    if (!zero && !past.lookingAt()) {
      return iso;
    }
    int year = zero ? 1 : 1 + Integer.parseInt(past.group(1));
    return "%04d%s BC".formatted(year, iso.substring(iso.indexOf('-', 1)));
  }
}
