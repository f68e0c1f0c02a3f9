package io.initload.pipeline.examine;

import io.initload.Failure;
import io.initload.evidence.Assumption;
import io.initload.evidence.Observed;
import io.initload.evidence.Sight;
import java.util.ArrayList;
import java.util.List;

/** Gathers what was seen; one look's trouble is its own. For one thread. */
public final class Looks {
  private final List<Observed> observed = new ArrayList<>();

  /** A look at one thing. */
  @FunctionalInterface
  public interface Look {
    Sight look() throws InterruptedException;
  }

  /** Looks, and notes what was seen, or what kept it from being seen. */
  public void at(Assumption assumption, String where, Look look) throws InterruptedException {
    Sight sight;
    try {
      sight = look.look();
    } catch (Failure e) {
      sight = Sight.of(e);
    }
    observed.add(new Observed(assumption, where, sight));
  }

  /** Notes what was seen by somebody else. */
  public void add(List<Observed> seen) {
    observed.addAll(seen);
  }

  /** All of it, in the order of the looks. */
  public List<Observed> observed() {
    return List.copyOf(observed);
  }
}
