package io.initload.evidence.rows;

import io.initload.mapping.Finding.Severity;
import java.time.Instant;
import java.util.List;

/**
 * What was seen of the rows of a migration before one of them moves.
 *
 * @param migration its name
 * @param at when it was looked at
 * @param snapshot the moment that the rows were read at, for people
 * @param tables in the order of the configuration
 * @param leftOut tables that were not looked at, since their mapping has errors
 */
public record DataProfile(
    String migration,
    Instant at,
    String snapshot,
    List<TableProfile> tables,
    List<String> leftOut) {
  public DataProfile {
    tables = List.copyOf(tables);
    leftOut = List.copyOf(leftOut);
  }

  /** Whether nothing was found that needs a person, and nothing was left out. */
  public boolean sound() {
    return lost() == 0 && count(Severity.ERROR) == 0 && leftOut.isEmpty();
  }

  /** Rows that will need a person, about, where tables were looked at by a sample. */
  public long lost() {
    return tables.stream().mapToLong(TableProfile::lostOfAll).sum();
  }

  /** Whether some figures are told from samples. */
  public boolean sampled() {
    return tables.stream().anyMatch(TableProfile::sampled);
  }

  /** Findings of a severity. */
  public long count(Severity severity) {
    return tables.stream()
        .flatMap(table -> table.findings().stream())
        .filter(finding -> finding.severity() == severity)
        .count();
  }
}
