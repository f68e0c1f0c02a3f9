package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.JobBook.Outcome;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Refusals;
import io.initload.ledger.entry.Refused;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.settle.PartKeys.Fate;
import io.initload.pipeline.settle.RefusedRows.Entry;
import io.initload.pipeline.work.KeySet;
import io.initload.pipeline.work.TableWork;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.ResultKind;
import io.initload.salesforce.ResultReader;
import io.initload.salesforce.RowResult;
import io.initload.salesforce.errors.RowError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Books an ended job whose staged file is on another host, or gone: the result files alone tell the
 * rows that were written and refused, refused ones with all their fields. What they do not tell is
 * read again.
 */
final class RemoteResults implements AutoCloseable {
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
  private final RefusedRows refused;

  /** Keys as the books name them, by their canonical form; of rows that were refused before. */
  private final Map<String, String> booked;

  private long created;
  private long updated;

  RemoteResults(
      Workbench bench, Part part, Job job, TableWork table, Verdict verdict, Receipt receipt) {
    this.bench = bench;
    this.part = part;
    this.job = job;
    this.table = table;
    this.verdict = verdict;
    this.receipt = receipt;
    this.refused = new RefusedRows(bench.staging(), part, job);
    this.booked =
        part.chunk().isPresent()
            ? Map.of()
            : bench.ledger().exceptions().keysOf(part).stream()
                .collect(Collectors.toMap(table.keyForm()::canonical, key -> key));
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
    long told = created + updated + refused.count();
    if (job.state() == Job.State.COMPLETE && told < outcome.processed()) {
      throw Results.incomplete(job, outcome, created + updated, refused.count());
    }
    if (told > part.rows()) {
      throw WrongResults.failure(
          "RESULT_FOREIGN", "%,d results for the %,d rows".formatted(told, part.rows()), part);
    }
    return new Booking(
        created,
        updated,
        createdKeys,
        updatedKeys,
        refusals(),
        Optional.empty(),
        part.rows() - told,
        receipt.seal());
  }

  /** The refused rows, each kept with its key before its fields. */
  private Refusals refusals() {
    return new Refusals() {
      @Override
      public long count() {
        return refused.count();
      }

      @Override
      public void each(Consumer<Refused> row) {
        for (int i = 0; i < refused.count(); i++) {
          Entry entry = refused.find(i).orElseThrow();
          List<String> texts = entry.texts();
          row.accept(verdict.of(texts.get(0), texts.subList(1, texts.size()), entry.error()));
        }
      }
    };
  }

  RefusedRows refused() {
    return refused;
  }

  @Override
  public void close() {
    refused.close();
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
        String canonical = table.keyForm().canonical(row.key());
        if (seen.add(canonical) == KeySet.NONE) {
          throw WrongResults.failure(
              "RESULT_TWICE", "two results for the external id " + row.key(), part);
        }
        if (Results.fate(kind, row, table) == Fate.FAILED) {
          List<String> texts = new ArrayList<>(List.of(name(row.key(), canonical)));
          texts.addAll(rows.fields(table.run().header()));
          refused.put(refused.count(), row.error(), texts);
        } else {
          written(row, name(row.key(), canonical));
        }
      }
    }
  }

  /** The org prints numbers in its own way (docs/reference/salesforce.md, "Result files"). */
  private String name(String key, String canonical) {
    if (part.chunk().isPresent()) {
      return table.keyForm() == KeyForm.NUMBER ? canonical : key;
    }
    String name = booked.get(canonical);
    if (name == null) {
      throw WrongResults.failure(
          "RESULT_FOREIGN",
          "a result for the external id " + key + ", which the part does not hold",
          part);
    }
    return name;
  }

  private void written(RowResult row, String key) {
    if (row.created()) {
      created++;
      receipt.add(row.id());
    } else {
      updated++;
    }
    if (part.chunk().isEmpty()) {
      (row.created() ? createdKeys : updatedKeys).add(key);
    }
  }
}
