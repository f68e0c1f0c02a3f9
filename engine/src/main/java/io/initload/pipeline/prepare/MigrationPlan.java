package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.mapping.Finding;
import io.initload.plan.ChunkPlan;
import io.initload.plan.LoadEstimate;
import io.initload.plan.QueryEstimate;
import io.initload.plan.Snapshot;
import io.initload.source.DbaStatements;
import io.initload.source.SourceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a migration will do and spend, from metadata alone. Nothing is written to the org or to the
 * ledger; to the source, only what {@link SourceDatabase#plan} says.
 *
 * @param snapshot the moment it was planned at, and where that was asked for
 * @param frozen whether nobody may write to the tables until all is read and certified
 * @param days days the daily allowances need at the least
 * @param stagingBytes gzip bytes of all parts, about
 * @param whole what comparing every field afterwards takes of the org's allowance for queries
 * @param undo how long the source keeps the snapshot, against the time reading takes; empty where
 *     that is no matter of time
 * @param findings what speaks against it
 * @param access what the source's DBA is asked for
 */
public record MigrationPlan(
    String migration,
    String snapshot,
    boolean frozen,
    List<Table> tables,
    long estimatedRows,
    long estimatedBatches,
    long days,
    long stagingBytes,
    QueryEstimate whole,
    String undo,
    List<Finding> findings,
    DbaStatements access) {
  public MigrationPlan {
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
  }

  /**
   * One table.
   *
   * @param order place in the load order; tables of the same group may move side by side
   * @param planSql statements that planning used
   * @param readSql the statement that reads a chunk
   * @param alsoSql other statements that a run can send about the table
   */
  public record Table(
      String source,
      String object,
      String phase,
      int order,
      String strategy,
      String reason,
      String cost,
      long chunks,
      long estimatedRows,
      boolean exactRows,
      long estimatedParts,
      long estimatedBatches,
      String readSql,
      List<String> planSql,
      List<String> alsoSql) {
    public Table {
      alsoSql = List.copyOf(alsoSql);
      planSql = List.copyOf(planSql);
    }
  }

  /** Plans every prepared table without keeping the plan. */
  public static MigrationPlan of(MigrationConfig config, SourceDatabase source, Phases phases) {
    Snapshot snapshot = source.snapshot();
    List<Table> tables = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<LoadEstimate> groups = new ArrayList<>();
    QueryEstimate whole = QueryEstimate.NONE;
    for (Phases.Group group : phases.groups()) {
      LoadEstimate sum = LoadEstimate.NONE;
      for (Prepared table : group.tables()) {
        try {
          DepthCheck.refuse(source, table, snapshot);
          OrphanCounts orphans = new OrphanCounts(source, table, snapshot);
          orphans.refuse();
          findings.addAll(table.kind().isFirst() ? orphans.findings() : List.of());
          ChunkPlan plan = source.plan(table.config(), snapshot);
          LoadEstimate estimate = table.estimate(plan.chunks(), config.staging());
          List<String> also = statements(source, table, plan, snapshot);
          tables.add(table(table, plan, groups.size() + 1, estimate, also));
          sum = sum.plus(estimate);
          whole = whole.plus(QueryEstimate.of(estimate));
        } catch (Failure e) {
          if (e.reach() == Failure.Reach.RUN) {
            throw e;
          }
          findings.add(Finding.error("tables " + table.name(), e));
        }
      }
      groups.add(sum);
    }
    LoadEstimate sum = groups.stream().reduce(LoadEstimate.NONE, LoadEstimate::plus);
    FlashbackCheck flashback = FlashbackCheck.of(config, source, phases.tables(), groups);
    findings.addAll(flashback.findings());
    return new MigrationPlan(
        config.name(),
        source.described(snapshot),
        snapshot.kind() == Snapshot.Kind.FROZEN,
        tables,
        tables.stream().mapToLong(Table::estimatedRows).sum(),
        sum.batches(),
        Math.max(1, sum.days(config.target().dailyRecords(), config.target().dailyBatches())),
        sum.stagedBytes(),
        whole,
        flashback.text(),
        findings,
        source.access(
            config.tables().stream().map(table -> table.source().whole()).distinct().toList()));
  }

  private static List<String> statements(
      SourceDatabase source, Prepared table, ChunkPlan plan, Snapshot snapshot) {
    List<String> statements =
        new ArrayList<>(
            source.statements(
                table.config(),
                plan,
                snapshot,
                table.mapping().reads(),
                table.mapping().keyAlone().reads(),
                table.keyForm()));
    statements.addAll(new ControlChecks(table).statements(source, snapshot));
    return statements;
  }

  private static Table table(
      Prepared table, ChunkPlan plan, int order, LoadEstimate estimate, List<String> also) {
    return new Table(
        table.name(),
        table.config().object(),
        table.config().phase(),
        order,
        plan.strategy().name().toLowerCase(Locale.ROOT),
        plan.reason() + table.remarks(),
        plan.cost(),
        plan.chunks().size(),
        plan.rows(),
        plan.exact(),
        estimate.parts(),
        estimate.batches(),
        plan.readSql(),
        plan.planSql(),
        also);
  }
}
