package io.initload.pipeline.extract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How the source is borne with: how many sessions read at once, which a database that runs short
 * lowers and chunks read without trouble raise again, and how often a chunk may break off before it
 * counts as one that cannot be read. Safe for several threads.
 */
public final class ReadingPace {
  /** Readings of one chunk that may break off (docs/reference/oracle.md, "Errors"). */
  public static final int BROKEN_MAX = 5;

  /** Chunks that each session has to read in peace before there is one session more. */
  private static final int PEACE = 3;

  private final int ceiling;
  private final Map<String, Integer> broken = new HashMap<>();
  private final Set<String> onceAgain = new HashSet<>();
  private int limit;
  private int active;
  private int peaceful;

  /**
   * @param ceiling the most sessions ever, at least 1
   */
  ReadingPace(int ceiling) {
    this.ceiling = ceiling;
    this.limit = ceiling;
  }

  /** Sessions that may read at once now. */
  synchronized int limit() {
    return limit;
  }

  /** Whether one more session may read; if so, the caller says when it is done. */
  synchronized boolean enter() {
    if (active >= limit) {
      return false;
    }
    active++;
    return true;
  }

  synchronized void leave() {
    active--;
  }

  /** A chunk was read to its end. */
  synchronized void read(String chunk) {
    broken.remove(chunk);
    onceAgain.remove(chunk);
    if (limit < ceiling && ++peaceful >= PEACE * limit) {
      limit++;
      peaceful = 0;
    }
  }

  /** The reading of a chunk broke off; says whether it is worth another one. */
  synchronized boolean again(String chunk) {
    return broken.merge(chunk, 1, Integer::sum) < BROKEN_MAX;
  }

  /** As {@link #again}, for trouble that is worth one more reading, whatever else came before. */
  synchronized boolean onceAgain(String chunk) {
    return onceAgain.add(chunk);
  }

  /** The database has no room for the sessions there are. */
  synchronized void fewer() {
    limit = Math.max(1, Math.min(limit, active) / 2);
    peaceful = 0;
  }
}
