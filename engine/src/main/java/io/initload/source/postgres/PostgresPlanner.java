package io.initload.source.postgres;

import io.initload.config.Chunking.Strategy;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.source.TableShape;
import io.initload.source.chunk.ChunkPlanner;
import io.initload.source.chunk.PlanDraft;
import io.initload.source.chunk.Planning;
import io.initload.source.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses how a PostgreSQL table is cut: by blocks, by its partitions, or by keys. */
final class PostgresPlanner {
  /** Blocks a chunk has at least: below that the statement costs more than the read. */
  private static final long BLOCKS_MIN = 16;

  private final PostgresSql sql;
  private final Planning planning;
  private final PlanDraft draft;
  private final ChunkPlanner keys;

  PostgresPlanner(PostgresSql sql, Planning planning) {
    this.sql = sql;
    this.planning = planning;
    this.draft = new PlanDraft(sql, planning);
    this.keys = new ChunkPlanner(sql, ChunkPlanner.QuantileBy.ROWNUM, planning, draft);
  }

  void check() {
    if (!stored(planning.table().chunking().strategy())) {
      keys.check();
    }
  }

  /** Whether the strategy cuts by where rows are stored, and the table has such places. */
  private boolean stored(Strategy strategy) {
    TableShape.Kind kind = planning.shape().kind();
    return (strategy == Strategy.ROWID && kind == TableShape.Kind.HEAP)
        || (strategy == Strategy.PARTITION && kind == TableShape.Kind.PARTITIONED);
  }

  ChunkPlan plan() throws SQLException {
    long rows = draft.count();
    Optional<ChunkPlan> together = keys.byParent(rows);
    if (together.isPresent()) {
      return together.get();
    }
    Strategy strategy = planning.table().chunking().strategy();
    TableShape.Kind kind = planning.shape().kind();
    boolean small = rows <= planning.table().chunking().rows();
    boolean cut = stored(strategy) || (strategy == Strategy.AUTO && !small);
    if (cut && kind == TableShape.Kind.HEAP) {
      return blocks(rows);
    }
    if (cut && kind == TableShape.Kind.PARTITIONED) {
      return partitions(rows);
    }
    return keys.plan(rows);
  }

  private ChunkPlan blocks(long rows) throws SQLException {
    long blocks =
        Statements.single(planning.connection(), draft.noted(sql.blocks(planning.shape())));
    return draft.result(
        Strategy.ROWID,
        "a heap table of %,d blocks".formatted(blocks),
        "planning: its size and a count; reading: each block once, without any index",
        rows,
        PlanDraft.alike(rows, ranges("", blocks, rows)));
  }

  /** Ranges of equally many blocks, of a table or of a leaf of it; at least one. */
  private List<ChunkBounds> ranges(String partition, long blocks, long rows) {
    long target = planning.table().chunking().rows();
    long wanted = Math.max(1, (rows + target - 1) / target);
    long each = Math.max(BLOCKS_MIN, (blocks + wanted - 1) / wanted);
    List<ChunkBounds> bounds = new ArrayList<>();
    long count = Math.max(1, (blocks + each - 1) / each);
    for (long i = 0; i < count; i++) {
      // Blocks added since then hold nothing the snapshot sees; the open end costs nothing.
      bounds.add(
          new ChunkBounds.RowidRange(
              partition,
              PostgresSql.firstOf(i * each),
              i + 1 == count ? PostgresSql.LAST : PostgresSql.lastOf((i + 1) * each - 1)));
    }
    return bounds;
  }

  /**
   * A leaf of a partitioned table.
   *
   * @param readable whether it may be read by itself: a privilege on the table alone is not enough
   * @param blocks 0 where rows have no addresses
   * @param density rows of a block by the statistics; 0 when there are none
   */
  private record Leaf(String name, boolean readable, long blocks, double density) {}

  private ChunkPlan partitions(long rows) throws SQLException {
    List<Leaf> leaves =
        Statements.all(
            planning.connection(),
            draft.noted(sql.partitions(planning.shape())),
            row -> new Leaf(row.getString(1), row.getBoolean(2), row.getLong(3), row.getDouble(4)));
    if (leaves.isEmpty()) {
      return draft.whole(rows, "it has no partitions yet");
    }
    Optional<Leaf> refused = leaves.stream().filter(leaf -> !leaf.readable()).findFirst();
    if (refused.isPresent() && planning.table().chunking().strategy() == Strategy.AUTO) {
      draft.remark(
          "; not read partition by partition, since this user may not SELECT from %s by itself"
              .formatted(refused.get().name()));
      return keys.plan(rows);
    }
    // What the statistics do not explain is in the blocks that they do not know; and they may be
    // old, but the sum is known.
    long unknown = leaves.stream().filter(l -> l.density() == 0).mapToLong(Leaf::blocks).sum();
    double known = leaves.stream().mapToDouble(l -> l.blocks() * l.density()).sum();
    double rest = Math.max(0, rows - known) / Math.max(1, unknown);
    double scale = rows / Math.max(1, known + rest * unknown);
    List<PlannedChunk> chunks = new ArrayList<>();
    int cut = 0;
    for (Leaf leaf : leaves) {
      double density = leaf.density() == 0 ? rest : leaf.density();
      long held = Math.round(leaf.blocks() * density * scale);
      List<ChunkBounds> ranges = ranges(leaf.name(), leaf.blocks(), held);
      if (ranges.size() > 1) {
        cut++;
        chunks.addAll(PlanDraft.alike(held, ranges));
      } else {
        chunks.add(new PlannedChunk(new ChunkBounds.Partition(leaf.name(), false), held, false));
      }
    }
    return draft.result(
        Strategy.PARTITION,
        "a table in %,d partitions%s"
            .formatted(leaves.size(), cut == 0 ? "" : ", %,d of them cut by blocks".formatted(cut)),
        "planning: the sizes of the partitions and a count; reading: each block once, without any"
            + " index",
        rows,
        chunks);
  }
}
