package io.initload.evidence;

import io.initload.mapping.Finding;
import java.util.List;

/**
 * An assumption, looked at.
 *
 * @param where the table, column or object it was looked at on; empty for the side as a whole
 * @param findings what it was seen by, where both sides were held against the configuration
 */
public record CheckedAssumption(
    Assumption assumption, String where, CheckResult sight, List<Finding> findings) {
  public CheckedAssumption {
    findings = List.copyOf(findings);
  }

  public CheckedAssumption(Assumption assumption, String where, CheckResult sight) {
    this(assumption, where, sight, List.of());
  }
}
