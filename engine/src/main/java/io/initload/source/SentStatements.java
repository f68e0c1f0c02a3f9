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
import io.initload.source.sql.KeyText;
import io.initload.source.sql.Sql;
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
    List<String> names = keys.stream().map(SourceColumn::name).toList();
    if (!keys.isEmpty() && !(shape.unique(names) && KeyColumns.exact(keys, form))) {
      statements.add(sql.duplicates(shape, keys, form, at, 1, degree).sql());
      List<SourceColumn> texts = KeyColumns.texts(keys);
      if (!texts.isEmpty()) {
        statements.add(sql.notVerbatim(shape, texts, "", "-", at, degree).sql());
      }
      statements.add(sql.read(shape, keys, new ChunkBounds.Whole(), at).sql());
    }
    if (!keys.isEmpty()) {
      List<String> one = keys.stream().map(KeyText::example).toList();
      statements.add(sql.byKeys(shape, columns, keys, List.of(one), at).sql());
    }
    sql.sinceMark(shape, at.mark(), sinceDegree).ifPresent(q -> statements.add(q.sql()));
    statements.remove(plan.readSql());
    return List.copyOf(statements);
  }
}
