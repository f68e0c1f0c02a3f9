package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.http.WireRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every switch has a name, can be set by it, and stands in the documented table. */
class SwitchesTest {
  private static String anotherValue(OrgSwitches.Switch each) {
    if (each.values().startsWith("a time")) {
      return "1234ms";
    } else if (each.values().startsWith("a list of")) {
      return "Account.Name:poison";
    } else if (each.values().startsWith("a list")) {
      return "https://one.example";
    } else if (each.values().startsWith("a number")) {
      return each.usual().equals("1") ? "2" : "1";
    }
    return List.of(each.values().split(", ", -1)).stream()
        .filter(v -> !v.equals(each.usual()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everySwitchCanBeSetByName() {
    for (OrgSwitches.Switch each : OrgSwitches.all()) {
      OrgOptions changed = OrgOptions.defaults().set(each.name(), anotherValue(each));
      assertThat(changed).as(each.name()).isNotEqualTo(OrgOptions.defaults());
      if (each.values().equals("a list")) {
        continue;
      }
      assertThatThrownBy(() -> changed.set(each.name(), "?"))
          .as(each.name())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void namesAndValuesAreForgiving() {
    OrgOptions options =
        OrgOptions.defaults().set("wire.uploadgzip", "store-raw").set("login.idleTimeout", "15m");
    assertThat(options.wire().uploadGzip()).isEqualTo(WireRules.UploadGzip.STORE_RAW);
    assertThat(options.auth().idleTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThatThrownBy(() -> options.set("wire.nothing", "1"))
        .hasMessageContaining("wire.uploadGzip");
    assertThatThrownBy(() -> options.set("wire.uploadGzip", "perhaps"))
        .hasMessageContaining("decode, reject, store-raw");
  }

  @Test
  void theTableInTheDocumentationIsComplete() throws IOException {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    for (OrgSwitches.Switch each : OrgSwitches.all()) {
      String row =
          "| `" + each.name() + "` | " + (each.usual().isEmpty() ? "" : each.usual() + " ");
      assertThat(page).as("row of " + each.name()).contains(row);
    }
  }
}
