package io.initload.simulator.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.initload.simulator.fault.Fault.Answered;
import io.initload.simulator.fault.Fault.ConnectionReset;
import io.initload.simulator.fault.Fault.Moment;
import io.initload.simulator.settings.Settings;
import io.initload.simulator.settings.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in an org: rules in order, of which the first that matches strikes. Immutable;
 * the same plan in an org that gets the same requests in the same order strikes the same ones.
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
    Object parsed = Yaml.load("fault plan", text);
    return Settings.read("fault plan", Settings.tree(parsed), FaultPlan.class);
  }

  /**
   * Reads a plan from a file.
   *
   * @throws IllegalArgumentException if it is none; the message names the file, the rule and the
   *     key
   */
  public static FaultPlan file(Path file) {
    try {
      return yaml(Yaml.text(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the fault plan %s: %s".formatted(file, e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  @JsonCreator
  static FaultPlan written(
      @JsonProperty("seed") long seed,
      @JsonProperty("faults") @Nullable List<FaultRule> rules,
      @JsonProperty("drawn") @Nullable Double share) {
    if (rules == null && share == null) {
      throw new IllegalArgumentException("'faults' must be a list of rules");
    }
    return rules == null
        ? drawn(seed, Objects.requireNonNullElse(share, 0.0))
        : new FaultPlan(seed, rules);
  }

  /**
   * A bit of everything, drawn from a seed: about {@code share} of all requests and jobs are
   * struck. Print the seed to be able to repeat it.
   */
  public static FaultPlan drawn(long seed, double share) {
    List<Fault> requests = new ArrayList<>();
    for (NamedAnswers answer : NamedAnswers.values()) {
      requests.add(Fault.Answered.of(answer));
    }
    requests.add(new ConnectionReset(Moment.BEFORE_COMMIT));
    requests.add(new ConnectionReset(Moment.AFTER_COMMIT));
    requests.add(Fault.Answered.of(NamedAnswers.INTERNAL_ERROR, Moment.AFTER_COMMIT));
    requests.add(Fault.Answered.of(NamedAnswers.BAD_GATEWAY, Moment.AFTER_COMMIT));
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
