package io.initload.source;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Finding;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.FlashbackRetention;
import io.initload.plan.Snapshot;
import io.initload.plan.SourceIdentity;
import io.initload.plan.TotalsQuery;
import io.initload.source.chunk.Planning;
import io.initload.source.session.ErrorTranslator;
import io.initload.source.session.JdbcUrl;
import io.initload.source.session.SessionLender;
import io.initload.source.session.SessionPool;
import io.initload.source.sql.BoundSql;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The database a migration reads. Sessions are opened as calls need them and kept idle for the next
 * call; close the database when all cursors are closed. Safe for several threads: each call uses a
 * session of its own.
 *
 * <p>Every method may throw {@link SourceFailure}: {@code SOURCE_LOGIN}, {@code
 * SOURCE_UNREACHABLE}, {@code SOURCE_CONNECT}, {@code SOURCE_TABLE}, {@code SOURCE_COLUMN}, {@code
 * SOURCE_PRIVILEGE}, {@code SOURCE_SNAPSHOT_TOO_OLD}, {@code SOURCE_READ}.
 */
public final class SourceDatabase implements AutoCloseable {
  /** Begins who reads a query, in what its name stands for. */
  public static final String READER = ", read by ";

  private final SourceConfig config;
  private final Dialect dialect;
  private final Audit audit;
  private final SessionLender lender;
  private final TableShapes shapes;
  private final SnapshotKeeper keeper;
  private final RowReader reader;
  private final TableCounts counts;

  private SourceDatabase(SourceConfig config, Dialect dialect, Audit audit) {
    this.config = config;
    this.dialect = dialect;
    this.audit = audit;
    String name = dialect.name() + " database " + JdbcUrl.shown(config.url());
    this.lender =
        new SessionLender(
            new SessionPool(config, dialect, audit), new ErrorTranslator(dialect, name));
    this.shapes = new TableShapes(dialect, lender, snapshots());
    this.keeper = new SnapshotKeeper(dialect, lender, snapshots());
    this.reader = new RowReader(config, dialect, lender, shapes);
    this.counts = new TableCounts(config, dialect, lender, shapes, keeper);
  }

  /**
   * Opens the database and proves that it can be logged into.
   *
   * @throws Failure {@code SOURCE_URL} when no dialect knows the URL
   */
  public static SourceDatabase open(SourceConfig config) {
    return open(config, Audit.NONE);
  }

  /**
   * As {@link #open(SourceConfig)}.
   *
   * @param audit is told of sessions, of the moment that is read at and of chunks that are read
   */
  public static SourceDatabase open(SourceConfig config, Audit audit) {
    return open(config, Dialects.ALL, audit);
  }

  /** As {@link #open(SourceConfig)}, of these kinds of database. */
  static SourceDatabase open(SourceConfig config, Dialects dialects, Audit audit) {
    SourceDatabase database = new SourceDatabase(config, dialects.of(config.url()), audit);
    return database.lender.with("logging in", session -> database);
  }

  /** The database for work that needs nothing of it: the first call that does logs in. */
  public static SourceDatabase unopened(SourceConfig config, Audit audit) {
    return new SourceDatabase(config, Dialects.ALL.of(config.url()), audit);
  }

  /** {@code oracle}, {@code h2} or {@code postgresql}. */
  public String dialect() {
    return dialect.name();
  }

  /** Whether {@link #duplicates} may be asked of a table of any size. */
  public boolean groups() {
    return dialect.groups();
  }

  /** Which database this is, whatever address it has. */
  public SourceIdentity identity() {
    return lender.with(
        "asking for its identity", session -> dialect.identity(session.connection()));
  }

  /**
   * Describes a table; asked once and remembered.
   *
   * @throws Failure {@code SOURCE_TABLE} when there is none of that name, with the nearest one;
   *     {@code SOURCE_TEMPORARY} when its rows are their sessions' own; {@code SOURCE_QUERY},
   *     {@code SOURCE_SQL} when the database does not take what the configuration says of them
   */
  public TableShape shape(SourceName table) {
    return shapes.shape(table);
  }

  /**
   * What a table's name stands for. The names in a query stand for what they are to its reader: of
   * a query that one is told too, behind {@link #READER}.
   */
  public String origin(SourceName table) {
    String name = shape(table).name().toString();
    return table.isQuery()
        ? name
            + READER
            + lender.with("asking who reads", session -> dialect.reader(session.connection()))
        : name;
  }

  /**
   * Proves that a table may be read, at a moment where the configuration asks for one.
   *
   * @throws SourceFailure {@code SOURCE_PRIVILEGE} when it may not
   */
  public void probe(SourceName table) {
    shapes.probe(table);
  }

