package io.initload.staging;

import io.initload.mapping.canonical.ByteText;
import io.initload.mapping.canonical.Written;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the fields of a record lie in its bytes, to read them back. Not thread-safe. */
final class FieldIndex {
  private int size;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private boolean[] quoted = new boolean[64];
  private Written[] written = new Written[64];

  void clear() {
    size = 0;
  }

  /**
   * @param end the position after the last byte
   * @param as what it was written as
   */
  void add(int start, int end, boolean inQuotes, Written as) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      quoted = Arrays.copyOf(quoted, size * 2);
      written = Arrays.copyOf(written, size * 2);
    }
    starts[size] = start;
    ends[size] = end;
    quoted[size] = inQuotes;
    written[size] = as;
    size++;
  }

  int size() {
    return size;
  }

  /** Whether the record is a single field without a byte. */
  boolean isNothing() {
    return size == 1 && ends[0] == 0;
  }

  /** The text of a field, unquoted, as a reader of the CSV will see it. */
  String text(byte[] bytes, int field) {
    if (field < 0 || field >= size) {
      throw new IndexOutOfBoundsException("field " + field + " of " + size);
    }
    int start = starts[field];
    int end = ends[field];
    return quoted[field]
        ? unquoted(bytes, start + 1, end - 1)
        : new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** Shows the text of a field, where it lies if quotes are not doubled in it. */
  void show(byte[] bytes, int field, ByteText into) {
    if (quoted[field]) {
      into.unquote(bytes, starts[field] + 1, ends[field] - 1);
    } else {
      into.set(bytes, starts[field], ends[field], written[field]);
    }
  }

  private static String unquoted(byte[] bytes, int from, int to) {
    ByteText plain = new ByteText();
    plain.unquote(bytes, from, to);
    return plain.toString();
  }
}
