package io.initload.source.oracle;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.source.TableShape;
import io.initload.source.chunk.ChunkPlanner;
import io.initload.source.chunk.Ordering;
import io.initload.source.chunk.PlanDraft;
import io.initload.source.chunk.Planning;
import io.initload.source.oracle.OracleExtents.Address;
import io.initload.source.oracle.OracleExtents.Extent;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Chooses how an Oracle table is cut, by its shape (docs/reference/oracle.md, "Ways to cut a
 * table"). ROWID ranges come from the first rung of a ladder that the user's privileges reach:
 * DBA_EXTENTS, then DBMS_PARALLEL_EXECUTE, then boundaries from a block sample, which need nothing
 * but SELECT. One planner plans one table.
 */
final class OraclePlanner {
  private static final long BLOCKS_MIN = 64;
  private static final long ROWS_PER_CHUNK_MIN = 1000;

  /** Enough for the sessions that read side by side; each bucket costs a scan of the table. */
  private static final int BUCKETS_MAX = 8;

  /**
   * What else a way to row addresses may fail by: PL/SQL that does not compile, a table that is not
   * chunkable, a read-only database, no job processes.
   */
  private static final Set<Integer> NOT_HERE = Set.of(6550, 29491, 16000, 27492);

  private final OracleSql sql;
  private final Planning planning;
  private final TableShape shape;
  private PlanDraft draft;
  private ChunkPlanner keys;
  private final long target;

  OraclePlanner(OracleSql sql, Planning planning) {
    this.sql = sql;
    this.planning = planning;
    this.shape = planning.shape();
    this.draft = new PlanDraft(sql, planning);
    this.keys = new ChunkPlanner(sql, ChunkPlanner.QuantileBy.NTILE, planning, draft);
    this.target = Math.max(ROWS_PER_CHUNK_MIN, planning.table().chunking().rows());
  }

  /** Whether there is anything to hash is known to the database alone. */
  void check() {
    Strategy wanted = planning.table().chunking().strategy();
    if (wanted != Strategy.HASH && !physical(wanted)) {
      keys.check();
    }
  }

  /** Whether the strategy cuts by where rows are stored, and the table has such places. */
  private boolean physical(Strategy wanted) {
    boolean addressed = addressed();
    return (wanted == Strategy.ROWID && addressed)
        || (wanted == Strategy.PARTITION
            && (addressed || shape.kind() == TableShape.Kind.INDEX_ORGANIZED));
  }

  private boolean addressed() {
    return shape.kind() == TableShape.Kind.HEAP || shape.kind() == TableShape.Kind.PARTITIONED;
  }

  ChunkPlan plan() throws SQLException {
    if (shape.kind() == TableShape.Kind.EXTERNAL) {
      draft.remark("; read without a snapshot, since its files have none: nobody may change them");
    }
    long rows = draft.count();
    try {
      return cut(rows);
    } catch (SQLException e) {
      // A view has no blocks to sample.
      if (!OracleErrors.outOfRoom(e) || !stored()) {
        throw e;
      }
      draft = new PlanDraft(sql, planning);
      keys = new ChunkPlanner(sql.sampling(), ChunkPlanner.QuantileBy.SAMPLE, planning, draft);
      draft.remark(
          "; where chunks begin is from a sample, since there was no room to sort all keys"
              + " (ORA-%05d)".formatted(OracleErrors.code(e)));
      return cut(rows);
    }
  }

  private boolean stored() {
    return switch (shape.kind()) {
      case HEAP, PARTITIONED, INDEX_ORGANIZED, CLUSTER -> true;
      case EXTERNAL, TEMPORARY, VIEW, OTHER -> false;
    };
  }

  private ChunkPlan cut(long rows) throws SQLException {
    Optional<ChunkPlan> together = keys.byParent(rows);
    if (together.isPresent()) {
      return together.get();
    }
    Strategy wanted = planning.table().chunking().strategy();
    if (shape.kind() == TableShape.Kind.EXTERNAL && wanted == Strategy.AUTO) {
      return draft.whole(rows, "an external table: its rows have no addresses");
    }
    if (wanted == Strategy.PARTITION && physical(wanted)) {
      return partitions(rows);
    }
    if (physical(wanted) || (addressed() && wanted == Strategy.AUTO && rows > target)) {
      return rowids(rows);
    }
    boolean last = wanted == Strategy.AUTO && !keys.ordered();
    Optional<List<String>> hashable =
        last || wanted == Strategy.HASH ? hashable() : Optional.empty();
    if (hashable.isPresent() && buckets(rows) > 1) {
      String reason = last ? "no key to cut it by: " + Ordering.missing(shape) : "configured";
      return hashed(rows, hashable.get(), buckets(rows), reason);
    }
    if (hashable.isPresent() && wanted == Strategy.HASH) {
      return draft.whole(rows, "its rows fit one bucket");
    }
    return keys.plan(rows);
  }

  private ChunkPlan rowids(long rows) throws SQLException {
    if (rows == 0) {
      return draft.whole(rows, "it has no rows");
    }
    String declined;
    try {
      List<Extent> extents = extents();
      if (extents.isEmpty()) {
        // Zero extents for a table with rows is the silent miss that must not happen.
        return sampled(rows, "DBA_EXTENTS lists none for it");
      }
      long blocks = extents.stream().mapToLong(Extent::blocks).sum();
      List<String> starts = starts(OracleExtents.starts(extents, blocksPerChunk(rows, blocks)));
      if (OracleExtents.ascend(starts)) {
        return rowidPlan(
            rows,
            starts,
            "a heap table of %,d blocks in %,d extents".formatted(blocks, extents.size()),
            "planning: one query on DBA_EXTENTS and a count");
      }
      declined = "the row addresses made of DBA_EXTENTS do not ascend";
    } catch (SQLException e) {
      declined = declined(e, "DBA_EXTENTS");
    }
    try {
      return packaged(rows, declined);
    } catch (SQLException e) {
      declined += ", " + declined(e, "DBMS_PARALLEL_EXECUTE");
    }
    return sampled(rows, declined);
  }

  /** Passes on what is no matter of privileges or room. */
  private static String declined(SQLException e, String what) throws SQLException {
    int code = OracleErrors.code(e);
    if (OracleErrors.refused(e) || OracleErrors.outOfRoom(e) || NOT_HERE.contains(code)) {
      return "%s is out of reach (ORA-%05d)".formatted(what, code);
    }
    throw e;
  }

  /** In the order of addresses; a part without an object number has no rows yet. */
  private List<Extent> extents() throws SQLException {
    List<Object> named = List.of(name().owner(), name().table());
    Map<String, Long> objects = new HashMap<>();
    read(
        new BoundSql(OracleCatalogue.SEGMENTS, named),
        row -> objects.put(row.getString(1), row.getLong(2)));
    List<Optional<Extent>> extents =
        read(
            new BoundSql(OracleCatalogue.EXTENTS, named),
            row -> {
              Optional<Long> object = Optional.ofNullable(objects.get(row.getString(1)));
              long file = row.getLong(2);
              long block = row.getLong(3);
              long blocks = row.getLong(4);
              return object.map(number -> new Extent(number, file, block, blocks));
            });
    return extents.stream().flatMap(Optional::stream).sorted(OracleExtents.BY_ADDRESS).toList();
  }

  private List<String> starts(List<Address> addresses) throws SQLException {
    List<String> starts = new ArrayList<>();
    BoundSql address = draft.noted(BoundSql.of(OracleCatalogue.ROWID_OF_BLOCK));
    try (PreparedStatement statement = Statements.prepare(planning.connection(), address)) {
      for (Address start : addresses) {
        statement.setLong(1, start.object());
        statement.setLong(2, start.file());
        statement.setLong(3, start.block());
        try (ResultSet result = statement.executeQuery()) {
          result.next();
          starts.add(result.getString(1));
        }
      }
    }
    return starts;
  }

  private long blocksPerChunk(long rows, long blocks) {
    long chunks = Math.max(1, (rows + target - 1) / target);
    return Math.max(BLOCKS_MIN, (blocks + chunks - 1) / chunks);
  }

  private ChunkPlan packaged(long rows, String declined) throws SQLException {
    String task = "INITLOAD_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    List<String> starts;
    call(draft.noted(BoundSql.of(OracleCatalogue.CREATE_TASK)).sql(), task);
    try {
      try (CallableStatement call =
          planning
              .connection()
              .prepareCall(draft.noted(BoundSql.of(OracleCatalogue.CREATE_CHUNKS)).sql())) {
        call.setString(1, task);
        call.setString(2, name().owner());
        call.setString(3, name().table());
        call.setLong(4, target);
        call.execute();
      }
      starts = texts(new BoundSql(OracleCatalogue.CHUNKS, List.of(task)));
    } finally {
      call(draft.noted(BoundSql.of(OracleCatalogue.DROP_TASK)).sql(), task);
    }
    if (starts.isEmpty()) {
      return sampled(rows, declined + ", DBMS_PARALLEL_EXECUTE made no chunks");
    }
    return rowidPlan(
        rows,
        starts,
        "a heap table, cut by DBMS_PARALLEL_EXECUTE since " + declined,
        "planning: a task of DBMS_PARALLEL_EXECUTE, dropped again, and a count");
  }

  private void call(String block, String task) throws SQLException {
    try (CallableStatement call = planning.connection().prepareCall(block)) {
      call.setString(1, task);
      call.execute();
    }
  }

  private ChunkPlan sampled(long rows, String declined) throws SQLException {
    int chunks = (int) Math.max(1, Math.min(100_000, (rows + target - 1) / target));
    BoundSql query = sql.sampledBoundaries(shape, chunks, planning.snapshot(), degree());
    return rowidPlan(
        rows,
        texts(query),
        "a heap table, cut by sampled row addresses since " + declined,
        "planning: a sample of its blocks and a count");
  }

  private List<String> texts(BoundSql query) throws SQLException {
    return read(query, row -> row.getString(1));
  }

  private <T> List<T> read(BoundSql query, Statements.Row<T> row) throws SQLException {
    return Statements.all(planning.connection(), draft.noted(query), row);
  }

  private int degree() {
    return planning.table().chunking().parallelHint();
  }

  /**
   * Ranges that meet where parts begin, open at both ends of the table: whatever the list of parts
   * left out lies in one of them, so that no row can be missed (docs/reference/oracle.md, "Order of
   * work": a segment that is not listed would be, without any error).
   */
  private ChunkPlan rowidPlan(long rows, List<String> starts, String reason, String cost) {
    List<ChunkBounds> bounds = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      bounds.add(
          new ChunkBounds.RowidRange(
              i == 0 ? "" : starts.get(i), i + 1 == starts.size() ? "" : starts.get(i + 1)));
    }
    if (starts.isEmpty()) {
      bounds.add(new ChunkBounds.RowidRange("", ""));
    }
    return draft.result(
        Strategy.ROWID,
        reason,
        cost + "; reading: each block once, without sort or index",
        rows,
        PlanDraft.alike(rows, bounds));
  }

  /**
   * Where neither addresses nor keys cut the rows: few buckets, since each is a scan of the whole.
   * All are counted in one pass; a count that does not add up means a hash that is not the same
   * each time, and one chunk.
   *
   * @param buckets more than one
   */
  private ChunkPlan hashed(long rows, List<String> columns, int buckets, String reason)
      throws SQLException {
    List<PlannedChunk> chunks =
        read(
            sql.bucketCounts(shape, columns, buckets, planning.snapshot(), degree()),
            row ->
                new PlannedChunk(
                    new ChunkBounds.HashBucket(columns, buckets, row.getInt(1)),
                    row.getLong(2),
                    true));
    if (chunks.stream().mapToLong(PlannedChunk::rows).sum() != rows) {
      return draft.whole(rows, "its hash buckets do not add up to its rows");
    }
    return draft.result(
        Strategy.HASH,
        reason
            + "; cut by the hash of "
            + (columns.isEmpty() ? "ROWID" : String.join(", ", columns)),
        "planning: a count and a count by bucket; reading: %d scans of the whole table"
            .formatted(chunks.size()),
        rows,
        chunks);
  }

  /** What of a row is hashed; empty where nothing of it can be. */
  private Optional<List<String>> hashable() {
    List<String> columns =
        switch (shape.kind()) {
          case HEAP, PARTITIONED, CLUSTER -> List.of();
          case INDEX_ORGANIZED ->
              shape.orderingKey().map(TableShape.Key::columns).orElse(List.of());
          case VIEW, EXTERNAL, TEMPORARY, OTHER -> Ordering.externalId(planning.table());
        };
    columns =
        columns.stream()
            .filter(name -> shape.column(name).filter(OraclePlanner::hashable).isPresent())
            .toList();
    boolean addressed =
        switch (shape.kind()) {
          case HEAP, PARTITIONED, CLUSTER -> true;
          case INDEX_ORGANIZED, VIEW, EXTERNAL, TEMPORARY, OTHER -> false;
        };
    return addressed || !columns.isEmpty() ? Optional.of(columns) : Optional.empty();
  }

  /** docs/reference/oracle.md, "Hashes and samples": no LONG or LOB. */
  private static boolean hashable(SourceColumn column) {
    return switch (column.type()) {
      case TEXT, NUMBER, FLOAT, DATE, DATETIME, INSTANT, TIME, INTERVAL -> true;
      case BINARY -> column.length() > 0;
      case BOOLEAN, LONG_TEXT, JSON, XML, UNSUPPORTED -> false;
    };
  }

  private int buckets(long rows) {
    long chunks = (rows + target - 1) / target;
    return chunks >= BUCKETS_MAX ? BUCKETS_MAX : (int) Math.max(1, chunks);
  }

  private ChunkPlan partitions(long rows) throws SQLException {
    List<PlannedChunk> chunks =
        read(
            new BoundSql(
                OracleCatalogue.PARTITIONS,
                List.of(name().owner(), name().table(), name().owner(), name().table())),
            row ->
                new PlannedChunk(
                    new ChunkBounds.Partition(row.getString(1), row.getInt(2) == 1),
                    row.getLong(3),
                    false));
    if (chunks.isEmpty()) {
      return shape.kind() == TableShape.Kind.PARTITIONED ? rowids(rows) : keys.plan(rows);
    }
    return draft.result(
        Strategy.PARTITION,
        "configured; %,d partitions".formatted(chunks.size()),
        "planning: the list of partitions and a count; reading: each partition once",
        rows,
        chunks);
  }

  private SourceName name() {
    return shape.name();
  }
}
