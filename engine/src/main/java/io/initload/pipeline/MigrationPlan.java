package io.initload.pipeline;

import io.initload.config.MigrationConfig;
import io.initload.config.StagingConfig;
import io.initload.config.TargetConfig;
import io.initload.plan.Batches;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.plan.TablePlan;
import io.initload.source.SourceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a migration will do and spend, from metadata alone: writes nothing, neither to the org nor to
 * the ledger.
 *
 * @param days days the daily allowances need at the least
 * @param stagingBytes gzip bytes of all parts, about
 */
public record MigrationPlan(
    String migration,
    String snapshot,
    List<Table> tables,
    long estimatedRows,
    long estimatedBatches,
    long days,
    long stagingBytes) {
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
    int order = 0;
    double bytes = 0;
    for (List<List<Prepared>> phase : phases.values()) {
      for (List<Prepared> group : phase) {
        order++;
        for (Prepared table : group) {
          TablePlan plan = source.plan(table.config(), snapshot);
          int width = table.shape().rowBytes() > 0 ? table.shape().rowBytes() : ROW_BYTES;
          tables.add(table(table, plan, order, width, config.staging()));
          bytes += plan.rows() * (double) width / GZIP_RATIO;
        }
      }
    }
    long rows = tables.stream().mapToLong(Table::estimatedRows).sum();
    long batches = tables.stream().mapToLong(Table::estimatedBatches).sum();
    return new MigrationPlan(
        config.name(),
        (snapshot.kind() + " " + snapshot.id()).strip(),
        tables,
        rows,
        batches,
        days(rows, batches, config.target()),
        Math.round(bytes));
  }

  private static Table table(
      Prepared table, TablePlan plan, int order, int width, StagingConfig staging) {
    long fitting = Math.max(1, staging.partBytes().bytes() / width);
    long perPart = Math.min(staging.partRows(), fitting);
    if (perPart > Batches.ROWS) {
      perPart -= perPart % Batches.ROWS;
    }
    long parts = 0;
    long batches = 0;
    for (PlannedChunk chunk : plan.chunks()) {
      long full = chunk.rows() / perPart;
      long rest = chunk.rows() % perPart;
      parts += full + (rest > 0 ? 1 : 0);
      batches += full * Batches.of(perPart) + Batches.of(rest);
    }
    return new Table(
        table.config().name(),
        table.config().object(),
        table.config().phase(),
        order,
        plan.strategy().name().toLowerCase(java.util.Locale.ROOT),
        plan.reason(),
        plan.cost(),
        plan.chunks().size(),
        plan.rows(),
        plan.exact(),
        parts,
        batches,
        plan.readSql(),
        plan.planSql());
  }

  private static long days(long rows, long batches, TargetConfig target) {
    return Math.max(
        1,
        Math.max(
            (rows + target.dailyRecords() - 1) / target.dailyRecords(),
            (batches + target.dailyBatches() - 1) / target.dailyBatches()));
  }
}
