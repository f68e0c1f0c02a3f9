package io.initload.simulator.bulk.ingest;

import io.initload.simulator.dml.RowLocks;
import io.initload.simulator.hook.JobEffect;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides which rows of a batch get their locks: by parents that another running batch has touched,
 * and by a draw that depends on the seed, the job and the row alone. Guarded by the lock, but for
 * the locks it hands out, which take it themselves.
 */
final class BatchLocks {
  private final IngestSetup setup;
  private final ReentrantLock lock;
  private final ParentLocks parents = new ParentLocks();

  BatchLocks(IngestSetup setup, ReentrantLock lock) {
    this.setup = setup;
    this.lock = lock;
  }

  /** The locks of a batch's next transaction. */
  RowLocks of(BatchRun run, JobEffect effect) {
    boolean storm = effect instanceof JobEffect.LockRows;
    double share = effect instanceof JobEffect.LockRows rows ? rows.share() : 0;
    boolean contended = setup.cost().rowsPerSecond() > 0;
    if (!storm && !contended) {
      return RowLocks.FREE;
    }
    long first = run.work.index.firstRow(run.next);
    return (row, parent) -> {
      double draw = draw(run.job.number, first + row);
      boolean granted = draw >= share;
      if (granted && parent != RowLocks.ITSELF && contended) {
        granted = free(parent, run) || draw >= setup.rules().lockFailureShare();
      }
      if (!granted) {
        run.lockFailures++;
      }
      return granted;
    };
  }

  private boolean free(long parent, BatchRun run) {
    lock.lock();
    try {
      return parents.free(parent, run.key);
    } finally {
      lock.unlock();
    }
  }

  private double draw(long job, long row) {
    long mixed = (setup.seed() ^ job * 0x9E3779B97F4A7C15L) + row * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
  }

  /** Ends everything a batch holds. */
  void release(BatchRun run) {
    parents.release(run.key);
  }
}
