package io.initload.pipeline;

import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.plan.LoadEstimate;
import io.initload.plan.Snapshot;
import io.initload.plan.TablePlan;
import io.initload.source.Access;
import io.initload.source.SourceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a migration will do and spend, from metadata alone: writes nothing, neither to the org nor
 * to the ledger.
 *
 * @param days days the daily allowances need at the least
 * @param stagingBytes gzip bytes of all parts, about
 * @param access what the source's DBA is asked for
 */
public record MigrationPlan(
    String migration,
    String snapshot,
    List<Table> tables,
    long estimatedRows,
    long estimatedBatches,
    long days,
    long stagingBytes,
    Access access) {
  /** CSV bytes of a row when the statistics say nothing. */
  private static final int ROW_BYTES = 200;

  /** gzip makes tables of mixed text this much smaller (performance reference, section 0). */
  private static final double GZIP_RATIO = 2.3;

  public MigrationPlan {
    tables = List.copyOf(tables);
  }

  /**
   * One table.
   *
   * @param order place in the load order; tables of the same group may move side by side
   * @param planSql statements that planning used
   * @param readSql the statement that reads a chunk
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
      List<String> planSql) {
    public Table {
      planSql = List.copyOf(planSql);
    }
  }

  /** Plans every prepared table without keeping the plan. */
  public static MigrationPlan of(
      MigrationConfig config, SourceDatabase source, Map<String, List<List<Prepared>>> phases) {
    Snapshot snapshot = source.snapshot();
    List<Table> tables = new ArrayList<>();
    LoadEstimate sum = LoadEstimate.NONE;
    int order = 0;
    for (List<List<Prepared>> phase : phases.values()) {
      for (List<Prepared> group : phase) {
        order++;
        for (Prepared table : group) {
          TablePlan plan = source.plan(table.config(), snapshot);
          LoadEstimate estimate =
              LoadEstimate.of(
                  plan.chunks(),
                  table.shape().rowBytes() > 0 ? table.shape().rowBytes() : ROW_BYTES,
                  config.staging().partRows(),
                  config.staging().partBytes().bytes());
          tables.add(table(table, plan, order, estimate));
          sum = sum.plus(estimate);
        }
      }
    }
    return new MigrationPlan(
        config.name(),
        snapshot.toString(),
        tables,
        tables.stream().mapToLong(Table::estimatedRows).sum(),
        sum.batches(),
        Math.max(1, sum.days(config.target().dailyRecords(), config.target().dailyBatches())),
        Math.round(sum.csvBytes() / GZIP_RATIO),
        source.access(config.tables().stream().map(TableConfig::source).distinct().toList()));
  }

  private static Table table(Prepared table, TablePlan plan, int order, LoadEstimate estimate) {
    return new Table(
        table.config().name(),
        table.config().object(),
        table.config().phase(),
        order,
        plan.strategy().name().toLowerCase(Locale.ROOT),
        plan.reason(),
        plan.cost(),
        plan.chunks().size(),
        plan.rows(),
        plan.exact(),
        estimate.parts(),
        estimate.batches(),
        plan.readSql(),
        plan.planSql());
  }
}
