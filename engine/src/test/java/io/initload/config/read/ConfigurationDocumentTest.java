package io.initload.config.read;

import static io.initload.config.read.ConfigFixtures.parse;
import static io.initload.config.read.ConfigFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page that users read says what the reader does. */
class ConfigurationDocumentTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern SAMPLE = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z][a-zA-Z.*\\[\\]]*)` \\|(.*?)(?<!\\\\)\\|", Pattern.MULTILINE);

  @TestFactory
  List<DynamicTest> everySampleReads() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Map<String, String> environment = new HashMap<>(ConfigFixtures.ENVIRONMENT);
    environment.put("SF_CLIENT_SECRET", "x");
    environment.put("SMTP_PASSWORD", "x");
    environment.put("NOTIFY_URL", "https://hooks.example.com/T0");
    Matcher samples = SAMPLE.matcher(Files.readString(PAGE));
    while (samples.find()) {
      String yaml = whole(samples.group(1));
      tests.add(
          DynamicTest.dynamicTest(
              "sample " + (tests.size() + 1),
              () -> assertThat(parse(yaml, new Reading(environment)).tables()).isNotEmpty()));
    }
    assertThat(tests).hasSize(10);
    return tests;
  }

  @Test
  void everySettingHasItsRowAndItsDefault() throws IOException {
    Reading reading = new Reading(ConfigFixtures.ENVIRONMENT);
    parse(text("full.yaml"), reading);
    Reading minimal = new Reading(ConfigFixtures.ENVIRONMENT);
    parse(text("minimal.yaml"), minimal);
    Map<String, String> read = new TreeMap<>(reading.settings());
    read.putAll(minimal.settings());

    Map<String, String> written = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(PAGE));
    while (rows.find()) {
      String standard = rows.group(2).replace("`", "").replace("\\|", "|");
      written.put(rows.group(1), standard.strip());
    }
    assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(read.keySet());
    read.forEach(
        (setting, standard) -> {
          boolean derived =
              List.of(
                      "phases",
                      "tables[].name",
                      "tables[].phase",
                      "tables[].concurrency",
                      "tables[].sourceZone",
                      "tables[].values.*.zone",
                      "tables[].chunking.parallelHint",
                      "target.auth.audience")
                  .contains(setting);
          if (derived) {
            assertThat(written.get(setting)).as(setting).isNotEmpty().isNotEqualTo(standard);
          } else {
            assertThat(written.get(setting)).as(setting).isEqualTo(standard);
          }
        });
  }

  /** Makes a whole file of a sample that shows a part of one. */
  private static String whole(String sample) {
    if (sample.startsWith("- ")) {
      String minimal = text("minimal.yaml");
      return minimal.substring(0, minimal.indexOf("tables:")) + "tables:\n" + sample;
    }
    return sample.contains("tables:")
        ? sample
        : sample + text("minimal.yaml").replaceFirst("name: .*\\n", "");
  }
}
