package io.initload.simulator.model;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The ids of one org: key prefix, the org's own two characters, then a number. Numbers are handed
 * out by the store; this class only spells and reads them. Immutable.
 */
public final class IdSpace {
  /** Length of a spelled id. */
  public static final int LENGTH = 18;

  /** Answer of {@link #read}: not an id at all. */
  public static final long MALFORMED = -1;

  /** Answer of {@link #read}: well formed, but of no record this org has ever had. */
  public static final long FOREIGN = -2;

  private static final byte[] CHECK =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".getBytes(StandardCharsets.US_ASCII);

  private final byte first;
  private final byte second;

  /** The ids of the org with the given seed: same seed, same ids. */
  public IdSpace(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.first = Base62.character(random.nextInt(62));
    this.second = Base62.character(random.nextInt(62));
  }

  /** The 18 characters of a record's id. */
  public String id(String prefix, long number) {
    byte[] out = new byte[LENGTH];
    write(prefix, number, out, 0);
    return new String(out, StandardCharsets.US_ASCII);
  }

  /** Writes the 18 characters of a record's id. */
  public void write(String prefix, long number, byte[] out, int at) {
    out[at] = (byte) prefix.charAt(0);
    out[at + 1] = (byte) prefix.charAt(1);
    out[at + 2] = (byte) prefix.charAt(2);
    out[at + 3] = first;
    out[at + 4] = second;
    out[at + 5] = '0';
    long rest = number;
    for (int i = 14; i >= 6; i--) {
      out[at + i] = Base62.character(rest % 62);
      rest /= 62;
    }
    for (int group = 0; group < 3; group++) {
      int bits = 0;
      for (int i = 0; i < 5; i++) {
        byte c = out[at + group * 5 + i];
        if (c >= 'A' && c <= 'Z') {
          bits |= 1 << i;
        }
      }
      out[at + 15 + group] = CHECK[bits];
    }
  }

  /** The number in an id of 15 or 18 characters, {@link #MALFORMED} or {@link #FOREIGN}. */
  public long read(byte[] text, int from, int length) {
    if (length != 15 && length != LENGTH) {
      return MALFORMED;
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      int digit = Base62.digit(text[from + i]);
      if (digit < 0) {
        return MALFORMED;
      }
      if (i >= 6 && i < 15) {
        number = number * 62 + digit;
      }
    }
    boolean ours =
        text[from + 3] == first && text[from + 4] == second && text[from + 5] == '0' && number > 0;
    return ours ? number : FOREIGN;
  }

  /** As the other {@code read}, of a string. */
  public long read(String id) {
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    return read(text, 0, text.length);
  }
}
