package io.initload.simulator.behaviour;

import java.util.List;
import java.util.Map;

/**
 * Something an org does.
 *
 * @param says one sentence
 * @param source where it stands: a page and its heading
 */
public record Behaviour(
    String name, String says, String source, List<Step> steps, List<Other> others) {
  public Behaviour {
    steps = List.copyOf(steps);
    others = List.copyOf(others);
  }

  /**
   * A request, and what is expected of its answer.
   *
   * @param await whether it is repeated until the job that it asks for has ended
   * @param keep names for values of the answer, by their pointers
   */
  record Step(Caller.Request request, boolean await, Map<String, String> keep, Expect expect) {
    Step {
      keep = Map.copyOf(keep);
    }
  }

  /**
   * What other orgs do.
   *
   * @param setting the switch and its value that makes the simulated org do it
   * @param expects what is expected instead, by the number of the step
   * @param last the step after which nothing is left to do
   */
  record Other(String setting, Map<Integer, Expect> expects, int last) {
    Other {
      expects = Map.copyOf(expects);
    }
  }

  /** The switches that it depends on. */
  public List<String> switches() {
    return others.stream().map(Other::setting).toList();
  }
}
