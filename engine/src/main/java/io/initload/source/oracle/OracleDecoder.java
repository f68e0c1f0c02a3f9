package io.initload.source.oracle;

import io.initload.mapping.FieldSink;
import io.initload.source.read.Readers;
import io.initload.source.read.Times;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Oracle's own forms of values, as {@code ResultSet.getBytes} of the thin driver hands them out
 * (docs/reference/oracle.md, "Numbers on the wire" and "Dates on the wire"). Faster than the
 * driver's getters and free of their traps: E-notation, the JVM's time zone, the Julian calendar.
 */
final class OracleDecoder {
  private static final int DATE_BYTES = 7;
  private static final int ZONED_BYTES = 13;

  private OracleDecoder() {}

  /** NUMBER and FLOAT. The infinities count as absent. */
  static boolean number(byte[] b, FieldSink sink) {
    int head = b[0] & 0xff;
    if (b.length == 1) {
      if (head == 0x80) {
        sink.number(0, 0);
        return true;
      }
      sink.noNumber(); // -infinity is a single 00
      return false;
    }
    boolean positive = head >= 0x80;
    if (positive && head == 0xff) {
      sink.noNumber(); // FF 65: +infinity
      return false;
    }
    int exponent = positive ? head - 193 : 62 - head;
    int end = b.length;
    if (!positive && (b[end - 1] & 0xff) == 102) {
      end--;
    }
    int digits = end - 1;
    // Digits are of base 100; the first stands for digit * 100^exponent.
    int scale = 2 * (digits - 1 - exponent);
    if (digits <= 9) {
      long unscaled = 0;
      for (int i = 1; i < end; i++) {
        unscaled = unscaled * 100 + digit(b[i], positive);
      }
      sink.number(positive ? unscaled : -unscaled, scale);
      return true;
    }
    char[] text = new char[2 * digits];
    for (int i = 1; i < end; i++) {
      int digit = digit(b[i], positive);
      text[2 * i - 2] = (char) ('0' + digit / 10);
      text[2 * i - 1] = (char) ('0' + digit % 10);
    }
    BigInteger unscaled = new BigInteger(new String(text));
    sink.number(new BigDecimal(positive ? unscaled : unscaled.negate(), scale));
    return true;
  }

  private static int digit(byte b, boolean positive) {
    int value = b & 0xff;
    return positive ? value - 1 : 101 - value;
  }

  /** 1 and 0 as they are, any other number as -1. */
  static int bit(byte[] b) {
    if (b.length == 1) {
      return (b[0] & 0xff) == 0x80 ? 0 : -1;
    }
    return b.length == 2 && (b[0] & 0xff) == 0xc1 && b[1] == 2 ? 1 : -1;
  }

  /** DATE and TIMESTAMP: no zone. */
  static boolean dateTime(byte[] b, Times times, FieldSink sink) {
    return times.fields(year(b), b[2], b[3], b[4] - 1, b[5] - 1, b[6] - 1, nanos(b), sink);
  }

  /** TIMESTAMP WITH TIME ZONE: the fields are UTC, whatever zone follows them. */
  static boolean instant(byte[] b, Times times, FieldSink sink) {
    if (b.length != ZONED_BYTES) {
      throw new IllegalArgumentException("no TIMESTAMP WITH TIME ZONE: " + b.length + " bytes");
    }
    return times.utcFields(year(b), b[2], b[3], b[4] - 1, b[5] - 1, b[6] - 1, nanos(b), sink);
  }

  /** A TIMESTAMP that the statement converted to UTC ({@code SYS_EXTRACT_UTC}). */
  static boolean extractedUtc(byte[] b, Times times, FieldSink sink) {
    return times.utcFields(year(b), b[2], b[3], b[4] - 1, b[5] - 1, b[6] - 1, nanos(b), sink);
  }

  private static int year(byte[] b) {
    return ((b[0] & 0xff) - 100) * 100 + ((b[1] & 0xff) - 100);
  }

  private static int nanos(byte[] b) {
    return b.length > DATE_BYTES
        ? ((b[7] & 0xff) << 24) | ((b[8] & 0xff) << 16) | ((b[9] & 0xff) << 8) | (b[10] & 0xff)
        : 0;
  }

  /** BINARY_DOUBLE. NaN and the infinities count as absent. */
  static boolean binaryDouble(byte[] b, FieldSink sink) {
    long bits = 0;
    for (byte one : b) {
      bits = (bits << 8) | (one & 0xff);
    }
    bits = bits < 0 ? bits & Long.MAX_VALUE : ~bits;
    return Readers.floating(Double.longBitsToDouble(bits), sink);
  }

  /** BINARY_FLOAT, as {@link #binaryDouble}. */
  static boolean binaryFloat(byte[] b, FieldSink sink) {
    int bits = 0;
    for (byte one : b) {
      bits = (bits << 8) | (one & 0xff);
    }
    bits = bits < 0 ? bits & Integer.MAX_VALUE : ~bits;
    return Readers.finite(Float.intBitsToFloat(bits), sink);
  }
}
