package io.initload.simulator.hook;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hooks of an org, asked in the order they were added. Safe for several threads. */
public final class Hooks implements RequestHook, JobHook {
  private final List<RequestHook> requests = new CopyOnWriteArrayList<>();
  private final List<JobHook> jobs = new CopyOnWriteArrayList<>();

  /** Adds a hook until the answer is closed. */
  public Installed add(RequestHook hook) {
    requests.add(hook);
    return () -> requests.remove(hook);
  }

  /** Adds a hook until the answer is closed. */
  public Installed add(JobHook hook) {
    jobs.add(hook);
    return () -> jobs.remove(hook);
  }

  /** Takes a hook away again. */
  @FunctionalInterface
  public interface Installed extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public Effect at(Point point, RequestFacts request, long bytes) {
    for (RequestHook hook : requests) {
      Effect effect = hook.at(point, request, bytes);
      if (!(effect instanceof Effect.None)) {
        return effect;
      }
    }
    return Effect.NONE;
  }

  @Override
  public JobEffect before(JobFacts transaction) {
    for (JobHook hook : jobs) {
      JobEffect effect = hook.before(transaction);
      if (!(effect instanceof JobEffect.None)) {
        return effect;
      }
    }
    return JobEffect.NONE;
  }
}
