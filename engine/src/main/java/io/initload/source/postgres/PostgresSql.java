package io.initload.source.postgres;

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
import io.initload.source.sql.Selected;
import io.initload.source.sql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every statement a PostgreSQL server is sent, apart from the catalogue's. Values are literals,
 * since {@code COPY} takes no binds; the snapshot is the transaction's matter.
 */
final class PostgresSql implements Sql {
  /** What a fresh session is told. */
  static final List<String> SESSION =
      List.of(
          "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
          "SET TIME ZONE 'UTC'",
          "SET IntervalStyle = 'iso_8601'",
          "SET standard_conforming_strings = on",
          "SET statement_timeout = 0",
          "SET idle_in_transaction_session_timeout = 0",
          // The driver's own probes begin when the system says, hours later on most; the server's
          // keep a firewall from forgetting a session that is silent while it plans.
          "SET tcp_keepalives_idle = 60",
          "SET tcp_keepalives_interval = 30",
          "SET tcp_keepalives_count = 6",
          // A policy that hides rows must be an error, not a smaller table.
          "SET row_security = off",
          // A chunk that is read again yields its rows in the same order.
          "SET synchronize_seqscans = off");

  /**
   * A snapshot with its mark: the oldest transaction that was not over. What carries an older
   * number was there already, whatever became of the transactions that ran then.
   */
  static final String SNAPSHOT =
      "SELECT pg_export_snapshot(), pg_snapshot_xmin(pg_current_snapshot())";

  private static final PostgresRows ROWS = new PostgresRows();

  /** Above every row address. */
  static final String LAST = "(4294967294,65535)";

  private final KeyPredicate keys =
      new KeyPredicate(
          PostgresColumns::name,
          (column, text) -> BoundSql.of(PostgresColumns.literal(column, text)));

  @Override
  public BoundSql read(
      TableShape shape, List<SourceColumn> columns, ChunkBounds bounds, Snapshot snapshot) {
    BoundSql query = select(PostgresColumns.selected(shape, columns), shape, bounds);
    return bounds instanceof ChunkBounds.KeyRange range && range.ordered()
        ? BoundSql.of(query.sql() + " ORDER BY " + PostgresColumns.names(shape.key(range)))
        : query;
  }

  @Override
  public BoundSql count(TableShape shape, ChunkBounds bounds, Snapshot snapshot, int parallel) {
    return select("COUNT(*)", shape, bounds);
  }

  /**
   * Row versions carry the low half of their transaction's number: they are compared by their
   * distance from the next number. The catalogue's row of the table is looked at as well, since a
   * rewrite moves rows without giving them new versions. Errs only towards "changed".
   */
  @Override
  public Optional<BoundSql> sinceMark(TableShape shape, String mark, int parallel) {
    boolean tells =
        shape.kind() == TableShape.Kind.HEAP || shape.kind() == TableShape.Kind.PARTITIONED;
    if (mark.isEmpty() || !tells || Condition.looksAtOthers(shape)) {
      return Optional.empty();
    }
    String older =
        "((n.next - %s.xmin::text::bigint) & 4294967295) > n.next - " + Long.parseLong(mark);
    return Optional.of(
        BoundSql.of(
            """
            WITH n AS (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next), \
            c AS (SELECT bool_and(%s) AS kept FROM n, pg_class r \
            WHERE r.oid IN \
            (SELECT relid FROM pg_partition_tree(%s::regclass) UNION SELECT %s::regclass)) \
            SELECT count(t.ctid), (coalesce(bool_and(%s), true) AND (SELECT kept FROM c))::int \
            FROM n LEFT JOIN %s%s t ON %s\
            """
                .formatted(
                    older.formatted("r"),
                    PostgresNames.text(PostgresNames.table(shape.name())),
                    PostgresNames.text(PostgresNames.table(shape.name())),
                    "t.ctid IS NULL OR " + older.formatted("t"),
                    PostgresRows.only(shape),
                    PostgresNames.table(shape.name()),
                    rows(shape).text().isEmpty() ? "true" : rows(shape).text())));
  }

