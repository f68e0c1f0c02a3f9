package io.initload.source.chunk;

import io.initload.config.Chunking.Strategy;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Sql;
import io.initload.source.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan in the making: what was asked for it, what is remarked, and how it is put together. One
 * draft is of one table.
 */
public final class PlanDraft {
  private final Sql sql;
  private final Planning planning;
  private final TableShape shape;
  private final List<String> statements = new ArrayList<>();
  private String remarks = "";

  /** An empty draft. */
  public PlanDraft(Sql sql, Planning planning) {
    this.sql = sql;
    this.planning = planning;
    this.shape = planning.shape();
  }

  /** Rows of the table, counted at the snapshot. */
  public long count() throws SQLException {
    BoundSql query =
        sql.count(
            shape,
            new ChunkBounds.Whole(),
            planning.snapshot(),
            planning.table().chunking().parallelHint());
    statements.add(query.sql());
    return Statements.single(planning.connection(), query);
  }

  /** Ends the reason of any plan made from now on. */
  public void remark(String text) {
    remarks += text;
  }

  /** Remembers a statement as one that planning used. */
  public BoundSql noted(BoundSql query) {
    statements.add(query.sql());
    return query;
  }

  /** One chunk for everything. */
  public ChunkPlan whole(long rows, String reason) {
    return result(
        Strategy.WHOLE,
        reason,
        "one scan of the table in one session",
        rows,
        List.of(new PlannedChunk(new ChunkBounds.Whole(), rows, true)));
  }

  /** Chunks over bounds that hold about equally many rows each. */
  public static List<PlannedChunk> alike(long rows, List<ChunkBounds> bounds) {
    List<PlannedChunk> chunks = new ArrayList<>();
    long left = rows;
    for (int i = 0; i < bounds.size(); i++) {
      long expected = i + 1 == bounds.size() ? left : rows / bounds.size();
      left -= expected;
      chunks.add(new PlannedChunk(bounds.get(i), expected, bounds.size() == 1));
    }
    return chunks;
  }

  /** Puts a plan together. */
  public ChunkPlan result(
      Strategy strategy, String reason, String cost, long rows, List<PlannedChunk> chunks) {
    List<SourceColumn> columns =
        planning.table().fields().stream()
            .flatMap(f -> f.feed().columns().stream())
            .distinct()
            .flatMap(name -> shape.column(name).stream())
            .toList();
    ChunkBounds shown = chunks.get(Math.min(1, chunks.size() - 1)).bounds();
    return new ChunkPlan(
        strategy,
        reason + remarks,
        cost,
        rows,
        true,
        chunks,
        sql.read(shape, columns.isEmpty() ? shape.columns() : columns, shown, planning.snapshot())
            .sql(),
        statements);
  }
}
