package io.initload.source;

import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.session.SessionLender;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.util.List;
import java.util.Optional;

/** What one number tells of a table's rows. Safe for several threads. */
final class TableCounts {
  private final SourceConfig config;
  private final Dialect dialect;
  private final SessionLender lender;
  private final TableShapes shapes;
  private final SnapshotKeeper keeper;

  TableCounts(
      SourceConfig config,
      Dialect dialect,
      SessionLender lender,
      TableShapes shapes,
      SnapshotKeeper keeper) {
    this.config = config;
    this.dialect = dialect;
    this.lender = lender;
    this.shapes = shapes;
    this.keeper = keeper;
  }

  /** See {@link SourceDatabase#since}. */
  Drift since(SourceName table, Snapshot snapshot, long rows) {
    TableShape shape = shapes.shape(table);
    return ParallelHint.from(
        config.parallelHint(), degree -> since(shape, table, snapshot, rows, degree));
  }

  private Drift since(
      TableShape shape, SourceName table, Snapshot snapshot, long rows, int degree) {
    Optional<BoundSql> versions = dialect.sql().sinceMark(shape, snapshot.mark(), degree);
    return lender.patiently(
        "comparing " + table + " with the snapshot",
        session -> {
          keeper.hold(shape);
          if (versions.isEmpty()) {
            ChunkBounds all = new ChunkBounds.Whole();
            BoundSql count = dialect.sql().count(shape, all, Snapshot.UNMARKED, degree);
            return Statements.single(session.connection(), count) == rows
                ? Drift.AS_MANY
                : Drift.CHANGED;
          }
          boolean same =
              Statements.first(
                      session.connection(),
                      versions.get(),
                      row -> row.getLong(1) == rows && row.getLong(2) == 1)
                  .orElse(false);
          return same ? Drift.SAME : Drift.CHANGED;
        });
  }

  /** All rows of a table, by parallel servers where they are to be had. */
  long count(TableConfig table, Snapshot snapshot) {
    ChunkBounds all = new ChunkBounds.Whole();
    return ParallelHint.from(
        table.chunking().parallelHint(), degree -> count(table.source(), all, snapshot, degree));
  }

  /** Rows of a chunk. */
  long count(SourceName table, ChunkBounds bounds, Snapshot snapshot, int parallel) {
    TableShape shape = shapes.shape(table);
    BoundSql query = dialect.sql().count(shape, bounds, snapshot, parallel);
    return lender.patiently(
        "counting " + table,
        session -> {
          dialect.enter(session, shape, snapshot);
          return Statements.single(session.connection(), query);
        });
  }

  /** See {@link SourceDatabase#notVerbatim}. */
  boolean notVerbatim(
      TableConfig table,
      Snapshot at,
      List<SourceColumn> texts,
      String changed,
      String kept,
      boolean blanks) {
    return ParallelHint.from(
        table.chunking().parallelHint(),
        degree -> {
          TableShape shape = shapes.shape(table.source());
          BoundSql query =
              dialect.sql().notVerbatim(shape, texts, changed, kept, blanks, at, degree);
          return lender.patiently(
              "looking at the keys of " + table.source(),
              session -> {
                dialect.enter(session, shape, at);
                return Statements.single(session.connection(), query) > 0;
              });
        });
  }
}
