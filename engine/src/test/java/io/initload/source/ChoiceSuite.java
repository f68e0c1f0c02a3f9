package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.rows.Choice;
import io.initload.config.rows.Computed;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows of a table a trial takes. */
abstract class ChoiceSuite extends ConditionSuite {
  /** About a tenth, the same ones whenever it is asked and however the table is cut. */
  @Test
  void aShareIsTakenByTheHashOfTheKey() {
    String id = spelled("id");
    for (List<String> key : List.of(List.of(id), List.of(id, "half"))) {
      SourceName some = halved("").chosen(new Choice.Share(key, 100_000));
      try (SourceDatabase database = SourceDatabase.open(config())) {
        Snapshot snapshot = database.snapshot();
        List<Integer> whole = ids(database, snapshot, some, new ChunkBounds.Whole());
        assertThat(whole).hasSizeBetween(ROWS / 15, ROWS / 7);
        for (Strategy strategy : strategies()) {
          TableConfig table =
              TableConfigs.like(H2Tables.table(table().table(), strategy, 200, id))
                  .source(some)
                  .build();
          List<Integer> read = new ArrayList<>();
          for (PlannedChunk chunk : database.plan(table, snapshot).chunks()) {
            read.addAll(ids(database, snapshot, some, chunk.bounds()));
          }
          assertThat(read).as("%s", strategy).containsExactlyInAnyOrderElementsOf(whole);
        }
      }
    }
  }

  /** Even of nearly all. */
  @Test
  void rowsWithoutAKeyAreInNoShare() {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      List<Integer> nearlyAll =
          ids(database, database.snapshot(), new Choice.Share(List.of("late"), 999_999));
      assertThat(nearlyAll).hasSizeGreaterThan(ROWS - 20).doesNotContainAnyElementsOf(range(1, 9));
    }
  }

  @Test
  void theFirstRowsAndTheirChildrenAndWhatTheyNameAreTaken() {
    String id = spelled("id");
    String quoted = '"' + id + '"';
    Choice.Rows all = rows("", Choice.all(), id);
    Choice first = new Choice.First(all, 30);
    Choice children = among(List.of("half"), Choice.none(), rows("", first, id));
    Choice named =
        among(
            List.of(id),
            Choice.none(),
            rows("", new Choice.First(all, 3), id),
            rows(quoted + " = 98", Choice.all(), "half"));
    Choice pairs =
        among(List.of(id, "half"), Choice.none(), rows(quoted + " < 5", first, id, "half"));
    Choice orphans =
        among(List.of("late"), Choice.all(), rows(quoted + " = 40", Choice.all(), "late"));
    Choice both = new Choice.Every(List.of(first, children));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot at = database.snapshot();
      assertThat(ids(database, at, first)).isEqualTo(range(1, 30));
      assertThat(ids(database, at, children)).isEqualTo(range(2, 61));
      assertThat(ids(database, at, named)).containsExactly(1, 2, 3, 49);
      assertThat(ids(database, at, pairs)).isEqualTo(range(1, 4));
      assertThat(ids(database, at, both)).isEqualTo(range(2, 30));
      assertThat(ids(database, at, Choice.none())).isEmpty();
      List<Integer> early = new ArrayList<>(range(1, 9));
      early.add(40);
      assertThat(ids(database, at, orphans)).isEqualTo(early);
      SourceName some = halved("").chosen(children);
      database.rehearse(
          TableConfigs.like(H2Tables.table(table().table(), Strategy.AUTO, 200, id))
              .source(some)
              .build(),
          List.of(new ColumnRead(id, Rendering.NUMBER)),
          List.of(new ColumnRead(id, Rendering.NUMBER)),
          KeyForm.EXACT);
    }
  }

  private SourceName halved(String where) {
    String id = '"' + spelled("id") + '"';
    return table()
        .where(where)
        .computing(
            List.of(
                new Computed("half", "FLOOR(" + id + " / 2)"),
                new Computed("late", "CASE WHEN " + id + " < 10 THEN NULL ELSE " + id + " END")));
  }

  private Choice.Rows rows(String where, Choice choice, String... columns) {
    SourceName of = halved(where);
    return new Choice.Rows(of.toString(), where, of.computed(), choice, List.of(columns));
  }

  private static Choice among(List<String> columns, Choice whenNull, Choice.Rows... of) {
    return new Choice.Among(columns, List.of(of), whenNull);
  }

  private List<Integer> ids(SourceDatabase database, Snapshot at, Choice choice) {
    return ids(database, at, halved("").chosen(choice), new ChunkBounds.Whole());
  }

  /** As many as are counted. */
  private List<Integer> ids(
      SourceDatabase database, Snapshot at, SourceName rows, ChunkBounds bounds) {
    List<ColumnRead> reads = List.of(new ColumnRead(spelled("id"), Rendering.NUMBER));
    List<Integer> ids =
        SourceRows.rows(database.read(rows, bounds, at, reads, ZoneOffset.UTC, "test"), 1).stream()
            .map(row -> Integer.valueOf(row.get(0)))
            .sorted()
            .toList();
    assertThat(database.count(rows, bounds, at)).isEqualTo(ids.size());
    return ids;
  }

  private static List<Integer> range(int first, int last) {
    return IntStream.rangeClosed(first, last).boxed().toList();
  }
}
