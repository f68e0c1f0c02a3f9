package io.initload.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Behaviour tables beside the tests: one YAML list, one test per entry. */
public final class Cases {
  private Cases() {}

  public static List<DynamicTest> of(String file, Consumer<JsonNode> test) {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode entry : read(file)) {
      String name = entry.has("case") ? entry.get("case").asText() : entry.toString();
      tests.add(DynamicTest.dynamicTest(name, () -> test.accept(entry)));
    }
    return tests;
  }

  static JsonNode read(String file) {
    try (InputStream in = Cases.class.getResourceAsStream(file)) {
      Object loaded =
          new Load(LoadSettings.builder().build())
              .loadFromInputStream(Objects.requireNonNull(in, file));
      return new ObjectMapper().valueToTree(loaded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
