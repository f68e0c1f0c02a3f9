package io.initload.source;

import io.initload.mapping.SourceColumn;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
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
final class KeyText {
  private KeyText() {}

  /** Whether values of the type can be bounds of a range. */
  static boolean comparable(SourceColumn.Type type) {
    return switch (type) {
      case TEXT, NUMBER, FLOAT, DATE, DATETIME, INSTANT, TIME, BINARY -> true;
      case BOOLEAN, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> false;
    };
  }

  /** The value to bind for a text. */
  static Object parse(SourceColumn column, String text) {
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

  /** The text of a value; null for null. */
  static @Nullable String format(ResultSet rows, int index, SourceColumn column)
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
      case DATE -> text(rows.getObject(index, LocalDate.class));
      case DATETIME -> text(rows.getObject(index, LocalDateTime.class));
      case INSTANT -> {
        OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
        yield value == null ? null : value.withOffsetSameInstant(ZoneOffset.UTC).toString();
      }
      case TIME -> text(rows.getObject(index, LocalTime.class));
      case BINARY -> {
        byte[] value = rows.getBytes(index);
        yield value == null ? null : HexFormat.of().formatHex(value);
      }
      case TEXT, BOOLEAN, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> rows.getString(index);
    };
  }

  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static Object number(SourceColumn column, String text) {
    BigDecimal value = new BigDecimal(text);
    if (column.scale() == 0 && value.scale() <= 0 && value.precision() <= 18) {
      return value.longValueExact();
    }
    return value;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
