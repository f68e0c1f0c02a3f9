package io.initload.staging;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.initload.config.DataSize;
import io.initload.config.FieldMapping;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.Nulls;
import io.initload.config.TableConfigs;
import io.initload.mapping.FieldRule;
import io.initload.mapping.RowMapping;
import io.initload.mapping.compile.MappingCompiler;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import io.initload.staging.ColumnKinds.Kind;
import io.initload.staging.gzip.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any table goes through mapping, CSV and gzip and comes back as the driver's own getters read it.
 * Another seed by {@code -Dinitload.seed}.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class AnyTableTest {
  private static final int ROUNDS = 8;

  @TempDir Path directory;

  private final PostgresServer server;
  private final long seed = Long.getLong("initload.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);

  AnyTableTest(PostgresServer server) {
    this.server = server;
  }

  @Test
  void ofPostgres() throws Exception {
    List<Kind> kinds = new ColumnKinds(random).ofPostgres();
    PostgresServer.Database database = server.database();
    for (int round = 0; round < ROUNDS; round++) {
      try (Connection connection = database.connect()) {
        check(database.config(), connection, round, "t" + round, kinds);
      }
    }
  }

  @Test
  void ofH2() throws Exception {
    List<Kind> kinds = new ColumnKinds(random).ofH2();
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=Oracle";
    SourceConfig config = SourceConfigs.of(url, "SA", "secret").sessions(2).build();
    try (Connection connection = DriverManager.getConnection(url, "SA", "secret")) {
      for (int round = 0; round < ROUNDS; round++) {
        check(config, connection, round, "T" + round, kinds);
      }
    }
  }

  private void check(
      SourceConfig config, Connection connection, int round, String table, List<Kind> kinds)
      throws Exception {
    List<Kind> some = new ArrayList<>(kinds);
    Collections.shuffle(some, new Random(random.nextLong()));
    some = some.subList(0, random.nextInt(1, some.size() + 1));
    Nulls nulls = random.nextBoolean() ? Nulls.IGNORE : Nulls.CLEAR;
    String as = "seed %d round %d: %s, %s".formatted(seed, round, some, nulls);
    fill(connection, table, some);
    Map<String, List<String>> told = told(connection, table, some, nulls);
    assertThat(staged(config, table, some, nulls, as)).as(as).isEqualTo(told);
  }

  private void fill(Connection connection, String table, List<Kind> kinds) throws SQLException {
    StringBuilder columns = new StringBuilder("\"id\" integer PRIMARY KEY");
    StringBuilder marks = new StringBuilder("?");
    for (int i = 0; i < kinds.size(); i++) {
      String declared = kinds.get(i).declared();
      columns.append(", \"c%d\" %s".formatted(i, declared));
      boolean plain = declared.equals("bytea") || declared.startsWith("VARBINARY");
      marks.append(plain ? ", ?" : ", CAST(? AS %s)".formatted(declared));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE \"%s\" (%s)".formatted(table, columns));
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO \"%s\" VALUES (%s)".formatted(table, marks))) {
      for (int id = random.nextInt(400); id > 0; id--) {
        insert.setInt(1, id);
        for (int i = 0; i < kinds.size(); i++) {
          Object value = kinds.get(i).made().value();
          boolean none = random.nextInt(5) == 0;
          if (value instanceof byte[] bytes) {
            insert.setBytes(i + 2, none ? null : bytes);
          } else {
            insert.setString(i + 2, none ? null : value.toString());
          }
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Rows by id, as the driver tells them. */
  private static Map<String, List<String>> told(
      Connection connection, String table, List<Kind> kinds, Nulls nulls) throws SQLException {
    Map<String, List<String>> all = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM \"%s\"".formatted(table))) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
          String value = kinds.get(i).told().by(rows, i + 2);
          boolean none = value == null || rows.wasNull();
          String text = none ? "" : String.valueOf(value);
          row.add(text.isEmpty() && nulls == Nulls.CLEAR ? cleared(kinds.get(i)) : text);
        }
        all.put(rows.getString(1), row);
      }
    }
    return all;
  }

  /** A checkbox cannot be null. */
  private static String cleared(Kind kind) {
    return kind.field().equals("boolean") ? "false" : FieldRule.NULL;
  }

  /** Rows by id, through everything that rows go through. */
  private Map<String, List<String>> staged(
      SourceConfig config, String table, List<Kind> kinds, Nulls nulls, String as)
      throws IOException {
    List<FieldMapping> mapped = new ArrayList<>();
    List<TargetField> fields = new ArrayList<>();
    mapped.add(new FieldMapping("Ext__c", new FieldMapping.Column("id")));
    fields.add(field("Ext__c", "string", true));
    for (int i = 0; i < kinds.size(); i++) {
      mapped.add(new FieldMapping("F%d__c".formatted(i), new FieldMapping.Column("c" + i)));
      fields.add(field("F%d__c".formatted(i), kinds.get(i).field(), false));
    }
    TableConfig mapping =
        TableConfigs.of(table)
            .object("Thing__c")
            .externalId("Ext__c")
            .fields(mapped)
            .chunkRows(50)
            .nulls(nulls)
            .build();
    Map<String, List<String>> all = new TreeMap<>();
    Path life = Files.createTempDirectory(directory, "staging");
    StagingConfig staging =
        new StagingConfig(life, DataSize.gigabytes(1), 10_000, new DataSize(20_000));
    try (SourceDatabase source = SourceDatabase.open(config);
        StagingArea area = StagingArea.open(staging, Codecs.fastest())) {
      RowMapping rows =
          MappingCompiler.compile(
                  mapping,
                  source.shape(mapping.source()).columns(),
                  new TargetObject("Thing__c", true, true, fields),
                  parent -> Optional.empty())
              .orThrow()
              .mapping();
      Snapshot snapshot = source.snapshot();
      int no = 0;
      for (PlannedChunk chunk : source.plan(mapping, snapshot).chunks()) {
        List<SealedPart> parts = new ArrayList<>();
        try (RowCursor cursor =
                source.read(
                    mapping.source(),
                    chunk.bounds(),
                    snapshot,
                    rows.reads(),
                    ZoneOffset.UTC,
                    "test");
            PartWriter writer = area.writer(table + "-" + no++, rows.header(), 1, parts::add)) {
          writer.row().rules(rows.rules());
          while (cursor.next()) {
            rows.render(cursor, writer.row());
            assertThat(writer.row().problem()).as(as).isEmpty();
            writer.commit();
          }
          writer.finish();
        }
        for (SealedPart part : parts) {
          for (List<String> row : read(part, rows.header())) {
            assertThat(all.put(row.get(0), row.subList(1, row.size()))).as(as).isNull();
          }
        }
      }
    }
    return all;
  }

  private static List<List<String>> read(SealedPart part, List<String> header) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(part.path()))) {
      String csv = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<List<String>> records =
          CsvReader.builder().skipEmptyLines(false).ofCsvRecord(csv).stream()
              .map(CsvRecord::getFields)
              .toList();
      assertThat(records.get(0)).isEqualTo(header);
      assertThat(records).hasSize((int) part.rows() + 1);
      return records.subList(1, records.size());
    }
  }

  private static TargetField field(String name, String type, boolean key) {
    int length = type.equals("string") ? 255 : type.equals("textarea") ? 32_000 : 0;
    int precision = type.equals("double") ? 18 : 0;
    return new TargetField(
        name, type, length, precision, 0, 0, true, true, true, false, key, key, key, false,
        List.of(), "", false, false, List.of(), "");
  }
}
