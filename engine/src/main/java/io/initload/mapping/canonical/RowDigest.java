package io.initload.mapping.canonical;

import io.initload.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Digests of rows (ADR 31): 128 bits of SHA-256 over a salt, the external id, and name and value of
 * each field that is not empty, in the order of the names, each behind its length in four bytes.
 * Made again and again for one set of fields. Not thread-safe.
 */
public final class RowDigest {
  private static final int LENGTH_BYTES = 4;

  private final MessageDigest sha = Sha256.digest();
  private final byte[][] names;
  private final int[] order;
  private final int start;
  private byte[] bytes;
  private int length;
  private int held;
  private long high;
  private long low;

  /** Gives the values of a row. */
  @FunctionalInterface
  public interface Values {
    /** Hands over the value of a column by one of the methods {@code value}. */
    void give(int column, RowDigest to);
  }

  /**
   * @param salt of the migration
   * @param columns the fields' names, in the order in which values are given; letter case does not
   *     matter
   */
  public RowDigest(byte[] salt, List<String> columns) {
    List<String> folded = columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    this.names = folded.stream().map(RowDigest::framed).toArray(byte[][]::new);
    this.order =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparing(folded::get))
            .mapToInt(i -> i)
            .toArray();
    this.start = salt.length;
    this.bytes = Arrays.copyOf(salt, Math.max(4096, 2 * start));
  }

  private static byte[] framed(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(LENGTH_BYTES + text.length).putInt(text.length).put(text).array();
  }

  /**
   * Digests a row, which {@link #high} and {@link #low} have from then on.
   *
   * @param key its external id in canonical form
   * @param values in canonical form, by the place of their column
   * @return how many of them are not empty
   */
  public int row(String key, IntFunction<String> values) {
    return row(key, (column, to) -> to.value(column, values.apply(column)));
  }

  /** The same of values that are handed over one by one. */
  public int row(String key, Values values) {
    length = start;
    held = 0;
    append(key);
    for (int column : order) {
      values.give(column, this);
    }
    sha.update(bytes, 0, length);
    ByteBuffer digest = ByteBuffer.wrap(sha.digest());
    high = digest.getLong();
    low = digest.getLong();
    return held;
  }

  /** Takes the value of a column, in canonical form; nothing where it is empty. */
  public void value(int column, String text) {
    if (!text.isEmpty()) {
      name(column);
      append(text);
    }
  }

  /** Takes the first bytes of a text as the value of a column; nothing where they are none. */
  public void value(int column, ByteText text, int count) {
    if (count > 0) {
      name(column);
      frame(count);
      text.copy(count, bytes, length);
      length += count;
    }
  }

  private void name(int column) {
    byte[] name = names[column];
    ensure(name.length);
    System.arraycopy(name, 0, bytes, length, name.length);
    length += name.length;
    held++;
  }

  /** The first 64 bits of the last row's digest. */
  public long high() {
    return high;
  }

  /** The 64 bits after them. */
  public long low() {
    return low;
  }

  private void append(String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    frame(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** Writes how many bytes there are, and makes room for them. */
  private void frame(int count) {
    ensure(LENGTH_BYTES + count);
    bytes[length++] = (byte) (count >>> 24);
    bytes[length++] = (byte) (count >>> 16);
    bytes[length++] = (byte) (count >>> 8);
    bytes[length++] = (byte) count;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
