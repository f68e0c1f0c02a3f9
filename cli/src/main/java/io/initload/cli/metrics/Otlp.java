package io.initload.cli.metrics;

import io.initload.Failure;
import io.initload.Tool;
import io.initload.cli.metrics.Metric.Facts;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends metrics by OTLP while it is open, and once more when it is closed. Where to, how often and
 * with which headers is said by the variables that OpenTelemetry has for it; where none names a
 * receiver nothing is loaded and nothing sent. A receiver that is away costs a line of the log, and
 * no migration waits for it.
 */
public final class Otlp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Otlp.class);

  private static final List<String> RECEIVERS =
      List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");

  /** What stands where no variable says otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name",
          Tool.NAME,
          "otel.metrics.exporter",
          "otlp",
          "otel.traces.exporter",
          "none",
          "otel.logs.exporter",
          "none",
          "otel.exporter.otlp.protocol",
          "http/protobuf");

  private final Optional<OpenTelemetrySdk> sdk;
  private final Supplier<Optional<Facts>> facts;

  private Otlp(Optional<OpenTelemetrySdk> sdk, Supplier<Optional<Facts>> facts) {
    this.sdk = sdk;
    this.facts = facts;
  }

  /**
   * What sends nothing yet, and never does if nobody is named to send to.
   *
   * @param environment of the process
   * @param facts asked each time; empty before there are any
   * @throws Failure {@code TELEMETRY} where the variables make no sense
   */
  public static Otlp of(Map<String, String> environment, Supplier<Optional<Facts>> facts) {
    boolean named = RECEIVERS.stream().anyMatch(n -> !environment.getOrDefault(n, "").isBlank());
    return new Otlp(named ? Optional.of(sdk()) : Optional.empty(), facts);
  }

  private static OpenTelemetrySdk sdk() {
    SdkLog.install();
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook()
          .addPropertiesSupplier(() -> DEFAULTS)
          .addResourceCustomizer(
              (resource, all) -> resource.toBuilder().put("service.version", Tool.VERSION).build())
          .build()
          .getOpenTelemetrySdk();
    } catch (ConfigurationException e) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "TELEMETRY",
          "The variables OTEL_* cannot be used: %s".formatted(e.getMessage()),
          "Mend the variable that is named, or take OTEL_EXPORTER_OTLP_ENDPOINT away to send no"
              + " metrics.",
          e);
    }
  }

  /** Sends from now on. */
  public void begin() {
    sdk.ifPresent(this::observe);
  }

  private void observe(OpenTelemetrySdk to) {
    Meter meter = to.meterBuilder(Tool.NAME).setInstrumentationVersion(Tool.VERSION).build();
    Map<Metric, ObservableDoubleMeasurement> instruments = new LinkedHashMap<>();
    Metrics.ALL.forEach(metric -> instruments.put(metric, instrument(meter, metric)));
    ObservableDoubleMeasurement[] all =
        instruments.values().toArray(ObservableDoubleMeasurement[]::new);
    meter.batchCallback(() -> record(instruments), all[0], all);
  }

  private static ObservableDoubleMeasurement instrument(Meter meter, Metric metric) {
    return metric.summable()
        ? meter
            .upDownCounterBuilder(metric.name())
            .ofDoubles()
            .setUnit(metric.unit())
            .setDescription(metric.description())
            .buildObserver()
        : meter
            .gaugeBuilder(metric.name())
            .setUnit(metric.unit())
            .setDescription(metric.description())
            .buildObserver();
  }

  private void record(Map<Metric, ObservableDoubleMeasurement> instruments) {
    try {
      facts
          .get()
          .ifPresent(
              known ->
                  instruments.forEach(
                      (metric, instrument) ->
                          metric
                              .points(known)
                              .forEach(p -> instrument.record(p.value(), attributes(p)))));
    } catch (Failure e) {
      LOG.warn("No metrics were sent this time: {}", e.getMessage());
    }
  }

  private static Attributes attributes(Metric.Point point) {
    AttributesBuilder attributes = Attributes.builder();
    point
        .attributes()
        .forEach((name, value) -> attributes.put(AttributeKey.stringKey(name), value));
    return attributes.build();
  }

  /** Sends the last of them. */
  @Override
  public void close() {
    sdk.ifPresent(OpenTelemetrySdk::close);
  }
}
