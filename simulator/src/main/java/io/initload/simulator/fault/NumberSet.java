package io.initload.simulator.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers from 1 on, written {@code 3}, {@code 3,7}, {@code 10-20}, {@code 5-} or {@code 1-9,20-}.
 */
public final class NumberSet {
  private final String text;
  private final List<Range> ranges;

  private record Range(long first, long last) {}

  private NumberSet(String text, List<Range> ranges) {
    this.text = text;
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if it is none
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static NumberSet of(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-');
      try {
        long first = Long.parseLong((dash < 0 ? part : part.substring(0, dash)).strip());
        String end = dash < 0 ? part : part.substring(dash + 1);
        long last = end.isBlank() ? Long.MAX_VALUE : Long.parseLong(end.strip());
        if (first < 1 || last < first) {
          throw new IllegalArgumentException(
              "numbers count from 1 and ranges go up: '%s'".formatted(text));
        }
        ranges.add(new Range(first, last));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "not numbers like 3, 3,7, 10-20 or 5-: '%s'".formatted(text), e);
      }
    }
    return new NumberSet(text, ranges);
  }

  boolean contains(long number) {
    for (Range range : ranges) {
      if (number >= range.first() && number <= range.last()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return text;
  }
}
