package io.initload.simulator.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the org has seen and done, kept apart from what it needs to work, so that a checker can
 * disagree with it. Holds the last 200,000 entries of each kind, in memory, since the org was
 * opened. Safe for several threads; answers are copies.
 */
public final class Journal {
  private static final int ENTRIES_MAX = 200_000;

  private final Deque<RequestEntry> requests = new ArrayDeque<>();
  private final Deque<JobEntry> jobs = new ArrayDeque<>();
  private final Deque<UsageEntry> usage = new ArrayDeque<>();

  /** All requests, in the order in which their answers were begun; one that is answered is here. */
  public List<RequestEntry> requests() {
    synchronized (requests) {
      return new ArrayList<>(requests);
    }
  }

  /** All changes of state of ingest jobs, in order. */
  public List<JobEntry> jobs() {
    synchronized (jobs) {
      return new ArrayList<>(jobs);
    }
  }

  /** All draws from the rolling allocations, in order. */
  public List<UsageEntry> usage() {
    synchronized (usage) {
      return new ArrayList<>(usage);
    }
  }

  /** Adds an entry. */
  public void add(RequestEntry entry) {
    add(requests, entry);
  }

  /** Adds an entry. */
  public void add(JobEntry entry) {
    add(jobs, entry);
  }

  /** Adds an entry. */
  public void add(UsageEntry entry) {
    add(usage, entry);
  }

  private static <T> void add(Deque<T> entries, T entry) {
    synchronized (entries) {
      if (entries.size() == ENTRIES_MAX) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
  }
}
