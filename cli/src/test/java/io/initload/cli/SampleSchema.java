package io.initload.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The sample schemas of Oracle (HR, SH) as they lie beside the project: tables with their types and
 * keys, and the objects that take them.
 */
final class SampleSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where the samples are, from the module's directory; another place by this variable. */
  private static final String PLACE = "INITLOAD_SAMPLES";

  /**
   * A column with its Oracle type.
   *
   * @param parent the object whose rows it names, where a foreign key says so
   */
  record Column(String name, String type, boolean nullable, Optional<String> parent) {
    boolean isText() {
      return type.startsWith("VARCHAR2") || type.startsWith("CHAR");
    }

    boolean isDate() {
      return type.equals("DATE");
    }

    String field() {
      return name + "__c";
    }

    /** The lookup beside the plain field. */
    String lookup() {
      return name + "_REF__c";
    }

    String relationship() {
      return name + "_REF__r";
    }
  }

  /** A table of one schema. */
  record Table(String schema, String name, List<Column> columns, List<String> key, Path file) {
    String source() {
      return schema + "." + name;
    }

    String object() {
      return schema + "_" + name + "__c";
    }

    /** What tells rows apart: the primary key; COSTS has none, its four dimensions do. */
    List<String> identity() {
      return key.isEmpty() ? List.of("PROD_ID", "TIME_ID", "PROMO_ID", "CHANNEL_ID") : key;
    }

    List<NamedCsvRecord> rows() throws IOException {
      try (CsvReader<NamedCsvRecord> reader =
          CsvReader.builder().skipEmptyLines(false).ofNamedCsvRecord(file)) {
        return reader.stream().toList();
      }
    }
  }

  private SampleSchema() {}

  /**
   * All tables of both schemas. A test that asks for them is skipped, visibly, where they are not.
   */
  static List<Table> tables() throws IOException {
    String elsewhere = System.getenv(PLACE);
    Path place =
        elsewhere == null
            ? Path.of("..", "..", "shared", "data", "oracle-sample")
            : Path.of(elsewhere);
    if (!Files.exists(place.resolve("schema.json"))) {
      Assumptions.abort(
          "Oracle's sample schemas are not in "
              + place.toAbsolutePath().normalize()
              + "; let "
              + PLACE
              + " name the directory that holds their schema.json");
    }
    List<Table> tables = new ArrayList<>();
    JSON.readTree(place.resolve("schema.json").toFile())
        .properties()
        .forEach(
            schema ->
                schema
                    .getValue()
                    .properties()
                    .forEach(
                        t -> tables.add(table(place, schema.getKey(), t.getKey(), t.getValue()))));
    return tables;
  }

  private static Table table(Path place, String schema, String name, JsonNode json) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode c : json.path("columns")) {
      columns.add(
          new Column(
              upper(c.path("name").asText()),
              c.path("type").asText(),
              c.path("nullable").asBoolean(),
              parent(schema, c.path("name").asText(), json)));
    }
    List<String> key = new ArrayList<>();
    json.path("primaryKey").forEach(k -> key.add(upper(k.asText())));
    return new Table(
        upper(schema), upper(name), columns, key, place.resolve(schema).resolve(name + ".csv"));
  }

  private static Optional<String> parent(String schema, String column, JsonNode table) {
    for (JsonNode key : table.path("foreignKeys")) {
      if (key.path("columns").size() == 1 && key.path("columns").path(0).asText().equals(column)) {
        return Optional.of(upper(schema) + "_" + upper(key.path("references").asText()) + "__c");
      }
    }
    return Optional.empty();
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** Makes the tables, with their types and keys, and fills them. */
  static void create(Connection connection, List<Table> tables) throws SQLException, IOException {
    try (var statement = connection.createStatement()) {
      for (String schema : tables.stream().map(Table::schema).distinct().toList()) {
        statement.execute("CREATE SCHEMA " + schema);
      }
      for (Table table : tables) {
        List<String> parts = new ArrayList<>();
        for (Column c : table.columns()) {
          parts.add("\"" + c.name() + "\" " + c.type() + (c.nullable() ? "" : " NOT NULL"));
        }
        if (!table.key().isEmpty()) {
          parts.add("PRIMARY KEY (\"" + String.join("\", \"", table.key()) + "\")");
        }
        statement.execute("CREATE TABLE " + table.source() + " (" + String.join(", ", parts) + ")");
      }
    }
    for (Table table : tables) {
      fill(connection, table);
    }
  }

  private static void fill(Connection connection, Table table) throws SQLException, IOException {
    String marks =
        String.join(", ", Stream.generate(() -> "?").limit(table.columns().size()).toList());
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table.source() + " VALUES (" + marks + ")")) {
      for (NamedCsvRecord row : table.rows()) {
        for (int i = 0; i < table.columns().size(); i++) {
          set(insert, i + 1, table.columns().get(i), row.getField(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void set(PreparedStatement insert, int at, Column column, String text)
      throws SQLException {
    if (text.isEmpty()) {
      insert.setObject(at, null);
    } else if (column.isDate()) {
      insert.setDate(at, Date.valueOf(text.substring(0, 10)));
    } else if (column.isText()) {
      insert.setString(at, text);
    } else {
      insert.setBigDecimal(at, new BigDecimal(text));
    }
  }

  /** Writes a describe document for each table's object. */
  static void describe(Path folder, List<Table> tables) throws IOException {
    Files.createDirectories(folder);
    int number = 0;
    for (Table table : tables) {
      ObjectNode object = JSON.createObjectNode();
      object.put("name", table.object()).put("label", table.object());
      object.put("labelPlural", table.object()).put("keyPrefix", "b%02d".formatted(number++));
      var fields = object.putArray("fields");
      field(fields.addObject(), "External_ID__c", "string", 255)
          .put("externalId", true)
          .put("unique", true)
          .put("idLookup", true);
      for (Column c : table.columns()) {
        c.parent().ifPresent(parent -> lookup(fields.addObject(), c, parent));
        if (c.isText()) {
          String length = c.type().substring(c.type().indexOf('(') + 1, c.type().indexOf(')'));
          int characters = Integer.parseInt(length);
          field(
              fields.addObject(), c.field(), characters > 255 ? "textarea" : "string", characters);
        } else if (c.isDate()) {
          field(fields.addObject(), c.field(), "date", 0);
        } else {
          field(fields.addObject(), c.field(), "double", 0).put("precision", 18).put("scale", 4);
        }
      }
      Files.writeString(folder.resolve(table.object() + ".json"), JSON.writeValueAsString(object));
    }
  }

  private static void lookup(ObjectNode field, Column column, String parent) {
    field(field, column.lookup(), "reference", 18).put("relationshipName", column.relationship());
    field.putArray("referenceTo").add(parent);
  }

  private static ObjectNode field(ObjectNode field, String name, String type, int length) {
    return field
        .put("name", name)
        .put("label", name)
        .put("type", type)
        .put("length", length)
        .put("nillable", true)
        .put("createable", true)
        .put("updateable", true);
  }
}
