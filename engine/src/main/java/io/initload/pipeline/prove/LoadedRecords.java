package io.initload.pipeline.prove;

import io.initload.ledger.entry.Pass;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.Pictures.Picture;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.salesforce.BulkRows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The org's records that are rows of a table. The ledger does not list rows that simply became a
 * record, so they are told by all of these: the record has an external id and was written since the
 * first job; the source has the key at the table's snapshot; and the ledger does not have the row
 * among those that were not loaded. For one thread.
 */
public final class LoadedRecords {
  /** Clocks do not differ by more; what was written in that hour before is told by its key. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private static final int KEYS = 200;

  /** Rows that were not loaded: their keys are kept in memory. */
  private static final int NOT_LOADED_MAX = 1_000_000;

  private final Workbench bench;
  private final Prepared table;
  private final Optional<SourceKeys> keys;
  private final Optional<Instant> since;
  private final Set<String> notLoaded = new HashSet<>();
  private final boolean allKnown;

  /**
   * @param passes those that make records of the table
   */
  public LoadedRecords(Workbench bench, Prepared table, List<Prepared> passes) {
    this.bench = bench;
    this.table = table;
    this.keys = moment(bench, table).map(at -> new SourceKeys(bench, table, at));
    this.since = since(bench, table);
    for (Prepared pass : passes) {
      bench.ledger().exceptions().notLoaded(pass.name(), NOT_LOADED_MAX).stream()
          .map(table.keyForm()::canonical)
          .forEach(notLoaded::add);
    }
    this.allKnown = notLoaded.size() < NOT_LOADED_MAX;
  }

  /** What records must meet that the migration can have written, behind another condition. */
  public static String written(Workbench bench, Prepared table) {
    return since(bench, table)
        .map(at -> at.minus(MARGIN).truncatedTo(ChronoUnit.SECONDS))
        .map(first -> " AND " + Changes.AT + " >= " + first)
        .orElse("");
  }

  private static Optional<Instant> since(Workbench bench, Prepared table) {
    boolean stamped = table.object().field(Changes.AT).isPresent();
    return bench.ledger().writes().first().filter(first -> stamped);
  }

  private static Optional<Snapshot> moment(Workbench bench, Prepared table) {
    Optional<Pass> pass = bench.ledger().tables().pass(table.name());
    Pictures pictures = new Pictures(bench, new ArrayList<>(), new ArrayList<>());
    return pass.map(p -> pictures.of(table, p)).flatMap(Picture::at);
  }

  /** How it is known which records are rows of the table, in words. */
  public String limit() {
    String written =
        since.isPresent() ? "written since the first job of the migration" : "with an external id";
    String keys =
        this.keys.isPresent()
            ? "whose key the source has at the snapshot"
            : "of any key, since the source cannot be asked any more as it was at the snapshot";
    return "records %s, %s, but for %s"
        .formatted(
            written,
            keys,
            allKnown
                ? "rows that the ledger has as not loaded"
                : "%,d of the rows that the ledger has as not loaded".formatted(NOT_LOADED_MAX));
  }

  /** Asks the org; empty when its query did not end well. The caller closes it. */
  public Optional<Rows> open() throws InterruptedException {
    String key = table.config().externalId();
    String soql =
        "SELECT %s, Id FROM %s WHERE %s != null%s"
            .formatted(key, table.config().object(), key, written(bench, table));
    return bench.org().export(soql, bench.staging().directory()).map(Rows::new);
  }

  /** External ids and record ids, as they come. */
  public final class Rows implements AutoCloseable {
    private final BulkRows rows;
    private final Deque<List<String>> ready = new ArrayDeque<>();
    private boolean done;

    Rows(BulkRows rows) {
      this.rows = rows;
    }

    /** The next one; empty after the last. */
    public Optional<List<String>> next() throws InterruptedException {
      while (ready.isEmpty() && !done) {
        List<List<String>> group = new ArrayList<>();
        while (group.size() < KEYS && !done) {
          Optional<List<String>> row = rows.next();
          done = row.isEmpty();
          row.ifPresent(group::add);
        }
        take(group);
      }
      return Optional.ofNullable(ready.poll());
    }

    private void take(List<List<String>> group) {
      List<List<String>> loaded =
          group.stream().filter(row -> !notLoaded.contains(canonical(row))).toList();
      if (keys.isEmpty() || loaded.isEmpty()) {
        ready.addAll(loaded);
        return;
      }
      SourceKeys.Answer answer = keys.get().of(loaded.stream().map(r -> r.get(0)).toList());
      // A key that the source cannot be asked for cannot be denied: the count against the books
      // tells.
      loaded.stream()
          .filter(
              row ->
                  answer.there().contains(canonical(row))
                      || answer.unknown().contains(canonical(row)))
          .forEach(ready::add);
    }

    private String canonical(List<String> row) {
      return table.keyForm().canonical(row.get(0));
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
