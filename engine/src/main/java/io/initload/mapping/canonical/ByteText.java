package io.initload.mapping.canonical;

import java.nio.charset.StandardCharsets;

/**
 * A text that is a piece of other bytes, in UTF-8, looked at where it lies: of characters beyond
 * ASCII it shows the bytes. Used again and again. Not thread-safe.
 */
public final class ByteText implements CharSequence {
  private static final int BYTE = 0xff;

  private static final byte QUOTE = '"';

  private byte[] own = new byte[0];
  private byte[] bytes = own;
  private int from;
  private int to;
  private Written written = Written.TEXT;

  /**
   * Makes it another one.
   *
   * @param in is not copied
   * @param end the position after the last byte
   * @param as what it was written as
   */
  public void set(byte[] in, int start, int end, Written as) {
    bytes = in;
    from = start;
    to = end;
    written = as;
  }

  /** What it was written as. */
  Written written() {
    return written;
  }

  /**
   * Makes it what stands between quotes in a CSV: doubled ones are one.
   *
   * @param end the position after the last byte
   */
  public void unquote(byte[] in, int start, int end) {
    int quote = start;
    while (quote < end && in[quote] != QUOTE) {
      quote++;
    }
    if (quote == end) {
      set(in, start, end, Written.TEXT);
      return;
    }
    if (own.length < end - start) {
      own = new byte[2 * (end - start)];
    }
    int length = 0;
    for (int i = start; i < end; i++) {
      own[length++] = in[i];
      i += in[i] == QUOTE ? 1 : 0;
    }
    set(own, 0, length, Written.TEXT);
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public char charAt(int index) {
    return (char) (bytes[from + index] & BYTE);
  }

  @Override
  public ByteText subSequence(int start, int end) {
    ByteText part = new ByteText();
    part.set(bytes, from + start, from + end, Written.TEXT);
    return part;
  }

  /** Copies its first bytes. */
  void copy(int count, byte[] into, int at) {
    System.arraycopy(bytes, from, into, at, count);
  }

  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
