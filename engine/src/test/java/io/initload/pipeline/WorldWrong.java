package io.initload.pipeline;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a checker found wrong with a world. */
final class WorldWrong extends AssertionError {
  private static final long serialVersionUID = 1L;

  /** What can be wrong. */
  enum Kind {
    LOST,
    DOUBLED,
    LIMIT_CROSSED,
    UPLOADED_AGAIN,
    OTHER
  }

  /** One thing that is wrong. */
  record Finding(Kind kind, String text) {}

  private final transient List<Finding> findings;

  WorldWrong(List<Finding> findings) {
    super(String.join(System.lineSeparator(), findings.stream().map(Finding::text).toList()));
    this.findings = List.copyOf(findings);
  }

  /** How often each kind was found. */
  Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    findings.forEach(f -> counts.merge(f.kind(), 1, Integer::sum));
    return counts;
  }
}
