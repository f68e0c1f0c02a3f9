package io.initload.mapping.canonical;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A hash of 128 bits under a key, of rows and of keys alike: PolymurHash 2.0, twice, by two keys
 * that know nothing of each other (ADR 34). Whoever chooses two inputs without knowing the key
 * makes them collide with a chance of at most (n * 2^-60.2)^2, for inputs of n bytes. It is no hash
 * for whoever knows the key. Immutable and thread-safe.
 */
public final class KeyedHash {
  /** What is noted beside digests that rest on it; another name when they are made otherwise. */
  public static final String ALGORITHM = "polymur2";

  /** Bytes of a key. */
  public static final int KEY_BYTES = 4 * Long.BYTES;

  private static final long NO_TWEAK = 0;

  private final Hasher64 high;
  private final Hasher64 low;

  /**
   * @param key {@link #KEY_BYTES} random bytes
   */
  public KeyedHash(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    ByteBuffer seeds = ByteBuffer.wrap(key);
    this.high = Hashing.polymurHash2_0(NO_TWEAK, seeds.getLong(), seeds.getLong());
    this.low = Hashing.polymurHash2_0(NO_TWEAK, seeds.getLong(), seeds.getLong());
  }

  /** Under a key that nobody knows, for hashes that do not outlive this process. */
  public static KeyedHash ofNobody() {
    return new KeyedHash(randomKey());
  }

  /** A new key. */
  public static byte[] randomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** The first 64 bits of the hash of the first bytes. */
  long high(byte[] bytes, int count) {
    return high.hashBytesToLong(bytes, 0, count);
  }

  /** The 64 bits after them. */
  long low(byte[] bytes, int count) {
    return low.hashBytesToLong(bytes, 0, count);
  }
}
