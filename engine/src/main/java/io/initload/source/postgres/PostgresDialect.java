package io.initload.source.postgres;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.plan.TablePlan;
import io.initload.source.DbaStatements;
import io.initload.source.Dialect;
import io.initload.source.RowCursor;
import io.initload.source.TableShape;
import io.initload.source.chunk.ChunkPlanner;
import io.initload.source.chunk.Planning;
import io.initload.source.read.CursorRequest;
import io.initload.source.session.Verdict;
import io.initload.source.sql.Sql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * PostgreSQL 14 and later. The snapshot is exported by one session, which stays in its transaction
 * for as long as the migration reads, and adopted by all others, in this process and elsewhere.
 * Heap tables are cut by blocks (ctid); rows stream by {@code COPY} in binary form.
 */
public final class PostgresDialect implements Dialect {
  /** Blocks a chunk has at least: below that the statement costs more than the read. */
  private static final long BLOCKS_MIN = 16;

  private final PostgresSql sql = new PostgresSql();
  private final PostgresDictionary dictionary = new PostgresDictionary();

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String urlPrefix() {
    return "jdbc:postgresql:";
  }

  @Override
  public Properties properties(SourceConfig config) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "initload");
    properties.setProperty("connectTimeout", "15");
    properties.setProperty("loginTimeout", "30");
    // For rows; whoever plans or counts sets a longer one.
    properties.setProperty("socketTimeout", Long.toString(config.readTimeout().toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sessionStatement : PostgresSql.SESSION) {
        statement.execute(sessionStatement);
      }
    }
  }

  @Override
  public void tag(Connection connection, String action) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL application_name = " + PostgresSql.text("initload " + action));
    }
  }

  @Override
  public DbaStatements access(String user, List<TableShape> tables, boolean flashback) {
    return PostgresSql.access(user, tables);
  }

  @Override
  public Snapshot snapshot(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PostgresSql.SNAPSHOT)) {
      rows.next();
      return new Snapshot(Snapshot.Kind.EXPORTED, rows.getString(1));
    }
  }

  @Override
  public void enter(Connection connection, Snapshot snapshot) throws SQLException {
    if (snapshot.kind() == Snapshot.Kind.EXPORTED) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION SNAPSHOT " + PostgresSql.text(snapshot.name()));
      }
    }
  }

  @Override
  public void hold(Connection keeper, TableShape shape) throws SQLException {
    // A rewrite or truncation would move the rows under the plan: what pg_dump does against it.
    if (shape.kind() == TableShape.Kind.HEAP || shape.kind() == TableShape.Kind.PARTITIONED) {
      try (Statement statement = keeper.createStatement()) {
        statement.execute(
            "LOCK TABLE " + PostgresSql.table(shape.name()) + " IN ACCESS SHARE MODE");
      }
    }
  }

  @Override
  public Optional<TableShape> shape(Connection connection, SourceName name) throws SQLException {
    return dictionary.shape(connection, name);
  }

  @Override
  public List<String> tables(Connection connection, String owner) throws SQLException {
    return dictionary.tables(connection, owner);
  }

  @Override
  public Sql sql() {
    return sql;
  }

  @Override
  public TablePlan plan(Planning planning) throws SQLException {
    ChunkPlanner planner = new ChunkPlanner(sql, ChunkPlanner.QuantileBy.ROWNUM, planning);
    long rows = planner.count();
    Optional<TablePlan> together = planner.byParent(rows);
    if (together.isPresent()) {
      return together.get();
    }
    Strategy strategy = planning.table().chunking().strategy();
    TableShape.Kind kind = planning.shape().kind();
    boolean small = rows <= planning.table().chunking().rows();
    if (kind == TableShape.Kind.HEAP
        && (strategy == Strategy.ROWID || (strategy == Strategy.AUTO && !small))) {
      return blocks(planner, planning, rows);
    }
    if (kind == TableShape.Kind.PARTITIONED
        && (strategy == Strategy.PARTITION || (strategy == Strategy.AUTO && !small))) {
      return partitions(planner, planning, rows);
    }
    return planner.plan(rows);
  }

  private TablePlan blocks(ChunkPlanner planner, Planning planning, long rows) throws SQLException {
    long blocks =
        Statements.single(planning.connection(), planner.noted(sql.blocks(planning.shape())));
    return planner.result(
        Strategy.ROWID,
        "a heap table of %,d blocks".formatted(blocks),
        "planning: its size and a count; reading: each block once, without any index",
        rows,
        ChunkPlanner.alike(rows, ranges("", blocks, rows, planning)));
  }

  /** Ranges of equally many blocks, of a table or of a leaf of it; at least one. */
  private static List<ChunkBounds> ranges(
      String partition, long blocks, long rows, Planning planning) {
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

  private TablePlan partitions(ChunkPlanner planner, Planning planning, long rows)
      throws SQLException {
    List<Leaf> leaves =
        Statements.all(
            planning.connection(),
            planner.noted(sql.partitions(planning.shape())),
            row -> new Leaf(row.getString(1), row.getBoolean(2), row.getLong(3), row.getDouble(4)));
    if (leaves.isEmpty()) {
      return planner.whole(rows, "it has no partitions yet");
    }
    Optional<Leaf> refused = leaves.stream().filter(leaf -> !leaf.readable()).findFirst();
    if (refused.isPresent() && planning.table().chunking().strategy() == Strategy.AUTO) {
      planner.remark(
          "; not read partition by partition, since this user may not SELECT from %s by itself"
              .formatted(refused.get().name()));
      return planner.plan(rows);
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
      List<ChunkBounds> ranges = ranges(leaf.name(), leaf.blocks(), held, planning);
      if (ranges.size() > 1) {
        cut++;
        chunks.addAll(ChunkPlanner.alike(held, ranges));
      } else {
        chunks.add(new PlannedChunk(new ChunkBounds.Partition(leaf.name(), false), held, false));
      }
    }
    return planner.result(
        Strategy.PARTITION,
        "a table in %,d partitions%s"
            .formatted(leaves.size(), cut == 0 ? "" : ", %,d of them cut by blocks".formatted(cut)),
        "planning: the sizes of the partitions and a count; reading: each block once, without any"
            + " index",
        rows,
        chunks);
  }

  @Override
  public RowCursor open(CursorRequest request) throws SQLException {
    return new PostgresCursor(request);
  }

  @Override
  public Verdict judge(SQLException e) {
    return PostgresErrors.judge(e);
  }
}
