package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.config.rows.RowFilter;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableRest;
import io.initload.mapping.KeyColumns;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.salesforce.records.RecordCount;
import io.initload.source.SourceFailure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the pass over a table into the ledger, once; the next run goes on with what is planned. One
 * planning is for one pass.
 */
public final class PassPlanning {
  private static final Logger LOG = LoggerFactory.getLogger(PassPlanning.class);

  private final Workbench bench;
  private final SnapshotPlan snapshots;

  /** The moment that the table cannot be planned at, as far as tried. */
  private Optional<Snapshot> lost = Optional.empty();

  /** The moment that a session did not know. */
  private Optional<Snapshot> doubted = Optional.empty();

  public PassPlanning(Workbench bench, SnapshotPlan snapshots) {
    this.bench = bench;
    this.snapshots = snapshots;
  }

  /**
   * The table, planned now or before. After a failure for want of its snapshot the next call plans
   * it at a later moment; after the first one of a session that does not know it, at the same.
   *
   * @throws Failure {@code MAPPING_CHANGED} when rows were loaded under another mapping, {@code
   *     LEDGER_OTHER_TABLE}
   */
  public PassWork plan(Prepared table, int order) throws InterruptedException {
    String name = table.name();
    Optional<Pass> known = bench.ledger().tables().pass(name);
    if (known.isPresent() && !known.get().digest().equals(table.digest())) {
      if (!bench.ledger().tables().forget(name)) {
        throw new PlannedPass(bench, table).changed();
      }
      known = Optional.empty();
    }
    if (known.isPresent()) {
      PlannedPass.hold(bench, table);
    }
    if (known.isPresent() && unread(name)) {
      Pass pass = known.get();
      known = snapshots.goOn(pass, table.config().source());
      lost = known.isPresent() ? lost : Optional.of(pass.snapshot());
    }
    Pass pass = known.isPresent() ? known.get() : enter(table, order);
    bench.ledger().tables().resume(name);
    return work(table, pass);
  }

  /**
   * The table, planned before.
   *
   * @throws Failure {@code NOT_PLANNED}, {@code MAPPING_CHANGED}, {@code LEDGER_OTHER_TABLE}
   */
  public PassWork planned(Prepared table) {
    return work(table, new PlannedPass(bench, table).held());
  }

  private PassWork work(Prepared table, Pass pass) {
    return new PassWork(
        table.config(),
        pass,
        PassWork.loading(table.config()),
        table.mapping(),
        Optional.of(table.compared(bench.config().reconcile())),
        table.keyForm(),
        table.keyProven(),
        duplicates(table, pass),
        new PlannedPass(bench, table).notLoaded());
  }

  private Pass enter(Prepared table, int order) throws InterruptedException {
    new RenamedTable(bench).refuse(table);
    new Loads(bench.ledger()).refuseOthers(table.config(), table.table());
    Snapshot at = moment(table);
    try {
      return enter(table, order, at);
    } catch (SourceFailure e) {
      noted(e.action(), at);
      throw e;
    }
  }

  private void noted(SourceFailure.Action action, Snapshot at) {
    boolean first = !doubted.equals(Optional.of(at));
    if (action == SourceFailure.Action.SNAPSHOT_UNKNOWN && first) {
      doubted = Optional.of(at);
    } else if (action.losesSnapshot()) {
      lost = Optional.of(at);
    }
  }

  /**
   * Where the pass is read. All generations of a table are read at one moment, since at another one
   * a row may have become of another generation.
   *
   * @throws Failure {@code LEVELS_MOMENT} when that of the first ones is lost
   */
  private Snapshot moment(Prepared table) {
    if (table.kind() != PassKind.LEVEL) {
      return lost.isPresent() ? snapshots.after(lost.get()) : snapshots.current();
    }
    Snapshot first = bench.ledger().tables().pass(table.table()).map(Pass::snapshot).orElseThrow();
    if (lost.isPresent() || !bench.source().holds(first)) {
      throw new Failure(
          Failure.Kind.FAILED,
          "LEVELS_MOMENT",
          "%s cannot be read at %s, at which the generations above it were."
              .formatted(table.name(), first),
          "Take the migration back (`initload undo`) and start it under a new name, with a longer"
              + " life for the snapshot (UNDO_RETENTION), or with source.consistency: frozen while"
              + " nobody writes.");
    }
    return first;
  }

