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
  private long high;
  private long low;

  /**
   * @param salt of the migration
   * @param columns the fields' names, in the order in which values are given; letter case does not
   *     matter
   */
  public RowDigest(byte[] salt, List<String> columns) {
    List<String> folded = columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    this.names =
        folded.stream().map(c -> c.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.order =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparing(folded::get))
            .mapToInt(i -> i)
            .toArray();
    this.start = salt.length;
    this.bytes = Arrays.copyOf(salt, Math.max(4096, 2 * start));
  }

  /**
   * Digests a row, which {@link #high} and {@link #low} have from then on.
   *
   * @param key its external id in canonical form
   * @param values in canonical form, by the place of their column
   * @return how many of them are not empty
   */
  public int row(String key, IntFunction<String> values) {
    length = start;
    append(key.getBytes(StandardCharsets.UTF_8));
    int held = 0;
    for (int column : order) {
      String value = values.apply(column);
      if (!value.isEmpty()) {
        append(names[column]);
        append(value.getBytes(StandardCharsets.UTF_8));
        held++;
      }
    }
    sha.update(bytes, 0, length);
    ByteBuffer digest = ByteBuffer.wrap(sha.digest());
    high = digest.getLong();
    low = digest.getLong();
    return held;
  }

  /** The first 64 bits of the last row's digest. */
  public long high() {
    return high;
  }

  /** The 64 bits after them. */
  public long low() {
    return low;
  }

  private void append(byte[] text) {
    int need = length + LENGTH_BYTES + text.length;
    if (need > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(need, 2 * bytes.length));
    }
    bytes[length++] = (byte) (text.length >>> 24);
    bytes[length++] = (byte) (text.length >>> 16);
    bytes[length++] = (byte) (text.length >>> 8);
    bytes[length++] = (byte) text.length;
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }
}
