package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of types that databases do not compare: said by validate, of their own table alone. */
@Tag("system")
class KeyTypesTest {
  private static StandIn oracle;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    oracle = StandIn.start(1);
  }

  @AfterAll
  static void stop() {
    oracle.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOB", "JSON", "XMLTYPE"})
  void onTheStandInForOracle(String type) {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 1)) {
      oracle.dba(
          "CREATE TABLE LOADER.KEYS_%s (K %s, NAME VARCHAR2(40) NOT NULL)".formatted(type, type));
      site.config(
          text ->
              oracle
                  .configured("of_" + type.toLowerCase(Locale.ROOT))
                  .apply(keyed(text, "KEYS_" + type)));
      refused(site, "KEYS_" + type, type);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLOB", "JSON"})
  void onH2(String type) {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 1)) {
      site.source().run("CREATE TABLE ODD (K %s, NAME VARCHAR2(40) NOT NULL)".formatted(type));
      site.config(text -> keyed(text, "ODD"));
      refused(site, "ODD", type);
    }
  }

  /** The second table of the site becomes one of a key and a name. */
  private static String keyed(String text, String table) {
    return text.replace(": CUSTOMERS", ": " + table)
        .replace("CUST_ID: External_ID__c", "K: External_ID__c")
        .replace("CUST_LAST_NAME: Name", "NAME: Name")
        .replace("      COUNTRY_ID: Country__r.External_ID__c\n", "")
        .replace("      CUST_EMAIL: Email__c\n", "");
  }

  private static void refused(Site site, String table, String type) {
    JsonNode said = site.run("validate", "--json").exits(1).json();
    List<JsonNode> errors =
        StreamSupport.stream(said.path("findings").spliterator(), false)
            .filter(f -> f.path("severity").asText().equals("ERROR"))
            .toList();
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).path("code").asText()).isEqualTo("EXTERNAL_ID_TYPE");
    assertThat(errors.get(0).path("where").asText()).startsWith(table + ".K");
    assertThat(errors.get(0).path("message").asText()).contains("type " + type);
  }
}
