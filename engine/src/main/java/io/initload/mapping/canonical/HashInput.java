package io.initload.mapping.canonical;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are gathered to be hashed, again and again in the same place: texts as UTF-8, and
 * marks before them. Makes no garbage of what is ASCII. Not thread-safe.
 */
public final class HashInput {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ASCII_END = 0x80;

  private final KeyedHash hash;
  private byte[] bytes = new byte[4096];
  private int length;

  /** Of no bytes yet. */
  public HashInput(KeyedHash hash) {
    this.hash = hash;
  }

  /** Forgets all bytes. */
  public void clear() {
    length = 0;
  }

  /** Adds a text. */
  public void text(String text) {
    int count = text.length();
    ensure(count);
    byte[] into = bytes;
    int at = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= ASCII_END) {
        encoded(text);
        return;
      }
      into[at + i] = (byte) c;
    }
    length = at + count;
  }

  private void encoded(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  /** Adds the first bytes of a text. */
  void text(ByteText text, int count) {
    ensure(count);
    text.copy(count, bytes, length);
    length += count;
  }

  /** Leaves room for a mark of the bytes that follow; where they begin, for {@link #mark}. */
  int open() {
    ensure(Long.BYTES);
    length += Long.BYTES;
    return length;
  }

  /** Marks the bytes since a beginning: by the sum of a number and of how many they are. */
  void mark(int begin, long number) {
    LONG.set(bytes, begin - Long.BYTES, number + (length - begin));
  }

  /** The first 64 bits of the hash of all bytes. */
  public long high() {
    return hash.high(bytes, length);
  }

  /** The 64 bits after them. */
  public long low() {
    return hash.low(bytes, length);
  }

  /** A hash of 64 bits of a text alone, in the place of what was gathered. */
  public long low(String text) {
    clear();
    text(text);
    return low();
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
