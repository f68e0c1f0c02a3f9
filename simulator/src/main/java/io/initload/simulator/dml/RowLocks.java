package io.initload.simulator.dml;

/** Who decides whether a row gets the locks it needs. */
@FunctionalInterface
public interface RowLocks {
  /** Stands for the row itself rather than for a parent of it. */
  long ITSELF = 0;

  /** Every row gets its locks. */
  RowLocks FREE = (row, parent) -> true;

  /**
   * Asks for a lock, once for the row itself and once for each parent that writing it locks.
   *
   * @param row position in the transaction
   * @param parent key of the parent, the same for the same parent; or {@link #ITSELF}
   * @return whether the lock is granted
   */
  boolean obtain(int row, long parent);
}
