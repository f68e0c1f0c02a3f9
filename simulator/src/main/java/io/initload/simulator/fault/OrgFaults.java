package io.initload.simulator.fault;

import io.initload.simulator.hook.Hooks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one fault plan an org has, if any. Safe for several threads. */
public final class OrgFaults {
  private final Hooks hooks;
  private final OrgControls controls;
  private final InstantSource clock;
  private final List<Hooks.Installed> installed = new ArrayList<>();
  private @Nullable ActiveFaults active;

  public OrgFaults(Hooks hooks, OrgControls controls, InstantSource clock) {
    this.hooks = hooks;
    this.controls = controls;
    this.clock = clock;
  }

  /** Starts a plan in the place of the one before; its numbers and times count from now. */
  public synchronized ActiveFaults start(FaultPlan plan) {
    clear();
    ActiveFaults next = new ActiveFaults(plan, controls, clock.instant());
    installed.add(hooks.add((io.initload.simulator.hook.RequestHook) next));
    installed.add(hooks.add((io.initload.simulator.hook.JobHook) next));
    active = next;
    return next;
  }

  /** Takes the plan away; nothing goes wrong any more. */
  public synchronized void clear() {
    installed.forEach(Hooks.Installed::close);
    installed.clear();
    active = null;
  }

  /** The plan the org has, with what it has done. */
  public synchronized Optional<ActiveFaults> current() {
    return Optional.ofNullable(active);
  }
}
