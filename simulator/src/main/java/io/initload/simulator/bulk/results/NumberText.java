package io.initload.simulator.bulk.results;

import io.initload.simulator.store.ByteSink;
import java.nio.charset.StandardCharsets;

/** Prints plain decimals the way results do: {@code 912260031} as {@code 9.12260031E8}. */
public final class NumberText {
  private NumberText() {}

  /** Appends a plain decimal as Java prints a double. */
  public static void appendDouble(byte[] plain, int at, int length, ByteSink out) {
    int from = plain[at] == '-' ? at + 1 : at;
    int end = at + length;
    int point = from;
    while (point < end && plain[point] != '.') {
      point++;
    }
    boolean small = point - from == 1 && plain[from] == '0' && point < end;
    if (point - from > 7 || small || length > 15) {
      String text = new String(plain, at, length, StandardCharsets.US_ASCII);
      out.putAscii(Double.toString(Double.parseDouble(text)));
      return;
    }
    out.put(plain, at, length);
    if (point == end) {
      out.put('.');
      out.put('0');
    }
  }
}
