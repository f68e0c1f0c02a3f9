package io.initload.simulator.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.initload.simulator.hook.JobFacts;
import io.initload.simulator.hook.RequestFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a fault strikes. All that is given must hold; what is null does not matter.
 *
 * @param numbers numbers of requests, or of jobs for a fault that strikes jobs, counted from the
 *     start of the plan
 * @param method HTTP method
 * @param path whole path without query, {@code *} standing for any text
 * @param action what is asked for, such as {@code ingest.upload}; {@code *} stands for any text
 * @param object object a job loads
 * @param after org time since the plan started, from then on
 * @param until org time since the plan started, up to then
 * @param probability share of those that match otherwise, 0 to 1; drawn from the plan's seed and
 *     the number
 * @param times how often at most; 0 for no bound
 */
public record Trigger(
    @Nullable NumberSet numbers,
    @Nullable String method,
    @Nullable String path,
    @Nullable String action,
    @Nullable String object,
    @Nullable Duration after,
    @Nullable Duration until,
    double probability,
    int times) {

  public Trigger {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1, not " + probability);
    }
    if (times < 0) {
      throw new IllegalArgumentException("times must not be negative: " + times);
    }
  }

  @JsonCreator
  static Trigger written(
      @JsonProperty("numbers") @Nullable NumberSet numbers,
      @JsonProperty("method") @Nullable String method,
      @JsonProperty("path") @Nullable String path,
      @JsonProperty("action") @Nullable String action,
      @JsonProperty("object") @Nullable String object,
      @JsonProperty("after") @Nullable Duration after,
      @JsonProperty("until") @Nullable Duration until,
      @JsonProperty("probability") @Nullable Double probability,
      @JsonProperty("times") int times) {
    return new Trigger(
        numbers,
        method,
        path,
        action,
        object,
        after,
        until,
        Objects.requireNonNullElse(probability, 1.0),
        times);
  }

  /** Always, each time. */
  public static Trigger always() {
    return new Trigger(null, null, null, null, null, null, null, 1, 0);
  }

  /** Whenever this is asked for, at most so often. */
  public static Trigger action(String action, int times) {
    return new Trigger(null, null, null, action, null, null, null, 1, times);
  }

  /** For a share of what this asks for. */
  public static Trigger sometimes(String action, double probability) {
    return new Trigger(null, null, null, action, null, null, null, probability, 0);
  }

  boolean matches(RequestFacts request, Instant since, long number, Draw draw) {
    return holds(numbers, number)
        && (method == null || method.equalsIgnoreCase(request.method()))
        && glob(path, request.path())
        && glob(action, request.action())
        && isDue(since, request.at())
        && draw.below(probability, number);
  }

  boolean matches(JobFacts job, Instant since, long number, Draw draw) {
    return holds(numbers, number)
        && (object == null || object.equalsIgnoreCase(job.object()))
        && isDue(since, job.at())
        && draw.below(probability, number);
  }

  private boolean isDue(Instant since, Instant now) {
    Duration passed = Duration.between(since, now);
    return (after == null || passed.compareTo(after) >= 0)
        && (until == null || passed.compareTo(until) < 0);
  }

  private static boolean holds(@Nullable NumberSet numbers, long number) {
    return numbers == null || numbers.contains(number);
  }

  private static boolean glob(@Nullable String pattern, String text) {
    if (pattern == null) {
      return true;
    }
    StringBuilder regex = new StringBuilder();
    int from = 0;
    for (int star = pattern.indexOf('*'); star >= 0; star = pattern.indexOf('*', from)) {
      regex.append(Pattern.quote(pattern.substring(from, star))).append(".*");
      from = star + 1;
    }
    regex.append(Pattern.quote(pattern.substring(from)));
    return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
        .matcher(text)
        .matches();
  }
}
