package io.initload.cli.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Metrics as a Prometheus asks for them. Names are those of OpenTelemetry with its underscores in
 * place of dots, and the unit behind, as its conventions have it.
 */
public final class Exposition {
  /** What it is written as. */
  public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final Map<String, String> UNITS =
      Map.of("s", "seconds", "By/s", "bytes_per_second", "{row}/s", "per_second");

  private Exposition() {}

  /** One text of them all. */
  public static String of(Metric.Facts facts) {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    Metrics.ALL.forEach(metric -> all.metricSnapshot(snapshot(metric, facts)));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(text, all.build(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException("metrics cannot be written to memory", e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Its name there. */
  private static String name(Metric metric) {
    String unit = UNITS.get(metric.unit());
    return metric.name().replace('.', '_') + (unit == null ? "" : "_" + unit);
  }

  private static GaugeSnapshot snapshot(Metric metric, Metric.Facts facts) {
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder().name(name(metric)).help(metric.description());
    metric
        .points(facts)
        .forEach(
            point ->
                gauge.dataPoint(
                    GaugeDataPointSnapshot.builder()
                        .value(point.value())
                        .labels(labels(point))
                        .build()));
    return gauge.build();
  }

  private static Labels labels(Metric.Point point) {
    Labels.Builder labels = Labels.builder();
    point.attributes().forEach((name, value) -> labels.label(name.replace('.', '_'), value));
    return labels.build();
  }
}
