package io.initload.plan;

import io.initload.config.Control.Part;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Sums of a table by groups of its rows, as a database is asked for them.
 *
 * @param of the column that is summed up; empty where rows are counted alone
 * @param arithmetic whether its sum is asked for
 * @param bounds whether its least and greatest value are
 */
public record TotalsQuery(List<Group> by, Optional<String> of, boolean arithmetic, boolean bounds) {
  /** Groups of one table that are held against each other. */
  public static final int GROUPS_MAX = 10_000;

  public TotalsQuery {
    by = List.copyOf(by);
  }

  /**
   * What rows are grouped by.
   *
   * @param zone of a column whose times have none, where the group is that of the moment in UTC;
   *     empty where the value counts as it stands there
   */
  public record Group(String column, Part part, Optional<ZoneId> zone) {}

  /**
   * One group.
   *
   * @param group its values as texts; empty for null
   * @param values rows with a value in the column
   * @param sum empty where there is none, or it is no number
   * @param magnitude the sum of what the values are without their sign: how far sums may be apart
   *     by rounding depends on it
   * @param min as text, in ISO 8601 what is a date; empty where there is none, as is max
   */
  public record Row(
      List<String> group,
      long rows,
      long values,
      Optional<BigDecimal> sum,
      Optional<BigDecimal> magnitude,
      String min,
      String max) {
    public Row {
      group = List.copyOf(group);
    }
  }
}
