package io.initload.simulator.fault;

import io.initload.simulator.limits.Usage;

/** The controls of a running org. */
public record LiveControls(Runnable revocation, Usage usage) implements OrgControls {
  @Override
  public void revokeSessions() {
    revocation.run();
  }

  @Override
  public void setLimit(String name, long max) {
    usage.change(AllocationNames.of(name).to(max));
  }
}
