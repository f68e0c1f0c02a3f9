package io.initload.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows of a table are compared field by field, and what follows when none of them differs.
 *
 * <p>Rows are drawn without replacement from a known number of rows, and one that differs is enough
 * to say so (acceptance number zero). If more rows were wrong than are tolerated, the chance that
 * none of the drawn ones is among them must be at most what is left of the confidence: the
 * hypergeometric distribution, with no approximation for small tables.
 */
public sealed interface SampleSize {
  /** Rows of one table that are compared at most: each is kept in the ledger while it is read. */
  int ROWS_MAX = 1_000_000;

  /** Rows that are to be compared of so many. */
  long of(long rows);

  /** In percent. */
  BigDecimal confidence();

  /** So many rows, whatever the table. */
  record Rows(int rows) implements SampleSize {
    @Override
    public long of(long all) {
      return Math.min(rows, all);
    }

    @Override
    public BigDecimal confidence() {
      return new BigDecimal("99");
    }

    @Override
    public String toString() {
      return "%,d rows".formatted(rows);
    }
  }

  /**
   * As many rows as it takes.
   *
   * @param confidence in percent, above 0 and below 100
   * @param error rows of a table that may be wrong, in percent, above 0 and below 100
   */
  record Assured(BigDecimal confidence, BigDecimal error) implements SampleSize {
    @Override
    public long of(long all) {
      long wrong = tolerated(all) + 1;
      double most = 1 - confidence.doubleValue() / 100;
      double unseen = 1;
      long drawn = 0;
      while (unseen > most && drawn < Math.min(all, ROWS_MAX)) {
        unseen *= Math.max(0, (double) (all - wrong - drawn)) / (all - drawn);
        drawn++;
      }
      return drawn;
    }

    /** Rows of so many that may be wrong. */
    private long tolerated(long all) {
      return error
          .multiply(BigDecimal.valueOf(all))
          .divide(BigDecimal.valueOf(100))
          .setScale(0, RoundingMode.FLOOR)
          .longValueExact();
    }

    @Override
    public String toString() {
      return "%s%% for %s%%".formatted(confidence.toPlainString(), error.toPlainString());
    }
  }

  /**
   * Reads a number of rows, or {@code CONFIDENCE/ERROR} as {@code 99%/0.1%}.
   *
   * @throws IllegalArgumentException with what it should be
   */
  static SampleSize parse(String text) {
    Matcher number = Pattern.compile("[1-9][0-9]{0,6}").matcher(text);
    if (number.matches() && Integer.parseInt(text) <= ROWS_MAX) {
      return new Rows(Integer.parseInt(text));
    }
    String[] parts = text.split("/", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "is neither a number of rows from 1 to 1000000 nor a confidence and an error as"
              + " 99%/0.1%");
    }
    return new Assured(percent(parts[0]), percent(parts[1]));
  }

  /**
   * Reads a percentage.
   *
   * @throws IllegalArgumentException when it is none above 0% and below 100%
   */
  static BigDecimal percent(String text) {
    Matcher percent = Pattern.compile("([0-9]{1,2}(\\.[0-9]{1,9})?)%").matcher(text.strip());
    if (!percent.matches() || new BigDecimal(percent.group(1)).signum() == 0) {
      throw new IllegalArgumentException("is no percentage above 0% and below 100%, as 0.1%");
    }
    return new BigDecimal(percent.group(1));
  }

  /**
   * The most rows of so many that may be wrong though none of those drawn was, with the confidence.
   *
   * @param drawn rows that were compared, of which none differs
   */
  default long wrongAtMost(long all, long drawn) {
    double most = 1 - confidence().doubleValue() / 100;
    long low = 0;
    long high = all - drawn;
    while (low < high) {
      long wrong = low + (high - low) / 2;
      if (unseen(all, wrong + 1, drawn) <= most) {
        high = wrong;
      } else {
        low = wrong + 1;
      }
    }
    return low;
  }

  /** The chance that none of the wrong rows is among those drawn. */
  private static double unseen(long all, long wrong, long drawn) {
    long many = Math.max(wrong, drawn);
    double chance = 1;
    for (long i = 0; i < Math.min(wrong, drawn) && chance > 0; i++) {
      chance *= Math.max(0, (double) (all - many - i)) / (all - i);
    }
    return chance;
  }

  /**
   * What follows from a comparison, as a sentence.
   *
   * @param all loaded rows
   * @param drawn rows of them that were compared
   * @param wrong rows of those that differ or are missing
   */
  default String statement(long all, long drawn, long wrong) {
    if (drawn == 0) {
      return all == 0 ? "No row was loaded." : "No row was compared: nothing follows.";
    }
    String compared = "%,d of %,d loaded rows were compared, ".formatted(drawn, all);
    if (wrong > 0) {
      return compared + "%,d of them differ: nothing follows for the others.".formatted(wrong);
    }
    if (drawn >= all) {
      return "All %,d loaded rows were compared, none differs.".formatted(all);
    }
    long most = wrongAtMost(all, drawn);
    return compared
        + "none differs: with %s%% confidence at most %,d of all (%s%%) do."
            .formatted(confidence().toPlainString(), most, share(most, all));
  }

  private static String share(long some, long all) {
    return BigDecimal.valueOf(some)
        .multiply(BigDecimal.valueOf(100))
        .divide(BigDecimal.valueOf(all), new MathContext(3, RoundingMode.UP))
        .stripTrailingZeros()
        .toPlainString();
  }
}
