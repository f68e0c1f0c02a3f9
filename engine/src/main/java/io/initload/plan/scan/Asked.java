package io.initload.plan.scan;

import java.util.List;

/** A test, with what becomes of the rows that it hits. */
public record Asked(RowTest test, Fate fate) {
  /** What becomes of a row. */
  public enum Fate {
    /** It is loaded, as it is or changed. */
    LOADED,
    /** The org refuses it: a dead letter. */
    REFUSED,
    /** It is not staged: quarantined. */
    HELD
  }

  /** The tests of rows with one fate. */
  public static List<RowTest> of(List<Asked> all, Fate fate) {
    return all.stream().filter(asked -> asked.fate() == fate).map(Asked::test).toList();
  }
}
