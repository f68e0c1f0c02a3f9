package io.initload.source.read;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * How far a zone's clocks are ahead of UTC at a local time, without an object per value. Knows the
 * years 1900 to 2100, and there all times but those that the clocks skipped or showed twice. Not
 * thread-safe.
 */
final class LocalClock {
  /** The answer for a time that it does not know. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int CHANGES = 64;

  /** Local seconds since 1970 between which the clocks are so many seconds ahead. */
  private long[] from = new long[CHANGES];

  private long[] until = new long[CHANGES];
  private int[] ahead = new int[CHANGES];
  private int count;
  private int recent;

  LocalClock(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffset offset = rules.getOffset(FIRST);
    long start = FIRST.getEpochSecond() + offset.getTotalSeconds();
    ZoneOffsetTransition change = rules.nextTransition(FIRST);
    while (change != null && change.getInstant().isBefore(LAST)) {
      long at = change.toEpochSecond();
      int before = change.getOffsetBefore().getTotalSeconds();
      int after = change.getOffsetAfter().getTotalSeconds();
      add(start, at + Math.min(before, after), before);
      start = at + Math.max(before, after);
      offset = change.getOffsetAfter();
      change = rules.nextTransition(change.getInstant());
    }
    add(start, LAST.getEpochSecond() + offset.getTotalSeconds(), offset.getTotalSeconds());
  }

  private void add(long first, long end, int seconds) {
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      until = Arrays.copyOf(until, 2 * count);
      ahead = Arrays.copyOf(ahead, 2 * count);
    }
    from[count] = first;
    until[count] = end;
    ahead[count++] = seconds;
  }

  /**
   * Seconds ahead of UTC, or {@link #UNKNOWN}.
   *
   * @param second local, since 1970-01-01T00:00
   */
  int ahead(long second) {
    if (second < from[recent] || second >= until[recent]) {
      int found = Arrays.binarySearch(from, 0, count, second);
      int at = found < 0 ? -found - 2 : found;
      if (at < 0 || second >= until[at]) {
        return UNKNOWN;
      }
      recent = at;
    }
    return ahead[recent];
  }
}
