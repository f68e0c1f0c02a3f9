package io.initload;

import java.nio.charset.StandardCharsets;

/**
 * The one way from a name of a table, an object or a chunk to the name of a file. Such names hold
 * what a path means something by ({@code /BIC/SALES}, {@code ../X}); two names never give one file.
 */
public final class FileName {
  /** Bytes; with what callers add it stays below the 255 of common file systems. */
  private static final int LENGTH_MAX = 150;

  private static final int DIGEST_LETTERS = 32;

  private FileName() {}

  /**
   * Letters, digits, {@code _}, {@code -} and inner dots of ASCII as they are, every other byte as
   * {@code %XX}. A longer name is cut and ends in a digest of the whole.
   */
  public static String of(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (plain(c) && !(c == '.' && safe.isEmpty())) {
        safe.append(c);
      } else {
        safe.append("%%%02X".formatted((int) c));
      }
    }
    if (safe.length() <= LENGTH_MAX) {
      return safe.toString();
    }
    String digest = Sha256.of(name).substring(0, DIGEST_LETTERS);
    return safe.substring(0, LENGTH_MAX - 1 - digest.length()) + "~" + digest;
  }

  private static boolean plain(char c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
  }
}
