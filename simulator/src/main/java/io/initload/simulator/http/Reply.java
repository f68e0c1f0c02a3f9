package io.initload.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An answer. Immutable.
 *
 * @param contentType empty if there is no body
 */
public record Reply(int status, String contentType, Map<String, String> headers, Body body) {
  /** Media type of results. */
  public static final String CSV = "text/csv; charset=UTF-8";

  /** Media type of nearly everything else. */
  public static final String JSON = "application/json;charset=UTF-8";

  public Reply {
    headers = Map.copyOf(headers);
  }

  /** What is sent after the headers. */
  public sealed interface Body {}

  /** Nothing. */
  public record Empty() implements Body {}

  /** A document, printed as the request wants it. */
  public record Document(JsonNode json) implements Body {}

  /** Text. */
  public record Text(String text) implements Body {
    public byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Something too long to hold. */
  public record Stream(Writer writer) implements Body {}

  /** Writes a body; does not close the stream. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** An answer without body. */
  public static Reply empty(int status) {
    return new Reply(status, "", Map.of(), new Empty());
  }

  /** A JSON document. */
  public static Reply json(int status, JsonNode json) {
    return new Reply(status, JSON, Map.of(), new Document(json));
  }

  /** Text of any type. */
  public static Reply text(int status, String contentType, String text) {
    return new Reply(status, contentType, Map.of(), new Text(text));
  }

  /** CSV written while it is sent. */
  public static Reply csv(Writer writer) {
    return new Reply(200, CSV, Map.of(), new Stream(writer));
  }

  /** The same with one more header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Reply(status, contentType, more, body);
  }
}
