package io.initload.config.read;

import static io.initload.config.read.ConfigFixtures.parse;
import static io.initload.config.read.ConfigFixtures.replaced;
import static io.initload.config.read.ConfigFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Hours;
import io.initload.config.MigrationConfig;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the blocks {@code source} and {@code target} may have beyond what a whole file shows. */
class BothSidesTest {
  @Test
  void loopbackMayDoWithoutTls() {
    for (String url : List.of("http://localhost:8080", "http://127.0.0.1:80", "http://[::1]:9")) {
      String yaml = replaced(text("minimal.yaml"), "https://login.salesforce.com", url);
      assertThat(parse(yaml).target().loginUrl()).isEqualTo(URI.create(url));
    }
  }

  @Test
  void hoursAreReadForBoth() {
    String night =
        replaced(
            text("full.yaml"),
            "  sessions: 6",
            "  sessions: 6\n  hours: 20:00-06:00, 12:00-13:30 Europe/Vienna");
    MigrationConfig config =
        parse(replaced(night, "  uploads: 3", "  uploads: 3\n  hours: 22:00-24:00 UTC"));
    assertThat(config.source().hours())
        .isEqualTo(Hours.parse("20:00-06:00, 12:00-13:30 Europe/Vienna"));
    assertThat(config.target().hours()).isEqualTo(Hours.parse("22:00-24:00 UTC"));
  }
}
