package io.initload.pipeline.examine;

import io.initload.Failure;
import io.initload.evidence.Assumption;
import io.initload.evidence.CheckResult;
import io.initload.evidence.CheckedAssumption;
import java.util.ArrayList;
import java.util.List;

/** Gathers what was seen; one look's trouble is its own. For one thread. */
public final class Checks {
  private final List<CheckedAssumption> observed = new ArrayList<>();

  /** A look at one thing. */
  @FunctionalInterface
  public interface Check {
    CheckResult check() throws InterruptedException;
  }

  /** Looks, and notes what was seen, or what kept it from being seen. */
  public void at(Assumption assumption, String where, Check check) throws InterruptedException {
    CheckResult sight;
    try {
      sight = check.check();
    } catch (Failure e) {
      sight = CheckResult.of(e);
    }
    observed.add(new CheckedAssumption(assumption, where, sight));
  }

  /** Notes what was seen by somebody else. */
  public void add(List<CheckedAssumption> seen) {
    observed.addAll(seen);
  }

  /** All of it, in the order of the looks. */
  public List<CheckedAssumption> observed() {
    return List.copyOf(observed);
  }
}
