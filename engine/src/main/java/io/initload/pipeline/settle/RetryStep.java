package io.initload.pipeline.settle;

import io.initload.LogContext;
import io.initload.ledger.ExceptionBook.Pending;
import io.initload.ledger.LostClaim;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.PartKind;
import io.initload.ledger.entry.TableRest;
import io.initload.pipeline.work.KeySet;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.LoadEstimate;
import io.initload.staging.PartWriter;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gathers rows refused for a transient reason, over parts and chunks, into full batches for another
 * try. While other parts of the table move it waits until a full batch has gathered; at the end it
 * waits until all of them may go, and takes what there is. The last round is serial: one job of the
 * table at a time.
 */
public final class RetryStep implements Step {
  private static final int PAGE = 1_000;

  private final Workbench bench;
  private final Tables tables;
  private final AtomicLong number = new AtomicLong();

  public RetryStep(Workbench bench, Tables tables) {
    this.bench = bench;
    this.tables = tables;
  }

  @Override
  public String name() {
    return "retry";
  }

  @Override
  public Instant due() {
    // Rows that are due already wait for others of their table, or for other parts to move.
    Instant now = bench.clock().instant();
    return bench.ledger().exceptions().pending().stream()
        .flatMap(p -> Stream.of(p.due(), p.lastDue()))
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
    Instant now = bench.clock().instant();
    boolean more = moving || pending.lastDue().isAfter(now);
    if (pending.due().isAfter(now) || (more && pending.rows() < LoadEstimate.BATCH_ROWS)) {
      return false;
    }
    LogContext.table(pending.table());
    PassWork table = tables.get(pending.table());
    OptionalInt attempts = bench.ledger().exceptions().dueAttempts(pending.table());
    if (attempts.isEmpty()) {
      return false;
    }
    long most = bench.config().staging().partRows();
    long least = 1;
    if (more) {
      long due = walk(table, attempts.getAsInt(), most, row -> {});
      most = due - due % LoadEstimate.BATCH_ROWS;
      least = Math.max(least, most);
    }
    return least <= most && enter(table, attempts.getAsInt(), least, most);
  }

  /**
   * Shows rows that are due, in entry order, and returns their number. One part carries rows of one
   * round only, so that its number of attempts is theirs. Two rows of one key cannot go in one job:
   * the second waits for the next part.
   */
  private long walk(PassWork table, int attempts, long most, Consumer<ExceptionRow> to) {
    KeySet seen = new KeySet();
    long after = 0;
    while (seen.size() < most) {
      List<ExceptionRow> page =
          bench.ledger().exceptions().due(table.name(), attempts, after, PAGE);
      for (ExceptionRow row : page) {
        if (seen.size() < most
            && seen.add(table.keyForm().canonical(row.externalId())) != KeySet.NONE) {
          to.accept(row);
        }
      }
      if (page.size() < PAGE) {
        break;
      }
      after = page.get(PAGE - 1).id();
    }
    return seen.size();
  }

  private boolean enter(PassWork table, int attempts, long least, long most) {
    String name =
        "%s-retry-%s-%d".formatted(table.name(), bench.worker().id(), number.incrementAndGet());
    List<SealedPart> sealed = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    Map<Long, String> unstageable = new HashMap<>();
    try (PartWriter writer = bench.staging().writer(name, table.pass().header(), 1, sealed::add)) {
      walk(
          table,
          attempts,
          most,
          row -> {
            Optional<String> why = writer.offer(row.data());
            why.ifPresent(problem -> unstageable.put(row.id(), problem));
            if (why.isEmpty()) {
              rows.add(row.id());
            }
          });
      if (rows.size() >= least) {
        writer.finish();
      }
    }
    unstageable.forEach(bench.ledger().deadLetters()::unstageable);
    if (rows.size() < least) {
      // Another worker took some of them meanwhile.
      sealed.forEach(part -> new StagedPart(part).delete());
      return !unstageable.isEmpty();
    }
    bench.checkpoint().reached("retry.sealed");
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
    return true;
  }
}
