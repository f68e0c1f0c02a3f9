package io.initload.source.postgres;

import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.source.read.Readers;
import io.initload.source.read.Times;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Reads one type's binary form, as its {@code send} function writes it. Not thread-safe. */
@FunctionalInterface
interface PostgresDecoder {
  /** False when the value counts as absent. */
  boolean write(byte[] row, int offset, int length, FieldSink sink);

  static PostgresDecoder of(SourceColumn column, Rendering rendering, ZoneId zone) {
    if (!PostgresTypes.binary(column)) {
      return PostgresDecoder::text;
    }
    Times times = new Times(column.name(), rendering, zone);
    return switch (column.type()) {
      case TEXT ->
          rendering == Rendering.BOOLEAN
              ? PostgresDecoder::textAsBoolean
              : column.declared().startsWith("character(") && rendering != Rendering.PADDED
                  ? PostgresDecoder::padded
                  : PostgresDecoder::text;
      case NUMBER -> number(column, rendering);
      case FLOAT ->
          (row, at, length, sink) ->
              length == 4
                  ? Readers.finite(Float.intBitsToFloat(int4(row, at)), sink)
                  : Readers.floating(Double.longBitsToDouble(int8(row, at)), sink);
      case BOOLEAN ->
          (row, at, length, sink) -> {
            if (rendering == Rendering.NUMBER) {
              sink.number(row[at], 0);
            } else {
              sink.bool(row[at] != 0);
            }
            return true;
          };
      case DATE -> (row, at, length, sink) -> date(int4(row, at), times, sink);
      case DATETIME -> (row, at, length, sink) -> dateTime(int8(row, at), times, sink);
      case INSTANT -> (row, at, length, sink) -> instant(int8(row, at), times, sink);
      case TIME -> (row, at, length, sink) -> times.time(int8(row, at), sink);
      case BINARY -> rendering == Rendering.BASE64 ? PostgresDecoder::base64 : PostgresDecoder::hex;
      case INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> PostgresDecoder::text;
    };
  }

  private static boolean text(byte[] row, int at, int length, FieldSink sink) {
    sink.utf8(row, at, length);
    return true;
  }

  private static boolean padded(byte[] row, int at, int length, FieldSink sink) {
    int end = at + length;
    while (end > at && row[end - 1] == ' ') {
      end--;
    }
    sink.utf8(row, at, end - at);
    return true;
  }

  private static boolean hex(byte[] row, int at, int length, FieldSink sink) {
    sink.text(HexFormat.of().formatHex(row, at, at + length));
    return true;
  }

  private static boolean base64(byte[] row, int at, int length, FieldSink sink) {
    byte[] text = Base64.getEncoder().encode(Arrays.copyOfRange(row, at, at + length));
    sink.utf8(text, 0, text.length);
    return true;
  }

  private static boolean textAsBoolean(byte[] row, int at, int length, FieldSink sink) {
    Optional<Boolean> value = Readers.bool(new String(row, at, length, StandardCharsets.UTF_8));
    value.ifPresentOrElse(sink::bool, () -> sink.utf8(row, at, length));
    return true;
  }

  private static PostgresDecoder number(SourceColumn column, Rendering rendering) {
    boolean integer =
        switch (column.declared().toLowerCase(Locale.ROOT)) {
          case "smallint", "integer", "bigint" -> true;
          default -> false;
        };
    PostgresDecoder plain =
        integer
            ? (row, at, length, sink) -> {
              sink.number(integer(row, at, length), 0);
              return true;
            }
            : (row, at, length, sink) -> numeric(row, at, sink);
    if (rendering != Rendering.BOOLEAN) {
      return plain;
    }
    return (row, at, length, sink) -> {
      long value = integer ? integer(row, at, length) : zeroOrOne(row, at);
      if (value == 0 || value == 1) {
        sink.bool(value == 1);
        return true;
      }
      return plain.write(row, at, length, sink);
    };
  }

  private static long integer(byte[] row, int at, int length) {
    return switch (length) {
      case 2 -> (short) (((row[at] & 0xff) << 8) | (row[at + 1] & 0xff));
      case 4 -> int4(row, at);
      default -> int8(row, at);
    };
  }

  /** 0 or 1 where the numeric is that; anything else as -1. */
  private static long zeroOrOne(byte[] row, int at) {
    int digits = int2(row, at);
    if (digits == 0) {
      return int2(row, at + 4) == 0 ? 0 : -1;
    }
    boolean one =
        digits == 1 && int2(row, at + 2) == 0 && int2(row, at + 4) == 0 && int2(row, at + 8) == 1;
    return one ? 1 : -1;
  }

  /**
   * Digits of base 10,000: count, weight of the first, sign, display scale, digits. NaN and the
   * infinities count as absent.
   */
  private static boolean numeric(byte[] row, int at, FieldSink sink) {
    int digits = int2(row, at);
    int weight = (short) int2(row, at + 2);
    int sign = int2(row, at + 4);
    if (sign != 0 && sign != 0x4000) {
      sink.noNumber();
      return false;
    }
    int scale = (digits - 1 - weight) * 4;
    if (digits <= 4 || (digits == 5 && int2(row, at + 8) < 922)) {
      long unscaled = 0;
      for (int i = 0; i < digits; i++) {
        unscaled = unscaled * 10_000 + int2(row, at + 8 + 2 * i);
      }
      sink.number(sign == 0 ? unscaled : -unscaled, digits == 0 ? 0 : scale);
      return true;
    }
    StringBuilder text = new StringBuilder(4 * digits);
    for (int i = 0; i < digits; i++) {
      int group = int2(row, at + 8 + 2 * i);
      text.append((char) ('0' + group / 1000))
          .append((char) ('0' + group / 100 % 10))
          .append((char) ('0' + group / 10 % 10))
          .append((char) ('0' + group % 10));
    }
    BigInteger unscaled = new BigInteger(text.toString());
    sink.number(new BigDecimal(sign == 0 ? unscaled : unscaled.negate(), scale));
    return true;
  }

  private static boolean date(int days, Times times, FieldSink sink) {
    if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
      return times.infinite(days > 0, sink);
    }
    return times.date(days, sink);
  }

  private static boolean dateTime(long micros, Times times, FieldSink sink) {
    return infinite(micros) ? times.infinite(micros > 0, sink) : times.local(micros, sink);
  }

  private static boolean instant(long micros, Times times, FieldSink sink) {
    return infinite(micros) ? times.infinite(micros > 0, sink) : times.utc(micros, sink);
  }

  private static boolean infinite(long micros) {
    return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
  }

  private static int int2(byte[] row, int at) {
    return ((row[at] & 0xff) << 8) | (row[at + 1] & 0xff);
  }

  static int int4(byte[] row, int at) {
    return (int2(row, at) << 16) | int2(row, at + 2);
  }

  static long int8(byte[] row, int at) {
    return ((long) int4(row, at) << 32) | (int4(row, at + 4) & 0xffffffffL);
  }
}
