package io.initload.simulator.model;

/** The alphabet ids count in: digits, capitals, small letters. */
final class Base62 {
  private static final byte[] DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
          .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Base62() {}

  static byte character(long digit) {
    return DIGITS[(int) digit];
  }

  /** The value of a character, or -1 if it is none. */
  static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 36 : -1;
  }
}
