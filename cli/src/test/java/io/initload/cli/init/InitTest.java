package io.initload.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code init} on published schemas, against what a person would have written. */
@Tag("system")
class InitTest {
  @TempDir Path directory;

  static List<PublishedSchema> schemas() {
    return PublishedSchema.all();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void mostIsRightAndNothingWrongIsCalledCertain(PublishedSchema schema) throws IOException {
    try (InitSite site = InitSite.of(schema, directory)) {
      JsonNode drafted = site.init("--json").exits(0).json();
      Score score = Score.of(drafted, schema.truth());
      assertThat(score.wrongThoughCertain()).isEmpty();
      assertThat(score.toString()).isEqualTo(schema.expected());
      site.run("validate").exits(0);
      site.run("run").exits(0);
      JsonNode certificate = site.run("reconcile", "--json").exits(0).json();
      assertThat(certificate.path("booksClosed").asBoolean()).isTrue();
      assertThat(certificate.path("tables"))
          .filteredOn(t -> t.path("pass").asText().equals("ROWS"))
          .allSatisfy(t -> assertThat(t.path("created")).isEqualTo(t.path("snapshotRows")))
          .hasSize(loaded(drafted));
    }
  }

  private static int loaded(JsonNode drafted) {
    int loaded = 0;
    for (JsonNode table : drafted.path("tables")) {
      loaded += table.path("loaded").asBoolean() ? 1 : 0;
    }
    return loaded;
  }
}
