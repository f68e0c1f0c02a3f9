package io.initload.source.sql;

import io.initload.mapping.SourceColumn;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Key values as texts and back. The texts are those of {@link io.initload.mapping.Rendering#TEXT},
 * so that a row can be found again by what an earlier read wrote.
 */
public final class KeyText {
  private static final char REPLACEMENT = '\ufffd';

  private KeyText() {}

  /**
   * Whether values of a column can be bounds of a range. Not a TIMESTAMP WITH LOCAL TIME ZONE: the
   * driver hands it out in a zone it is not told (docs/reference/oracle.md, "Types").
   */
  public static boolean comparable(SourceColumn column) {
    return switch (column.type()) {
      case INSTANT -> !column.declared().contains("LOCAL");
      case TEXT, NUMBER, FLOAT, DATE, DATETIME, TIME, BINARY -> true;
      case BOOLEAN, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> false;
    };
  }

  /** The value to bind for a text. */
  public static Object parse(SourceColumn column, String text) {
    return switch (column.type()) {
      case NUMBER -> number(column, text);
      case FLOAT -> Double.valueOf(text);
      case DATE -> LocalDate.parse(text);
      case DATETIME -> LocalDateTime.parse(text);
      case INSTANT -> OffsetDateTime.parse(text);
      case TIME -> LocalTime.parse(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case BINARY -> HexFormat.of().parseHex(text);
      case TEXT, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> text;
    };
  }

  /** Some value's text, to show a statement with. */
  public static String example(SourceColumn column) {
    return switch (column.type()) {
      case NUMBER, FLOAT -> "0";
      case DATE -> "2000-01-01";
      case DATETIME -> "2000-01-01T00:00";
      case INSTANT -> "2000-01-01T00:00Z";
      case TIME -> "00:00";
      case BOOLEAN -> "true";
      case BINARY -> "00";
      case INTERVAL -> "PT0S";
      case TEXT, LONG_TEXT, JSON, XML, UNSUPPORTED -> "";
    };
  }

  /**
   * The text of a value; null for null, for a date that no calendar has, and for a text of which
   * the driver could not read all: what it says instead is ordered elsewhere.
   */
  public static @Nullable String format(ResultSet rows, int index, SourceColumn column)
      throws SQLException {
    return switch (column.type()) {
      case NUMBER -> {
        BigDecimal value = rows.getBigDecimal(index);
        yield value == null ? null : plain(value);
      }
      case FLOAT -> {
        double value = rows.getDouble(index);
        yield rows.wasNull() ? null : Double.toString(value);
      }
      case DATE -> date(rows, index, LocalDate.class, LocalDate.MAX, LocalDate.MIN);
      case DATETIME -> date(rows, index, LocalDateTime.class, LocalDateTime.MAX, LocalDateTime.MIN);
      case INSTANT ->
          date(rows, index, OffsetDateTime.class, OffsetDateTime.MAX, OffsetDateTime.MIN);
      case TIME -> text(rows.getObject(index, LocalTime.class));
      case BINARY -> {
        byte[] value = rows.getBytes(index);
        yield value == null ? null : HexFormat.of().formatHex(value);
      }
      case TEXT, BOOLEAN, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> {
        String value = rows.getString(index);
        yield value == null || value.indexOf(REPLACEMENT) >= 0 ? null : value;
      }
    };
  }

  /** A number as its text: no exponent, no zeros at the end. */
  public static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static Object number(SourceColumn column, String text) {
    BigDecimal value = new BigDecimal(text);
    if (column.scale() == 0 && value.scale() <= 0 && value.precision() <= 18) {
      return value.longValueExact();
    }
    return value;
  }

  /** The drivers hand out the end of all time as the greatest value there is. */
  private static <T> @Nullable String date(
      ResultSet rows, int index, Class<T> type, T end, T beginning) throws SQLException {
    T value;
    try {
      value = rows.getObject(index, type);
    } catch (DateTimeException e) {
      return null;
    }
    if (end.equals(value) || beginning.equals(value)) {
      return end.equals(value) ? "infinity" : "-infinity";
    }
    return value instanceof OffsetDateTime instant
        ? instant.withOffsetSameInstant(ZoneOffset.UTC).toString()
        : text(value);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
