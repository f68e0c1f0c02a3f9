package io.initload.config.read;

import static io.initload.config.read.ConfigFixtures.json;
import static io.initload.config.read.ConfigFixtures.parse;
import static io.initload.config.read.ConfigFixtures.replaced;
import static io.initload.config.read.ConfigFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The schema that editors complete from says the same as the reader. */
class ConfigSchemaTest {
  private static final JsonNode DOCUMENT = document();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(DOCUMENT);

  @Test
  void bothKnowTheSameSettingsAndDefaults() {
    Reading reading = new Reading(ConfigFixtures.ENVIRONMENT);
    parse(text("minimal.yaml"), reading);
    Map<String, String> read = new TreeMap<>(reading.settings());
    Reading full = new Reading(ConfigFixtures.ENVIRONMENT);
    parse(text("full.yaml"), full);
    full.settings().forEach((key, value) -> read.putIfAbsent(key, value));

    Map<String, String> described = new TreeMap<>();
    walk("", DOCUMENT, described);
    // Defaults that another setting decides; the schema has them in words.
    for (String derived :
        List.of(
            "tables[].phase",
            "tables[].name",
            "tables[].concurrency",
            "tables[].sourceZone",
            "tables[].values.*.zone",
            "tables[].chunking.parallelHint",
            "target.auth.audience")) {
      assertThat(described.get(derived)).as(derived).isEmpty();
      assertThat(read.put(derived, "")).as(derived).isNotEmpty();
    }
    assertThat(read).isEqualTo(described);
  }

  @Test
  void everySettingIsDescribedInWords() {
    assertThat(undescribed("", DOCUMENT)).isEmpty();
  }

  @TestFactory
  List<DynamicTest> bothAcceptTheSamples() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String file : List.of("minimal.yaml", "full.yaml", "architecture.yaml")) {
      String quoted = text(file).replaceAll("([:{] )(\\$\\{\\w+})", "$1\"$2\"");
      tests.add(
          DynamicTest.dynamicTest(
              file,
              () -> {
                parse(quoted);
                assertThat(SCHEMA.validate(json(quoted))).isEmpty();
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> theSchemaRefusesWhatItCanTell() {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode fault : json(text("faults.yaml"))) {
      boolean silent = fault.has("schema");
      String yaml =
          replaced(
              text("full.yaml"), fault.get("replace").textValue(), fault.get("with").textValue());
      tests.add(
          DynamicTest.dynamicTest(
              fault.get("case").textValue(),
              () -> {
                Set<ValidationMessage> messages =
                    yaml.contains("sessions: 7") ? Set.of() : SCHEMA.validate(json(yaml));
                if (silent) {
                  assertThat(messages).isEmpty();
                } else {
                  assertThat(messages).isNotEmpty();
                }
              }));
    }
    return tests;
  }

  /** Collects the settings below a schema with their defaults, in the reader's notation. */
  private static void walk(String path, JsonNode schema, Map<String, String> found) {
    JsonNode node = resolved(schema);
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      found.put(key, property.getValue().path("default").asText());
      walk(key, property.getValue(), found);
    }
    if (node.path("items").path("$ref").asText().endsWith("/table")) {
      walk(path + "[]", node.get("items"), found);
    }
    if (node.path("additionalProperties").isObject()) {
      found.put(path + ".*", "");
      walk(path + ".*", node.get("additionalProperties"), found);
    }
  }

  private static List<String> undescribed(String path, JsonNode schema) {
    List<String> bare = new ArrayList<>();
    JsonNode node = resolved(schema);
    for (Map.Entry<String, JsonNode> property : node.path("properties").properties()) {
      String key = path + "/" + property.getKey();
      if (!property.getValue().has("description")
          && !resolved(property.getValue()).has("description")) {
        bare.add(key);
      }
      bare.addAll(undescribed(key, property.getValue()));
    }
    for (String below : List.of("items", "additionalProperties")) {
      if (node.path(below).isObject()) {
        bare.addAll(undescribed(path + "/*", node.get(below)));
      }
    }
    return bare;
  }

  private static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : DOCUMENT.at(reference.substring(1));
  }

  private static JsonNode document() {
    try {
      return new ObjectMapper().readTree(text("migration.schema.json"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
