package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.JobBook.Outcome;
import io.initload.ledger.entry.Job;
import io.initload.pipeline.settle.PartKeys.Fate;
import io.initload.pipeline.work.TableWork;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.ResultKind;
import io.initload.salesforce.ResultReader;
import io.initload.salesforce.RowResult;
import io.initload.salesforce.errors.OrgException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the result files of an ended job into the fates of a part's rows. */
final class Results {
  private static final Logger LOG = LoggerFactory.getLogger(Results.class);

  /** Tries to get result files that agree with the job's own counters. */
  private static final int TRIES = 4;

  /** How the org refuses to delete what is deleted already, which is what a delete wants. */
  private static final String GONE = "ENTITY_IS_DELETED";

  private final Workbench bench;

  Results(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Books every result row.
   *
   * @param refused takes the failed rows by their number in the part
   * @throws Failure {@code RESULTS_INCOMPLETE} when the files hold fewer rows than the job counted
   */
  void read(
      Job job,
      Outcome outcome,
      TableWork table,
      PartKeys keys,
      RefusedRows refused,
      Receipt receipt)
      throws InterruptedException {
    Optional<Failure> last = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      keys.reset();
      refused.reset();
      receipt.reset();
      try {
        read(job, ResultKind.SUCCESSFUL, table, keys, refused, receipt);
        bench.checkpoint().reached("settle.reading");
        read(job, ResultKind.FAILED, table, keys, refused, receipt);
        if (job.state() != Job.State.COMPLETE || !keys.notAttempted().isEmpty()) {
          readUnprocessed(job, table, keys, refused, receipt);
        }
        long written = keys.count(Fate.CREATED) + keys.count(Fate.UPDATED);
        if (job.state() != Job.State.COMPLETE || written + refused.count() >= outcome.processed()) {
          return;
        }
        last = Optional.of(incomplete(job, outcome, written, refused.count()));
      } catch (OrgException.Unavailable e) {
        last = Optional.of(e);
      }
    }
    throw last.orElseThrow();
  }

  /** A row in no result at all was not attempted either, so this file need not tell anything. */
  private void readUnprocessed(
      Job job, TableWork table, PartKeys keys, RefusedRows refused, Receipt receipt)
      throws InterruptedException {
    try {
      read(job, ResultKind.UNPROCESSED, table, keys, refused, receipt);
    } catch (Failure e) {
      if (!e.code().equals("ORG_RESULT")) {
        throw e;
      }
      LOG.info("{}", e.getMessage());
    }
  }

  /** Whether the results of a job repeat the columns that were sent, as those of a read job do. */
  boolean namesColumns(Job job, TableWork table) throws InterruptedException {
    try (ResultReader rows = open(job, ResultKind.SUCCESSFUL, table)) {
      return rows.columns().containsAll(table.run().header());
    }
  }

  private ResultReader open(Job job, ResultKind kind, TableWork table) throws InterruptedException {
    return bench
        .org()
        .jobs()
        .results(job.sfId().orElseThrow(), kind, table.keyColumn(), bench.staging().directory());
  }

  private void read(
      Job job,
      ResultKind kind,
      TableWork table,
      PartKeys keys,
      RefusedRows refused,
      Receipt receipt)
      throws InterruptedException {
    try (ResultReader rows = open(job, kind, table)) {
      while (rows.hasNext()) {
        RowResult row = rows.next();
        Fate fate = fate(kind, row, table);
        int number = keys.book(row.key(), fate);
        if (fate == Fate.FAILED) {
          refused.put(number, row.error(), List.of());
        } else if (fate == Fate.CREATED) {
          receipt.add(row.id());
        }
      }
    }
  }

  static Fate fate(ResultKind kind, RowResult row, TableWork table) {
    if (kind == ResultKind.FAILED && table.deletes() && row.error().code().equals(GONE)) {
      return Fate.UPDATED;
    }
    return switch (kind) {
      case SUCCESSFUL -> row.created() ? Fate.CREATED : Fate.UPDATED;
      case FAILED -> Fate.FAILED;
      case UNPROCESSED -> Fate.UNPROCESSED;
    };
  }

  static Failure incomplete(Job job, Outcome outcome, long written, long failed) {
    return new Failure(
        Failure.Kind.TRANSIENT,
        "RESULTS_INCOMPLETE",
        "Job %s of %s counts %,d rows processed, but its result files hold %,d written and %,d failed."
            .formatted(job.sfId().orElse("?"), job.table(), outcome.processed(), written, failed),
        "The results are kept 7 days: run the same command again, it fetches them anew.");
  }
}
