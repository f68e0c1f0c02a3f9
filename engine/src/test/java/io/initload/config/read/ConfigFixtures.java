package io.initload.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.config.Control;
import io.initload.config.FieldMapping;
import io.initload.config.FieldMapping.Expression;
import io.initload.config.FieldMapping.Place;
import io.initload.config.Mask;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig;
import io.initload.config.SampleSize;
import io.initload.config.Secret;
import io.initload.config.ValueMap;
import io.initload.config.ValueMap.Unmapped;
import io.initload.source.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files beside the tests, and the environment they refer to. */
final class ConfigFixtures {
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "ORACLE_PASSWORD", "tiger-0racle",
          "LEDGER_PASSWORD", "tiger-ledger",
          "SF_SECRET", "tiger-sf",
          "SF_CLIENT_ID", "3MVG9.app",
          "SF_KEY_FILE", "/etc/initload/key.pem",
          "JOBS", "7",
          "EMPTY", "");

  private static final ValueMap TITLES =
      new ValueMap(
          "titles",
          1,
          Map.of(List.of("DR"), "Doctor", List.of("1"), "First"),
          Optional.empty(),
          Unmapped.KEEP);

  private static final ValueMap OFFICES =
      new ValueMap(
          "offices",
          2,
          Map.of(List.of("Vienna", "1"), "Vienna, first floor", List.of("Vienna", "2"), ""),
          Optional.of("Elsewhere"),
          Unmapped.FAIL);

  /** Those of full.yaml, with their places in it. */
  static final List<FieldMapping> EXPRESSIONS =
      List.of(
          new FieldMapping(
              "Title__c",
              new Expression("mapped('titles', TITLE)", List.of(TITLES), new Place(89, 17))),
          new FieldMapping(
                  "Office__c",
                  new Expression(
                      "mapped(\"offices\", CITY,\n       FLOOR)\n",
                      List.of(OFFICES),
                      new Place(91, 9)))
              .masked(
                  new Mask(
                      Mask.Kind.TEXT,
                      new Mask.Masking(new Secret("tiger-0123456789abcdef"), true))));

  /** How full.yaml has the proof made. */
  static final ReconcileConfig RECONCILE =
      new ReconcileConfig(
          ReconcileConfig.Level.COUNT,
          SampleSize.parse("95%/0.5%"),
          Map.of("customers", Map.of("Legacy_Name__c", "a flow writes it")));

  /** That of the last table of full.yaml. */
  static final Control CONTROL =
      new Control(
          "orders",
          "Order_Key__c",
          Set.of(Control.Total.COUNT),
          List.of(
              new Control.Dimension(Control.Part.YEAR, "Order_Key__c"),
              new Control.Dimension(Control.Part.VALUE, "Order_Key__c")),
          "Source__c = 'CRM'");

  private ConfigFixtures() {}

  static String text(String file) {
    try (InputStream in = ConfigFixtures.class.getResourceAsStream("/io/initload/config/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MigrationConfig parse(String text) {
    return parse(text, new Reading(ENVIRONMENT));
  }

  static MigrationConfig parse(String text, Reading reading) {
    return ConfigFile.parse("m.yaml", text.getBytes(StandardCharsets.UTF_8), reading, Dialects.ALL);
  }

  /** The text with one place replaced, which must be there exactly once. */
  static String replaced(String text, String old, String now) {
    int at = text.indexOf(old);
    if (at < 0 || text.indexOf(old, at + 1) >= 0) {
      throw new IllegalArgumentException("not there exactly once: " + old);
    }
    return text.substring(0, at) + now + text.substring(at + old.length());
  }

  static JsonNode json(String yaml) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new ObjectMapper().valueToTree(loaded);
  }
}
