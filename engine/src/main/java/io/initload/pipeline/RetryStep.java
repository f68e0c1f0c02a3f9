package io.initload.pipeline;

import io.initload.ledger.ExceptionBook.Pending;
import io.initload.ledger.ExceptionRow;
import io.initload.ledger.LostClaim;
import io.initload.ledger.NewPart;
import io.initload.ledger.PartKind;
import io.initload.ledger.TableRest;
import io.initload.plan.LoadEstimate;
import io.initload.staging.PartWriter;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers rows refused for a transient reason, over parts and chunks, into full batches for another
 * try. While other parts of the table move it waits until a full batch has gathered; at the end it
 * takes what there is. The last round is serial: one job of the table at a time.
 */
final class RetryStep implements Step {
  private final Workbench bench;
  private final Tables tables;
  private final AtomicLong number = new AtomicLong();

  RetryStep(Workbench bench, Tables tables) {
    this.bench = bench;
    this.tables = tables;
  }

  @Override
  public String name() {
    return "retry";
  }

  @Override
  public Instant due() {
    // Rows that are due already wait for other parts to move, not for time.
    Instant now = bench.clock().instant();
    return bench.ledger().exceptions().pending().stream()
        .map(Pending::due)
        .filter(now::isBefore)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  @Override
  public boolean tryStep() {
    Map<String, Pending> waiting = new HashMap<>();
    for (TableRest rest : tables.open()) {
      if (rest.pending() && waiting.isEmpty()) {
        bench.ledger().exceptions().pending().forEach(p -> waiting.put(p.table(), p));
      }
      Pending pending = waiting.get(rest.table());
      if (pending != null && gather(pending, rest.moving())) {
        return true;
      }
    }
    return false;
  }

  private boolean gather(Pending pending, boolean moving) {
    if (pending.due().isAfter(bench.clock().instant())) {
      return false;
    }
    if (moving && pending.rows() < LoadEstimate.BATCH_ROWS) {
      return false;
    }
    TableWork table = tables.get(pending.table());
    List<ExceptionRow> due =
        bench
            .ledger()
            .exceptions()
            .pendingRows(pending.table(), bench.config().staging().partRows());
    List<ExceptionRow> rows = distinct(sameAttempts(due), table);
    if (moving) {
      rows = rows.subList(0, rows.size() - rows.size() % LoadEstimate.BATCH_ROWS);
    }
    if (rows.isEmpty()) {
      return false;
    }
    enter(table, rows);
    return true;
  }

  /** One part carries rows of one round only, so that its number of attempts is theirs. */
  private static List<ExceptionRow> sameAttempts(List<ExceptionRow> due) {
    int rows = 0;
    while (rows < due.size() && due.get(rows).attempts() == due.get(0).attempts()) {
      rows++;
    }
    return due.subList(0, rows);
  }

  /** Two rows of one key cannot go in one job: the second waits for the next part. */
  private static List<ExceptionRow> distinct(List<ExceptionRow> rows, TableWork table) {
    KeySet seen = new KeySet();
    return rows.stream()
        .filter(r -> seen.add(table.keyForm().canonical(r.externalId())) != KeySet.NONE)
        .toList();
  }

  private void enter(TableWork table, List<ExceptionRow> rows) {
    String name =
        "%s-retry-%s-%d".formatted(table.name(), bench.worker().id(), number.incrementAndGet());
    List<SealedPart> sealed = new ArrayList<>();
    try (PartWriter writer = bench.staging().writer(name, table.run().header(), 1, sealed::add)) {
      rows.forEach(r -> writer.write(r.data()));
      writer.finish();
    }
    bench.checkpoint().reached("retry.sealed");
    int attempts = rows.get(0).attempts();
    int from = 0;
    for (SealedPart part : sealed) {
      int to = from + Math.toIntExact(part.rows());
      try {
        bench
            .ledger()
            .parts()
            .enterRetry(
                table.name(),
                new NewPart(
                    OptionalLong.empty(),
                    PartKind.RETRY,
                    "%s-%03d".formatted(name, part.number()),
                    bench.worker().host(),
                    part.path(),
                    part.rows(),
                    part.csvBytes(),
                    part.gzipBytes(),
                    part.sha256(),
                    attempts,
                    attempts >= table.config().retries()),
                rows.subList(from, to));
      } catch (LostClaim e) {
        new StagedPart(part).delete();
      }
      from = to;
    }
    bench.checkpoint().reached("retry.entered");
  }
}
