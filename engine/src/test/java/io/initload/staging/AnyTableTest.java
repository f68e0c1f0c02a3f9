package io.initload.staging;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.initload.config.Chunking;
import io.initload.config.DataSize;
import io.initload.config.FieldMapping;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.Nulls;
import io.initload.mapping.MappingCompiler;
import io.initload.mapping.RowMapping;
import io.initload.mapping.TargetField;
import io.initload.mapping.TargetObject;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import io.initload.staging.gzip.Codecs;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any table goes through mapping, CSV and gzip and comes back as the driver's own getters read it.
 * Another seed by {@code -Dinitload.seed}.
 */
@ExtendWith(PostgresServer.Provider.class)
class AnyTableTest {
  private static final int ROUNDS = 8;
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

  @TempDir Path directory;

  private final PostgresServer server;
  private final long seed = Long.getLong("initload.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final RandomTexts texts = new RandomTexts(random);

  AnyTableTest(PostgresServer server) {
    this.server = server;
  }

  /** How a value is told, by a getter of the driver. */
  @FunctionalInterface
  private interface Told {
    @Nullable String by(ResultSet rows, int index) throws SQLException;
  }

  /** A value to insert, as a text that the database casts, or as bytes. */
  @FunctionalInterface
  private interface Made {
    Object value();
  }

  /**
   * A type of column.
   *
   * @param field the type of the field it feeds
   */
  private record Kind(String declared, String field, Made made, Told told) {}

  @Test
  void ofPostgres() throws Exception {
    List<Kind> kinds =
        List.of(
            new Kind("varchar(255)", "string", this::text, AnyTableTest::text),
            new Kind("text", "textarea", this::text, AnyTableTest::text),
            new Kind("char(40)", "string", this::text, AnyTableTest::padded),
            new Kind("uuid", "string", this::uuid, ResultSet::getString),
            new Kind("jsonb", "textarea", () -> "[" + random.nextInt() + "]", ResultSet::getString),
            new Kind("smallint", "double", () -> whole(16), AnyTableTest::number),
            new Kind("integer", "double", () -> whole(32), AnyTableTest::number),
            new Kind("bigint", "string", () -> whole(64), AnyTableTest::number),
            new Kind("numeric", "string", this::decimal, AnyTableTest::number),
            new Kind("numeric(30,9)", "double", this::decimal, AnyTableTest::number),
            new Kind("real", "string", this::floating, AnyTableTest::real),
            new Kind("double precision", "string", this::floating, AnyTableTest::binary),
            new Kind("boolean", "boolean", this::bool, AnyTableTest::bool),
            new Kind("date", "date", this::date, AnyTableTest::date),
            new Kind("timestamp", "datetime", this::dateTime, AnyTableTest::dateTime),
            new Kind("timestamptz", "datetime", this::instant, AnyTableTest::instant),
            new Kind("bytea", "string", this::bytes, AnyTableTest::hex));
    PostgresServer.Database database = server.database();
    for (int round = 0; round < ROUNDS; round++) {
      try (Connection connection = database.connect()) {
        check(database.config(), connection, round, "t" + round, kinds);
      }
    }
  }

  @Test
  void ofH2() throws Exception {
    List<Kind> kinds =
        List.of(
            new Kind("VARCHAR2(255)", "string", this::text, AnyTableTest::text),
            new Kind("CLOB", "textarea", this::text, AnyTableTest::text),
            new Kind("CHAR(40)", "string", this::text, AnyTableTest::padded),
            new Kind("INTEGER", "double", () -> whole(32), AnyTableTest::number),
            new Kind("BIGINT", "string", () -> whole(64), AnyTableTest::number),
            new Kind("NUMBER(30,9)", "double", this::decimal, AnyTableTest::number),
            new Kind("REAL", "string", this::floating, AnyTableTest::real),
            new Kind("DOUBLE PRECISION", "string", this::floating, AnyTableTest::binary),
            new Kind("BOOLEAN", "boolean", this::bool, AnyTableTest::bool),
            new Kind("DATE", "datetime", this::dateTime, AnyTableTest::dateTime),
            new Kind("TIMESTAMP(9)", "datetime", this::dateTime, AnyTableTest::dateTime),
            new Kind(
                "TIMESTAMP(6) WITH TIME ZONE", "datetime", this::instant, AnyTableTest::instant),
            new Kind("VARBINARY(40)", "string", this::bytes, AnyTableTest::hex));
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=Oracle";
    SourceConfig config =
        new SourceConfig(
            url,
            "SA",
            new Secret("secret"),
            2,
            0,
            DataSize.megabytes(4),
            SourceConfig.READ_TIMEOUT,
            SourceConfig.PLAN_TIMEOUT,
            SourceConfig.Consistency.SNAPSHOT);
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
          row.add(none ? (nulls == Nulls.IGNORE ? "" : RowMapping.NULL) : String.valueOf(value));
        }
        all.put(rows.getString(1), row);
      }
    }
    return all;
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
        new TableConfig(
            table,
            new SourceName("", table),
            "Thing__c",
            "only",
            "Ext__c",
            mapped,
            new Chunking(Chunking.Strategy.AUTO, 50, 0),
            15,
            5,
            TableConfig.ErrorLimit.NEVER,
            nulls,
            ZoneOffset.UTC,
            Map.of());
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
                  new TargetObject("Thing__c", "Thing", true, true, true, fields),
                  parent -> Optional.empty())
              .orThrow()
              .mapping();
      Snapshot snapshot = source.snapshot();
      int no = 0;
      for (PlannedChunk chunk : source.plan(mapping, snapshot).chunks()) {
        List<SealedPart> parts = new ArrayList<>();
        try (RowCursor cursor =
                source.read(
                    mapping.source(), chunk.bounds(), snapshot, rows.reads(), ZoneOffset.UTC);
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
        name, name, type, length, precision, 0, 0, true, true, true, false, key, key, key, false,
        List.of(), "", false, false, List.of());
  }

  private String text() {
    String text = texts.next(10).replace("\0", "");
    return text.strip().equals(RowMapping.NULL) ? "" : text;
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private String whole(int bits) {
    return Long.toString(random.nextLong() >> (64 - bits + random.nextInt(bits)));
  }

  private String decimal() {
    BigDecimal value = BigDecimal.valueOf(random.nextLong(), random.nextInt(10));
    return random.nextInt(8) == 0 ? "0" : value.toPlainString();
  }

  private String floating() {
    double value = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-20, 20));
    return Float.toString((float) value);
  }

  private String bool() {
    return Boolean.toString(random.nextBoolean());
  }

  private String date() {
    return LocalDate.ofEpochDay(random.nextLong(-98_000, 740_000)).toString();
  }

  private String dateTime() {
    return LocalDateTime.ofEpochSecond(
            random.nextLong(-8_000_000_000L, 60_000_000_000L),
            random.nextInt(1_000_000) * 1000,
            ZoneOffset.UTC)
        .toString()
        .replace('T', ' ');
  }

  private String instant() {
    return dateTime() + "+0%d:30".formatted(random.nextInt(6));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(1, 40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static @Nullable String text(ResultSet rows, int index) throws SQLException {
    String text = rows.getString(index);
    return text == null ? null : RandomTexts.staged(text);
  }

  private static @Nullable String padded(ResultSet rows, int index) throws SQLException {
    String text = rows.getString(index);
    return text == null ? null : RandomTexts.staged(text.replaceAll(" +\\z", ""));
  }

  private static @Nullable String number(ResultSet rows, int index) throws SQLException {
    BigDecimal value = rows.getBigDecimal(index);
    return value == null ? null : plain(value);
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static @Nullable String real(ResultSet rows, int index) throws SQLException {
    return plain(new BigDecimal(Float.toString(rows.getFloat(index))));
  }

  private static @Nullable String binary(ResultSet rows, int index) throws SQLException {
    return plain(new BigDecimal(Double.toString(rows.getDouble(index))));
  }

  private static @Nullable String bool(ResultSet rows, int index) throws SQLException {
    return Boolean.toString(rows.getBoolean(index));
  }

  private static @Nullable String date(ResultSet rows, int index) throws SQLException {
    LocalDate value = rows.getObject(index, LocalDate.class);
    return value == null ? null : value.toString();
  }

  private static @Nullable String dateTime(ResultSet rows, int index) throws SQLException {
    LocalDateTime value = rows.getObject(index, LocalDateTime.class);
    return value == null ? null : INSTANT.format(value);
  }

  private static @Nullable String instant(ResultSet rows, int index) throws SQLException {
    OffsetDateTime value = rows.getObject(index, OffsetDateTime.class);
    return value == null ? null : INSTANT.format(value.withOffsetSameInstant(ZoneOffset.UTC));
  }

  private static @Nullable String hex(ResultSet rows, int index) throws SQLException {
    byte[] value = rows.getBytes(index);
    return value == null ? null : HexFormat.of().formatHex(value);
  }
}
