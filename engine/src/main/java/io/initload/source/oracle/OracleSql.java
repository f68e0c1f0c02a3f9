package io.initload.source.oracle;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Condition;
import io.initload.source.sql.KeyPredicate;
import io.initload.source.sql.ParentLook;
import io.initload.source.sql.ScanSql;
import io.initload.source.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every statement an Oracle database is sent, apart from the dictionary's. H2 in Oracle mode is
 * sent the same ones; it has no flashback, so its snapshots add no clause.
 *
 * <p>Grammar facts: docs/reference/oracle.md, "The chunk statement" and "Ways to cut a table". The
 * alias comes last and without {@code AS}; hints name the alias; identifiers are quoted; no
 * semicolon.
 */
public final class OracleSql implements Sql {
  /** A hundredth of a table's blocks, the same ones each time. */
  private static final String SAMPLE = " SAMPLE BLOCK (1) SEED (42)";

  private static final int SAMPLED_OF = 100;

  private final OracleFlavour flavour;
  private final boolean sampling;

  private final OracleColumns shown;
  private final KeyPredicate keys;

  public OracleSql(OracleFlavour flavour) {
    this(flavour, false);
  }

  private OracleSql(OracleFlavour flavour, boolean sampling) {
    this.flavour = flavour;
    this.sampling = sampling;
    this.shown = new OracleColumns(flavour);
    this.keys =
        new KeyPredicate(OracleColumns::name, (c, text) -> OracleBinds.of(flavour, c, text));
  }

  /** The same, but row numbers are those of a sample, which needs a hundredth of the room. */
  OracleSql sampling() {
    return new OracleSql(flavour, true);
  }

  @Override
  public BoundSql read(
      TableShape shape, List<SourceColumn> columns, ChunkBounds bounds, Snapshot snapshot) {
    String list = OracleRows.at(shown.list(columns), shape, snapshot);
    BoundSql.Builder query = select(OracleHints.read(bounds), list, shape, bounds, snapshot);
    if (bounds instanceof ChunkBounds.KeyRange range && range.ordered()) {
      query
          .add(" ORDER BY ")
          .add(
              shape.key(range).stream().map(OracleColumns::name).collect(Collectors.joining(", ")));
    }
    return query.build();
  }

  @Override
  public BoundSql count(TableShape shape, ChunkBounds bounds, Snapshot snapshot, int parallel) {
    // FULL(t) would forbid the primary key's index, which is much smaller.
    boolean whole = bounds instanceof ChunkBounds.Whole;
    String hint = whole ? OracleHints.parallel(parallel) : OracleHints.read(bounds);
    return select(hint, "COUNT(*)", shape, bounds, snapshot).build();
  }

  /**
   * A row's ORA_ROWSCN is never below its last commit (docs/reference/oracle.md, "Row versions"),
   * so a table whose highest one is not above the SCN has no row that was inserted or updated
   * since; equal numbers exclude deletes. Not to be combined with flashback query.
   */
  @Override
  public Optional<BoundSql> sinceMark(TableShape shape, String mark, int parallel) {
    boolean tells =
        shape.kind() == TableShape.Kind.HEAP || shape.kind() == TableShape.Kind.PARTITIONED;
    if (mark.isEmpty()
        || !tells
        || flavour != OracleFlavour.ORACLE
        || Condition.looksAtOthers(shape)) {
      return Optional.empty();
    }
    return Optional.of(
        new BoundSql.Builder()
            .add("SELECT " + OracleHints.scan(parallel))
            .add("COUNT(*), CASE WHEN NVL(MAX(t.ORA_ROWSCN), 0) <= ? THEN 1 ELSE 0 END FROM ")
            .bind(Long.valueOf(mark))
            .add(from(shape, "", Snapshot.UNMARKED))
            .add(rows(flavour, shape, Snapshot.UNMARKED).alone())
            .build());
  }

  @Override
  public BoundSql byKeys(
      TableShape shape,
      List<SourceColumn> columns,
      List<SourceColumn> key,
      List<List<String>> texts,
      Snapshot snapshot) {
    return new BoundSql.Builder()
        .add("SELECT " + OracleRows.at(shown.list(columns), shape, snapshot) + " FROM ")
        .add(from(shape, "", snapshot))
        .add(rows(flavour, shape, snapshot).beforeKeys())
        .add(keys.in(key, texts))
        .build();
  }

  @Override
  public BoundSql duplicates(
      TableShape shape,
      List<SourceColumn> columns,
      KeyForm form,
      Snapshot snapshot,
      int limit,
      int parallel) {
    String selected =
        columns.stream()
            .map(c -> form.blurs(c) ? "MIN(%s)" : "%s")
            .collect(Collectors.joining(", "));
    Object[] names = columns.stream().map(shown::expression).toArray();
    return new BoundSql.Builder()
        .add("SELECT * FROM (SELECT " + OracleHints.scan(parallel) + selected.formatted(names))
        .add(" FROM ")
        .add(from(shape, "", snapshot))
        .add(rows(flavour, shape, snapshot).before())
        .add(
            columns.stream()
                .map(c -> OracleColumns.name(c) + " IS NOT NULL")
                .collect(Collectors.joining(" AND ")))
        .add(" GROUP BY ")
        .add(
            columns.stream()
                .map(c -> shown.alike(c, form, columns.size() == 1))
                .collect(Collectors.joining(", ")))
        .add(" HAVING COUNT(*) > 1) WHERE ROWNUM <= ?")
        .bind(limit)
        .build();
  }

