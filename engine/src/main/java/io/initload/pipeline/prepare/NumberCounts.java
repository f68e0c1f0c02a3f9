package io.initload.pipeline.prepare;

import io.initload.mapping.ColumnRead;
import io.initload.mapping.Finding;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Counts the rows whose numbers their fields do not hold. One use; not thread-safe. */
final class NumberCounts {
  private final List<NumberDoubt> doubts;
  private final List<String> columns;
  private final NumberSink sink = new NumberSink();
  private final long[] larger;
  private final long[] finer;
  private long rows;

  NumberCounts(List<NumberDoubt> doubts) {
    this.doubts = List.copyOf(doubts);
    this.columns = doubts.stream().map(NumberDoubt::column).distinct().toList();
    this.larger = new long[doubts.size()];
    this.finer = new long[doubts.size()];
  }

  /** What must be read of a row, in this order. */
  List<ColumnRead> reads() {
    return columns.stream().map(column -> new ColumnRead(column, Rendering.NUMBER)).toList();
  }

  void count(SourceRow row) {
    rows++;
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      sink.of(row, i).ifPresent(number -> count(column, number));
    }
  }

  private void count(String column, BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    for (int i = 0; i < doubts.size(); i++) {
      NumberDoubt doubt = doubts.get(i);
      if (doubt.column().equals(column) && plain.signum() != 0) {
        larger[i] += beyond(plain.precision() - plain.scale(), doubt.whole());
        finer[i] += beyond(plain.scale(), doubt.decimals());
      }
    }
  }

  private static int beyond(int digits, int bound) {
    return bound != NumberDoubt.NO_DOUBT && digits > bound ? 1 : 0;
  }

  /**
   * What is wrong with the rows that were counted, column by column; and once for the table, which
   * columns were not seen whole.
   *
   * @param place of the table
   * @param all whether these are all rows of it
   */
  List<Finding> findings(String place, boolean all) {
    List<Finding> findings = new ArrayList<>();
    String of = all ? "" : "the first ";
    for (int i = 0; i < doubts.size(); i++) {
      if (larger[i] > 0) {
        findings.add(tooLarge(doubts.get(i), "%,d of %s%,d rows".formatted(larger[i], of, rows)));
      }
      if (finer[i] > 0) {
        findings.add(tooFine(doubts.get(i), "%,d of %s%,d rows".formatted(finer[i], of, rows)));
      }
    }
    String unseen =
        columns.stream().filter(column -> !isFound(column)).collect(Collectors.joining(", "));
    if (!all && !unseen.isEmpty()) {
      findings.add(notSeen(place, unseen));
    }
    return findings;
  }

  private static Finding tooLarge(NumberDoubt doubt, String in) {
    return new Finding(
        "NUMBER_TOO_LARGE",
        Finding.Severity.WARNING,
        doubt.where(),
        "The column %s has more digits before the point than the %d that the field holds in %s: they become dead letters."
            .formatted(doubt.declared(), doubt.whole(), in),
        "Enlarge the field, or correct these rows in the source.");
  }

  private static Finding tooFine(NumberDoubt doubt, String in) {
    return doubt.integer()
        ? new Finding(
            "NUMBER_FRACTION",
            Finding.Severity.WARNING,
            doubt.where(),
            "The column %s has decimals in %s, and the field takes whole numbers only: they become dead letters."
                .formatted(doubt.declared(), in),
            "Feed a field with decimals, or round by tables[].sql.")
        : new Finding(
            "NUMBER_SCALE",
            Finding.Severity.WARNING,
            doubt.where(),
            "The column %s has more decimals than the %d that the field shows in %s: the API keeps them all, pages show them rounded."
                .formatted(doubt.declared(), doubt.decimals(), in),
            "Give the field more decimals if they matter.");
  }

  private Finding notSeen(String place, String unseen) {
    return new Finding(
        "NUMBERS_UNSEEN",
        Finding.Severity.WARNING,
        place,
        "By their types these columns may hold larger numbers, or more decimals, than their fields; no number of the first %,d rows does: %s."
            .formatted(rows, unseen),
        "Ask the database for the largest number of each column, where that matters.");
  }

  private boolean isFound(String column) {
    for (int i = 0; i < doubts.size(); i++) {
      if (doubts.get(i).column().equals(column) && larger[i] + finer[i] > 0) {
        return true;
      }
    }
    return false;
  }
}
