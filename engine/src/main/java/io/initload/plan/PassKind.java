package io.initload.plan;

import java.util.Locale;

/** What a pass over a table loads. */
public enum PassKind {
  /** Every row, with every field of the mapping but those that {@link #LINKS} sets. */
  ROWS,
  /**
   * The lookups that name rows which are loaded beside the table or after it, itself among them:
   * the external id and those lookups alone, of the rows that have one.
   */
  LINKS;

  /** The name of such a pass over a table, in ledger, files and reports. */
  public String of(String table) {
    return this == ROWS ? table : table + ":" + name().toLowerCase(Locale.ROOT);
  }
}
