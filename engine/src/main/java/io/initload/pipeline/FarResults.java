package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.Job;
import io.initload.ledger.JobBook.Outcome;
import io.initload.ledger.Part;
import io.initload.ledger.PartBook.Booking;
import io.initload.ledger.PartBook.Refused;
import io.initload.pipeline.PartKeys.Fate;
import io.initload.salesforce.ResultKind;
import io.initload.salesforce.ResultReader;
import io.initload.salesforce.RowError;
import io.initload.salesforce.RowResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Books an ended job whose staged file is on another host, or gone: the result files alone tell the
 * rows that were written and refused, refused ones with all their fields. What they do not tell is
 * read again.
 */
final class FarResults {
  /** How a refused row is booked. */
  interface Verdict {
    Refused of(String key, List<String> row, RowError error);
  }

  private final Workbench bench;
  private final Part part;
  private final Job job;
  private final TableWork table;
  private final Verdict verdict;
  private final Receipt receipt;
  private final KeySet seen = new KeySet();
  private final Set<String> createdKeys = new HashSet<>();
  private final Set<String> updatedKeys = new HashSet<>();
  private final List<Refused> refused = new ArrayList<>();
  private final List<RowError> errors = new ArrayList<>();
  private long created;
  private long updated;

  FarResults(
      Workbench bench, Part part, Job job, TableWork table, Verdict verdict, Receipt receipt) {
    this.bench = bench;
    this.part = part;
    this.job = job;
    this.table = table;
    this.verdict = verdict;
    this.receipt = receipt;
  }

  /**
   * The booking of the whole part.
   *
   * @throws Failure {@code RESULTS_INCOMPLETE} when the files hold fewer rows than the job counted,
   *     {@code RESULT_FOREIGN}, {@code RESULT_TWICE}
   */
  Booking read(Outcome outcome) throws InterruptedException {
    read(ResultKind.SUCCESSFUL);
    read(ResultKind.FAILED);
    long told = created + updated + refused.size();
    if (job.state() == Job.State.COMPLETE && told < outcome.processed()) {
      throw Results.incomplete(job, outcome, created + updated, refused.size());
    }
    if (told > part.rows()) {
      throw Results.wrong(
          "RESULT_FOREIGN", "%,d results for the %,d rows".formatted(told, part.rows()), part);
    }
    return new Booking(
        created,
        updated,
        createdKeys,
        updatedKeys,
        refused,
        Optional.empty(),
        part.rows() - told,
        receipt.seal());
  }

  List<RowError> errors() {
    return errors;
  }

  private void read(ResultKind kind) throws InterruptedException {
    try (ResultReader rows =
        bench
            .org()
            .jobs()
            .results(
                job.sfId().orElseThrow(), kind, table.keyColumn(), bench.staging().directory())) {
      while (rows.hasNext()) {
        RowResult row = rows.next();
        if (seen.add(table.keyForm().canonical(row.key())) == KeySet.NONE) {
          throw Results.wrong("RESULT_TWICE", "two results for the external id " + row.key(), part);
        }
        if (Results.fate(kind, row, table) == Fate.FAILED) {
          refused.add(verdict.of(row.key(), rows.fields(table.run().header()), row.error()));
          errors.add(row.error());
        } else {
          written(row);
        }
      }
    }
  }

  private void written(RowResult row) {
    if (row.created()) {
      created++;
      receipt.add(row.id());
    } else {
      updated++;
    }
    if (part.chunk().isEmpty()) {
      (row.created() ? createdKeys : updatedKeys).add(row.key());
    }
  }
}
