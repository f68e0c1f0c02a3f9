package io.initload.pipeline;

import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.journal.JobEntry;
import io.initload.simulator.journal.UsageEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds what an org has seen against the limits of a scenario. */
final class LimitChecker {
  private final Scenario scenario;
  private final SimulatedOrg org;

  LimitChecker(Scenario scenario, SimulatedOrg org) {
    this.scenario = scenario;
    this.org = org;
  }

  /** Every limit that was crossed, in words. */
  List<String> crossed() {
    List<String> crossed = new ArrayList<>();
    slots(crossed);
    allowances(crossed);
    return crossed;
  }

  private void slots(List<String> crossed) {
    Set<String> open = new HashSet<>();
    int most = 0;
    for (JobEntry entry : org.log().jobs()) {
      switch (entry.state()) {
        case "JobComplete", "Failed", "Aborted", "Deleted" -> open.remove(entry.jobId());
        default -> open.add(entry.jobId());
      }
      most = Math.max(most, open.size());
    }
    if (most > scenario.slots()) {
      crossed.add(most + " jobs at once, allowed are " + scenario.slots());
    }
  }

  private void allowances(List<String> crossed) {
    List<UsageEntry> usage = org.log().usage();
    for (int end = 0; end < usage.size(); end++) {
      long records = 0;
      long batches = 0;
      var from = usage.get(end).at().minus(Duration.ofHours(24));
      for (int i = end; i >= 0 && usage.get(i).at().isAfter(from); i--) {
        records += usage.get(i).records();
        batches += usage.get(i).batches();
      }
      if (records > scenario.dailyRecords() || batches > scenario.dailyBatches()) {
        crossed.add(
            "%d records and %d batches in the 24 h to %s, allowed are %d and %d"
                .formatted(
                    records,
                    batches,
                    usage.get(end).at(),
                    scenario.dailyRecords(),
                    scenario.dailyBatches()));
        return;
      }
    }
  }
}