  @Override
  public BoundSql notVerbatim(
      TableShape shape,
      List<SourceColumn> texts,
      String changed,
      String kept,
      boolean blanks,
      Snapshot snapshot,
      int parallel) {
    BoundSql.Builder query =
        new BoundSql.Builder()
            .add("SELECT " + OracleHints.scan(parallel) + "COUNT(*) FROM ")
            .add(from(shape, "", snapshot))
            .add(rows(flavour, shape, snapshot).before() + "(");
    String or = "";
    for (SourceColumn text : texts) {
      String name = OracleColumns.name(text);
      query.add(or + name + " <> TRANSLATE(" + name + ", ?, ?)").bind(kept + changed).bind(kept);
      if (texts.size() > 1) {
        query.add(" OR TRIM(" + name + ") IS NULL OR " + name + " <> TRIM(" + name + ")");
      } else if (blanks) {
        String trim = OracleColumns.padded(text) ? "LTRIM(" : "TRIM(";
        query.add(" OR " + name + " <> " + trim + name + ")");
      }
      or = " OR ";
    }
    return query.add(") AND ROWNUM <= 1").build();
  }

  @Override
  public BoundSql range(TableShape shape, SourceColumn column, Snapshot snapshot, int parallel) {
    String name = OracleColumns.name(column);
    return new BoundSql.Builder()
        .add("SELECT " + OracleHints.parallel(parallel))
        .add("MIN(%s), MAX(%s), COUNT(*) FROM ".formatted(name, name))
        .add(from(shape, "", snapshot))
        .add(rows(flavour, shape, snapshot).alone())
        .build();
  }

  @Override
  public BoundSql quantiles(
      TableShape shape,
      SourceColumn column,
      int chunks,
      long rows,
      Snapshot snapshot,
      int parallel) {
    String name = OracleColumns.name(column);
    return new BoundSql.Builder()
        .add("SELECT MIN(k), COUNT(*) FROM (SELECT " + OracleHints.parallel(parallel))
        .add("%s k, NTILE(%d) OVER (ORDER BY %s) b FROM ".formatted(name, chunks, name))
        .add(from(shape, "", snapshot))
        .add(rows(flavour, shape, snapshot).before() + name + " IS NOT NULL) GROUP BY b ORDER BY b")
        .build();
  }

  @Override
  public BoundSql rownumBoundaries(
      TableShape shape, List<SourceColumn> key, long rows, Snapshot snapshot, int parallel) {
    String aliases = numbered(key, i -> "k" + i);
    String named = numbered(key, i -> OracleColumns.name(key.get(i)) + " k" + i);
    return new BoundSql.Builder()
        .add("SELECT " + aliases + " FROM (SELECT " + aliases + ", ROWNUM rn FROM (SELECT ")
        .add(OracleHints.parallel(parallel) + named + " FROM ")
        .add(from(shape, sampling ? SAMPLE : "", snapshot))
        .add(rows(flavour, shape, snapshot).alone())
        .add(
            " ORDER BY " + shown.list(key) + ") q) WHERE rn > 1 AND MOD(rn - 1, ?) = 0 ORDER BY rn")
        .bind(sampling ? Math.max(1, rows / SAMPLED_OF) : rows)
        .build();
  }

  private static String numbered(List<SourceColumn> key, IntFunction<String> name) {
    return IntStream.range(0, key.size()).mapToObj(name).collect(Collectors.joining(", "));
  }

  private BoundSql.Builder select(
      String hint, String what, TableShape shape, ChunkBounds bounds, Snapshot snapshot) {
    BoundSql.Builder query = new BoundSql.Builder().add("SELECT " + hint + what + " FROM ");
    if (bounds instanceof ChunkBounds.Partition partition) {
      String clause =
          (partition.sub() ? " SUBPARTITION (" : " PARTITION (")
              + OracleNames.quote(partition.name())
              + ")";
      return query.add(from(shape, clause, snapshot)).add(rows(flavour, shape, snapshot).alone());
    }
    query.add(from(shape, "", snapshot));
    if (bounds instanceof ChunkBounds.RowidRange range) {
      rowids(query, rows(flavour, shape, snapshot), range);
    } else if (bounds instanceof ChunkBounds.HashBucket hash) {
      query.add(rows(flavour, shape, snapshot).before());
      query.add(OracleColumns.bucket(shape, hash.columns(), hash.buckets()) + " = ?");
      query.bind(hash.bucket());
    } else if (bounds instanceof ChunkBounds.KeyRange range) {
      query.add(rows(flavour, shape, snapshot).before());
      query.add(keys.range(shape.key(range), range.low(), range.high()));
    } else {
      query.add(rows(flavour, shape, snapshot).alone());
    }
    return query;
  }

