package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector of OpenTelemetry is sent. */
@Tag("system")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OtlpTest {
  private static final String HEADER = "s3cret-of-the-collector";

  @TempDir Path directory;

  /** Keeps what it is sent. */
  private static final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final List<ExportMetricsServiceRequest> received =
        Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());

    Collector() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/v1/metrics", this::take);
      server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
      received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody()));
      keys.add(exchange.getRequestHeaders().getFirst("X-Key"));
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  @Test
  void aRunSendsWhatBecameOfItsRows() throws IOException {
    try (Site site = Site.open(directory);
        Collector collector = new Collector()) {
      Map<String, String> environment =
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              collector.url(),
              "OTEL_EXPORTER_OTLP_HEADERS",
              "X-Key=" + HEADER,
              "OTEL_RESOURCE_ATTRIBUTES",
              "deployment.environment.name=rehearsal");
      Shell.Result ran = launched(site, environment).exits(0);

      ExportMetricsServiceRequest last = collector.received.get(collector.received.size() - 1);
      assertThat(attributes(last.getResourceMetrics(0).getResource().getAttributesList()))
          .containsEntry("service.name", "initload")
          .containsEntry("service.version", "0.1.0")
          .containsEntry("deployment.environment.name", "rehearsal");
      Metric rows = metric(last, "initload.rows");
      assertThat(rows.getUnit()).isEqualTo("{row}");
      assertThat(rows.getSum().getIsMonotonic()).isFalse();
      assertThat(value(rows.getSum().getDataPointsList(), "CUSTOMERS", "created")).isEqualTo(2000);
      assertThat(value(rows.getSum().getDataPointsList(), "COUNTRIES", "created")).isEqualTo(20);
      assertThat(metric(last, "initload.rows.rate").getGauge().getDataPoints(0).getAsDouble())
          .isPositive();
      assertThat(collector.keys).containsOnly(HEADER);
      assertThat(ran.out() + ran.err()).doesNotContain(HEADER);
    }
  }

  @Test
  void aCollectorThatIsAwayHoldsNothingUp() throws IOException {
    try (Site site = Site.open(directory)) {
      String nobody;
      try (Collector collector = new Collector()) {
        nobody = collector.url();
      }
      Shell.Result ran = launched(site, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", nobody)).exits(0);
      assertThat(ran.out()).contains("Everything chosen is loaded.");
      assertThat(ran.err()).contains("Failed to export").doesNotContain("\tat ");
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedBeforeAnythingIsRead() {
    try (Site site = Site.open(directory)) {
      Shell.Result refused =
          launched(
                  site,
                  Map.of(
                      "OTEL_EXPORTER_OTLP_ENDPOINT",
                      "http://127.0.0.1:4318",
                      "OTEL_METRIC_EXPORT_INTERVAL",
                      "soon"))
              .exits(1);
      assertThat(refused.err())
          .contains("TELEMETRY", "otel.metric.export.interval", "OTEL_EXPORTER_OTLP_ENDPOINT")
          .doesNotContain("\tat ");
      assertThat(site.org().jobs()).isEmpty();
    }
  }

  private static Shell.Result launched(Site site, Map<String, String> environment) {
    try (Launched run = Launched.start(site.directory(), environment, site.arguments("run"))) {
      return run.end();
    }
  }

  private static Metric metric(ExportMetricsServiceRequest sent, String name) {
    return sent.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double value(List<NumberDataPoint> points, String table, String state) {
    return points.stream()
        .filter(p -> attributes(p.getAttributesList()).get("initload.table").equals(table))
        .filter(p -> attributes(p.getAttributesList()).get("initload.state").equals(state))
        .findFirst()
        .orElseThrow()
        .getAsDouble();
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> named = new HashMap<>();
    pairs.forEach(pair -> named.put(pair.getKey(), pair.getValue().getStringValue()));
    return named;
  }
}
