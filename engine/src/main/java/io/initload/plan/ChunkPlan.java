package io.initload.plan;

import io.initload.config.Chunking;
import java.util.List;

/**
 * How one pass over a table is cut into chunks and read.
 *
 * @param strategy the strategy chosen (never {@code AUTO})
 * @param reason why, one sentence
 * @param cost what planning and reading cost the database, one sentence
 * @param rows rows of the table: counted at the snapshot when {@code exact}, else an estimate
 * @param readSql the statement that reads one chunk, as {@code plan --sql} shows it
 * @param planSql the statements planning used or would use
 */
public record ChunkPlan(
    Chunking.Strategy strategy,
    String reason,
    String cost,
    long rows,
    boolean exact,
    List<PlannedChunk> chunks,
    String readSql,
    List<String> planSql) {
  public ChunkPlan {
    chunks = List.copyOf(chunks);
    planSql = List.copyOf(planSql);
  }
}
