package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.Affinity;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What extraction promises on every database, shown through the same door on each. */
public abstract class ExtractionSuite extends QuerySuite {
  private static final List<Rendering> RENDERINGS =
      List.of(Rendering.TEXT, Rendering.NUMBER, Rendering.DATETIME, Rendering.TEXT);

  @Test
  void everyStrategyYieldsEachRowOnceAndExactly() {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      assertThat(rows(database, snapshot, new ChunkBounds.Whole()))
          .containsExactlyInAnyOrderElementsOf(written);
      for (Strategy strategy : strategies()) {
        ChunkPlan plan =
            database.plan(
                H2Tables.table(spelled("initload_suite"), strategy, 1_000, spelled("id")),
                snapshot);
        List<List<String>> union = new ArrayList<>();
        for (PlannedChunk chunk : plan.chunks()) {
          List<List<String>> rows = rows(database, snapshot, chunk.bounds());
          assertThat(database.count(table(), chunk.bounds(), snapshot)).isEqualTo(rows.size());
          union.addAll(rows);
        }
        assertThat(union)
            .as("%s, seed %d", strategy, SEED)
            .containsExactlyInAnyOrderElementsOf(written);
        assertThat(plan.rows()).isEqualTo(ROWS);
      }
    }
  }

  @Test
  void rowsOfOneParentAreNeighboursInOneChunk() {
    String parent = spelled("note");
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      for (int chunkRows : new int[] {1_000, ROWS}) {
        TableConfig child =
            H2Tables.table(spelled("initload_suite"), Strategy.AUTO, chunkRows, spelled("id"));
        ChunkPlan plan =
            database.plan(
                child.with(child.chunking().with(new Affinity(Affinity.Mode.COLUMN, parent))),
                snapshot);
        assertThat(plan.chunks()).hasSizeBetween(ROWS / chunkRows, ROWS / chunkRows + 1);
        assertThat(plan.reason()).contains("rows of one parent").contains("together");
        List<List<String>> all = new ArrayList<>();
        plan.chunks().forEach(c -> all.addAll(rows(database, snapshot, c.bounds())));
        assertThat(all).containsExactlyInAnyOrderElementsOf(written);
        List<String> runs = new ArrayList<>();
        for (List<String> row : all) {
          if (runs.isEmpty() || !runs.get(runs.size() - 1).equals(row.get(3))) {
            runs.add(row.get(3));
          }
        }
        assertThat(runs).as("parents in the order they are read").doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void aTableIsCutByItsParentUnaskedWhereAKeyBeginsWithIt() {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      TableConfig child =
          H2Tables.table(spelled("initload_suite"), Strategy.AUTO, 1_000, spelled("note"));
      ChunkPlan byKey = database.plan(child(child, "id"), snapshot);
      assertThat(byKey.strategy()).isEqualTo(Strategy.KEY);
      assertThat(byKey.reason()).contains("a key begins with " + spelled("id"));
      assertThat(byKey.readSql()).contains("ORDER BY");
      ChunkPlan apart = database.plan(child(child, "made"), snapshot);
      assertThat(apart.reason()).contains("not kept together, since no key begins with");
      assertThat(apart.readSql()).doesNotContain("ORDER BY");
    }
  }

  private TableConfig child(TableConfig table, String parent) {
    return table.with(table.chunking().with(new Affinity(Affinity.Mode.AUTO, spelled(parent))));
  }

  @Test
  void aSnapshotStandsStillWhileOthersWrite() throws SQLException {
    try (SourceDatabase database = SourceDatabase.open(config());
        Connection writer = connect();
        Statement statement = writer.createStatement()) {
      Snapshot snapshot = database.snapshot();
      Drift before = database.since(table(), snapshot, ROWS);
      assertThat(before).isNotEqualTo(Drift.CHANGED);
      writer.setAutoCommit(false);
      statement.execute("DELETE FROM initload_suite WHERE id = 1");
      if (snapshot.kind() != Snapshot.Kind.FROZEN) {
        assertThat(rows(database, snapshot, new ChunkBounds.Whole()))
            .containsExactlyInAnyOrderElementsOf(written);
      }
      writer.rollback();
    }
  }

  @Test
  void rowsAreFoundAgainAndSharedKeysToo() {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      List<List<String>> some = List.of(List.of("17"), List.of("4999"), List.of("999999"));
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      table(), snapshot, reads(), List.of(spelled("id")), some, ZoneOffset.UTC),
                  4))
          .containsExactlyInAnyOrder(written.get(16), written.get(4998));
      long shared =
          written.stream()
              .map(row -> row.get(3))
              .filter(note -> !note.equals("-"))
              .collect(
                  java.util.stream.Collectors.groupingBy(
                      note -> note, java.util.stream.Collectors.counting()))
              .values()
              .stream()
              .filter(n -> n > 1)
              .count();
      List<List<String>> found =
          database.duplicates(
              H2Tables.table(table().table(), Strategy.AUTO, 1000, spelled("id")),
              snapshot,
              List.of(new ColumnRead(spelled("note"), Rendering.TEXT)),
              KeyForm.EXACT,
              ROWS,
              rows -> SourceRows.rows(rows, 1));
      assertThat(found).hasSize((int) shared);
    }
  }

  @Test
  void aTableThatIsNotThereIsNamed() {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      assertThatThrownBy(() -> database.shape(new SourceName("", spelled("initload_suit"))))
          .hasMessageContaining("Did you mean " + spelled("initload_suite"));
      database.probe(table());
    }
  }

  private List<ColumnRead> reads() {
    List<String> names = List.of("id", "amount", "made", "note");
    List<ColumnRead> reads = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      reads.add(new ColumnRead(spelled(names.get(i)), RENDERINGS.get(i)));
    }
    return reads;
  }

  private List<List<String>> rows(SourceDatabase database, Snapshot snapshot, ChunkBounds bounds) {
    return SourceRows.rows(
        database.read(table(), bounds, snapshot, reads(), ZoneOffset.UTC, "test"), 4);
  }
}
