package io.initload.simulator.fault;

import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.hook.JobFacts;
import io.initload.simulator.hook.JobHook;
import io.initload.simulator.hook.RequestFacts;
import io.initload.simulator.hook.RequestHook;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan at work in an org: decides for each request when it arrives, and for each job before each
 * transaction, and remembers how often each rule struck. Requests to {@code /admin} are never
 * struck. Safe for several threads.
 */
public final class ActiveFaults implements RequestHook, JobHook {
  private static final int REMEMBERED_MAX = 10_000;
  private static final int STRIKES_MAX = 1_000;

  private final FaultPlan plan;
  private final OrgControls org;
  private final Instant since;
  private final int[] strikes;
  private final Map<Long, Fault> struckRequests = bounded();
  private final Map<String, Fault> struckJobs = bounded();
  private final Map<String, Boolean> spent = bounded();
  private final Deque<Strike> journal = new ArrayDeque<>();
  private long requestsSeen;
  private long jobsSeen;

  /** A fault that was dealt out: to which request or job. */
  public record Strike(Instant at, String rule, String target) {}

  /** Starts a plan at a moment of the org's clock. */
  public ActiveFaults(FaultPlan plan, OrgControls org, Instant since) {
    this.plan = plan;
    this.org = org;
    this.since = since;
    this.strikes = new int[plan.rules().size()];
  }

  @Override
  public Effect at(Point point, RequestFacts request, long bytes) {
    if (request.path().startsWith("/admin")) {
      return Effect.NONE;
    }
    Fault fault = point == Point.START ? decide(request) : decided(request, point);
    return fault == null ? Effect.NONE : once(fault, request, fault.at(point, bytes, org));
  }

  /** An upload passes its point many times: what is done there is done once. */
  private Effect once(Fault fault, RequestFacts request, Effect effect) {
    if (effect instanceof Effect.None
        || !(fault instanceof Fault.UploadReset || fault instanceof Fault.TokenRevoked)) {
      return effect;
    }
    synchronized (this) {
      return spent.put("request " + request.number(), true) == null ? effect : Effect.NONE;
    }
  }

  private synchronized @Nullable Fault decide(RequestFacts request) {
    long number = ++requestsSeen;
    for (int i = 0; i < strikes.length; i++) {
      FaultRule rule = plan.rules().get(i);
      boolean left = rule.trigger().times() == 0 || strikes[i] < rule.trigger().times();
      if (left
          && !rule.fault().strikesJobs()
          && rule.trigger().matches(request, since, number, new Draw(plan.seed(), i))) {
        strikes[i]++;
        remember(
            new Strike(
                request.at(), rule.name(), "%s %s".formatted(request.method(), request.path())));
        struckRequests.put(request.number(), rule.fault());
        return rule.fault();
      }
    }
    return null;
  }

  private synchronized @Nullable Fault decided(RequestFacts request, Point point) {
    return point == Point.BODY
        ? struckRequests.remove(request.number())
        : struckRequests.get(request.number());
  }

  @Override
  public synchronized JobEffect before(JobFacts job) {
    Fault fault = struckJobs.get(job.jobId());
    if (fault == null && job.transaction() == 0) {
      fault = decide(job);
    }
    if (fault == null) {
      return JobEffect.NONE;
    }
    JobEffect effect = fault.beforeRow(job.firstRow());
    boolean stalls = effect instanceof JobEffect.Stall;
    return stalls && spent.put("job " + job.jobId(), true) != null ? JobEffect.NONE : effect;
  }

  private @Nullable Fault decide(JobFacts job) {
    long number = ++jobsSeen;
    for (int i = 0; i < strikes.length; i++) {
      FaultRule rule = plan.rules().get(i);
      boolean left = rule.trigger().times() == 0 || strikes[i] < rule.trigger().times();
      if (left
          && rule.fault().strikesJobs()
          && rule.trigger().matches(job, since, number, new Draw(plan.seed(), i))) {
        strikes[i]++;
        remember(new Strike(job.at(), rule.name(), job.jobId()));
        struckJobs.put(job.jobId(), rule.fault());
        return rule.fault();
      }
    }
    return null;
  }

  private void remember(Strike strike) {
    journal.addLast(strike);
    if (journal.size() > STRIKES_MAX) {
      journal.removeFirst();
    }
  }

  /** The plan that is at work. */
  public FaultPlan plan() {
    return plan;
  }

  /** What was dealt out so far, the latest last; at most the latest 1,000. */
  public synchronized List<Strike> strikes() {
    return new ArrayList<>(journal);
  }

  /** How often each rule struck, by its name; rules of one name are added up. */
  public synchronized Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < strikes.length; i++) {
      counts.merge(plan.rules().get(i).name(), strikes[i], Integer::sum);
    }
    return counts;
  }

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED_MAX;
      }
    };
  }
}
