package io.initload.pipeline.work;

import io.initload.mapping.canonical.HashInput;
import io.initload.mapping.canonical.KeyedHash;
import java.util.Arrays;

/**
 * Numbers keys in the order they come, without keeping their text: 128 bits of {@link KeyedHash}
 * each, under a key that nobody knows, so that two different keys are never taken for one (odds
 * below 1 in 10^13 for a billion keys of 50 bytes, whoever chose them). The hashes lie in pages, so
 * that a set that grows copies none of them: 22 to 27 bytes a key, and a million keys are 25 MB.
 * Not thread-safe.
 */
public final class KeySet {
  /**
   * The answer for a key that is not there, and from {@link #add} for one that is there already.
   */
  public static final int NONE = -1;

  private static final int PAGE_BITS = 10;
  private static final int PAGE = 1 << PAGE_BITS;

  private final HashInput input = new HashInput(KeyedHash.ofNobody());
  private long[][] pages = new long[4][];
  private int[] slots = new int[2048];
  private int size;

  public int size() {
    return size;
  }

  /** Adds a key and returns its number, or {@link #NONE} when it is there already. */
  public int add(String key) {
    hash(key);
    long high = input.high();
    long low = input.low();
    int slot = find(high, low);
    if (slots[slot] != 0) {
      return NONE;
    }
    if (size == slots.length / 4 * 3) {
      rehash(slots.length * 2);
      slot = find(high, low);
    }
    append(high, low);
    slots[slot] = size;
    return size - 1;
  }

  /** The number of a key, or {@link #NONE}. */
  public int number(String key) {
    hash(key);
    return slots[find(input.high(), input.low())] - 1;
  }

  private void hash(String key) {
    input.clear();
    input.text(key);
  }

  private void append(long high, long low) {
    int page = size >> PAGE_BITS;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    if (pages[page] == null) {
      pages[page] = new long[2 * PAGE];
    }
    pages[page][2 * (size % PAGE)] = high;
    pages[page][2 * (size % PAGE) + 1] = low;
    size++;
  }

  private long high(int key) {
    return pages[key >> PAGE_BITS][2 * (key % PAGE)];
  }

  private long low(int key) {
    return pages[key >> PAGE_BITS][2 * (key % PAGE) + 1];
  }

  private int find(long h, long l) {
    int mask = slots.length - 1;
    int slot = (int) (l >>> 7) & mask;
    while (slots[slot] != 0 && (high(slots[slot] - 1) != h || low(slots[slot] - 1) != l)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void rehash(int length) {
    slots = new int[length];
    for (int i = 0; i < size; i++) {
      slots[find(high(i), low(i))] = i + 1;
    }
  }
}
