package io.initload.source;

import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyColumns;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.chunk.Ordering;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.KeyText;
import io.initload.source.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The statements of a run, for who must allow them. */
final class SentStatements {
  private SentStatements() {}

  /**
   * Statements that a run can send about a table beside those of its plan, for who must allow them;
   * each once, of the first chunks and the last one.
   *
   * @param at the moment that the table is read at
   * @param reads what is read of a row
   * @param key what is read of its key
   * @param sinceDegree of the parallel hint of the look at what became of the table
   */
  static List<String> of(
      Sql sql,
      TableShape shape,
      TableConfig table,
      ChunkPlan plan,
      Snapshot at,
      List<ColumnRead> reads,
      List<ColumnRead> key,
      KeyForm form,
      int sinceDegree) {
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
    grouping(sql, shape, keys, form, at, degree).forEach(q -> statements.add(q.sql()));
    if (!keys.isEmpty()) {
      List<String> one = keys.stream().map(KeyText::example).toList();
      statements.add(sql.byKeys(shape, columns, keys, List.of(one), at).sql());
    }
    sql.sinceMark(shape, at.mark(), sinceDegree).ifPresent(q -> statements.add(q.sql()));
    statements.remove(plan.readSql());
    return List.copyOf(statements);
  }

  /** What finds the keys that several rows share. */
  private static List<BoundSql> grouping(
      Sql sql, TableShape shape, List<SourceColumn> keys, KeyForm form, Snapshot at, int degree) {
    List<BoundSql> statements = new ArrayList<>();
    List<String> names = keys.stream().map(SourceColumn::name).toList();
    if (!keys.isEmpty() && !(shape.unique(names) && KeyColumns.exact(keys, form))) {
      statements.add(sql.duplicates(shape, keys, form, at, 1, degree));
      List<SourceColumn> texts = KeyColumns.texts(keys);
      if (!texts.isEmpty()) {
        statements.add(sql.notVerbatim(shape, texts, "", "-", false, at, degree));
      }
      statements.add(sql.read(shape, keys, new ChunkBounds.Whole(), at));
    }
    return statements;
  }

  /**
   * What can be judged before a table is planned: without the bounds of chunks, and without a
   * moment, which costs nothing to leave out and takes a right that is proven apart.
   */
  static List<BoundSql> rehearsed(
      Sql sql,
      TableShape shape,
      TableConfig table,
      List<ColumnRead> reads,
      List<ColumnRead> key,
      KeyForm form) {
    Snapshot at = Snapshot.UNMARKED;
    ChunkBounds all = new ChunkBounds.Whole();
    List<BoundSql> statements = new ArrayList<>();
    statements.add(sql.count(shape, all, at, 0));
    statements.add(sql.read(shape, shape.readable(reads), all, at));
    statements.addAll(grouping(sql, shape, shape.readable(key), form, at, 0));
    Ordering.of(shape, table)
        .ifPresent(
            by -> {
              statements.add(sql.rownumBoundaries(shape, by.columns(), 1, at, 0));
              statements.add(sql.quantiles(shape, by.columns().get(0), 2, 2, at, 0));
            });
    shape
        .column(table.chunking().affinity().column())
        .filter(KeyText::comparable)
        .ifPresent(by -> statements.add(sql.rownumBoundaries(shape, List.of(by), 1, at, 0)));
    return statements;
  }
}
