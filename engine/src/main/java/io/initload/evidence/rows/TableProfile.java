package io.initload.evidence.rows;

import java.util.List;

/**
 * What was seen of a table's rows.
 *
 * @param table its name in the configuration
 * @param rows that were looked at
 * @param of how many rows, about, where they are a sample; else as {@code rows}
 * @param sampled whether they are a sample of the table's
 * @param quarantined rows of those looked at that cannot be staged, each counted once
 * @param deadLetters rows of those looked at that the org will refuse, each counted once
 * @param passes statements that look at all of these rows
 * @param unseen what no statement told, with the reason
 */
public record TableProfile(
    String table,
    long rows,
    long of,
    boolean sampled,
    long quarantined,
    long deadLetters,
    int passes,
    List<DataFinding> findings,
    List<String> unseen) {
  public TableProfile {
    findings = List.copyOf(findings);
    unseen = List.copyOf(unseen);
  }

  /** Rows that will need a person. */
  public long lost() {
    return quarantined + deadLetters;
  }

  /** About how many of all rows will need a person: told from the sample where it is one. */
  public long lostOfAll() {
    return sampled && rows > 0 ? Math.round((double) lost() * of / rows) : lost();
  }
}
