package io.initload.pipeline.profile;

import io.initload.mapping.SourceColumn;
import io.initload.plan.scan.Asked;
import io.initload.plan.scan.Asked.Fate;
import io.initload.plan.scan.RowTest;
import java.util.Optional;

/**
 * Something that rows are tested for.
 *
 * @param where the place in the mapping
 * @param about what is wrong, behind "N rows"; {@code %,d} in it stands for the longest text
 * @param valued the column whose values are told; empty where they say nothing
 * @param forbids whether one such row keeps the table from being loaded
 */
record DataCheck(
    String code,
    String where,
    RowTest test,
    Fate fate,
    String about,
    String remedy,
    Optional<SourceColumn> valued,
    boolean forbids) {
  DataCheck(String code, String where, RowTest test, Fate fate, String about, String remedy) {
    this(code, where, test, fate, about, remedy, Optional.empty(), false);
  }

  /** The same, telling the values of a column. */
  DataCheck telling(Optional<SourceColumn> column) {
    return new DataCheck(code, where, test, fate, about, remedy, column, forbids);
  }

  /** The same, which keeps the table from being loaded or not. */
  DataCheck forbidding(boolean all) {
    return new DataCheck(code, where, test, fate, about, remedy, valued, all);
  }

  Asked asked() {
    return new Asked(test, fate);
  }

  /** What becomes of the rows. */
  String outcome() {
    if (forbids) {
      return "the table is not loaded";
    }
    return switch (fate) {
      case HELD -> "they are held back";
      case REFUSED -> "they become dead letters";
      case LOADED -> "they are loaded";
    };
  }
}
