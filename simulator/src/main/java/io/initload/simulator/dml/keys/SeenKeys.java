package io.initload.simulator.dml.keys;

import io.initload.simulator.store.ByteSink;
import java.util.Arrays;

/**
 * The keys of a transaction's rows so far, and which row had each first. Emptied and used again.
 * For one thread.
 */
public final class SeenKeys {
  /** No row had the key before. */
  public static final int NEW = -1;

  private final ByteSink keys = new ByteSink(16 * 1024);
  private int[] slots = new int[512];
  private int[] starts = new int[256];
  private int[] rows = new int[256];
  private int[] hashes = new int[256];
  private int count;

  public void clear() {
    Arrays.fill(slots, 0);
    keys.clear();
    count = 0;
  }

  /**
   * Adds a key.
   *
   * @param kind distinguishes keys of different fields
   * @return the first row that had it, or {@link #NEW}
   */
  public int add(int kind, byte[] key, int length, int row) {
    int hash = kind;
    for (int i = 0; i < length; i++) {
      hash = hash * 31 + key[i];
    }
    hash ^= hash >>> 15;
    if (count * 2 >= slots.length) {
      grow();
    }
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0) {
      int entry = slots[slot] - 1;
      if (hashes[entry] == hash && same(entry, kind, key, length)) {
        return rows[entry];
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = ++count;
    starts[count - 1] = keys.size();
    rows[count - 1] = row;
    hashes[count - 1] = hash;
    keys.putBigEndian(kind, 4);
    keys.put(key, 0, length);
    return NEW;
  }

  private boolean same(int entry, int kind, byte[] key, int length) {
    byte[] all = keys.array();
    int from = starts[entry];
    int to = entry + 1 == count ? keys.size() : starts[entry + 1];
    int kindThere =
        (all[from] & 0xff) << 24
            | (all[from + 1] & 0xff) << 16
            | (all[from + 2] & 0xff) << 8
            | (all[from + 3] & 0xff);
    return kindThere == kind
        && to - from - 4 == length
        && Arrays.equals(all, from + 4, to, key, 0, length);
  }

  private void grow() {
    starts = Arrays.copyOf(starts, starts.length * 2);
    rows = Arrays.copyOf(rows, rows.length * 2);
    hashes = Arrays.copyOf(hashes, hashes.length * 2);
    slots = new int[slots.length * 2];
    for (int entry = 0; entry < count; entry++) {
      int slot = hashes[entry] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = entry + 1;
    }
  }
}
