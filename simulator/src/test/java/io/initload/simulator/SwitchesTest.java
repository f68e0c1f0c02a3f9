package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.dml.DmlRules;
import io.initload.simulator.http.WireRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every switch has a name, can be set by it, and stands in the documented table. */
class SwitchesTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+\\.\\w+)` \\| (.*?) ?\\| (.*?) ?\\|.*");

  /** A documented switch: its usual value, and others it can have. */
  private record Documented(String usual, List<String> others) {}

  private static Map<String, Documented> documented() throws IOException {
    Map<String, Documented> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("../docs/simulator.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        List<String> others =
            Arrays.stream(row.group(3).split(",\\s*", -1)).filter(o -> !o.isEmpty()).toList();
        rows.put(row.group(1), new Documented(row.group(2), others));
      }
    }
    return rows;
  }

  private static List<String> otherValues(String name, Documented row) {
    if (!row.others().isEmpty()) {
      return row.others();
    } else if (name.equals("rows.triggers")) {
      return List.of("Account.Name:poison");
    } else if (name.equals("login.audiences")) {
      return List.of("https://one.example");
    }
    if (row.usual().contains(".")) {
      return List.of("0.25");
    }
    return row.usual().matches("\\d+|unlimited") ? List.of("2") : List.of("7m");
  }

  @Test
  void theTableInTheDocumentationSaysWhatThereIs() throws IOException {
    Map<String, String> usual = new TreeMap<>();
    documented().forEach((name, row) -> usual.put(name, row.usual()));
    assertThat(usual).isEqualTo(new TreeMap<>(OrgSwitches.of(OrgRules.defaults())));
  }

  @Test
  void everySwitchCanBeSetByName() throws IOException {
    Map<String, Documented> rows = documented();
    assertThat(rows).isNotEmpty();
    rows.forEach(
        (name, row) -> {
          for (String other : otherValues(name, row)) {
            OrgOptions changed = OrgOptions.defaults().set(name, other);
            assertThat(OrgSwitches.of(changed.rules())).as(name).containsEntry(name, other);
            assertThat(changed.rules()).as(name).isNotEqualTo(OrgRules.defaults());
            assertThat(changed.set(name, row.usual()).rules())
                .as(name)
                .isEqualTo(OrgRules.defaults());
          }
        });
  }

  @Test
  void namesAreForgivingAndValuesAreExplained() {
    OrgOptions options =
        OrgOptions.defaults().set("wire.uploadgzip", "store-raw").set("login.idleTimeout", "15m");
    assertThat(options.rules().wire().uploadGzip()).isEqualTo(WireRules.UploadGzip.STORE_RAW);
    assertThat(options.rules().login().idleTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(options.set("rows.triggers", "Account.Name:a, Contact.Title:b").rules().rows())
        .extracting(DmlRules::triggers)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .containsExactly(
            new DmlRules.Trigger("Account", "Name", "a"),
            new DmlRules.Trigger("Contact", "Title", "b"));
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wire.nothing            | 1        | There is no switch wire.nothing. Switches: wire.uploadGzip,
          wire.uploadGzp          | reject   | There is no switch wire.uploadGzp; did you mean wire.uploadGzip?
          wire.uploadGzip         | perhaps  | wire.uploadGzip must be one of decode, reject, store-raw, not 'perhaps'
          wire.createStatus       | ?        | wire.createStatus must be a whole number, not '?'
          wire.createStatus       | ''       | wire.createStatus must be a whole number, not ''
          wire.multipartMax       | 1.5      | wire.multipartMax must be a whole number, not '1.5'
          ingest.lockFailureShare | ?        | ingest.lockFailureShare must be a number, not '?'
          ingest.retention        | a week   | ingest.retention must be a span like 500ms, 10s, 5m, 24h or 7d, not 'a week'
          ingest.transactionRows  | 201      | ingest: a transaction has 1 to 200 rows, not 201
          rows.triggers           | Account  | rows.triggers[0]: a trigger is Object.Field:text, not 'Account'
          """)
  void mistakesAreNamed(String name, String value, String message) {
    assertThatThrownBy(() -> OrgOptions.defaults().set(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
