package io.initload.cli.text;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import net.logstash.logback.composite.AbstractJsonProvider;

/**
 * Where in a migration a line of the log was written: what is true of the whole process ({@link
 * LogForm#field}), and in its place what is true of the thread (SLF4J's MDC). Each field stands
 * there once: what reads JSON takes a name that comes twice in ways of its own.
 */
final class LogFields extends AbstractJsonProvider<ILoggingEvent> {
  @Override
  public void writeTo(JsonGenerator json, ILoggingEvent event) throws IOException {
    for (Map.Entry<String, String> field : of(event).entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
  }

  private static Map<String, String> of(ILoggingEvent event) {
    Map<String, String> fields = new TreeMap<>(event.getLoggerContextVO().getPropertyMap());
    fields.putAll(event.getMDCPropertyMap());
    return fields;
  }
}
