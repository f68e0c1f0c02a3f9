package io.initload.evidence;

import java.time.Instant;
import java.util.List;

/**
 * Everything that was looked at, as it is passed around.
 *
 * @param source what was reached there, for people; what kept it away where it was not reached
 * @param org as {@code source}
 * @param sourceReached whether that side answered
 * @param orgReached whether that side answered
 * @param switches what makes the simulated org like this one, as options of {@code initload
 *     simulator}
 */
public record Examined(
    String migration,
    Instant at,
    String source,
    String org,
    boolean sourceReached,
    boolean orgReached,
    List<CheckedAssumption> observed,
    List<String> switches) {
  public Examined {
    observed = List.copyOf(observed);
    switches = List.copyOf(switches);
  }

  /** Whether both sides were reached. */
  public boolean reached() {
    return sourceReached && orgReached;
  }

  /** Whether everything that was looked for was seen, and is as it was believed. */
  public boolean allHold() {
    return reached() && count(CheckResult.Verdict.FAILS) + count(CheckResult.Verdict.UNKNOWN) == 0;
  }

  public long count(CheckResult.Verdict verdict) {
    return observed.stream().filter(o -> o.sight().verdict() == verdict).count();
  }
}