  @Override
  public BoundSql byKeys(
      TableShape shape,
      List<SourceColumn> columns,
      List<SourceColumn> key,
      List<List<String>> texts,
      Snapshot snapshot) {
    return BoundSql.of(
        "SELECT "
            + PostgresColumns.selected(shape, columns)
            + from(shape)
            + rows(shape).beforeKeys()
            + keys.in(key, texts).sql());
  }

  @Override
  public BoundSql duplicates(
      TableShape shape,
      List<SourceColumn> columns,
      KeyForm form,
      Snapshot snapshot,
      int limit,
      int parallel) {
    return BoundSql.of(
        "SELECT %s%s%s%s GROUP BY %s HAVING COUNT(*) > 1 LIMIT %d"
            .formatted(
                columns.stream()
                    .map(
                        c ->
                            c.type() == SourceColumn.Type.TEXT
                                ? PostgresColumns.handed(
                                    shape, c, "MIN(" + PostgresColumns.name(c) + "::text)")
                                : form.blurs(c)
                                    ? "MIN(" + PostgresColumns.name(c) + ")"
                                    : PostgresColumns.selected(shape, List.of(c)))
                    .collect(Collectors.joining(", ")),
                from(shape),
                rows(shape).before(),
                columns.stream()
                    .map(c -> PostgresColumns.name(c) + " IS NOT NULL")
                    .collect(Collectors.joining(" AND ")),
                columns.stream()
                    .map(c -> PostgresColumns.alike(c, form, columns.size() == 1))
                    .collect(Collectors.joining(", ")),
                limit));
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
            .add("SELECT count(*) FROM (SELECT 1" + from(shape))
            .add(rows(shape).before() + "(");
    String or = "";
    for (SourceColumn text : texts) {
      String name = PostgresColumns.name(text) + "::text";
      query
          .add(or + name + " <> translate(" + name + ", ?, ?)")
          .bind((kept + changed).replace("\0", ""))
          .bind(kept);
      if (blanks || texts.size() > 1) {
        query.add(" OR " + name + " <> btrim(" + name + ")");
      }
      or = " OR ";
    }
    return query.add(") LIMIT 1) found").build();
  }

  @Override
  public BoundSql range(TableShape shape, SourceColumn column, Snapshot snapshot, int parallel) {
    String name = PostgresColumns.name(column);
    return BoundSql.of(
        "SELECT MIN(%s), MAX(%s), COUNT(*)%s"
            .formatted(name, name, from(shape) + rows(shape).alone()));
  }

  @Override
  public BoundSql quantiles(
      TableShape shape,
      SourceColumn column,
      int chunks,
      long rows,
      Snapshot snapshot,
      int parallel) {
    String name = PostgresColumns.name(column);
    return BoundSql.of(
        """
        SELECT MIN(k), COUNT(*) FROM \
        (SELECT %s AS k, NTILE(%d) OVER (ORDER BY %s) AS b%s%s IS NOT NULL) q \
        GROUP BY b ORDER BY b\
        """
            .formatted(name, chunks, name, from(shape) + rows(shape).before(), name));
  }

  @Override
  public BoundSql rownumBoundaries(
      TableShape shape, List<SourceColumn> key, long rows, Snapshot snapshot, int parallel) {
    StringBuilder named = new StringBuilder();
    StringBuilder bounds = new StringBuilder();
    for (int i = 0; i < key.size(); i++) {
      String comma = i == 0 ? "" : ", ";
      named.append(comma).append(PostgresColumns.name(key.get(i))).append(" AS k").append(i);
      bounds.append(comma).append(PostgresColumns.bound(shape, key.get(i), "k" + i));
    }
    return BoundSql.of(
        """
        SELECT %s FROM (SELECT %s, row_number() OVER (ORDER BY %s) AS rn%s) q \
        WHERE rn > 1 AND (rn - 1) %% %d = 0 ORDER BY rn\
        """
            .formatted(
                bounds,
                named,
                PostgresColumns.names(key),
                from(shape) + rows(shape).alone(),
                rows));
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
    Selected sums = PostgresTotals.of(by, of, arithmetic, bounds);
    String where = rows(shape).alone();
    return Optional.of(BoundSql.of("SELECT " + sums.list() + from(shape) + where + sums.groupBy()));
  }

