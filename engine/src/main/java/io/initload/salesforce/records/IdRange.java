package io.initload.salesforce.records;

import io.initload.SfId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Record ids from one to below another, in their own order: they count in base 62
 * (docs/reference/salesforce.md, "Versions and ids").
 *
 * @param first whether ids before it belong to it too
 * @param last whether ids after it belong to it too
 */
record IdRange(BigInteger from, BigInteger to, boolean first, boolean last) {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  /** Characters that count; three more guard letter case. */
  private static final int LENGTH = 15;

  /** Whether an id can be a bound. */
  static boolean bounds(String id) {
    return SfId.valid(id);
  }

  /** All ids, of which those between two are known to be worth dividing. */
  static IdRange all(String first, String last) {
    return new IdRange(number(first), number(last).add(BigInteger.ONE), true, true);
  }

  /** A text that {@link #parse} reads as this range. */
  String text() {
    return "%s:%s:%b:%b".formatted(from, to, first, last);
  }

  static IdRange parse(String text) {
    String[] parts = text.split(":", -1);
    return new IdRange(
        new BigInteger(parts[0]),
        new BigInteger(parts[1]),
        Boolean.parseBoolean(parts[2]),
        Boolean.parseBoolean(parts[3]));
  }

  /** Whether it holds more than one id. */
  boolean divisible() {
    return to.subtract(from).compareTo(BigInteger.ONE) > 0;
  }

  /** The same ids in at most so many ranges of one width. */
  List<IdRange> parts(int most) {
    BigInteger width = to.subtract(from).divide(BigInteger.valueOf(most)).max(BigInteger.ONE);
    List<IdRange> parts = new ArrayList<>();
    BigInteger start = from;
    while (parts.size() < most - 1 && start.add(width).compareTo(to) < 0) {
      parts.add(new IdRange(start, start.add(width), first && parts.isEmpty(), false));
      start = start.add(width);
    }
    parts.add(new IdRange(start, to, first && parts.isEmpty(), last));
    return parts;
  }

  /** As SOQL says it, behind another condition. */
  String condition() {
    return (first ? "" : " AND Id >= '" + id(from) + "'")
        + (last ? "" : " AND Id < '" + id(to) + "'");
  }

  private static BigInteger number(String id) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < LENGTH; i++) {
      number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(id.charAt(i))));
    }
    return number;
  }

  private static String id(BigInteger number) {
    StringBuilder digits = new StringBuilder();
    BigInteger rest = number;
    for (int i = 0; i < LENGTH; i++) {
      BigInteger[] next = rest.divideAndRemainder(BASE);
      digits.append(DIGITS.charAt(next[1].intValue()));
      rest = next[0];
    }
    return digits.reverse().toString();
  }
}
