package io.initload.config;

import java.util.List;
import java.util.Set;

/**
 * Sums of a table that people know, taken of source and org and held against each other.
 *
 * @param field what is summed up, as the mapping names it; empty where rows are counted alone
 * @param totals what is taken of the field beside its number of values
 * @param by what rows are grouped by; empty for the table as a whole
 * @param orgWhere a condition in SOQL that the org's records of the table meet; empty for all that
 *     have an external id
 */
public record Control(
    String name, String field, Set<Total> totals, List<Dimension> by, String orgWhere) {
  public Control {
    totals = Set.copyOf(totals);
    by = List.copyOf(by);
  }

  /** What is taken of a field. */
  public enum Total {
    COUNT,
    SUM,
    MIN,
    MAX
  }

  /** What of a value makes the group. */
  public enum Part {
    VALUE,
    YEAR,
    MONTH
  }

  /**
   * One of the things that rows are grouped by.
   *
   * @param field as the mapping names it
   */
  public record Dimension(Part part, String field) {
    /** As the configuration has it. */
    @Override
    public String toString() {
      return switch (part) {
        case VALUE -> field;
        case YEAR -> "year(" + field + ")";
        case MONTH -> "month(" + field + ")";
      };
    }
  }
}
