package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.ResultKind;
import io.initload.salesforce.ResultReader;
import io.initload.salesforce.errors.OrgException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the result files of an ended job into the fates of its part's rows. */
final class Results {
  private static final Logger LOG = LoggerFactory.getLogger(Results.class);

  /** Tries to get result files that agree with the job's own counters. */
  private static final int TRIES = 4;

  /** In words about a row, a header or a field of too many characters: the org has read them. */
  private static final String BOUND = "longer than";

  private final Workbench bench;
  private final EndedJob ended;

  Results(Workbench bench, EndedJob ended) {
    this.bench = bench;
    this.ended = ended;
  }

  /**
   * Takes every result.
   *
   * @throws Failure {@code RESULTS_INCOMPLETE} when the files hold fewer rows than the job counted,
   *     {@code RESULT_FOREIGN}, {@code RESULT_TWICE}
   */
  void read(Fates fates) throws InterruptedException {
    Optional<Failure> last = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      fates.reset();
      try {
        readAll(fates);
        long told = fates.written() + fates.refused().count();
        if (!ended.complete() || told >= ended.outcome().processed()) {
          return;
        }
        last = Optional.of(incomplete(fates));
      } catch (OrgException.Unavailable e) {
        last = Optional.of(e);
      }
    }
    throw last.orElseThrow();
  }

  private void readAll(Fates fates) throws InterruptedException {
    read(ResultKind.SUCCESSFUL, fates);
    bench.checkpoint().reached("settle.reading");
    read(ResultKind.FAILED, fates);
    if (!ended.complete() || fates.left() > 0) {
      readUnprocessed(fates);
    }
  }

  /** A row in no result at all was not attempted either, so this file need not tell anything. */
  private void readUnprocessed(Fates fates) throws InterruptedException {
    try {
      read(ResultKind.UNPROCESSED, fates);
    } catch (Failure e) {
      if (!e.code().equals("ORG_RESULT")) {
        throw e;
      }
      LOG.info("{}", e.getMessage());
    }
  }

  private void read(ResultKind kind, Fates fates) throws InterruptedException {
    try (ResultReader rows = open(kind)) {
      while (rows.hasNext()) {
        fates.take(kind, rows.next(), rows);
      }
    }
  }

  private ResultReader open(ResultKind kind) throws InterruptedException {
    return bench
        .org()
        .jobs()
        .results(
            ended.job().sfId().orElseThrow(),
            kind,
            ended.table().keyColumn(),
            bench.staging().directory(),
            ResultReader.bytesMax(ended.part().rows(), ended.part().csvBytes()));
  }

  /**
   * Whether the org read nothing of the job, and not for a fault in its header. A job that is
   * complete without a row may also have found no batches left; then its results repeat the header
   * that was sent.
   */
  boolean unreadable() throws InterruptedException {
    if (ended.outcome().processed() > 0) {
      return false;
    }
    if (ended.complete()) {
      return !nameColumns(ended.table());
    }
    String message = ended.outcome().errorMessage();
    return (message.startsWith("InvalidBatch") || message.startsWith("ClientInputError"))
        && !message.contains(BOUND)
        && ended.table().pass().header().stream().noneMatch(message::contains);
  }

  /** Whether the results repeat the columns that were sent, as those of a read job do. */
  private boolean nameColumns(PassWork table) throws InterruptedException {
    for (int i = 1; ; i++) {
      try (ResultReader rows = open(ResultKind.SUCCESSFUL)) {
        return rows.columns().containsAll(table.pass().header());
      } catch (OrgException.Unavailable e) {
        if (!e.isGarbled()) {
          throw e;
        }
        if (i == TRIES) {
          return false; // packed data that the org took for a header need not even be CSV
        }
      }
    }
  }

  private Failure incomplete(Fates fates) {
    return new Failure(
        Failure.Kind.TRANSIENT,
        "RESULTS_INCOMPLETE",
        "Job %s of %s counts %,d rows processed, but its result files hold %,d written and %,d failed."
            .formatted(
                ended.label(),
                ended.job().table(),
                ended.outcome().processed(),
                fates.written(),
                fates.refused().count()),
        "The results are kept 7 days: run the same command again, it fetches them anew.");
  }
}
