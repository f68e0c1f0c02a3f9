package io.initload.pipeline;

import io.initload.pipeline.WorldWrong.Kind;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.bulk.ingest.JobInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Holds the jobs that the org worked at against the ledger, and against the records they made. */
final class JobChecker {
  private final Scenario scenario;
  private final SimulatedOrg org;
  private final BiConsumer<Kind, String> wrong;

  JobChecker(Scenario scenario, SimulatedOrg org, BiConsumer<Kind, String> wrong) {
    this.scenario = scenario;
    this.org = org;
    this.wrong = wrong;
  }

  /**
   * No part was worked at by two jobs of the org, whether it took or refused the rows; no job that
   * worked at rows is unknown to the ledger; and what it says of a job is what the org says.
   */
  void known(LedgerTables ledger) throws SQLException {
    Map<String, LedgerTables.LoadedBy> known = new HashMap<>();
    ledger.jobs().forEach(job -> known.put(job.sfId(), job));
    Map<Long, String> worked = new HashMap<>();
    for (JobInfo job : org.jobs()) {
      if (job.processed() == 0) {
        continue;
      }
      LedgerTables.LoadedBy booked = known.get(job.id());
      if (booked == null) {
        wrong.accept(Kind.UPLOADED_AGAIN, "job " + job.id() + " is unknown to the ledger");
        continue;
      }
      String other = booked.part() == 0 ? null : worked.put(booked.part(), job.id());
      if (other != null) {
        wrong.accept(
            Kind.UPLOADED_AGAIN,
            "jobs %s and %s both worked at part %d".formatted(other, job.id(), booked.part()));
      }
      if (booked.settled()
          && (booked.processed() != job.processed() || booked.failed() != job.failed())) {
        wrong.accept(
            Kind.OTHER,
            "job %s worked at %d rows and refused %d, the ledger has %d and %d"
                .formatted(
                    job.id(), job.processed(), job.failed(), booked.processed(), booked.failed()));
      }
    }
  }

  /**
   * Every record was written exactly once by each load: nothing was loaded twice. Loaded anew, a
   * record whose fields can be set but once is found to be there, and not written.
   */
  void writtenOnce(long records) {
    long written = org.jobs().stream().mapToLong((JobInfo j) -> j.processed() - j.failed()).sum();
    if (scenario.resets() == 0 ? written != records : written > records) {
      wrong.accept(Kind.DOUBLED, "the org wrote " + written + " rows for " + records + " records");
    }
  }
}
