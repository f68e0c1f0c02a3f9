package io.initload.source;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.read.CursorRequest;
import io.initload.source.session.SessionLender;
import io.initload.source.sql.BoundSql;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Opens cursors over the rows of tables. Safe for several threads. */
final class RowReader {
  private static final int KEYS_PER_STATEMENT = 200;

  private final SourceConfig config;
  private final Dialect dialect;
  private final SessionLender lender;
  private final TableShapes shapes;

  RowReader(SourceConfig config, Dialect dialect, SessionLender lender, TableShapes shapes) {
    this.config = config;
    this.dialect = dialect;
    this.lender = lender;
    this.shapes = shapes;
  }

  /**
   * Opens a cursor over the rows of a chunk. The caller closes it.
   *
   * @param action names the session for the database's administrator
   * @param zone of the source's zoneless dates and times
   * @throws Failure {@code SOURCE_COLUMN} when a column is missing or cannot be read
   */
  RowCursor read(
      SourceName table,
      ChunkBounds bounds,
      Snapshot snapshot,
      List<ColumnRead> reads,
      ZoneId zone,
      String action) {
    TableShape shape = shapes.shape(table);
    List<SourceColumn> columns = shape.readable(reads);
    BoundSql query = dialect.sql().read(shape, columns, bounds, snapshot);
    return cursor(shape, columns, reads, zone, snapshot, List.of(query), action, lender::give);
  }

  /**
   * Reads single rows again, by texts of their key columns that an earlier read rendered with
   * {@link io.initload.mapping.Rendering#TEXT}. Rows come in no particular order; keys without a
   * row are left out.
   */
  RowCursor readByKeys(
      SourceName table,
      Snapshot snapshot,
      List<ColumnRead> reads,
      List<String> keyColumns,
      List<List<String>> keyTexts,
      ZoneId zone) {
    TableShape shape = shapes.shape(table);
    List<SourceColumn> columns = shape.readable(reads);
    List<SourceColumn> key = keyColumns.stream().map(shape::required).toList();
    // A single key is served by an index range; without one, as many as possible share a scan.
    int together = key.size() > 1 && shape.unique(keyColumns) ? 1 : KEYS_PER_STATEMENT;
    List<BoundSql> queries = new ArrayList<>();
    for (int i = 0; i < keyTexts.size(); i += together) {
      List<List<String>> some = keyTexts.subList(i, Math.min(keyTexts.size(), i + together));
      queries.add(dialect.sql().byKeys(shape, columns, key, some, snapshot));
    }
    return cursor(shape, columns, reads, zone, snapshot, queries, table + " by keys", lender::give);
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
  <T> T duplicates(
      TableConfig table,
      Snapshot snapshot,
      List<ColumnRead> key,
      KeyForm form,
      int limit,
      Function<RowCursor, T> use) {
    TableShape shape = shapes.shape(table.source());
    List<SourceColumn> columns = shape.readable(key);
    return ParallelHint.from(
        table.chunking().parallelHint(),
        degree -> {
          BoundSql query = dialect.sql().duplicates(shape, columns, form, snapshot, limit, degree);
          List<BoundSql> one = List.of(query);
          ZoneId zone = table.sourceZone();
          String action = shape.name() + " duplicates";
          try (RowCursor rows =
              cursor(shape, columns, key, zone, snapshot, one, action, lender::givePatiently)) {
            return use.apply(rows);
          }
        });
  }

  /** A column, and a text that stands beside it in a statement of somebody else's. */
  RowCursor beside(TableShape shape, SourceColumn column, SourceColumn text, BoundSql query) {
    List<ColumnRead> reads =
        Stream.of(column, text).map(c -> new ColumnRead(c.name(), Rendering.TEXT)).toList();
    return cursor(
        shape,
        List.of(column, text),
        reads,
        ZoneOffset.UTC,
        Snapshot.UNMARKED,
        List.of(query),
        shape.name() + " doctor",
        lender::givePatiently);
  }

  private RowCursor cursor(
      TableShape shape,
      List<SourceColumn> columns,
      List<ColumnRead> reads,
      ZoneId zone,
      Snapshot snapshot,
      List<BoundSql> queries,
      String action,
      Giving giving) {
    String doing = "reading " + shape.name();
    return giving.give(
        doing,
        session -> {
          dialect.enter(session, shape, snapshot);
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
                  lender.errors(),
                  doing));
        });
  }

  /** How a session is given to a cursor. */
  @FunctionalInterface
  private interface Giving {
    RowCursor give(String doing, SessionLender.Work<RowCursor> work);
  }
}
