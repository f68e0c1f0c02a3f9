package io.initload.simulator.http.server;

import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.limits.Usage;
import io.initload.simulator.model.OrgException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts requests that have lasted long, of which only some may run at a time
 * (docs/reference/salesforce.md, "Limits").
 */
final class LongRequests {
  private final OrgClock clock;
  private final Usage usage;
  private final Set<Ticket> running = new HashSet<>();

  LongRequests(OrgClock clock, Usage usage) {
    this.clock = clock;
    this.usage = usage;
  }

  /** A request that is under way. */
  final class Ticket implements AutoCloseable {
    private final Instant since = clock.instant();

    /** Says that the request did what it was asked for. */
    void done() {
      close();
    }

    @Override
    public void close() {
      synchronized (LongRequests.this) {
        running.remove(this);
      }
    }
  }

  /** Lets a request in, or refuses it while too many others have lasted long. */
  synchronized Ticket enter(boolean counted) {
    Ticket ticket = new Ticket();
    if (!counted) {
      return ticket;
    }
    Instant longSince = clock.instant().minus(usage.allocations().longRequestAfter());
    long count = running.stream().filter(t -> !t.since.isAfter(longSince)).count();
    if (count >= usage.allocations().longRequests()) {
      throw new OrgException(
          OrgException.Kind.FORBIDDEN,
          "REQUEST_LIMIT_EXCEEDED",
          "ConcurrentPerOrgLongTxn Limit exceeded.");
    }
    running.add(ticket);
    return ticket;
  }
}
