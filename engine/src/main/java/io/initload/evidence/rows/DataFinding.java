package io.initload.evidence.rows;

import io.initload.mapping.Finding.Severity;
import java.util.List;

/**
 * What is wrong with some rows of a table.
 *
 * @param where the place in the mapping
 * @param message what it is, with the number of rows
 * @param remedy what to do about it
 * @param rows that it is wrong with, each counted once; of a sample, those of the sample
 * @param lost those of them that will need a person for it: quarantined, or refused by the org. A
 *     row that several findings are about counts in each of them
 * @param examples external ids, or keys of the parents that a crowd of rows has; at most three
 */
public record DataFinding(
    String code,
    Severity severity,
    String where,
    String message,
    String remedy,
    long rows,
    long lost,
    List<String> examples) {
  public DataFinding {
    examples = List.copyOf(examples);
  }
}
