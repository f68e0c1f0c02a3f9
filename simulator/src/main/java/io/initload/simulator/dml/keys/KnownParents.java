package io.initload.simulator.dml.keys;

import java.util.Arrays;

/**
 * Parents that were found before, by the bytes that named them. Bounded: a new one takes the place
 * of an old one. Short names only. For one thread.
 */
public final class KnownParents {
  private static final int NAME_MAX = 24;
  private static final int SLOT = 1 + NAME_MAX + 8;
  private static final int SLOTS_MAX = 1 << 16;

  private byte[] slots = new byte[0];
  private int capacity;
  private int puts;

  /** The number of the parent, 0 if it is not known. */
  public long find(byte[] name, int at, int length) {
    if (length > NAME_MAX || capacity == 0) {
      return 0;
    }
    int slot = slot(name, at, length);
    if (slots[slot] != length
        || !Arrays.equals(slots, slot + 1, slot + 1 + length, name, at, at + length)) {
      return 0;
    }
    long number = 0;
    for (int i = 0; i < 8; i++) {
      number = number << 8 | (slots[slot + 1 + NAME_MAX + i] & 0xff);
    }
    return number;
  }

  public void put(byte[] name, int at, int length, long number) {
    if (length > NAME_MAX) {
      return;
    }
    if (++puts > capacity / 2 && capacity < SLOTS_MAX) {
      capacity = Math.max(64, capacity * 8);
      slots = new byte[capacity * SLOT];
      puts = 1;
    }
    int slot = slot(name, at, length);
    slots[slot] = (byte) length;
    System.arraycopy(name, at, slots, slot + 1, length);
    for (int i = 0; i < 8; i++) {
      slots[slot + 1 + NAME_MAX + i] = (byte) (number >>> (56 - 8 * i));
    }
  }

  public void clear() {
    Arrays.fill(slots, (byte) 0);
  }

  private int slot(byte[] name, int at, int length) {
    int hash = length;
    for (int i = at; i < at + length; i++) {
      hash = hash * 31 + name[i];
    }
    hash *= 0x9E3779B9;
    return ((hash >>> 12) & (capacity - 1)) * SLOT;
  }
}
