package io.initload.simulator.store;

/**
 * The bytes of one record: flags, times, users, then the values it has in order of field number,
 * each as number, length and UTF-8 text. Reads one image at a time; {@link #next} walks its values.
 * For one thread.
 */
public final class RecordImage {
  private static final int DELETED = 1;

  private byte[] bytes = new byte[0];
  private int end;
  private int firstValue;
  private int at;
  private int valueNumber;
  private int valueAt;
  private int valueLength;
  private long createdBy;
  private long modifiedBy;

  /** Looks at an image, before its first value. */
  public void read(byte[] image, int length) {
    bytes = image;
    end = length;
    at = 13;
    createdBy = varint();
    modifiedBy = varint();
    firstValue = at;
  }

  /** Starts a new image; values follow in order of their field's number. */
  public static void begin(
      ByteSink into,
      long createdMillis,
      long modifiedMillis,
      long createdBy,
      long modifiedBy,
      boolean deleted) {
    into.put(deleted ? DELETED : 0);
    into.putBigEndian(createdMillis, 6);
    into.putBigEndian(modifiedMillis, 6);
    into.putVarint(createdBy);
    into.putVarint(modifiedBy);
  }

  /** Appends a value to an image. */
  public static void value(ByteSink into, int number, byte[] from, int at, int length) {
    into.putVarint(number);
    into.putVarint(length);
    into.put(from, at, length);
  }

  public boolean deleted() {
    return (bytes[0] & DELETED) != 0;
  }

  public long createdMillis() {
    return bigEndian(1);
  }

  public long modifiedMillis() {
    return bigEndian(7);
  }

  public long createdBy() {
    return createdBy;
  }

  public long modifiedBy() {
    return modifiedBy;
  }

  /** Goes back to before the first value. */
  public void rewind() {
    at = firstValue;
  }

  /** Steps to the next value; false after the last. */
  public boolean next() {
    if (at >= end) {
      return false;
    }
    valueNumber = (int) varint();
    valueLength = (int) varint();
    valueAt = at;
    at += valueLength;
    return true;
  }

  /** Steps to the value of a field; false if the record has none. */
  public boolean seek(int number) {
    rewind();
    while (next()) {
      if (valueNumber >= number) {
        return valueNumber == number;
      }
    }
    return false;
  }

  public int valueNumber() {
    return valueNumber;
  }

  public byte[] array() {
    return bytes;
  }

  public int valueAt() {
    return valueAt;
  }

  public int valueLength() {
    return valueLength;
  }

  private long bigEndian(int from) {
    long number = 0;
    for (int i = 0; i < 6; i++) {
      number = number << 8 | (bytes[from + i] & 0xff);
    }
    return number;
  }

  private long varint() {
    long number = 0;
    int shift = 0;
    byte b;
    do {
      b = bytes[at++];
      number |= (long) (b & 0x7f) << shift;
      shift += 7;
    } while (b < 0);
    return number;
  }
}