  /** What the database may change or keep back of whatever it is asked for, without a word. */
  public List<Finding> concerns() {
    return lender.with(
        "looking at the database", session -> dialect.concerns(session.connection()));
  }

  /** As {@link #concerns()}, of one table: rows that are hidden from this user, say. */
  public List<Finding> concerns(SourceName table) {
    return shapes.concerns(table);
  }

  /**
   * Has the database judge what planning and reading of a table will ask, without asking it.
   *
   * @param reads what is read of a row
   * @param key what is read of its key
   * @throws Failure {@code SOURCE_STRATEGY}, {@code SOURCE_COLUMN}, or what a statement would be
   *     refused for
   */
  public void rehearse(
      TableConfig table, List<ColumnRead> reads, List<ColumnRead> key, KeyForm form) {
    shapes.rehearse(table, reads, key, form);
  }

  /**
   * The moment to read at; take it before planning. A snapshot of the kind {@code EXPORTED} lives
   * as long as this database is open (a session of it stays in its transaction); the others need no
   * one to hold them.
   */
  public Snapshot snapshot() {
    Snapshot snapshot = keeper.snapshot();
    audit.about(Audit.Act.SOURCE_SNAPSHOT, snapshot.toString());
    return snapshot;
  }

  /** Whether reads at a snapshot can still be begun, as far as asking costs nothing. */
  public boolean holds(Snapshot snapshot) {
    return keeper.holds(snapshot);
  }

  /** The moment that a table is read at: one that lies in files outside the database has none. */
  public Snapshot at(SourceName table, Snapshot snapshot) {
    return shape(table).kind() == TableShape.Kind.EXTERNAL ? snapshot.frozen() : snapshot;
  }

  /** A moment for people, with where it was asked for. */
  public String described(Snapshot snapshot) {
    return snapshot
        + lender.with(
            "asking for the moment", session -> dialect.origin(session.connection(), snapshot));
  }

  /** Whether a table has no moment that it could be read at, while others are read at one. */
  public boolean momentless(SourceName table) {
    return snapshots() && shape(table).kind() == TableShape.Kind.EXTERNAL;
  }

  private boolean snapshots() {
    return config.consistency() == SourceConfig.Consistency.SNAPSHOT;
  }

  /** What a DBA is asked for, and how the DBA ends it. */
  public DbaStatements access(List<SourceName> tables) {
    List<TableShape> shapes = tables.stream().map(this::shape).toList();
    return lender.with(
        "asking for what must be granted",
        session -> dialect.access(session.connection(), shapes, snapshots()));
  }

  /** How long a snapshot can be read, where one is asked for and that is a matter of time. */
  public Optional<FlashbackRetention> undo() {
    return snapshots()
        ? lender.with("asking for the undo", session -> dialect.undo(session.connection()))
        : Optional.empty();
  }

  /** Which tables there are, and how they hang together. */
  public SourceCatalogue catalogue() {
    return new SourceCatalogue(dialect, lender);
  }

  /** Shows whether it is as the code takes it to be. */
  public SourceExaminer examiner() {
    return new SourceExaminer(dialect, lender, shapes, reader);
  }

  /**
   * Looks at a table as it is now, in one pass. From then on nothing can move its rows while this
   * database holds a snapshot, where the kind of database needs that said.
   *
   * @param rows counted at the snapshot
   */
  public Drift since(SourceName table, Snapshot snapshot, long rows) {
    return counts.since(table, snapshot, rows);
  }

  /**
   * Looks at all rows of a table.
   *
   * @param percent of the table that is enough, where a sample can be drawn; 100 for all of it
   */
  public TableScanner scanner(TableConfig table, Snapshot snapshot, double percent) {
    Snapshot at = at(table.source(), snapshot);
    return new TableScanner(dialect, lender, shapes, table, at, percent);
  }

  /** Rows of a table at the snapshot. */
  public long count(TableConfig table, Snapshot snapshot) {
    return counts.count(table, snapshot);
  }

  /** Rows of a chunk at the snapshot; in one session, beside those that read other chunks. */
  public long count(SourceName table, ChunkBounds bounds, Snapshot snapshot) {
    return counts.count(table, bounds, snapshot, 0);
  }

  /**
   * Sums of a table's rows by groups, at most one group more than {@link TotalsQuery#GROUPS_MAX}.
   * Empty where this kind of database cannot make them.
   */
  public Optional<List<TotalsQuery.Row>> totals(
      TableConfig table, TotalsQuery query, Snapshot snapshot) {
    TotalsReader totals = new TotalsReader(dialect, lender);
    return ParallelHint.from(
        table.chunking().parallelHint(),
        degree -> totals.read(shape(table.source()), query, snapshot, degree));
  }

