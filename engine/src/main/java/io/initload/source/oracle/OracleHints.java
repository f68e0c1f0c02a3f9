package io.initload.source.oracle;

import io.initload.plan.ChunkBounds;

/** Hints, which name the alias {@code t}, with what separates them from the list of columns. */
final class OracleHints {
  private OracleHints() {}

  /**
   * Many sessions read disjoint ranges: parallel servers would only multiply
   * (docs/reference/oracle.md, "Parallel query").
   */
  static String read(ChunkBounds bounds) {
    return hint(
        bounds instanceof ChunkBounds.RowidRange ? "NO_PARALLEL NO_INDEX(t)" : "NO_PARALLEL");
  }

  /** Where an index may hold all that is asked for. */
  static String parallel(int degree) {
    return hint(degreeOf(degree));
  }

  /** Where all rows are looked at: the hint is on the table, which an index would pass by. */
  static String scan(int degree) {
    return hint(degree > 1 ? degreeOf(degree) + " FULL(t)" : degreeOf(degree));
  }

  private static String degreeOf(int degree) {
    return degree > 1 ? "PARALLEL(t, " + degree + ")" : "NO_PARALLEL";
  }

  private static String hint(String text) {
    return "/*+ " + text + " */ ";
  }
}
