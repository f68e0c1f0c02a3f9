package io.initload.evidence;

import io.initload.mapping.Finding;
import java.util.List;

/**
 * An assumption, looked at.
 *
 * @param where the table, column or object it was looked at on; empty for the side as a whole
 * @param findings what it was seen by, where both sides were held against the configuration
 */
public record Observed(Assumption assumption, String where, Sight sight, List<Finding> findings) {
  public Observed {
    findings = List.copyOf(findings);
  }

  public Observed(Assumption assumption, String where, Sight sight) {
    this(assumption, where, sight, List.of());
  }
}
