package io.initload.masking;

import io.initload.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Numbers that follow from a key and a text, and tell nothing of either. For one thread.
 *
 * <p>The text is hashed with the key (HMAC-SHA-256); the hash begins a sequence (SplitMix64), which
 * yields as many numbers as a long text takes.
 */
final class Draw {
  private static final String ALGORITHM = "HmacSHA256";

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Draw(Secret key, String text) {
    byte[] bytes = key.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      this.state = ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** From 0 to below a bound. */
  int below(int bound) {
    state += GOLDEN;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (int) Math.floorMod(mixed ^ (mixed >>> 31), (long) bound);
  }

  /** One of these characters. */
  char of(String characters) {
    return characters.charAt(below(characters.length()));
  }
}
