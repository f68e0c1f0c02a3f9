package io.initload.simulator.store;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How the records of one object lie on disk: the object's number, the numbers of its fields (which
 * never change once given, whatever describe documents come later), how many records there are.
 * Whoever writes records of the object holds {@link #lock} from reading keys to having written.
 */
public final class TypeStorage {
  private final SObjectType type;
  private final int number;
  private final List<String> names;
  private final int[] numberOfField;
  private final List<Field> indexed = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private long lastNumber;
  private final AtomicLong live = new AtomicLong();
  private final AtomicLong keysRemoved = new AtomicLong();

  TypeStorage(SObjectType type, int number, List<String> knownNames) {
    this.type = type;
    this.number = number;
    this.names = new ArrayList<>(knownNames);
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      numbers.put(names.get(i), i);
    }
    this.numberOfField = new int[type.fields().size()];
    for (Field field : type.fields()) {
      Integer known = numbers.get(field.name());
      if (known == null) {
        known = names.size();
        names.add(field.name());
      }
      numberOfField[field.index()] = known;
      if (field.indexed()) {
        indexed.add(field);
      }
    }
  }

  public SObjectType type() {
    return type;
  }

  /** Fields whose values are kept in an index. */
  public List<Field> indexed() {
    return indexed;
  }

  /** The number under which values of the field are stored; values lie in its order. */
  public int numberOf(Field field) {
    return numberOfField[field.index()];
  }

  /** Held by whoever writes records of this object. */
  public ReentrantLock lock() {
    return lock;
  }

  /** How many records there are, without deleted ones. */
  public long live() {
    return live.get();
  }

  /** Grows whenever a record of this object stops being found by a key it had. */
  public long keysRemoved() {
    return keysRemoved.get();
  }

  /** The next record number; to be called with the lock held. */
  public long newNumber() {
    return ++lastNumber;
  }

  /** Counts records that came or went; to be called with the lock held. */
  public void grow(long records) {
    live.addAndGet(records);
  }

  /** Says that a key stopped leading to a record; to be called with the lock held. */
  public void keyRemoved() {
    keysRemoved.incrementAndGet();
  }

  List<String> names() {
    return names;
  }

  byte[] counters() {
    return ByteBuffer.allocate(16).putLong(lastNumber).putLong(live.get()).array();
  }

  void restoreCounters(byte[] counters) {
    ByteBuffer in = ByteBuffer.wrap(counters);
    lastNumber = in.getLong();
    live.set(in.getLong());
  }

  byte[] recordKey(long record) {
    ByteSink key = new ByteSink(9);
    recordPrefix(key);
    key.putBigEndian(record, 6);
    return key.toByteArray();
  }

  void recordPrefix(ByteSink into) {
    into.putBigEndian(number, 2);
  }

  /** The index key of a value, without the record number that keys of non-unique fields end in. */
  void indexKey(Field field, byte[] value, int at, int length, ByteSink into) {
    indexPrefix(field, into);
    appendNormalised(field, value, at, length, into);
    if (!field.keyed().unique()) {
      into.put(0);
    }
  }

  void indexPrefix(Field field, ByteSink into) {
    into.putBigEndian(number, 2);
    into.putBigEndian(numberOf(field), 2);
  }

  /** Appends a value as it is compared: in small letters unless the field minds case. */
  public static void appendNormalised(
      Field field, byte[] value, int at, int length, ByteSink into) {
    if (field.caseSensitive() || !field.type().isText()) {
      into.put(value, at, length);
      return;
    }
    into.room(length);
    byte[] out = into.array();
    int size = into.size();
    for (int i = 0; i < length; i++) {
      byte b = value[at + i];
      if (b < 0) {
        String text = new String(value, at, length, StandardCharsets.UTF_8);
        into.putUtf8(text.toLowerCase(java.util.Locale.ROOT));
        return;
      }
      out[size + i] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
    into.skip(length);
  }

  static byte[] encodeNames(List<String> names) {
    return String.join("\n", names).getBytes(StandardCharsets.UTF_8);
  }

  static List<String> decodeNames(byte[] names) {
    String text = new String(names, StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
  }
}