  /** The statement of {@link #totals}, for who must allow it. */
  public Optional<String> totalsSql(TableConfig table, TotalsQuery query, Snapshot snapshot) {
    Snapshot at = at(table.source(), snapshot);
    return new TotalsReader(dialect, lender)
        .statement(shape(table.source()), query, at, table.chunking().parallelHint())
        .map(BoundSql::sql);
  }

  /**
   * Cuts a table into chunks; reads keys and statistics. Oracle without SELECT on DBA_EXTENTS is
   * asked for a task of DBMS_PARALLEL_EXECUTE: rows of the dictionary in the user's own schema,
   * dropped at once. Nothing else is written.
   */
  public ChunkPlan plan(TableConfig table, Snapshot snapshot) {
    return ParallelHint.from(
        table.chunking().parallelHint(),
        degree -> planned(table.with(table.chunking().with(degree)), snapshot));
  }

  private ChunkPlan planned(TableConfig table, Snapshot snapshot) {
    TableShape shape = shape(table.source());
    return lender.patiently(
        "planning " + table.source(),
        session -> {
          keeper.hold(shape);
          dialect.enter(session, shape, snapshot);
          return dialect.plan(new Planning(session.connection(), table, shape, snapshot));
        });
  }

  /**
   * Statements that a run can send about a table beside those of its plan, for who must allow them;
   * each once, of the first chunks and the last one.
   *
   * @param reads what is read of a row
   * @param key what is read of its key
   */
  public List<String> statements(
      TableConfig table,
      ChunkPlan plan,
      Snapshot snapshot,
      List<ColumnRead> reads,
      List<ColumnRead> key,
      KeyForm form) {
    TableShape shape = shape(table.source());
    Snapshot at = at(table.source(), snapshot);
    List<String> statements = new ArrayList<>(dialect.rewinding(shape, at));
    statements.addAll(
        SentStatements.of(
            dialect.sql(), shape, table, plan, at, reads, key, form, config.parallelHint()));
    return statements;
  }

  /**
   * Opens a cursor over the rows of a chunk. The caller closes it.
   *
   * @param action names the session for the database's administrator
   * @param zone of the source's zoneless dates and times
   * @throws Failure {@code SOURCE_COLUMN} when a column is missing or cannot be read
   */
  public RowCursor read(
      SourceName table,
      ChunkBounds bounds,
      Snapshot snapshot,
      List<ColumnRead> reads,
      ZoneId zone,
      String action) {
    audit.about(Audit.Act.SOURCE_CHUNK, action + " of " + table + " at " + snapshot);
    return reader.read(table, bounds, snapshot, reads, zone, action);
  }

  /**
   * Reads single rows again, by texts of their key columns that an earlier read rendered with
   * {@link io.initload.mapping.Rendering#TEXT}. Rows come in no particular order; keys without a
   * row are left out.
   */
  public RowCursor readByKeys(
      SourceName table,
      Snapshot snapshot,
      List<ColumnRead> reads,
      List<String> keyColumns,
      List<List<String>> keyTexts,
      ZoneId zone) {
    return reader.readByKeys(table, snapshot, reads, keyColumns, keyTexts, zone);
  }

  /**
   * One row of each group of rows that share a key, whatever chunks they are in. Rows with a null
   * among the columns are left out.
   *
   * @param key the columns of the key, as they are read
   * @param form when two keys are one
   * @param limit longest answer
   * @param use of the rows; begins anew when the database has no parallel servers to spare
   */
  public <T> T duplicates(
      TableConfig table,
      Snapshot snapshot,
      List<ColumnRead> key,
      KeyForm form,
      int limit,
      Function<RowCursor, T> use) {
    return reader.duplicates(table, snapshot, key, form, limit, use);
  }

  /**
   * Whether the text of some row of a table will be staged otherwise than it is stored.
   *
   * @param texts columns that a key is made of, not empty
   * @param changed characters that are left out or replaced on the way, or that join a composite
   * @param kept a character that is none of them
   * @param blanks whether those around a text that is the whole of a key count, too
   */
  public boolean notVerbatim(
      TableConfig table,
      Snapshot at,
      List<SourceColumn> texts,
      String changed,
      String kept,
      boolean blanks) {
    return counts.notVerbatim(table, at, texts, changed, kept, blanks);
  }

  @Override
  public void close() {
    keeper.close();
    lender.close();
  }
}
