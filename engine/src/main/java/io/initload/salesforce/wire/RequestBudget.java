package io.initload.salesforce.wire;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many API requests the org has left today, as far as it has said so, and how slowly to ask so
 * that they last. Fed by the {@code Sforce-Limit-Info} header of every answer and by {@code
 * /limits}; others use the org too, so the figures are a guide, never a reservation. Pure
 * arithmetic; safe for several threads.
 */
public final class RequestBudget {
  private static final Pattern USAGE = Pattern.compile("api-usage=(\\d{1,18})/(\\d{1,18})");
  private static final Duration DAY = Duration.ofDays(1);

  private long used = -1;
  private long allowed = -1;

  /** Counts one request of ours. */
  synchronized void sent() {
    if (used >= 0) {
      used++;
    }
  }

  /** Takes note of a header such as {@code api-usage=10018/100000}; ignores any other. */
  synchronized void observe(String limitInfo) {
    Matcher usage = USAGE.matcher(limitInfo);
    if (usage.find()) {
      used = Long.parseLong(usage.group(1));
      allowed = Long.parseLong(usage.group(2));
    }
  }

  /** Takes note of what {@code /limits} says. */
  public synchronized void observe(long max, long remaining) {
    allowed = max;
    used = max - remaining;
  }

  /** Requests left in the org's rolling day; empty when the org has not said. */
  public synchronized OptionalLong remaining() {
    return allowed < 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, allowed - used));
  }

  /**
   * The wait between two polls, not shorter than the wanted one, at which polling for a whole day
   * would spend no more than half of what is left.
   *
   * @param wanted the wait one would like
   * @param requests requests of one poll, at least 1
   */
  public Duration pace(Duration wanted, int requests) {
    OptionalLong left = remaining();
    if (left.isEmpty()) {
      return wanted;
    }
    long polls = Math.max(1, left.getAsLong() / 2 / Math.max(1, requests));
    Duration slowest = DAY.dividedBy(polls);
    return slowest.compareTo(wanted) > 0 ? slowest : wanted;
  }
}
