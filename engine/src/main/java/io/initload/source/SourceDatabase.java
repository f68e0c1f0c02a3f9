package io.initload.source;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.config.Nearest;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.FlashbackRetention;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.plan.TablePlan;
import io.initload.source.chunk.Planning;
import io.initload.source.read.CursorRequest;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.ErrorTranslator;
import io.initload.source.session.JdbcUrl;
import io.initload.source.session.SessionPool;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.KeyText;
import io.initload.source.sql.Sql;
import io.initload.source.sql.Statements;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database a migration reads. Sessions are opened as calls need them and kept idle for the next
 * call; close the database when all cursors are closed. Safe for several threads: each call uses a
 * session of its own.
 *
 * <p>Every method may throw {@link SourceFailure}: {@code SOURCE_LOGIN}, {@code
 * SOURCE_UNREACHABLE}, {@code SOURCE_TABLE}, {@code SOURCE_COLUMN}, {@code SOURCE_PRIVILEGE},
 * {@code SOURCE_SNAPSHOT_TOO_OLD}, {@code SOURCE_READ}.
 */
public final class SourceDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceDatabase.class);
  private static final int KEYS_PER_STATEMENT = 200;
  private static final int KEEPER_SECONDS = 10;

  private final SourceConfig config;
  private final Dialect dialect;
  private final SessionPool sessions;
  private final ErrorTranslator errors;
  private final Map<SourceName, TableShape> shapes = new ConcurrentHashMap<>();

  /** Sessions that hold a snapshot for the others. */
  private final List<DatabaseSession> keepers = new CopyOnWriteArrayList<>();

  private SourceDatabase(SourceConfig config, Dialect dialect) {
    this.config = config;
    this.dialect = dialect;
    this.sessions = new SessionPool(config, dialect);
    this.errors =
        new ErrorTranslator(dialect, dialect.name() + " database " + JdbcUrl.shown(config.url()));
  }

  /**
   * Opens the database and proves that it can be logged into.
   *
   * @throws Failure {@code SOURCE_URL} when no dialect knows the URL
   */
  public static SourceDatabase open(SourceConfig config) {
    return open(config, Dialects.ALL);
  }

  /** As {@link #open(SourceConfig)}, of these kinds of database. */
  static SourceDatabase open(SourceConfig config, Dialects dialects) {
    SourceDatabase database = new SourceDatabase(config, dialects.of(config.url()));
    try {
      database.sessions.take().close();
      return database;
    } catch (SQLException e) {
      throw database.errors.of("logging in", e);
    }
  }

  /** The database for work that needs nothing of it: the first call that does logs in. */
  public static SourceDatabase unopened(SourceConfig config) {
    return new SourceDatabase(config, Dialects.ALL.of(config.url()));
  }

  /** {@code oracle}, {@code h2} or {@code postgresql}. */
  public String dialect() {
    return dialect.name();
  }

  /**
   * Describes a table; asked once and remembered.
   *
   * @throws Failure {@code SOURCE_TABLE} when there is none of that name, with the nearest one;
   *     {@code SOURCE_TEMPORARY} when its rows are their sessions' own
   */
  public TableShape shape(SourceName table) {
    TableShape known = shapes.get(table);
    if (known != null) {
      return known;
    }
    TableShape shape =
        with(
            "looking up " + table,
            session -> {
              Optional<TableShape> found = dialect.shape(session.connection(), table);
              if (found.isPresent()) {
                return found.get().permanent();
              }
              String nearest =
                  Nearest.to(table.table(), dialect.tables(session.connection(), table.owner()))
                      .map(n -> " Did you mean " + n + "?")
                      .orElse("");
              throw new Failure(
                  Kind.CONFIGURATION,
                  "SOURCE_TABLE",
                  "There is no table %s in the source, or this user may not see it.%s"
                      .formatted(table, nearest),
                  "Correct tables[].source (names are exact, letter case included), or have it"
                      + " granted: "
                      + granted(session, table, snapshots())
                      + ".");
            });
    shapes.put(table, shape);
    return shape;
  }

  /**
   * The moment to read at; take it before planning. A snapshot of the kind {@code EXPORTED} lives
   * as long as this database is open (a session of it stays in its transaction); the others need no
   * one to hold them.
   */
  public Snapshot snapshot() {
    boolean frozen = !snapshots();
    return lent(
        sessions::take,
        "taking a snapshot",
        session -> {
          Snapshot taken = dialect.snapshot(session.connection());
          Snapshot snapshot = frozen ? taken.frozen() : taken;
          if (snapshot.kind() == Snapshot.Kind.FROZEN && !frozen && dialect.sharesSnapshots()) {
            throw new Failure(
                Kind.PLATFORM,
                "SOURCE_PRIVILEGE",
                "The user of the source may not ask for the moment to read at.",
                "Grant SELECT on V_$DATABASE or EXECUTE on DBMS_FLASHBACK (`plan` prints the"
                    + " grants), or vouch that nobody writes with source.consistency: frozen.");
          }
          if (snapshot.kind() == Snapshot.Kind.EXPORTED) {
            keepers.removeIf(SourceDatabase::dead);
            keepers.add(session);
          } else {
            session.close();
          }
          return snapshot;
        });
  }

  /** The moment that a table is read at: one that lies in files outside the database has none. */
  public Snapshot at(SourceName table, Snapshot snapshot) {
    return shape(table).kind() == TableShape.Kind.EXTERNAL ? snapshot.frozen() : snapshot;
  }

  /** A moment for people, with where it was asked for. */
  public String described(Snapshot snapshot) {
    return snapshot
        + with("asking for the moment", session -> dialect.origin(session.connection(), snapshot));
  }

  /** Whether reads at a snapshot can still be begun, as far as asking costs nothing. */
  public boolean holds(Snapshot snapshot) {
    if (snapshot.kind() != Snapshot.Kind.EXPORTED) {
      return true;
    }
    try {
      return with(
          "looking for the snapshot",
          session -> {
            dialect.enter(session.connection(), snapshot);
            return true;
          });
    } catch (SourceFailure e) {
      if (e.action() != SourceFailure.Action.NEW_SNAPSHOT) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Proves that a table may be read, at a moment where the configuration asks for one.
   *
   * @throws SourceFailure {@code SOURCE_PRIVILEGE} when it may not
   */
  public void probe(SourceName table) {
    TableShape shape = shape(table);
    with(
        "looking into " + table,
        session -> {
          Snapshot taken = dialect.snapshot(session.connection());
          Snapshot at = snapshots() ? taken : taken.frozen();
          BoundSql query = dialect.sql().probe(shape, at);
          try {
            return Statements.first(session.connection(), query, row -> true).isPresent();
          } catch (SQLException e) {
            SourceFailure failure = errors.of("looking into " + table, e);
            if (!failure.code().equals("SOURCE_TABLE")
                && !failure.code().equals("SOURCE_PRIVILEGE")) {
              throw e;
            }
            String grant = granted(session, shape.name(), at.kind() != Snapshot.Kind.FROZEN);
            throw failure.remedied(failure.remedy() + " Of this table: " + grant + ".");
          }
        });
  }

  private String granted(DatabaseSession session, SourceName table, boolean flashback)
      throws SQLException {
    return dialect
        .grant(dialect.user(session.connection()), table, flashback)
        .orElse("GRANT SELECT ON " + table);
  }

  private boolean snapshots() {
    return config.consistency() == SourceConfig.Consistency.SNAPSHOT;
  }

  /** What a DBA is asked for, and how the DBA ends it. */
  public DbaStatements access(List<SourceName> tables) {
    List<TableShape> shapes = tables.stream().map(this::shape).toList();
    return with(
        "asking for the user",
        session -> dialect.access(dialect.user(session.connection()), shapes, snapshots()));
  }

  /** How long a snapshot can be read, where one is asked for and that is a matter of time. */
  public Optional<FlashbackRetention> undo() {
    return snapshots()
        ? with("asking for the undo", session -> dialect.undo(session.connection()))
        : Optional.empty();
  }

  /**
   * Looks at a table as it is now, in one pass. From then on nothing can move its rows while this
   * database holds a snapshot, where the kind of database needs that said.
   *
   * @param rows counted at the snapshot
   */
  public Since since(SourceName table, Snapshot snapshot, long rows) {
    TableShape shape = shape(table);
    return hinted(config.parallelHint(), degree -> since(shape, table, snapshot, rows, degree));
  }

  private Since since(
      TableShape shape, SourceName table, Snapshot snapshot, long rows, int degree) {
    Optional<BoundSql> versions = dialect.sql().sinceMark(shape, snapshot.mark(), degree);
    return patiently(
        "comparing " + table + " with the snapshot",
        session -> {
          hold(shape);
          if (versions.isEmpty()) {
            ChunkBounds all = new ChunkBounds.Whole();
            BoundSql count = dialect.sql().count(shape, all, Snapshot.UNMARKED, degree);
            return Statements.single(session.connection(), count) == rows
                ? Since.AS_MANY
                : Since.CHANGED;
          }
          boolean same =
              Statements.first(
                      session.connection(),
                      versions.get(),
                      row -> row.getLong(1) == rows && row.getLong(2) == 1)
                  .orElse(false);
          return same ? Since.SAME : Since.CHANGED;
        });
  }

  /** Keeps a table's rows in their places for as long as a snapshot is held. */
  private void hold(TableShape shape) throws SQLException {
    for (DatabaseSession keeper : keepers) {
      synchronized (keeper) {
        dialect.hold(keeper.connection(), shape);
      }
    }
  }

  /** Rows of a table at the snapshot. */
  public long count(TableConfig table, Snapshot snapshot) {
    ChunkBounds all = new ChunkBounds.Whole();
    return hinted(
        table.chunking().parallelHint(), degree -> count(table.source(), all, snapshot, degree));
  }

  /** Rows of a chunk at the snapshot; in one session, beside those that read other chunks. */
  public long count(SourceName table, ChunkBounds bounds, Snapshot snapshot) {
    return count(table, bounds, snapshot, 0);
  }

  private long count(SourceName table, ChunkBounds bounds, Snapshot snapshot, int parallel) {
    BoundSql query = dialect.sql().count(shape(table), bounds, snapshot, parallel);
    return patiently(
        "counting " + table,
        session -> {
          dialect.enter(session.connection(), snapshot);
          return Statements.single(session.connection(), query);
        });
  }

  private static boolean dead(DatabaseSession keeper) {
    try {
      synchronized (keeper) {
        if (keeper.connection().isValid(KEEPER_SECONDS)) {
          return false;
        }
      }
      keeper.broken();
      keeper.close();
    } catch (SQLException e) {
      // It is gone: nothing depends on it any more.
    }
    return true;
  }

  /**
   * Cuts a table into chunks; reads keys and statistics. Oracle without SELECT on DBA_EXTENTS is
   * asked for a task of DBMS_PARALLEL_EXECUTE: rows of the dictionary in the user's own schema,
   * dropped at once. Nothing else is written.
   */
  public TablePlan plan(TableConfig table, Snapshot snapshot) {
    return hinted(
        table.chunking().parallelHint(),
        degree -> planned(table.with(table.chunking().with(degree)), snapshot));
  }

  private TablePlan planned(TableConfig table, Snapshot snapshot) {
    TableShape shape = shape(table.source());
    return patiently(
        "planning " + table.source(),
        session -> {
          hold(shape);
          dialect.enter(session.connection(), snapshot);
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
      TablePlan plan,
      Snapshot snapshot,
      List<ColumnRead> reads,
      List<ColumnRead> key,
      KeyForm form) {
    TableShape shape = shape(table.source());
    Snapshot at = at(table.source(), snapshot);
    Sql sql = dialect.sql();
    int degree = table.chunking().parallelHint();
    List<SourceColumn> columns = shape.readable(reads);
    List<SourceColumn> keys = shape.readable(key);
    List<PlannedChunk> chunks = plan.chunks();
    Set<String> statements = new LinkedHashSet<>();
    statements.add(sql.probe(shape, at).sql());
    for (int i : new int[] {0, 1, chunks.size() - 1}) {
      if (i >= 0 && i < chunks.size()) {
        statements.add(sql.read(shape, columns, chunks.get(i).bounds(), at).sql());
        if (!chunks.get(i).exact()) {
          statements.add(sql.count(shape, chunks.get(i).bounds(), at, 0).sql());
        }
      }
    }
    List<String> names = keys.stream().map(SourceColumn::name).toList();
    if (!keys.isEmpty() && !(shape.unique(names) && keys.stream().noneMatch(form::blurs))) {
      statements.add(sql.duplicates(shape, keys, form, at, 1, degree).sql());
    }
    if (!keys.isEmpty()) {
      List<String> one = keys.stream().map(KeyText::example).toList();
      statements.add(sql.byKeys(shape, columns, keys, List.of(one), at).sql());
    }
    sql.sinceMark(shape, at.mark(), config.parallelHint()).ifPresent(q -> statements.add(q.sql()));
    statements.remove(plan.readSql());
    return List.copyOf(statements);
  }

  /** As the other one; its session is named after the table. */
  public RowCursor read(
      SourceName table,
      ChunkBounds bounds,
      Snapshot snapshot,
      List<ColumnRead> reads,
      ZoneId zone) {
    return read(table, bounds, snapshot, reads, zone, table.toString());
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
    TableShape shape = shape(table);
    List<SourceColumn> columns = shape.readable(reads);
    BoundSql query = dialect.sql().read(shape, columns, bounds, snapshot);
    return cursor(shape, columns, reads, zone, snapshot, List.of(query), action, sessions::take);
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
    TableShape shape = shape(table);
    List<SourceColumn> columns = shape.readable(reads);
    List<SourceColumn> key = keyColumns.stream().map(shape::required).toList();
    // A single key is served by an index range; without one, as many as possible share a scan.
    int together = key.size() > 1 && shape.unique(keyColumns) ? 1 : KEYS_PER_STATEMENT;
    List<BoundSql> queries = new ArrayList<>();
    for (int i = 0; i < keyTexts.size(); i += together) {
      List<List<String>> some = keyTexts.subList(i, Math.min(keyTexts.size(), i + together));
      queries.add(dialect.sql().byKeys(shape, columns, key, some, snapshot));
    }
    return cursor(
        shape, columns, reads, zone, snapshot, queries, table + " by keys", sessions::take);
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
    TableShape shape = shape(table.source());
    List<SourceColumn> columns = shape.readable(key);
    return hinted(
        table.chunking().parallelHint(),
        degree -> {
          BoundSql query = dialect.sql().duplicates(shape, columns, form, snapshot, limit, degree);
          List<BoundSql> one = List.of(query);
          ZoneId zone = table.sourceZone();
          String action = shape.name() + " duplicates";
          try (RowCursor rows =
              cursor(shape, columns, key, zone, snapshot, one, action, sessions::takePatient)) {
            return use.apply(rows);
          }
        });
  }

  /**
   * Does something with a degree of the parallel hint: with half of it while the database has no
   * room, and without it where that is the trouble.
   */
  private static <T> T hinted(int most, IntFunction<T> act) {
    for (int degree = most; ; ) {
      try {
        return act.apply(degree);
      } catch (SourceFailure e) {
        boolean room = e.action() == SourceFailure.Action.FEWER_SESSIONS;
        if (degree < 2 || (!room && e.action() != SourceFailure.Action.SERIALLY)) {
          throw e;
        }
        degree = room && degree > 3 ? degree / 2 : 0;
        LOG.warn("{}; asked again with the degree {}", e.getMessage(), degree);
      }
    }
  }

  @Override
  public void close() {
    keepers.forEach(DatabaseSession::close);
    sessions.close();
  }

  private RowCursor cursor(
      TableShape shape,
      List<SourceColumn> columns,
      List<ColumnRead> reads,
      ZoneId zone,
      Snapshot snapshot,
      List<BoundSql> queries,
      String action,
      SessionPool.Taking taking) {
    String doing = "reading " + shape.name();
    return lent(
        taking,
        doing,
        session -> {
          dialect.enter(session.connection(), snapshot);
          dialect.tag(session.connection(), action);
          return dialect.open(
              new CursorRequest(
                  session,
                  shape,
                  queries.iterator(),
                  columns,
                  reads.stream().map(ColumnRead::rendering).toList(),
                  reads.stream().map(read -> read.zone().orElse(zone)).toList(),
                  CursorRequest.fetchBytes(
                      config.fetchBytes().bytes(),
                      config.sessions(),
                      Runtime.getRuntime().maxMemory()),
                  errors,
                  doing));
        });
  }

  /** Lends a session to what the work makes, which gives it back; at once where the work fails. */
  private <T> T lent(SessionPool.Taking taking, String doing, Work<T> work) {
    try {
      DatabaseSession session = taking.take();
      try {
        return work.in(session);
      } catch (SQLException | RuntimeException e) {
        session.broken();
        session.close();
        throw e;
      }
    } catch (SQLException e) {
      throw errors.of(doing, e);
    }
  }

  private <T> T with(String doing, Work<T> work) {
    return with(sessions::take, doing, work);
  }

  /** As {@link #with}, for what the database is silent over. */
  private <T> T patiently(String doing, Work<T> work) {
    return with(sessions::takePatient, doing, work);
  }

  private <T> T with(SessionPool.Taking taking, String doing, Work<T> work) {
    return lent(
        taking,
        doing,
        session -> {
          T made = work.in(session);
          session.close();
          return made;
        });
  }

  @FunctionalInterface
  private interface Work<T> {
    T in(DatabaseSession session) throws SQLException;
  }
}
