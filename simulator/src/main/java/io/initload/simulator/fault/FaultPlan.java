package io.initload.simulator.fault;

import io.initload.simulator.fault.Fault.Answered;
import io.initload.simulator.fault.Fault.ConnectionReset;
import io.initload.simulator.fault.Fault.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What goes wrong in an org: rules in order, of which the first that matches strikes. Immutable;
 * the same plan laid on an org that gets the same requests in the same order strikes the same ones.
 *
 * @param seed decides what the rules' probabilities draw
 */
public record FaultPlan(long seed, List<FaultRule> rules) {
  /** Why jobs fail that did not deserve it (docs/reference/salesforce.md, "Job errors"). */
  private static final List<String> JOB_MESSAGES =
      List.of(
          "TooManyLockFailure : Too many lock failure 200 Trying again later.",
          "InternalServerError : An internal server error occurred",
          "Timeout : Batch timed out",
          "ExceededQuota : ApiBatchItems Limit exceeded.");

  public FaultPlan {
    rules = List.copyOf(rules);
  }

  /** Nothing goes wrong. */
  public static FaultPlan none() {
    return new FaultPlan(0, List.of());
  }

  /** Faults in the given order, drawn from seed 0. */
  public static FaultPlan of(FaultRule... rules) {
    return new FaultPlan(0, List.of(rules));
  }

  /**
   * One fault for one kind of request, at most so often: {@code FaultPlan.on("ingest.state", 1,
   * fault)}.
   */
  public static FaultPlan on(String action, int times, Fault fault) {
    return of(new FaultRule(action, Trigger.action(action, times), fault));
  }

  /**
   * Reads a plan.
   *
   * @throws IllegalArgumentException if it is none; the message names the rule and the key
   */
  public static FaultPlan yaml(String text) {
    return new FaultYaml().read(text);
  }

  /**
   * Reads a plan from a file.
   *
   * @throws IllegalArgumentException if it is none; the message names the file, the rule and the
   *     key
   */
  public static FaultPlan file(Path file) {
    return new FaultYaml().read(file);
  }

  /**
   * A bit of everything, drawn from a seed: about {@code share} of all requests and jobs are
   * struck. Print the seed to be able to repeat it.
   */
  public static FaultPlan drawn(long seed, double share) {
    List<Fault> requests = new ArrayList<>();
    for (NamedAnswers answer : NamedAnswers.values()) {
      requests.add(answer.fault());
    }
    requests.add(new ConnectionReset(Moment.BEFORE_COMMIT));
    requests.add(new ConnectionReset(Moment.AFTER_COMMIT));
    requests.add(NamedAnswers.INTERNAL_ERROR.fault(Moment.AFTER_COMMIT));
    requests.add(NamedAnswers.BAD_GATEWAY.fault(Moment.AFTER_COMMIT));
    requests.add(new Fault.TruncatedBody(1 + Math.floorMod(seed, 200)));
    requests.add(new Fault.UploadReset(1 + Math.floorMod(seed, 5_000)));
    requests.add(new Fault.TokenRevoked(1 + Math.floorMod(seed, 5_000)));
    List<Fault> jobs = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (String message : JOB_MESSAGES) {
      jobs.add(new Fault.JobFailed(message, rows(random)));
    }
    jobs.add(new Fault.JobAborted(rows(random)));
    jobs.add(new Fault.JobStalled(Duration.ofMinutes(1 + random.nextInt(60)), rows(random)));
    jobs.add(new Fault.LockStorm(0.3));
    List<FaultRule> rules = new ArrayList<>();
    addAll(rules, requests, share);
    addAll(rules, jobs, share);
    return new FaultPlan(seed, rules);
  }

  /**
   * A span as plans write it: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d} or
   * ISO-8601.
   *
   * @throws IllegalArgumentException if it is none; the message names {@code what}
   */
  public static Duration span(String what, String text) {
    return FaultYaml.Keys.duration(what, text);
  }

  /** As often before the first row as among the next few, the next few dozen, or hundreds. */
  private static long rows(SplittableRandom random) {
    return random.nextInt(1 << random.nextInt(10));
  }

  private static void addAll(List<FaultRule> rules, List<Fault> faults, double share) {
    for (Fault fault : faults) {
      Trigger trigger =
          new Trigger(null, null, null, null, null, null, null, share / faults.size(), 0);
      String name =
          fault instanceof Answered answered
              ? "Answered " + answered.status()
              : fault.getClass().getSimpleName();
      rules.add(new FaultRule(name, trigger, fault));
    }
  }
}
