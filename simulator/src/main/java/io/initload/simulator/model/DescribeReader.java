package io.initload.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Turns describe documents into objects. Attributes a document lacks get their usual value. */
final class DescribeReader {
  private static final int FILES_MAX = 5_000;

  private DescribeReader() {}

  /** All {@code *.json} files of a folder, as REST or {@code sf sobject describe} print them. */
  static List<SObjectType> folder(Path folder, Set<String> usedPrefixes) {
    ObjectMapper mapper = new ObjectMapper();
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files =
          list.filter(f -> f.getFileName().toString().endsWith(".json"))
              .sorted()
              .limit(FILES_MAX)
              .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Describe folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
    List<SObjectType> types = new ArrayList<>();
    Set<String> prefixes = new HashSet<>(usedPrefixes);
    for (Path file : files) {
      try {
        JsonNode document = mapper.readTree(file.toFile());
        JsonNode object = document.has("result") ? document.get("result") : document;
        if (!(object instanceof ObjectNode node) || !node.path("fields").isArray()) {
          throw new IllegalArgumentException(
              "no fields: expected the answer of sobjects/NAME/describe");
        }
        SObjectType type = read(node, file.toString(), prefixes);
        prefixes.add(type.keyPrefix());
        types.add(type);
      } catch (IOException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Describe document " + file + " cannot be used: " + e.getMessage(), e);
      }
    }
    return types;
  }

  static SObjectType read(ObjectNode document, String where, Set<String> prefixes) {
    String name = document.path("name").asText("");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(where + " has no name");
    }
    if (!document.path("keyPrefix").isTextual()) {
      document.put("keyPrefix", freePrefix(prefixes));
    }
    checkPrefix(document.get("keyPrefix").asText());
    DescribeDefaults.complete(document);
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : document.get("fields")) {
      fields.add(field(field, fields.size(), where));
    }
    return new SObjectType(
        name,
        document.path("label").asText(name),
        document.get("keyPrefix").asText(),
        fields,
        document);
  }

  private static void checkPrefix(String prefix) {
    boolean good = prefix.length() == 3 && prefix.chars().allMatch(c -> Base62.digit(c) >= 0);
    if (!good) {
      throw new IllegalArgumentException(
          "keyPrefix is '%s', not three letters or digits; leave it out to be given one"
              .formatted(prefix));
    }
  }

  static SObjectType hide(SObjectType type, Set<String> hidden) {
    String start = type.name() + ".";
    if (hidden.stream().noneMatch(h -> h.startsWith(start))) {
      return type;
    }
    ObjectNode document = type.describe().deepCopy();
    ArrayNode kept = document.arrayNode();
    for (JsonNode field : document.get("fields")) {
      if (!hidden.contains(start + field.get("name").asText())) {
        kept.add(field);
      }
    }
    document.set("fields", kept);
    return read(document, type.name(), Set.of()).under(type.rules());
  }

  /** The object with its fields' documents changed. */
  static SObjectType edited(SObjectType type, Consumer<ObjectNode> change) {
    ObjectNode document = type.describe().deepCopy();
    document.get("fields").forEach(field -> change.accept((ObjectNode) field));
    return read(document, type.name(), Set.of()).under(type.rules());
  }

  private static Field field(JsonNode f, int index, String where) {
    String name = f.path("name").asText();
    FieldType type =
        FieldType.of(f.path("type").asText())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        where + ": field " + name + " has the unknown type " + f.path("type")));
    boolean unique = f.path("unique").asBoolean() && type != FieldType.ID;
    return new Field(
        index,
        name,
        f.path("label").asText(name),
        type,
        f.path("soapType").asText(),
        f.path("length").asInt(),
        f.path("precision").asInt(),
        f.path("scale").asInt(),
        f.path("digits").asInt(),
        new Field.Writable(f.path("createable").asBoolean(), f.path("updateable").asBoolean()),
        f.path("nillable").asBoolean(),
        f.path("defaultedOnCreate").asBoolean(),
        new Field.Keyed(
            f.path("externalId").asBoolean(),
            f.path("idLookup").asBoolean(),
            unique,
            f.path("cascadeDelete").asBoolean()),
        f.path("caseSensitive").asBoolean(),
        f.path("restrictedPicklist").asBoolean(),
        picklist(f),
        texts(f.path("referenceTo")),
        text(f.path("relationshipName")),
        f.path("polymorphicForeignKey").asBoolean(),
        f.path("calculated").asBoolean(),
        f.path("cascadeDelete").asBoolean() || f.path("restrictedDelete").asBoolean(),
        f.path("cascadeDelete").asBoolean(),
        defaultValue(f),
        Field.SystemField.of(name),
        f.path("nameField").asBoolean(),
        f.path("autoNumber").asBoolean());
  }

  private static String defaultValue(JsonNode f) {
    for (JsonNode value : f.path("picklistValues")) {
      if (value.path("defaultValue").asBoolean() && value.path("active").asBoolean(true)) {
        return text(value.path("value"));
      }
    }
    JsonNode value = f.path("defaultValue");
    return value.isBoolean() && !value.asBoolean() ? "" : text(value);
  }

  private static Set<String> picklist(JsonNode f) {
    Set<String> values = new LinkedHashSet<>();
    for (JsonNode value : f.path("picklistValues")) {
      if (value.path("active").asBoolean(true)) {
        values.add(value.path("value").asText());
      }
    }
    return Set.copyOf(values);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(t -> texts.add(t.asText()));
    return List.copyOf(texts);
  }

  private static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "" : value.asText();
  }

  private static String freePrefix(Set<String> used) {
    for (int i = 0; i < 62 * 62; i++) {
      String prefix = "a" + (char) Base62.character(i / 62) + (char) Base62.character(i % 62);
      if (!used.contains(prefix)) {
        return prefix;
      }
    }
    throw new IllegalArgumentException("more objects than key prefixes");
  }
}
