package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.initload.Failure;
import io.initload.config.Affinity;
import io.initload.config.Chunking;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.rows.Computed;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A query in the place of a table: orders with what is said of their customers. */
abstract class QuerySuite extends TotalsSuite {
  private static final int ORDERS = 1_200;
  private static final int CUSTOMERS = 50;
  private static final String BODY = "a long word. ".repeat(250);

  static final String QUERY =
      "SELECT o.id, o.customer, n.label, n.body FROM initload_orders o JOIN initload_notes n ON"
          + " n.customer = o.customer";

  /** The type of a text of any length. */
  protected String longText() {
    return "CLOB";
  }

  @Override
  protected void makeMore() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String table : List.of("initload_orders", "initload_notes")) {
        try {
          statement.execute("DROP TABLE " + table);
        } catch (SQLException e) {
          // It was not there.
        }
      }
      statement.execute(
          "CREATE TABLE initload_orders (id NUMERIC(9) PRIMARY KEY, customer NUMERIC(9))");
      statement.execute(
          "CREATE TABLE initload_notes (customer NUMERIC(9) PRIMARY KEY, label VARCHAR(40), body "
              + longText()
              + ")");
      orders(connection, 1, ORDERS);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO initload_notes VALUES (?, ?, ?)")) {
        for (int customer = 0; customer < CUSTOMERS; customer++) {
          insert.setInt(1, customer);
          insert.setString(2, "c" + customer);
          insert.setString(3, BODY + customer);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  private static void orders(Connection connection, int first, int last) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO initload_orders VALUES (?, ?)")) {
      for (int id = first; id <= last; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id % CUSTOMERS);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<String> order(int id) {
    int customer = id % CUSTOMERS;
    return List.of("" + id, "" + customer, "c" + customer, BODY + customer);
  }

  private static List<List<String>> orders(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(QuerySuite::order).toList();
  }

  private static SourceName query() {
    return SourceName.ofQuery("orders", QUERY);
  }

  private TableConfig table(Chunking chunking) {
    return TableConfigs.like(H2Tables.table("orders", Strategy.AUTO, 200, spelled("id")))
        .source(query())
        .chunking(chunking)
        .build();
  }

  private List<ColumnRead> reads() {
    return List.of(
        new ColumnRead(spelled("id"), Rendering.NUMBER),
        new ColumnRead(spelled("customer"), Rendering.NUMBER),
        new ColumnRead(spelled("label"), Rendering.TEXT),
        new ColumnRead(spelled("body"), Rendering.TEXT));
  }

  private List<List<String>> rows(
      SourceDatabase database, Snapshot snapshot, List<PlannedChunk> chunks) {
    List<List<String>> all = new ArrayList<>();
    for (PlannedChunk chunk : chunks) {
      List<List<String>> rows =
          SourceRows.rows(
              database.read(query(), chunk.bounds(), snapshot, reads(), ZoneOffset.UTC, "test"), 4);
      assertThat(database.count(query(), chunk.bounds(), snapshot)).isEqualTo(rows.size());
      all.addAll(rows);
    }
    return all;
  }

  @Test
  void aQueryIsReadByAKeyThatIsNamedByItsExternalIdAndWhole() {
    Chunking small = new Chunking(Strategy.AUTO, 200, 0);
    try (SourceDatabase database = SourceDatabase.open(config())) {
      database.probe(query());
      Snapshot snapshot = database.snapshot();
      for (Chunking chunking :
          List.of(
              small,
              keyed(spelled("id")),
              keyed(spelled("label")),
              new Chunking(Strategy.ROWNUM, 200, 0),
              new Chunking(Strategy.WHOLE, 200, 0))) {
        TableConfig table = table(chunking);
        database.rehearse(table, reads(), reads().subList(0, 1), KeyForm.IGNORE_CASE);
        ChunkPlan plan = database.plan(table, snapshot);
        assertThat(plan.chunks().size() > 3)
            .as("%s", chunking)
            .isEqualTo(chunking.strategy() != Strategy.WHOLE);
        assertThat(plan.readSql()).contains("(" + QUERY + ")");
        assertThat(rows(database, snapshot, plan.chunks()))
            .as("%s", chunking)
            .containsExactlyInAnyOrderElementsOf(orders(ORDERS));
      }
    }
  }

  @Test
  void rowsOfAQueryAreFoundAgainGroupedChosenAndComputed() {
    SourceName some =
        query()
            .where("t." + spelled("id") + " <= 100")
            .computing(List.of(new Computed("double", "t." + spelled("id") + " * 2")));
    List<ColumnRead> computed = List.of(new ColumnRead("double", Rendering.NUMBER));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      List<List<String>> keys = List.of(List.of("7"), List.of("1200"), List.of("1201"));
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      query(), snapshot, reads(), List.of(spelled("id")), keys, ZoneOffset.UTC),
                  4))
          .containsExactlyInAnyOrder(order(7), order(1200));
      assertThat(
              database.<List<List<String>>>duplicates(
                  table(new Chunking(Strategy.AUTO, 200, 0)),
                  snapshot,
                  reads().subList(1, 2),
                  KeyForm.NUMBER,
                  ORDERS,
                  rows -> SourceRows.rows(rows, 1)))
          .hasSize(CUSTOMERS);
      assertThat(
              SourceRows.rows(
                  database.read(
                      some, new ChunkBounds.Whole(), snapshot, computed, ZoneOffset.UTC, "test"),
                  1))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 100).mapToObj(i -> List.of("" + 2 * i)).toList());
    }
  }

  @Test
  void everyTableOfAQueryStandsStillWhileOthersWriteBetweenTwoChunks() throws SQLException {
    try (SourceDatabase database = SourceDatabase.open(config());
        Connection writer = connect();
        Statement statement = writer.createStatement()) {
      Snapshot snapshot = database.snapshot();
      assumeThat(snapshot.kind()).isNotEqualTo(Snapshot.Kind.FROZEN);
      List<PlannedChunk> chunks = database.plan(table(keyed(spelled("id"))), snapshot).chunks();
      List<List<String>> read = new ArrayList<>(rows(database, snapshot, chunks.subList(0, 2)));
      statement.execute("UPDATE initload_notes SET label = 'changed'");
      statement.execute("DELETE FROM initload_notes WHERE customer = 7");
      statement.execute("DELETE FROM initload_orders WHERE id > 1000");
      orders(writer, 5_001, 5_100);
      read.addAll(rows(database, snapshot, chunks.subList(2, chunks.size())));
      statement.execute("DELETE FROM initload_orders WHERE id > 5000");
      orders(writer, 1_001, ORDERS);
      statement.execute("UPDATE initload_notes SET label = 'c' || customer");
      statement.execute(
          "INSERT INTO initload_notes SELECT 7, 'c7', '"
              + BODY
              + "7' FROM initload_orders WHERE"
              + " id = 1");
      assertThat(read).containsExactlyInAnyOrderElementsOf(orders(ORDERS));
    }
  }

  @Test
  void aQueryThatIsNoneAndOneWhoseNamesClashAreNamed() {
    String clash = "SELECT o.id, n.customer, o.customer FROM initload_orders o, initload_notes n";
    try (SourceDatabase database = SourceDatabase.open(config())) {
      refused(database, clash, "two of its columns have the name " + spelled("customer"));
      refused(database, "SELECT id FROM initload_nothing", "initload_nothing");
      database.probe(query());
    }
  }

  private static void refused(SourceDatabase database, String query, String says) {
    assertThatThrownBy(() -> database.shape(SourceName.ofQuery("wrong", query)))
        .isInstanceOfSatisfying(
            Failure.class,
            e -> {
              assertThat(e.code()).isEqualTo("SOURCE_QUERY");
              assertThat(e).hasMessageContaining(says).hasMessageContaining("The query wrong");
            });
  }

  private static Chunking keyed(String column) {
    return new Chunking(Strategy.KEY, 200, 0, Affinity.AUTO, column);
  }

  @Test
  void aKeyThatTheRowsDoNotHaveIsNamed() {
    TableConfig table = table(keyed("NOWHERE"));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      assertThatThrownBy(
              () -> database.rehearse(table, reads(), reads().subList(0, 1), KeyForm.EXACT))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("SOURCE_COLUMN"))
          .hasMessageContaining("NOWHERE");
    }
  }
}
