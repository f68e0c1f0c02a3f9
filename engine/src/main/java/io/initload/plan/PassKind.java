package io.initload.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a pass over a table loads. */
public enum PassKind {
  /** Every row, with every field of the mapping but those that {@link #LINKS} sets. */
  ROWS,
  /**
   * The same fields of the rows whose parents in the same table an earlier pass loads; there may be
   * several such passes, one for each generation.
   */
  LEVEL,
  /**
   * The lookups that name rows which are loaded beside the table or after it, itself among them:
   * the external id and those lookups alone, of the rows that have one.
   */
  LINKS;

  /** The name of such a pass over a table, in ledger, files and reports. */
  public String of(String table) {
    return this == ROWS ? table : table + ":" + name().toLowerCase(Locale.ROOT);
  }

  /** The name of the pass over rows with so many ancestors in their table. */
  public static String level(String table, int ancestors) {
    return ancestors == 0 ? table : LEVEL.of(table) + ancestors;
  }

  /**
   * The names that passes over a table may have.
   *
   * @param levels how many generations of its rows there may be
   */
  public static List<String> names(String table, int levels) {
    List<String> names = new ArrayList<>(List.of(LINKS.of(table)));
    for (int i = 0; i < levels; i++) {
      names.add(level(table, i));
    }
    return names;
  }

  /** Whether it is the first one over its table. */
  public boolean isFirst() {
    return this == ROWS;
  }

  /** Whether such a pass makes records; else it changes those that are there. */
  public boolean makesRecords() {
    return this != LINKS;
  }
}
