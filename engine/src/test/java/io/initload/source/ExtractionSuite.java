package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Affinity;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What extraction promises on every database, shown through the same door on each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ExtractionSuite {
  private static final int ROWS = 5_000;

  /** Of the rows; another one by {@code -Dinitload.seed}. */
  static final long SEED = Long.getLong("initload.seed", 4711);

  private static final List<Rendering> RENDERINGS =
      List.of(Rendering.TEXT, Rendering.NUMBER, Rendering.DATETIME, Rendering.TEXT);
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  private final List<List<String>> written = new ArrayList<>();

  protected abstract SourceConfig config();

  /** A connection that may create tables; commits by itself. */
  protected abstract Connection connect() throws SQLException;

  /** How the dictionary spells a plain name. */
  protected abstract String spelled(String name);

  protected abstract List<Strategy> strategies();

  /** Waits until a table that was just made can be read at a snapshot. */
  protected void settle() throws SQLException, InterruptedException {
    // At once, on most.
  }

  @BeforeAll
  void fill() throws SQLException, InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      dropped(statement);
      statement.execute(
          "CREATE TABLE initload_suite (id NUMERIC(9) PRIMARY KEY, amount NUMERIC(20,4),"
              + " made TIMESTAMP(3), note VARCHAR(60))");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO initload_suite VALUES (?, ?, ?, ?)")) {
        for (int id = 1; id <= ROWS; id++) {
          BigDecimal amount = BigDecimal.valueOf(random.nextLong() / 1000, 4);
          LocalDateTime made =
              LocalDateTime.ofEpochSecond(
                  random.nextLong(-5_000_000_000L, 5_000_000_000L), 123_000_000, ZoneOffset.UTC);
          String note = id % 7 == 0 ? null : "né \"" + random.nextInt(ROWS / 2) + "\", 漢";
          insert.setInt(1, id);
          insert.setBigDecimal(2, amount);
          insert.setTimestamp(3, Timestamp.valueOf(made));
          insert.setString(4, note);
          insert.addBatch();
          written.add(
              List.of(
                  Integer.toString(id),
                  amount.stripTrailingZeros().toPlainString(),
                  INSTANT.format(made),
                  note == null ? "-" : note));
        }
        insert.executeBatch();
      }
    }
    settle();
  }

  private static void dropped(Statement statement) {
    try {
      statement.execute("DROP TABLE initload_suite");
    } catch (SQLException e) {
      // It was not there.
    }
  }

  @Test
  void aConditionHoldsForCountsChunksAndKeysByEveryStrategy() {
    SourceName all = new SourceName("", spelled("initload_suite"));
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

  @Test
  void aConditionThatTheDatabaseDoesNotTakeIsNamed() {
    SourceName wrong = new SourceName("", spelled("initload_suite")).where("no_such_column = 1");
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
      Since before = database.since(table(), snapshot, ROWS);
      assertThat(before).isNotEqualTo(Since.CHANGED);
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

  private SourceName table() {
    return new SourceName("", spelled("initload_suite"));
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
