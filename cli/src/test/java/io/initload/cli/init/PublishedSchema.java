package io.initload.cli.init;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A published schema, an org for it, and where a person would put each column.
 *
 * @param expected how many of these are found: what a change of the rules does shows here
 */
record PublishedSchema(String name, String expected) {
  private static final Path FOLDER =
      Path.of("src", "test", "resources", "io", "initload", "cli", "draft");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FIELD =
      Pattern.compile("  (\\w+) (\\w+)(?:\\((\\d+)(?:,(\\d+))?\\))?(.*)");

  /**
   * Where a person would put a column.
   *
   * @param column several of a key with a plus between them
   * @param field empty for nowhere
   */
  record Truth(String table, String column, String object, String field) {}

  static List<PublishedSchema> all() {
    return List.of(
        new PublishedSchema(
            "chinook", "57 of 65 right, 6 more offered, 0 wrong, 0 of them as certain"),
        new PublishedSchema(
            "sakila", "69 of 71 right, 1 more offered, 3 wrong, 0 of them as certain"),
        northwind());
  }

  static PublishedSchema northwind() {
    return new PublishedSchema(
        "northwind", "58 of 83 right, 16 more offered, 0 wrong, 0 of them as certain");
  }

  /** The statements that make and fill its tables. */
  String[] statements() throws IOException {
    return Files.readString(FOLDER.resolve(name).resolve("tables.sql"))
        .strip()
        .split(";\\s*\\n?", -1);
  }

  List<Truth> truth() throws IOException {
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder().ofNamedCsvRecord(FOLDER.resolve(name).resolve("truth.csv"))) {
      return lines.stream()
          .map(
              l ->
                  new Truth(
                      l.getField("table"),
                      l.getField("column"),
                      l.getField("object"),
                      l.getField("field")))
          .toList();
    }
  }

  /** Writes a describe document for each object. */
  Path describe(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<ObjectNode> objects = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve(name).resolve("org.txt"))) {
      if (!line.startsWith(" ")) {
        ObjectNode object = JSON.createObjectNode().put("name", line);
        object.put("keyPrefix", "b%02d".formatted(objects.size())).putArray("fields");
        objects.add(object);
      } else {
        field(line, (ArrayNode) objects.get(objects.size() - 1).path("fields"));
      }
    }
    for (ObjectNode object : objects) {
      Files.writeString(
          folder.resolve(object.path("name").asText() + ".json"), JSON.writeValueAsString(object));
    }
    return folder;
  }

  private static void field(String line, ArrayNode fields) {
    Matcher parts = FIELD.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(line);
    }
    String name = parts.group(1);
    ObjectNode field = fields.addObject().put("name", name).put("type", parts.group(2));
    String size = parts.group(3);
    if (size != null) {
      field.put(parts.group(4) == null ? "length" : "precision", Integer.parseInt(size));
      field.put("scale", parts.group(4) == null ? 0 : Integer.parseInt(parts.group(4)));
    }
    String rest = parts.group(5);
    field.put("nameField", name.equals("Name"));
    if (rest.contains(" required")) {
      field.put("nillable", false);
    }
    if (rest.contains(" createonly")) {
      field.put("updateable", false);
    }
    if (rest.contains(" external")) {
      field.put("externalId", true).put("unique", true).put("idLookup", true);
    }
    if (rest.contains("-> ")) {
      field.put("relationshipName", name.replaceFirst("__c$", "__r").replaceFirst("Id$", ""));
      ArrayNode parents = field.putArray("referenceTo");
      Stream.of(rest.replaceFirst(".*-> ", "").split(",", -1)).forEach(parents::add);
    }
    if (rest.contains(" values ")) {
      ArrayNode values = field.put("restrictedPicklist", true).putArray("picklistValues");
      Stream.of(rest.replaceFirst(".* values (\\S+).*", "$1").split("\\|", -1))
          .forEach(value -> values.addObject().put("value", value).put("active", true));
    }
  }
}
