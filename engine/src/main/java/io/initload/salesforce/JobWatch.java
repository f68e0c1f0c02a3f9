package io.initload.salesforce;

import io.initload.salesforce.errors.OrgException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at many running jobs with few requests. The list of jobs tells the states of a thousand at
 * once, but in no order, of everybody's jobs of a week, and without counters; so the cheaper way is
 * taken each time: the list while it has fewer pages than there are jobs to look at, else one
 * request per job. Ended jobs are always asked for one by one, for their counters. Safe for several
 * threads; one look at a time is enough.
 */
public final class JobWatch {
  /**
   * What a look has shown; jobs in no part still run.
   *
   * @param ended with their counters
   * @param gone ids the org does not know: deleted, or older than 7 days
   * @param odd ids of jobs in a state that nobody knows: they may run, or never end
   */
  public record Look(List<JobInfo> ended, Set<String> gone, Set<String> odd) {
    public Look {
      ended = List.copyOf(ended);
      gone = Set.copyOf(gone);
      odd = Set.copyOf(odd);
    }
  }

  private final IngestJobs jobs;
  private volatile int pages = 1;

  public JobWatch(IngestJobs jobs) {
    this.jobs = jobs;
  }

  /** Requests the next look at so many jobs will take, if none has ended. */
  public int requests(int running) {
    return Math.max(1, Math.min(running, pages));
  }

  /**
   * Looks once.
   *
   * @param running ids of submitted jobs
   * @throws OrgException when the org cannot be asked; says nothing about the jobs
   */
  public Look look(Collection<String> running) throws InterruptedException {
    Set<String> toAsk = new LinkedHashSet<>(running);
    if (toAsk.size() > pages) {
      Map<String, JobState> states = states(toAsk);
      // a job that the list does not show is asked for by its id: lists may lag
      toAsk.removeIf(id -> states.containsKey(id) && states.get(id).isGoingOn());
    }
    List<JobInfo> ended = new ArrayList<>();
    Set<String> gone = new LinkedHashSet<>();
    Set<String> odd = new LinkedHashSet<>();
    for (String id : toAsk) {
      try {
        JobInfo job = jobs.job(id);
        if (job.state().isTerminal()) {
          ended.add(job);
        } else if (!job.state().isGoingOn()) {
          odd.add(id);
        }
      } catch (OrgException.Refused e) {
        if (!e.isNotFound()) {
          throw e;
        }
        gone.add(id);
      }
    }
    return new Look(ended, gone, odd);
  }

  private Map<String, JobState> states(Set<String> wanted) throws InterruptedException {
    Map<String, JobState> states = new HashMap<>();
    pages =
        jobs.pages(
            page -> {
              for (JobInfo job : page) {
                if (wanted.contains(job.id())) {
                  states.put(job.id(), job.state());
                }
              }
              return states.size() < wanted.size();
            });
    return states;
  }
}
