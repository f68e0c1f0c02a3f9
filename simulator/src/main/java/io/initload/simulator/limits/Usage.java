package io.initload.simulator.limits;

import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.store.OrgStore;
import io.initload.simulator.store.StoreBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the org has used of its allocations. Safe for several threads. */
public final class Usage {
  /** Things that are counted over any 24 hours. */
  public enum Counted {
    API_REQUESTS,
    RECORDS,
    BATCHES,
    QUERY_JOBS,
    QUERY_MEGABYTES
  }

  private static final String FACT = "usage/";

  private final OrgClock clock;
  private final Map<Counted, RollingWindow> windows = new EnumMap<>(Counted.class);
  private Allocations allocations;

  /** Goes on from what the store remembers of the last 24 hours. */
  public Usage(Allocations allocations, OrgClock clock, OrgStore store) {
    this.allocations = allocations;
    this.clock = clock;
    for (Counted counted : Counted.values()) {
      windows.put(counted, new RollingWindow());
    }
    long oldest = clock.instant().minus(Duration.ofHours(24)).getEpochSecond();
    StoreBatch expired = new StoreBatch();
    store.eachFact(
        FACT,
        (name, amount) -> {
          String[] parts = name.split("/", 3);
          long second = Long.parseLong(parts[2]);
          if (second <= oldest) {
            store.removeFact(expired, name);
          } else {
            window(Counted.valueOf(parts[1]))
                .add(Instant.ofEpochSecond(second), ByteBuffer.wrap(amount).getLong());
          }
        });
    store.write(expired);
  }

  /** What the org may use at present. */
  public synchronized Allocations allocations() {
    return allocations;
  }

  /** Raises or lowers allocations from now on. */
  public synchronized void change(UnaryOperator<Allocations> change) {
    allocations = change.apply(allocations);
  }

  /** The allocation of a counted thing. */
  public synchronized long max(Counted counted) {
    return switch (counted) {
      case API_REQUESTS -> allocations.dailyApiRequests();
      case RECORDS -> allocations.dailyRecords();
      case BATCHES -> allocations.dailyBatches();
      case QUERY_JOBS -> allocations.dailyQueryJobs();
      case QUERY_MEGABYTES -> allocations.dailyQueryMegabytes();
    };
  }

  /** How much was used in the last 24 hours. */
  public synchronized long used(Counted counted) {
    return window(counted).used(clock.instant());
  }

  /** How much is left, never below zero. */
  public synchronized long remaining(Counted counted) {
    return Math.max(0, max(counted) - used(counted));
  }

  /**
   * Takes as much as is left, up to an amount.
   *
   * @return how much was taken
   */
  public synchronized long takeUpTo(Counted counted, long amount, Instant at) {
    long taken = Math.min(amount, Math.max(0, max(counted) - window(counted).used(at)));
    if (taken > 0) {
      window(counted).add(at, taken);
    }
    return taken;
  }

  /** Counts an amount, whether or not it is left. */
  public synchronized void count(Counted counted, long amount) {
    window(counted).add(clock.instant(), amount);
  }

  /** Adds everything the store must remember to a batch. */
  public synchronized void save(OrgStore store, StoreBatch batch) {
    windows.forEach(
        (counted, window) ->
            window.each((second, amount) -> save(store, batch, counted, second, amount)));
  }

  /** Adds what was used last of one thing to a batch. */
  public synchronized void saveLast(OrgStore store, StoreBatch batch, Counted counted) {
    window(counted).last((second, amount) -> save(store, batch, counted, second, amount));
  }

  private static void save(
      OrgStore store, StoreBatch batch, Counted counted, long second, long amount) {
    byte[] value = ByteBuffer.allocate(8).putLong(amount).array();
    store.putFact(batch, FACT + counted + "/" + second, value);
  }

  private RollingWindow window(Counted counted) {
    RollingWindow window = windows.get(counted);
    if (window == null) {
      throw new IllegalStateException(counted + " is not counted");
    }
    return window;
  }
}
