package io.initload.salesforce.records;

import io.initload.salesforce.Org;
import io.initload.salesforce.errors.OrgException;
import java.util.Deque;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records of an object have a value in a field, however large the object is
 * (docs/reference/salesforce.md, "REST query and counts"): at once; where that takes the org too
 * long by ranges of ids that are divided until none does; then by a bulk query of ids, which has
 * hours. For one thread.
 */
public final class RecordCount {
  /** Each takes the org two minutes; then the bulk query is the shorter way. */
  private static final int TIMEOUTS_MAX = 8;

  private static final Logger LOG = LoggerFactory.getLogger(RecordCount.class);

  /**
   * What counting came to.
   *
   * @param records empty when nobody can say
   * @param why nobody can say; empty otherwise
   */
  public record Counted(OptionalLong records, String why) {
    private static Counted of(long records) {
      return new Counted(OptionalLong.of(records), "");
    }

    private static Counted nobody(String why) {
      return new Counted(OptionalLong.empty(), why);
    }
  }

  private final Org org;
  private final String object;
  private final String condition;

  /**
   * @param field that a record must have a value in to be counted
   */
  public RecordCount(Org org, String object, String field) {
    this.org = org;
    this.object = object;
    this.condition = field + " != null";
  }

  /**
   * @param field that a record must have a value in to be counted
   * @param besides what else it must meet, as SOQL says it
   */
  public RecordCount(Org org, String object, String field, String besides) {
    this.org = org;
    this.object = object;
    this.condition = field + " != null AND " + besides;
  }

  /** Counts now, for as long as it takes; a count that the org cannot make stops nobody. */
  public Counted count() throws InterruptedException {
    OptionalLong rows = within("");
    if (rows.isEmpty()) {
      LOG.info("{}: counting takes the org too long at once; counting by ranges", object);
      rows = byRanges();
    }
    return rows.isPresent() ? Counted.of(rows.getAsLong()) : inBulk();
  }

  /** Empty when it takes the org too long. */
  private OptionalLong within(String range) throws InterruptedException {
    try {
      return OptionalLong.of(
          org.count("SELECT COUNT() FROM " + object + " WHERE " + condition + range));
    } catch (OrgException.Refused e) {
      if (!e.isTimeout()) {
        throw e;
      }
      return OptionalLong.empty();
    }
  }

  private OptionalLong byRanges() throws InterruptedException {
    Deque<IdRange> open = IdRanges.of(org, object);
    if (open.isEmpty()) {
      return OptionalLong.empty();
    }
    long sum = 0;
    for (int timeouts = 1; !open.isEmpty(); ) {
      IdRange range = open.pop();
      OptionalLong rows = within(range.condition());
      if (rows.isPresent()) {
        sum += rows.getAsLong();
      } else if (++timeouts > TIMEOUTS_MAX || !range.divisible()) {
        return OptionalLong.empty();
      } else {
        range.parts(IdRanges.PARTS).forEach(open::push);
      }
    }
    return OptionalLong.of(sum);
  }

  private Counted inBulk() throws InterruptedException {
    LOG.info("{}: counting takes the org too long by ranges; counting by a bulk query", object);
    try {
      return org.bulkCount("SELECT Id FROM " + object + " WHERE " + condition)
          .map(Counted::of)
          .orElseGet(() -> Counted.nobody("a bulk query of their ids did not end well"));
    } catch (OrgException.Refused | OrgException.LimitReached e) {
      return Counted.nobody(String.valueOf(e.getMessage()));
    }
  }
}
