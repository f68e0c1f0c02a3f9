package io.initload.source;

import io.initload.config.Chunking.Strategy;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What tests ask of a source, as texts; {@code -} stands for null. */
public final class SourceRows {
  private SourceRows() {}

  public static List<List<String>> rows(RowCursor cursor, int columns) {
    TextSink sink = new TextSink();
    List<List<String>> rows = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
          row.add(cursor.write(i, sink) ? sink.take() : "-");
        }
        rows.add(row);
      }
    }
    return rows;
  }

  public static List<List<String>> duplicates(
      SourceDatabase database, KeyForm form, int limit, String... columns) {
    List<ColumnRead> key =
        Arrays.stream(columns).map(name -> new ColumnRead(name, Rendering.TEXT)).toList();
    return database.duplicates(
        H2Tables.table(database.dialect().equals("h2") ? "T" : "t", Strategy.AUTO, 1000, "ID"),
        database.snapshot(),
        key,
        form,
        limit,
        rows -> rows(rows, columns.length));
  }
}