  private Pass enter(Prepared table, int order, Snapshot snapshot) throws InterruptedException {
    TableConfig config = table.config();
    Snapshot at = bench.source().at(config.source(), snapshot);
    DepthCheck.refuse(bench.source(), table, at);
    new OrphanCounts(bench.source(), table, at).refuse();
    ChunkPlan plan = bench.source().plan(config, at);
    long rows = plan.exact() ? plan.rows() : bench.source().count(config, at);
    Pass pass =
        new Pass(
            table.kind(),
            table.table(),
            config.name(),
            config.object(),
            config.externalId(),
            config.phase(),
            order,
            table.digest(),
            table.mapping().header(),
            plan.strategy().name().toLowerCase(java.util.Locale.ROOT),
            plan.reason() + table.remarks() + snapshots.difference(snapshot),
            at,
            rows,
            before(config),
            Optional.empty());
    bench
        .ledger()
        .tables()
        .plan(
            pass,
            Optional.of(bench.source().origin(config.source())),
            bench.config().waveOf(table.table()).digest(),
            plan.chunks());
    bench.checkpoint().reached("plan.entered");
    bench.source().concerns(config.source()).forEach(c -> LOG.warn("{}", c));
    // Another process may have planned it meanwhile: its plan holds for both.
    Pass entered = bench.ledger().tables().pass(config.name()).orElseThrow();
    LOG.info(
        "{}: {} rows, chunks: {} ({})", config.name(), rows, plan.chunks().size(), pass.strategy());
    return entered;
  }

  private OptionalLong before(TableConfig table) throws InterruptedException {
    Optional<OptionalLong> first = new Loads(bench.ledger()).before(table.name());
    return first.isPresent() ? first.get() : counted(table);
  }

  private OptionalLong counted(TableConfig table) throws InterruptedException {
    RecordCount.Counted before =
        new RecordCount(bench.org(), table.object(), table.externalId()).count();
    if (before.records().isEmpty()) {
      LOG.warn(
          "{}: the records of {} cannot be counted: {}",
          table.name(),
          table.object(),
          before.why());
    }
    return before.records();
  }

  private boolean unread(String table) {
    TableRest rest = bench.ledger().tables().rest().get(table);
    return rest != null && rest.chunks();
  }

  private Set<String> duplicates(Prepared table, Pass pass) {
    KeyColumns key = table.keyColumns();
    List<String> columns = table.keyNames();
    if (columns.isEmpty() || (table.shape().unique(columns) && key.exact())) {
      return Set.of();
    }
    Optional<Set<String>> known = bench.ledger().tables().sharedKeys(pass);
    // A chunk whose staged file is lost is read again, when none was left to be read.
    if (known.isPresent() || !unread(pass.name())) {
      return known.orElse(Set.of());
    }
    TableConfig all = allGenerations(table.config());
    SharedKeys shared = new SharedKeys(bench, all, table.mapping(), table.keyForm());
    Set<String> keys = grouped(all, key, pass) ? shared.ofTable(pass) : shared.read(pass);
    bench.ledger().tables().sharedKeys(pass, keys);
    bench.checkpoint().reached("plan.keys");
    return keys;
  }

  /** Rows of two generations may share a key. */
  private static TableConfig allGenerations(TableConfig table) {
    return table.source().narrowing() instanceof RowFilter.Depth
        ? table.pass(table.name(), table.source().narrowed(RowFilter.WHOLE))
        : table;
  }

  /** Whether the source can group its rows by the keys that will be staged. */
  private boolean grouped(TableConfig table, KeyColumns key, Pass pass) {
    return bench.source().groups()
        && key.comparable()
        && (key.texts().isEmpty()
            || !bench
                .source()
                .notVerbatim(
                    table, pass.snapshot(), key.texts(), key.changed(), key.kept(), false));
  }
}
