package io.initload.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.cli.metrics.Metrics;
import org.junit.jupiter.api.Test;

/** The table of metrics is that of the code. */
class MetricsDocumentTest {
  @Test
  void everyMetricIsThereAndNoOther() {
    assertThat(Page.of("docs/metrics.md").rows("Metrics"))
        .extracting(row -> row.cells().get(0) + "|" + row.cells().get(1) + "|" + row.cells().get(3))
        .containsExactlyElementsOf(
            Metrics.ALL.stream()
                .map(m -> m.name() + "|" + m.unit() + "|" + m.description())
                .toList());
  }
}
