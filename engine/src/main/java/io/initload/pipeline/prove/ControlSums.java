package io.initload.pipeline.prove;

import io.initload.config.Control.Total;
import io.initload.pipeline.prove.Certificate.Totals;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * The sums of one group of one side, as far as they are known.
 *
 * @param magnitude the sum of the values without their sign; 0 where it is not known
 * @param min in a form in which texts are in order, or numbers; empty where there is none
 */
record ControlSums(
    long rows,
    long values,
    BigDecimal sum,
    BigDecimal magnitude,
    Optional<Edge> min,
    Optional<Edge> max) {
  static final ControlSums NONE =
      new ControlSums(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, Optional.empty(), Optional.empty());

  /** Bits of a double's fraction: what the org sums up is one. */
  private static final double ULP = Math.scalb(1.0, -52);

  /** What rounding errors of a sum come to beside the worst: they are of both signs. */
  private static final int SPREAD = 8;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** A least or greatest value. */
  record Edge(String text, Optional<BigDecimal> number) implements Comparable<Edge> {
    static Optional<Edge> of(String text, boolean number) {
      if (text.isEmpty()) {
        return Optional.empty();
      }
      if (!number) {
        return Optional.of(new Edge(text, Optional.empty()));
      }
      try {
        BigDecimal value = new BigDecimal(text.trim());
        return Optional.of(new Edge(plain(value), Optional.of(value)));
      } catch (NumberFormatException e) {
        return Optional.of(new Edge(text, Optional.empty())); // Not a number, as doubles know it.
      }
    }

    @Override
    public int compareTo(Edge other) {
      return number.isPresent() && other.number.isPresent()
          ? number.get().compareTo(other.number.get())
          : text.compareTo(other.text);
    }

    /**
     * Equal to the precision of a double.
     *
     * @param half by which one of them may be rounded
     */
    boolean same(Edge other, BigDecimal half) {
      if (number.isEmpty() || other.number.isEmpty()) {
        return text.equals(other.text);
      }
      return number.get().subtract(other.number.get()).abs().compareTo(half) <= 0
          || number.get().doubleValue() == other.number.get().doubleValue();
    }
  }

  ControlSums plus(ControlSums other) {
    return new ControlSums(
        rows + other.rows,
        values + other.values,
        sum.add(other.sum),
        magnitude.add(other.magnitude),
        least(min, other.min, -1),
        least(max, other.max, 1));
  }

  private static Optional<Edge> least(Optional<Edge> a, Optional<Edge> b, int sign) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return a.get().compareTo(b.get()) * sign >= 0 ? a : b;
  }

  /**
   * Whether the org's sums are those of the source less what was not loaded.
   *
   * @param totals what is looked at beside the numbers of rows and values
   * @param roundedTo digits after the point that the org's field has, where the source has more
   */
  static boolean agree(
      ControlSums source,
      ControlSums refused,
      ControlSums org,
      Set<Total> totals,
      Optional<Integer> roundedTo) {
    BigDecimal half = roundedTo.map(HALF::movePointLeft).orElse(BigDecimal.ZERO);
    BigDecimal apart = source.sum.subtract(refused.sum).subtract(org.sum).abs();
    return source.rows - refused.rows == org.rows
        && source.values - refused.values == org.values
        && (!totals.contains(Total.SUM) || apart.compareTo(tolerance(source, half)) <= 0)
        && (!totals.contains(Total.MIN) || edge(source.min, refused.min, org.min, 1, half))
        && (!totals.contains(Total.MAX) || edge(source.max, refused.max, org.max, -1, half));
  }

  /**
   * Errors of doubles, and of rounded values where they are: few of them may all be of one sign.
   */
  private static BigDecimal tolerance(ControlSums source, BigDecimal half) {
    double spread = SPREAD * Math.sqrt((double) source.values + 1);
    double ulps = spread * ULP * source.magnitude.doubleValue();
    BigDecimal doubles = new BigDecimal(Double.isFinite(ulps) ? ulps : 0);
    return doubles.add(half.multiply(new BigDecimal(Math.min(spread, (double) source.values))));
  }

  /** A row that was not loaded may have been the one with the least or greatest value. */
  private static boolean edge(
      Optional<Edge> source,
      Optional<Edge> refused,
      Optional<Edge> org,
      int inwards,
      BigDecimal half) {
    if (source.isEmpty() || org.isEmpty()) {
      return source.isEmpty() == org.isEmpty() || (org.isEmpty() && refused.isPresent());
    }
    boolean taken = refused.isPresent() && refused.get().same(source.get(), half);
    return org.get().same(source.get(), half)
        || (taken && org.get().compareTo(source.get()) * inwards >= 0);
  }

  /** For the certificate. */
  Totals totals(boolean arithmetic, boolean bounds) {
    return new Totals(
        rows,
        values,
        arithmetic ? plain(sum) : "",
        bounds ? min.map(Edge::text).orElse("") : "",
        bounds ? max.map(Edge::text).orElse("") : "");
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
