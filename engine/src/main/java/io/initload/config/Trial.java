package io.initload.config;

import java.math.BigDecimal;

/**
 * How much of a migration is tried.
 *
 * @param ofMillion how many of a million rows of each table, by a hash of their keys; 0 where they
 *     are counted
 * @param rows how many rows, the first by their keys; 0 where it is a fraction
 */
public record Trial(int ofMillion, int rows) {
  /** What a whole is divided into. */
  public static final int MILLION = 1_000_000;

  private static final int PERCENT = MILLION / 100;

  /**
   * Reads a percentage, as {@code 1%}, or a number of rows, as {@code 500}.
   *
   * @throws IllegalArgumentException for neither
   */
  public static Trial parse(String text) {
    if (text.endsWith("%")) {
      return fraction(text);
    }
    try {
      return rows(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "is neither a percentage, as 1%, nor a number of rows, as 500", e);
    }
  }

  /**
   * Reads a percentage, as {@code 1%} or {@code 0.05%}.
   *
   * @throws IllegalArgumentException for what is none between 0.0001% and 99.9999%
   */
  public static Trial fraction(String text) {
    if (!text.matches("[0-9]{1,2}(\\.[0-9]{1,4})?%")) {
      throw new IllegalArgumentException("is not a percentage, as 1% or 0.05%");
    }
    BigDecimal share = new BigDecimal(text.substring(0, text.length() - 1));
    int ofMillion = share.multiply(BigDecimal.valueOf(PERCENT)).intValueExact();
    if (ofMillion == 0) {
      throw new IllegalArgumentException("is nothing; at least 0.0001%");
    }
    return new Trial(ofMillion, 0);
  }

  /**
   * So many rows.
   *
   * @throws IllegalArgumentException for less than one, or more than a trial should have
   */
  public static Trial rows(int rows) {
    if (rows < 1 || rows > MILLION) {
      throw new IllegalArgumentException("is not between 1 and 1,000,000");
    }
    return new Trial(0, rows);
  }

  /** The name of the trial of a migration: its own in the ledger and in the staging. */
  public String of(String migration) {
    return migration + "-trial-" + (rows > 0 ? rows + "rows" : percent() + "pct");
  }

  /** About how many of a table's rows are taken; parents and children decide. */
  public long about(long all) {
    return rows > 0 ? all : (long) Math.ceil((double) all * ofMillion / MILLION);
  }

  /** As the command line has it. */
  public String option() {
    return rows > 0 ? String.valueOf(rows) : percent() + "%";
  }

  /** What is tried, for people. */
  @Override
  public String toString() {
    return rows > 0 ? "%,d rows".formatted(rows) : percent() + "%";
  }

  private String percent() {
    return BigDecimal.valueOf(ofMillion)
        .divide(BigDecimal.valueOf(PERCENT))
        .stripTrailingZeros()
        .toPlainString();
  }
}
