package io.initload.salesforce.records;

import io.initload.salesforce.Org;
import java.util.List;

/**
 * All records of an object, cut by their ids into ranges that a bulk query each reads. A range is a
 * text that can be kept; the empty one is all ids.
 */
public final class RecordRanges {
  private static final String ALL = "";

  private final Org org;
  private final String object;

  public RecordRanges(Org org, String object) {
    this.org = org;
    this.object = object;
  }

  /** At most so many ranges of one width. */
  public List<String> cut(int parts) throws InterruptedException {
    List<String> ranges =
        parts <= 1
            ? List.of()
            : IdRanges.of(org, object, parts).stream().map(IdRange::text).toList();
    return ranges.isEmpty() ? List.of(ALL) : ranges;
  }

  /** The ids of a range that took the org too long; empty where it cannot be divided. */
  public List<String> divided(String range) throws InterruptedException {
    if (range.equals(ALL)) {
      return IdRanges.of(org, object).stream().map(IdRange::text).toList();
    }
    IdRange ids = IdRange.parse(range);
    return ids.divisible()
        ? ids.parts(IdRanges.PARTS).stream().map(IdRange::text).toList()
        : List.of();
  }

  /** As SOQL says it, behind another condition. */
  public static String condition(String range) {
    return range.equals(ALL) ? "" : IdRange.parse(range).condition();
  }
}
