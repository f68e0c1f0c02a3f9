package io.initload.mapping.canonical;

import io.initload.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Digests of rows (ADR 34): {@link KeyedHash} over the external id and the value of each field that
 * is not empty, in the order of their names, each behind a mark of eight bytes: the sum of the
 * field's number and of how many bytes there are. A field's number is the first 64 bits of the
 * SHA-256 of key and name, so that nobody need agree on it. Made again and again for one set of
 * fields. Not thread-safe.
 */
public final class RowDigest {
  /** The number of the external id. */
  private static final long KEY = 0;

  private final HashInput input;
  private final long[] numbers;
  private final int[] order;
  private int held;
  private long high;
  private long low;

  /**
   * @param key of the migration, {@link KeyedHash#KEY_BYTES} bytes
   * @param columns the fields' names; letter case does not matter
   */
  public RowDigest(byte[] key, List<String> columns) {
    List<String> folded = columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
    this.input = new HashInput(new KeyedHash(key));
    this.numbers = folded.stream().mapToLong(name -> number(key, name)).toArray();
    this.order =
        IntStream.range(0, columns.size())
            .boxed()
            .sorted(Comparator.comparing(folded::get))
            .mapToInt(i -> i)
            .toArray();
  }

  private static long number(byte[] key, String name) {
    MessageDigest sha = Sha256.digest();
    sha.update(key);
    sha.update(name.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(sha.digest()).getLong();
  }

  /** The places of all columns in the order in which their values must be given. */
  public int[] order() {
    return order.clone();
  }

  /**
   * Begins a row; its values follow in {@link #order}.
   *
   * @param externalId in canonical form
   */
  public void begin(String externalId) {
    input.clear();
    held = 0;
    int begin = input.open();
    input.text(externalId);
    input.mark(begin, KEY);
  }

  /** Takes the value of a column, in canonical form; nothing where it is empty. */
  public void value(int column, String text) {
    if (!text.isEmpty()) {
      int begin = input.open();
      input.text(text);
      input.mark(begin, numbers[column]);
      held++;
    }
  }

  /** Takes the first bytes of a text as the value of a column; nothing where they are none. */
  public void value(int column, ByteText text, int count) {
    if (count > 0) {
      int begin = input.open();
      input.text(text, count);
      input.mark(begin, numbers[column]);
      held++;
    }
  }

  /**
   * Ends the row, whose digest {@link #high} and {@link #low} have from then on.
   *
   * @return how many values it has
   */
  public int end() {
    high = input.high();
    low = input.low();
    return held;
  }

  /**
   * Digests a row.
   *
   * @param externalId in canonical form
   * @param values in canonical form, by the place of their column
   * @return how many of them are not empty
   */
  public int row(String externalId, IntFunction<String> values) {
    begin(externalId);
    for (int column : order) {
      value(column, values.apply(column));
    }
    return end();
  }

  /** The first 64 bits of the last row's digest. */
  public long high() {
    return high;
  }

  /** The 64 bits after them. */
  public long low() {
    return low;
  }
}
