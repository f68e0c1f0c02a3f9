package io.initload.simulator.bulk.ingest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which parents the running batches have touched. A batch keeps the lock of a parent from the first
 * row that needs it to its own end; another batch then gets it for some rows and not for others, as
 * when waiting for a lock sometimes takes too long. Guarded by the lock of {@link IngestJobs}.
 */
final class ParentLocks {
  private final Map<Long, Long> holders = new HashMap<>();
  private final Map<Long, Set<Long>> held = new HashMap<>();

  /** Whether a batch gets at a parent without waiting; if so it holds it from now on. */
  boolean free(long parent, long batch) {
    Long holder = holders.putIfAbsent(parent, batch);
    if (holder == null) {
      held.computeIfAbsent(batch, b -> new HashSet<>()).add(parent);
      return true;
    }
    return holder == batch;
  }

  /** Ends everything a batch holds. */
  void release(long batch) {
    Set<Long> parents = held.remove(batch);
    if (parents != null) {
      parents.forEach(holders::remove);
    }
  }
}
