package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Affinity;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.rows.Computed;
import io.initload.config.rows.RowFilter;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users say of rows in SQL of their own: which ones are meant, what is computed of them. */
abstract class ConditionSuite extends SuiteTable {
  @Test
  void aConditionHoldsForCountsChunksAndKeysByEveryStrategy() {
    SourceName all = table();
    String id = spelled("id");
    String quoted = "\"" + id + "\"";
    SourceName some = all.where(quoted + " > 700 AND " + quoted + " < 1500 OR " + quoted + " = 3");
    List<String> wanted =
        IntStream.rangeClosed(1, ROWS)
            .filter(i -> (i > 700 && i < 1500) || i == 3)
            .mapToObj(Integer::toString)
            .sorted()
            .toList();
    List<ColumnRead> reads = List.of(new ColumnRead(id, Rendering.NUMBER));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      database.probe(some);
      Snapshot snapshot = database.snapshot();
      for (Strategy strategy : strategies()) {
        TableConfig table =
            TableConfigs.like(H2Tables.table(all.table(), strategy, 200, id)).source(some).build();
        ChunkPlan plan = database.plan(table, snapshot);
        assertThat(database.count(table, snapshot)).as("%s", strategy).isEqualTo(wanted.size());
        List<String> read = new ArrayList<>();
        for (PlannedChunk chunk : plan.chunks()) {
          List<List<String>> rows =
              SourceRows.rows(
                  database.read(some, chunk.bounds(), snapshot, reads, ZoneOffset.UTC, "test"), 1);
          assertThat(database.count(some, chunk.bounds(), snapshot)).isEqualTo(rows.size());
          rows.forEach(row -> read.add(row.get(0)));
        }
        assertThat(read.stream().sorted().toList()).as("%s", strategy).isEqualTo(wanted);
      }
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      some,
                      snapshot,
                      reads,
                      List.of(id),
                      List.of(List.of("3"), List.of("700"), List.of("701")),
                      ZoneOffset.UTC),
                  1))
          .containsExactlyInAnyOrder(List.of("3"), List.of("701"));
    }
  }

  /** A row's parent is half of it, but for those that the condition leaves out: 1, 20 and 25. */
  @Test
  void rowsAreToldByTheirDepth() {
    rowsAreToldByTheirDepth(List.of(spelled("id")), List.of("half"));
  }

  @Test
  void rowsAreToldByTheirDepthWhereSeveralColumnsNameAParent() {
    rowsAreToldByTheirDepth(List.of(spelled("id"), "hundreds"), List.of("half", "hundreds"));
  }

  private void rowsAreToldByTheirDepth(List<String> key, List<String> parent) {
    String id = spelled("id");
    SourceName rows =
        table()
            .where('"' + id + "\" BETWEEN 2 AND 49 AND \"" + id + "\" NOT IN (20, 25)")
            .computing(
                List.of(
                    new Computed("half", "FLOOR(\"" + id + "\" / 2)"),
                    new Computed("hundreds", "FLOOR(\"" + id + "\" / 100)")));
    List<ColumnRead> reads = List.of(new ColumnRead(id, Rendering.NUMBER));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      List<Integer> all = new ArrayList<>();
      for (int depth = 0; depth < 5; depth++) {
        SourceName some = rows.narrowed(new RowFilter.Depth(depth, false, key, parent));
        List<Integer> read =
            SourceRows.rows(
                    database.read(
                        some, new ChunkBounds.Whole(), snapshot, reads, ZoneOffset.UTC, "test"),
                    1)
                .stream()
                .map(row -> Integer.valueOf(row.get(0)))
                .toList();
        int wanted = depth;
        assertThat(read).isNotEmpty().allMatch(row -> ancestors(row) == wanted);
        assertThat(database.count(some, new ChunkBounds.Whole(), snapshot)).isEqualTo(read.size());
        all.addAll(read);
      }
      assertThat(all).hasSize(46).doesNotHaveDuplicates();
      SourceName deep = rows.narrowed(new RowFilter.Depth(2, true, key, parent));
      assertThat(database.count(deep, new ChunkBounds.Whole(), snapshot))
          .isEqualTo(all.stream().filter(row -> ancestors(row) >= 2).count());
    }
  }

  /** A row's parent is ten times it, which is among the rows that a condition leaves. */
  @Test
  void rowsWhoseParentsAreNotThereAreTold() {
    String id = spelled("id");
    SourceName all =
        table()
            .where('"' + id + "\" <= 40")
            .computing(List.of(new Computed("ten", '"' + id + "\" * 10")));
    SourceName parents = table().where('"' + id + "\" < 200 OR \"" + id + "\" = 300");
    SourceName rows =
        all.beside(
            List.of(
                new SourceName.Parents(
                    "Up.Key",
                    List.of("ten"),
                    List.of(new SourceName.Among(parents, List.of(id))),
                    false)));
    List<ColumnRead> reads =
        List.of(
            new ColumnRead(id, Rendering.NUMBER), new ColumnRead("orphans.Up.Key", Rendering.TEXT));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      List<String> there =
          SourceRows.rows(
                  database.read(
                      rows, new ChunkBounds.Whole(), snapshot, reads, ZoneOffset.UTC, "test"),
                  2)
              .stream()
              .map(row -> row.get(0) + " " + row.get(1))
              .toList();
      assertThat(there).hasSize(40).contains("1 1", "19 1", "20 -", "30 1", "31 -");
      SourceName missing = rows.narrowed(new RowFilter.Missing("orphans.Up.Key"));
      assertThat(database.count(missing, new ChunkBounds.Whole(), snapshot)).isEqualTo(20);
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      rows,
                      snapshot,
                      reads,
                      List.of(id),
                      List.of(List.of("30"), List.of("31")),
                      ZoneOffset.UTC),
                  2))
          .containsExactlyInAnyOrder(List.of("30", "1"), List.of("31", "-"));
    }
  }

  @Test
  void blanksNameNoParent() {
    String id = spelled("id");
    String key = "'G' || \"" + id + '"';
    SourceName parents =
        table().where('"' + id + "\" = 4").computing(List.of(new Computed("own", key)));
    String by = "CASE \"%s\" WHEN 1 THEN '  ' WHEN 2 THEN NULL ELSE %s END".formatted(id, key);
    SourceName rows =
        table()
            .where('"' + id + "\" <= 5")
            .computing(List.of(new Computed("by", by)))
            .beside(
                List.of(
                    new SourceName.Parents(
                        "Up.Key",
                        List.of("by"),
                        List.of(new SourceName.Among(parents, List.of("own"))),
                        true)));
    SourceName missing = rows.narrowed(new RowFilter.Missing("orphans.Up.Key"));
    List<ColumnRead> reads = List.of(new ColumnRead(id, Rendering.NUMBER));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      assertThat(
              SourceRows.rows(
                  database.read(
                      missing,
                      new ChunkBounds.Whole(),
                      database.snapshot(),
                      reads,
                      ZoneOffset.UTC,
                      "test"),
                  1))
          .containsExactlyInAnyOrder(List.of("3"), List.of("5"));
    }
  }

  private static int ancestors(int row) {
    int parent = row / 2;
    boolean there = parent >= 2 && parent != 20 && parent != 25;
    return there ? 1 + ancestors(parent) : 0;
  }

  @Test
  void aConditionThatTheDatabaseDoesNotTakeIsNamed() {
    SourceName wrong = table().where("no_such_column = 1");
    try (SourceDatabase database = SourceDatabase.open(config())) {
      assertThatThrownBy(() -> database.probe(wrong))
          .isInstanceOfSatisfying(
              Failure.class,
              e -> {
                assertThat(e.code()).isEqualTo("SOURCE_WHERE");
                assertThat(e).hasMessageContaining("no_such_column = 1");
              });
    }
  }

  /** A key that is computed, a number, and a text that several rows share. */
  private SourceName computed() {
    String id = '"' + spelled("id") + '"';
    return table()
        .computing(
            List.of(
                new Computed("key", "'K' || " + id),
                new Computed("next", id + " * 2 + 1"),
                new Computed(
                    "group",
                    "CASE WHEN " + id + " < 10 THEN NULL ELSE 'G' || MOD(" + id + ", 2000) END")));
  }

  private static List<ColumnRead> computedReads() {
    return List.of(
        new ColumnRead("key", Rendering.TEXT),
        new ColumnRead("next", Rendering.NUMBER),
        new ColumnRead("group", Rendering.TEXT));
  }

  private static List<String> computedRow(int id) {
    return List.of("K" + id, "" + (2 * id + 1), id < 10 ? "-" : "G" + id % 2000);
  }

  private static List<List<String>> computedRows() {
    return IntStream.rangeClosed(1, ROWS).mapToObj(ConditionSuite::computedRow).toList();
  }

  private List<List<String>> computedRows(
      SourceDatabase database, Snapshot snapshot, ChunkPlan plan) {
    List<List<String>> all = new ArrayList<>();
    for (PlannedChunk chunk : plan.chunks()) {
      List<List<String>> rows =
          SourceRows.rows(
              database.read(
                  computed(), chunk.bounds(), snapshot, computedReads(), ZoneOffset.UTC, "test"),
              3);
      assertThat(database.count(computed(), chunk.bounds(), snapshot)).isEqualTo(rows.size());
      all.addAll(rows);
    }
    return all;
  }

  @Test
  void whatIsComputedIsTheSameByEveryStrategyAndByItsOwnRanges() {
    TableConfig table =
        TableConfigs.like(H2Tables.table(table().table(), Strategy.AUTO, 1_000, "key"))
            .source(computed())
            .build();
    try (SourceDatabase database = SourceDatabase.open(config())) {
      database.probe(computed());
      database.rehearse(table, computedReads(), computedReads().subList(0, 1), KeyForm.IGNORE_CASE);
      Snapshot snapshot = database.snapshot();
      for (Strategy strategy : strategies()) {
        ChunkPlan plan =
            database.plan(
                TableConfigs.like(H2Tables.table(table().table(), strategy, 1_000, "key"))
                    .source(computed())
                    .build(),
                snapshot);
        assertThat(computedRows(database, snapshot, plan))
            .as("%s", strategy)
            .containsExactlyInAnyOrderElementsOf(computedRows());
      }
      for (String by : List.of("next", "group")) {
        ChunkPlan plan =
            database.plan(
                table.with(table.chunking().with(new Affinity(Affinity.Mode.COLUMN, by))),
                snapshot);
        assertThat(plan.chunks()).as(by).hasSizeGreaterThan(2);
        assertThat(computedRows(database, snapshot, plan))
            .as(by)
            .containsExactlyInAnyOrderElementsOf(computedRows());
      }
    }
  }

  @Test
  void whatIsComputedFindsRowsAgainAndThoseThatShareIt() {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      computed(),
                      snapshot,
                      computedReads(),
                      List.of("key"),
                      List.of(List.of("K17"), List.of("K4999"), List.of("K0"), List.of("k18")),
                      ZoneOffset.UTC),
                  3))
          .containsExactlyInAnyOrder(computedRow(17), computedRow(4999));
      TableConfig table =
          TableConfigs.like(H2Tables.table(table().table(), Strategy.AUTO, 1_000, "group"))
              .source(computed())
              .build();
      List<List<String>> shared =
          database.duplicates(
              table,
              snapshot,
              computedReads().subList(2, 3),
              KeyForm.IGNORE_CASE,
              ROWS,
              rows -> SourceRows.rows(rows, 1));
      assertThat(shared).hasSize(2_000);
      List<SourceColumn> texts = List.of(database.shape(computed()).required("group"));
      assertThat(database.notVerbatim(table, snapshot, texts, "\t", "-", false)).isFalse();
      // H2's TRANSLATE keeps what has no counterpart.
      assertThat(database.notVerbatim(table, snapshot, texts, "G", "-", false))
          .isEqualTo(!database.dialect().equals("h2"));
      assertThat(database.notVerbatim(table, snapshot, texts, "\t", "-", true)).isFalse();
      SourceName ended =
          table()
              .computing(List.of(new Computed("key", "'K ' || \"" + spelled("id") + "\" || ' '")));
      assertThat(
              database.notVerbatim(
                  TableConfigs.like(table).source(ended).build(),
                  snapshot,
                  List.of(database.shape(ended).required("key")),
                  "\t",
                  "-",
                  true))
          .isTrue();
    }
  }

  @Test
  void whatIsComputedHasTheTypeThatTheDatabaseTells() {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      TableShape shape = database.shape(computed());
      assertThat(shape.required("key").type()).isEqualTo(SourceColumn.Type.TEXT);
      assertThat(shape.required("next").type()).isEqualTo(SourceColumn.Type.NUMBER);
      assertThat(shape.required("group").nullable()).isTrue();
      assertThat(database.shape(table()).column("key")).isEmpty();
      String note = '"' + spelled("note") + '"';
      SourceName cast =
          table().computing(List.of(new Computed("short", "CAST(" + note + " AS VARCHAR(7))")));
      assertThat(database.shape(cast).required("short").length()).isEqualTo(7);
    }
  }

  @Test
  void allThatTheDatabaseDoesNotComputeOfARowIsNamed() {
    SourceName wrong =
        table()
            .computing(
                List.of(
                    new Computed("right", '"' + spelled("id") + '"'),
                    new Computed("wrong", "no_such_column + 1"),
                    new Computed("most", "MAX(\"" + spelled("id") + "\")")));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      assertThatThrownBy(() -> database.shape(wrong))
          .isInstanceOfSatisfying(
              Failure.class,
              e -> {
                assertThat(e.code()).isEqualTo("SOURCE_SQL");
                List<String> lines = String.valueOf(e.getMessage()).lines().toList();
                assertThat(lines.get(0)).contains("compute wrong of").contains("no_such");
                // H2 notices a sum in a condition when it is run.
                assertThat(lines).hasSize(database.dialect().equals("h2") ? 1 : 2);
                assertThat(lines.get(lines.size() - 1))
                    .contains(database.dialect().equals("h2") ? "wrong of" : "compute most of");
              });
      database.probe(table());
    }
  }
}