  private static void rowids(BoundSql.Builder query, Condition rows, ChunkBounds.RowidRange range) {
    if (range.low().isEmpty() && range.high().isEmpty()) {
      query.add(rows.alone());
    }
    String joint = rows.before();
    if (!range.low().isEmpty()) {
      query.add(joint + "t.ROWID >= CHARTOROWID(?)").bind(range.low());
      joint = " AND ";
    }
    if (!range.high().isEmpty()) {
      query.add(joint + "t.ROWID < CHARTOROWID(?)").bind(range.high());
    }
  }

  /** The buckets that hold rows, and how many each. */
  BoundSql bucketCounts(
      TableShape shape, List<String> columns, int buckets, Snapshot snapshot, int parallel) {
    return new BoundSql.Builder()
        .add("SELECT b, COUNT(*) FROM (SELECT " + OracleHints.scan(parallel))
        .add(OracleColumns.bucket(shape, columns, buckets) + " b FROM ")
        .add(from(shape, "", snapshot))
        .add(rows(flavour, shape, snapshot).alone())
        .add(") GROUP BY b ORDER BY b")
        .build();
  }

  /** Row addresses that begin about equal parts of the table; the first part's is of no use. */
  BoundSql sampledBoundaries(TableShape shape, int chunks, Snapshot snapshot, int parallel) {
    return new BoundSql.Builder()
        .add("SELECT ROWIDTOCHAR(r) FROM (SELECT MIN(rid) r FROM (SELECT ")
        .add(OracleHints.scan(parallel))
        .add("t.ROWID rid, NTILE(%d) OVER (ORDER BY t.ROWID) b FROM ".formatted(chunks))
        .add(from(shape, SAMPLE, snapshot))
        .add(rows(flavour, shape, snapshot).alone())
        .add(") GROUP BY b) ORDER BY r")
        .build();
  }

  @Override
  public Optional<BoundSql> totals(
      TableShape shape,
      List<Grouping> by,
      Optional<SourceColumn> of,
      boolean arithmetic,
      boolean bounds,
      Snapshot snapshot,
      int parallel) {
    return new OracleTotals(flavour)
        .of(by, of, arithmetic, bounds)
        .map(
            sums ->
                new BoundSql.Builder()
                    .add("SELECT " + OracleHints.scan(parallel) + sums.list() + " FROM ")
                    .add(from(shape, "", snapshot))
                    .add(rows(flavour, shape, snapshot).alone() + sums.groupBy())
                    .build());
  }

  @Override
  public ScanSql scan(TableShape shape, Snapshot snapshot, double percent, int parallel) {
    return new OracleScan(flavour, shape, text -> OracleRows.at(text, shape, snapshot))
        .of(
            percent,
            OracleRows.moment(shape, snapshot),
            rows(flavour, shape, snapshot).text(),
            OracleHints.scan(parallel));
  }

  private static BoundSql from(TableShape shape, String partition, Snapshot snapshot) {
    BoundSql.Builder query =
        new BoundSql.Builder().add(OracleNames.table(shape.name())).add(partition);
    if (OracleRows.told(shape, snapshot)) {
      query.add(" AS OF SCN ?").bind(Long.valueOf(snapshot.mark()));
    }
    return query.add(" t").build();
  }

  /** Which of a table's rows are meant. */
  public static Condition rows(OracleFlavour flavour, TableShape shape, Snapshot snapshot) {
    return new Condition(shape, new OracleRows(flavour, shape, snapshot));
  }

  @Override
  public String parentThere(List<SourceColumn> lookup, List<ParentLook.Home> homes, KeyForm form) {
    boolean alone = lookup.size() == 1;
    return new ParentLook(
            OracleColumns::name,
            column -> shown.alike(column, form, alone),
            shown::blank,
            this::parents)
        .text(lookup, homes);
  }

  /** At the moment that the children are read at, which the statement about them knows. */
  private String parents(TableShape table) {
    String moment = table.kind() == TableShape.Kind.EXTERNAL ? "" : OracleRows.MOMENT;
    Condition condition = rows(flavour, table, Snapshot.UNMARKED);
    return OracleNames.table(table.name()) + moment + " t" + condition.alone();
  }

  @Override
  public BoundSql described(TableShape shape, String expression) {
    String of = "(" + OracleRows.at(expression, shape, Snapshot.UNMARKED) + ")";
    return new BoundSql.Builder()
        .add("SELECT " + of + " FROM ")
        .add(from(shape, "", Snapshot.UNMARKED))
        .add(" WHERE " + of + " IS NULL")
        .build();
  }

  @Override
  public BoundSql probe(TableShape shape, Snapshot snapshot) {
    return new BoundSql.Builder()
        .add("SELECT 1 FROM ")
        .add(from(shape, "", snapshot))
        .add(rows(flavour, shape, snapshot).before() + "1 = 0")
        .build();
  }
}