  @Override
  public ScanSql scan(TableShape shape, Snapshot snapshot, double percent, int parallel) {
    String from = from(shape).substring(" FROM ".length());
    return PostgresScan.of(shape, from, rows(shape).text(), percent);
  }

  /** Blocks of a heap table. */
  BoundSql blocks(TableShape shape) {
    return BoundSql.of(
        "SELECT pg_relation_size(%s::regclass) / current_setting('block_size')::bigint"
            .formatted(PostgresNames.text(PostgresNames.table(shape.name()))));
  }

  /**
   * The leaves of a partitioned table, of whatever level: name, whether this user may read it,
   * blocks (0 where rows have no addresses), rows of a block by the statistics (0 where none).
   */
  BoundSql partitions(TableShape shape) {
    return BoundSql.of(
        """
        SELECT format('%%I.%%I', n.nspname, c.relname), \
        has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') \
        AND NOT row_security_active(c.oid), \
        CASE WHEN am.amname = 'heap' \
        THEN pg_relation_size(c.oid) / current_setting('block_size')::bigint ELSE 0 END, \
        CASE WHEN c.reltuples > 0 THEN c.reltuples / greatest(c.relpages, 1) ELSE 0 END \
        FROM pg_partition_tree(%s::regclass) p JOIN pg_class c ON c.oid = p.relid \
        JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am am ON am.oid = c.relam \
        WHERE p.isleaf ORDER BY 1\
        """
            .formatted(PostgresNames.text(PostgresNames.table(shape.name()))));
  }

  static String firstOf(long block) {
    return "(" + block + ",0)";
  }

  static String lastOf(long block) {
    return "(" + block + ",65535)";
  }

  private BoundSql select(String what, TableShape shape, ChunkBounds bounds) {
    if (bounds instanceof ChunkBounds.Partition partition) {
      return BoundSql.of("SELECT " + what + from(partition.name()) + rows(shape).alone());
    }
    String all = "SELECT " + what + from(shape);
    if (bounds instanceof ChunkBounds.RowidRange range) {
      return BoundSql.of(
          "%s%st.ctid >= %s::tid AND t.ctid <= %s::tid"
              .formatted(
                  range.partition().isEmpty() ? all : "SELECT " + what + from(range.partition()),
                  rows(shape).before(),
                  PostgresNames.text(range.low()),
                  PostgresNames.text(range.high())));
    }
    if (bounds instanceof ChunkBounds.KeyRange range) {
      BoundSql where = keys.range(shape.key(range), range.low(), range.high());
      return BoundSql.of(all + rows(shape).before() + where.sql());
    }
    return BoundSql.of(all + rows(shape).alone());
  }

  /** Which of a table's rows are meant. */
  static Condition rows(TableShape shape) {
    return new Condition(shape, ROWS);
  }

  @Override
  public String parentThere(List<SourceColumn> lookup, List<ParentLook.Home> homes, KeyForm form) {
    boolean alone = lookup.size() == 1;
    return new ParentLook(
            PostgresColumns::name,
            column -> PostgresColumns.alike(column, form, alone),
            PostgresColumns::blank,
            table -> from(table).substring(" FROM ".length()) + rows(table).alone())
        .text(lookup, homes);
  }

  private static String from(TableShape shape) {
    return " FROM " + ROWS.rows(shape);
  }

  /** A leaf; its name was quoted by the server that listed it. */
  private static String from(String partition) {
    return " FROM ONLY " + partition + " t";
  }

  @Override
  public BoundSql described(TableShape shape, String expression) {
    return BoundSql.of(
        "SELECT (%1$s)%2$s WHERE (%1$s) IS NULL LIMIT 0".formatted(expression, from(shape)));
  }

  @Override
  public BoundSql probe(TableShape shape, Snapshot snapshot) {
    return BoundSql.of("SELECT 1" + from(shape) + rows(shape).alone() + " LIMIT 0");
  }
}
