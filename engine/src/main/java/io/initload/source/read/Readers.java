package io.initload.source.read;

import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.source.sql.Intervals;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Column readers through plain JDBC getters. A value that does not fit its rendering (a word where
 * a number is wanted) passes as it is, so that the target rejects the row and says why.
 */
public final class Readers {
  private static final int LOB_CHARS = 8192;

  /** A multiple of three, so that pieces of base64 join without padding. */
  private static final int LOB_BYTES = 3 * 4096;

  /** Decimals below it differ as doubles. */
  private static final double PLAIN_MAX = 1e15;

  private static final int PLAIN_SCALE_MAX = 9;

  private Readers() {}

  public static List<ColumnReader> of(CursorRequest request) {
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 0; i < request.columns().size(); i++) {
      readers.add(
          of(request.columns().get(i), request.renderings().get(i), request.zones().get(i)));
    }
    return readers;
  }

  public static ColumnReader of(SourceColumn column, Rendering rendering, ZoneId zone) {
    Times times = new Times(column.name(), rendering, zone);
    return switch (column.type()) {
      case TEXT -> text(column, rendering);
      case INTERVAL ->
          (rows, index, sink) -> {
            String value = rows.getString(index);
            if (value != null) {
              sink.text(Intervals.iso(column.declared(), value));
            }
            return value != null;
          };
      case LONG_TEXT, JSON, XML -> Readers::longText;
      case NUMBER -> rendering == Rendering.BOOLEAN ? Readers::numberAsBoolean : number(column);
      case FLOAT -> Readers::floating;
      case BOOLEAN -> rendering == Rendering.NUMBER ? Readers::booleanAsNumber : Readers::bool;
      case DATE ->
          (rows, index, sink) -> {
            LocalDate value = rows.getObject(index, LocalDate.class);
            return value != null && times.date(value, sink);
          };
      case DATETIME ->
          (rows, index, sink) -> {
            LocalDateTime value = rows.getObject(index, LocalDateTime.class);
            return value != null && times.dateTime(value, sink);
          };
      case INSTANT ->
          (rows, index, sink) -> {
            OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
            return value != null && times.instant(value, sink);
          };
      case TIME ->
          (rows, index, sink) -> {
            LocalTime value = rows.getObject(index, LocalTime.class);
            return value != null && times.time(value, sink);
          };
      case BINARY -> rendering == Rendering.BASE64 ? Readers::base64 : Readers::hex;
      case UNSUPPORTED ->
          throw new IllegalArgumentException(
              "column %s of type %s cannot be read".formatted(column.name(), column.declared()));
    };
  }

  private static ColumnReader text(SourceColumn column, Rendering rendering) {
    if (rendering == Rendering.BOOLEAN) {
      return Readers::textAsBoolean;
    }
    // CHAR is padded with blanks to its declared length (docs/reference/oracle.md, "Types").
    String declared = column.declared().toUpperCase(Locale.ROOT);
    boolean padded =
        rendering != Rendering.PADDED
            && (declared.startsWith("NCHAR")
                || (declared.startsWith("CHAR") && !declared.contains("VARYING")));
    return (rows, index, sink) -> {
      String value = rows.getString(index);
      if (value == null) {
        return false;
      }
      sink.text(padded ? trimmed(value) : value);
      return true;
    };
  }

  private static CharSequence trimmed(String value) {
    int end = value.length();
    while (end > 0 && value.charAt(end - 1) == ' ') {
      end--;
    }
    return end == value.length() ? value : value.substring(0, end);
  }

  private static boolean textAsBoolean(ResultSet rows, int index, FieldSink sink)
      throws SQLException {
    String value = rows.getString(index);
    if (value == null) {
      return false;
    }
    bool(value).ifPresentOrElse(sink::bool, () -> sink.text(value));
    return true;
  }

  /** What a word means; empty where it means neither yes nor no. */
  public static Optional<Boolean> bool(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "y", "t", "true", "1", "yes" -> Optional.of(true);
      case "n", "f", "false", "0", "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static boolean longText(ResultSet rows, int index, FieldSink sink) throws SQLException {
    Reader reader = rows.getCharacterStream(index);
    return reader != null && characters(reader, sink);
  }

  /** Copies and closes a stream. */
  public static boolean characters(Reader stream, FieldSink sink) throws SQLException {
    try (Reader reader = stream) {
      char[] buffer = new char[LOB_CHARS];
      int kept = 0;
      while (true) {
        int n = reader.read(buffer, kept, buffer.length - kept);
        if (n < 0) {
          sink.text(CharBuffer.wrap(buffer, 0, kept));
          return true;
        }
        int have = kept + n;
        // A pair of surrogates must not be torn apart.
        boolean torn = Character.isHighSurrogate(buffer[have - 1]);
        sink.text(CharBuffer.wrap(buffer, 0, torn ? have - 1 : have));
        buffer[0] = buffer[have - 1];
        kept = torn ? 1 : 0;
      }
    } catch (IOException e) {
      throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
    }
  }

  private static ColumnReader number(SourceColumn column) {
    if (column.scale() == 0 && column.precision() > 0 && column.precision() <= 18) {
      return (rows, index, sink) -> {
        long value = rows.getLong(index);
        if (value == 0 && rows.wasNull()) {
          return false;
        }
        sink.number(value, 0);
        return true;
      };
    }
    return (rows, index, sink) -> {
      BigDecimal value = rows.getBigDecimal(index);
      if (value == null) {
        return false;
      }
      sink.number(value);
      return true;
    };
  }

  private static boolean numberAsBoolean(ResultSet rows, int index, FieldSink sink)
      throws SQLException {
    BigDecimal value = rows.getBigDecimal(index);
    if (value == null) {
      return false;
    }
    if (value.signum() == 0 || value.compareTo(BigDecimal.ONE) == 0) {
      sink.bool(value.signum() != 0);
    } else {
      sink.number(value);
    }
    return true;
  }

  private static boolean floating(ResultSet rows, int index, FieldSink sink) throws SQLException {
    // The text of a float is shorter than that of the double it widens to.
    Object value = rows.getObject(index);
    return value instanceof Number number && finite(number, sink);
  }

  /** As {@link #finite}, without an object for numbers of up to 15 digits, 9 after the point. */
  public static boolean floating(double value, FieldSink sink) {
    double power = 1;
    for (int scale = 0; scale <= PLAIN_SCALE_MAX; scale++) {
      double unscaled = Math.rint(value * power);
      if (Math.abs(unscaled) >= PLAIN_MAX) {
        break;
      }
      // Both are exact, so the quotient is the double nearest to the decimal, and of 15 digits only
      // one decimal is next to a double.
      if (unscaled / power == value) {
        sink.number((long) unscaled, scale);
        return true;
      }
      power *= 10;
    }
    return finite(value, sink);
  }

  /** Writes a finite number; NaN and the infinities count as absent. */
  public static boolean finite(Number number, FieldSink sink) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      sink.noNumber();
      return false;
    }
    sink.number(new BigDecimal(number.toString()));
    return true;
  }

  private static boolean bool(ResultSet rows, int index, FieldSink sink) throws SQLException {
    boolean value = rows.getBoolean(index);
    if (rows.wasNull()) {
      return false;
    }
    sink.bool(value);
    return true;
  }

  private static boolean booleanAsNumber(ResultSet rows, int index, FieldSink sink)
      throws SQLException {
    boolean value = rows.getBoolean(index);
    if (rows.wasNull()) {
      return false;
    }
    sink.number(value ? 1 : 0, 0);
    return true;
  }

  private static boolean hex(ResultSet rows, int index, FieldSink sink) throws SQLException {
    byte[] value = rows.getBytes(index);
    if (value == null) {
      return false;
    }
    sink.text(HexFormat.of().formatHex(value));
    return true;
  }

  private static boolean base64(ResultSet rows, int index, FieldSink sink) throws SQLException {
    try (InputStream in = rows.getBinaryStream(index)) {
      if (in == null) {
        return false;
      }
      byte[] buffer = new byte[LOB_BYTES];
      for (int n = in.readNBytes(buffer, 0, LOB_BYTES);
          n > 0;
          n = in.readNBytes(buffer, 0, LOB_BYTES)) {
        byte[] piece = n == LOB_BYTES ? buffer : Arrays.copyOf(buffer, n);
        sink.text(new String(Base64.getEncoder().encode(piece), StandardCharsets.ISO_8859_1));
      }
      return true;
    } catch (IOException e) {
      throw e.getCause() instanceof SQLException sql ? sql : new SQLException(e);
    }
  }
}
