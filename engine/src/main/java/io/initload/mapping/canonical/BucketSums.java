package io.initload.mapping.canonical;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;

/**
 * How many rows there are in each bucket of keys, and the sum modulo 2^128 of their digests (ADR
 * 31): the same, in whatever order rows come, and whoever adds up which of them. Not thread-safe.
 */
public final class BucketSums {
  /**
   * Bits of the number of buckets; not too few, because where a small table is added to a large one
   * as many are left as it has.
   */
  private static final int BITS_MIN = 8;

  private static final int BITS_MAX = 12;

  /** Rows that a bucket is made for. */
  private static final long ROWS = 1_024;

  /** Bits of a place: a row's bucket is given by the first of them. */
  private static final int PLACE_BITS = 32;

  private static final int BUCKET_BYTES = 3 * Long.BYTES;

  private final int bits;
  private final long[] counts;
  private final long[] highs;
  private final long[] lows;

  /** Of no row yet, in as many buckets as become so many rows. */
  public static BucketSums forRows(long rows) {
    int bits = BITS_MIN;
    while (bits < BITS_MAX && (rows >> bits) > ROWS) {
      bits++;
    }
    return new BucketSums(bits);
  }

  private BucketSums(int bits) {
    this.bits = bits;
    this.counts = new long[1 << bits];
    this.highs = new long[1 << bits];
    this.lows = new long[1 << bits];
  }

  /** Of no row, in the same buckets. */
  public BucketSums empty() {
    return new BucketSums(bits);
  }

  /** The bucket of a place, which is one of 2^32. */
  public int bucket(long place) {
    return (int) (place >>> (PLACE_BITS - bits));
  }

  /** Adds the row that was digested last. */
  public void add(long place, RowDigest row) {
    add(bucket(place), 1, row.high(), row.low());
  }

  /** Takes the row that was digested last away again. */
  public void subtract(long place, RowDigest row) {
    long low = -row.low();
    add(bucket(place), -1, low == 0 ? -row.high() : ~row.high(), low);
  }

  private void add(int bucket, long count, long high, long low) {
    long sum = lows[bucket] + low;
    highs[bucket] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    lows[bucket] = sum;
    counts[bucket] += count;
  }

  /** Adds the rows of other ones; where they are of fewer buckets, into as few. */
  public BucketSums plus(BucketSums other) {
    BucketSums sum = new BucketSums(Math.min(bits, other.bits));
    sum.take(this);
    sum.take(other);
    return sum;
  }

  private void take(BucketSums other) {
    for (int i = 0; i < other.counts.length; i++) {
      add(i >> (other.bits - bits), other.counts[i], other.highs[i], other.lows[i]);
    }
  }

  /** Rows in all buckets. */
  public long rows() {
    long rows = 0;
    for (long count : counts) {
      rows += count;
    }
    return rows;
  }

  /** Rows of a bucket. */
  public long rows(int bucket) {
    return counts[bucket];
  }

  /** Whether a bucket has no row, and its sum is that of none. */
  public boolean isEmpty(int bucket) {
    return counts[bucket] == 0 && highs[bucket] == 0 && lows[bucket] == 0;
  }

  /** How many buckets there are. */
  public int buckets() {
    return counts.length;
  }

  /** The buckets that are others in these sums, which are of the same buckets. */
  public BitSet differing(BucketSums other) {
    if (other.bits != bits) {
      throw new IllegalArgumentException(bits + " and " + other.bits + " bits");
    }
    BitSet differing = new BitSet();
    for (int i = 0; i < counts.length; i++) {
      differing.set(
          i,
          counts[i] != other.counts[i] || highs[i] != other.highs[i] || lows[i] != other.lows[i]);
    }
    return differing;
  }

  /** Base64 of count and sum of each bucket, eight and sixteen bytes. */
  public String text() {
    ByteBuffer buffer = ByteBuffer.allocate(BUCKET_BYTES * counts.length);
    for (int i = 0; i < counts.length; i++) {
      buffer.putLong(counts[i]).putLong(highs[i]).putLong(lows[i]);
    }
    return Base64.getEncoder().encodeToString(buffer.array());
  }

  /** Reads what {@link #text} wrote; empty where it did not write that. */
  public static Optional<BucketSums> parse(String text) {
    try {
      return read(ByteBuffer.wrap(Base64.getDecoder().decode(text)));
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  private static Optional<BucketSums> read(ByteBuffer buffer) {
    int buckets = buffer.remaining() / BUCKET_BYTES;
    int bits = Integer.numberOfTrailingZeros(Math.max(1, buckets));
    boolean sums = buckets * BUCKET_BYTES == buffer.remaining() && buckets == 1 << bits;
    if (!sums || bits < BITS_MIN || bits > BITS_MAX) {
      return Optional.empty();
    }
    BucketSums read = new BucketSums(bits);
    for (int i = 0; i < buckets; i++) {
      read.add(i, buffer.getLong(), buffer.getLong(), buffer.getLong());
    }
    return Optional.of(read);
  }
}
