package io.initload.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.simulator.auth.LoginSession;
import io.initload.simulator.hook.RequestFacts;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A request on its way through a route. For the thread of the request. */
public final class Exchange {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RequestFacts facts;
  private final int version;
  private final Map<String, String> variables;
  private final Map<String, String> query;
  private final Headers headers;
  private final Optional<LoginSession> session;
  private final RequestBody body;
  private final Faults faults;

  public Exchange(
      RequestFacts facts,
      int version,
      Map<String, String> variables,
      Map<String, String> query,
      Headers headers,
      Optional<LoginSession> session,
      RequestBody body,
      Faults faults) {
    this.facts = facts;
    this.version = version;
    this.variables = variables;
    this.query = query;
    this.headers = headers;
    this.session = session;
    this.body = body;
    this.faults = faults;
  }

  /** The headers of a request. */
  @FunctionalInterface
  public interface Headers {
    /** The first value of a header, empty if there is none. */
    String first(String name);
  }

  public RequestFacts facts() {
    return facts;
  }

  /** API version of the path, such as 60; 0 outside {@code /services/data}. */
  public int version() {
    return version;
  }

  /** {@code /services/data/v60.0}, the start of links in answers. */
  public String base() {
    return "/services/data/v" + version + ".0";
  }

  /** What stood in the place of a variable of the route. */
  public String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** A query parameter, empty if it is absent. */
  public String query(String name) {
    return query.getOrDefault(name, "");
  }

  /** A header, empty if it is absent. */
  public String header(String name) {
    return headers.first(name);
  }

  /** Who asks; only on routes that need a session. */
  public LoginSession session() {
    return session.orElseThrow(
        () ->
            new OrgException(
                OrgException.Kind.UNAUTHORIZED,
                "INVALID_SESSION_ID",
                "Session expired or invalid"));
  }

  /** The body, not read yet. */
  public RequestBody body() {
    return body;
  }

  /** What may be done to this request. */
  public Faults faults() {
    return faults;
  }

  /** All of a small body, decompressed. */
  public byte[] bytes() throws IOException {
    return body.small();
  }

  /** The body as a JSON object. */
  public JsonNode json() throws IOException {
    String type = header("Content-Type");
    if (!type.isEmpty() && !type.toLowerCase(java.util.Locale.ROOT).contains("json")) {
      throw new OrgException(
          OrgException.Kind.UNSUPPORTED_MEDIA,
          "UNSUPPORTED_MEDIA_TYPE",
          "Content type not supported: " + type);
    }
    byte[] bytes = body.small();
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node != null && node.isObject()) {
        return node;
      }
      throw OrgException.bad("JSON_PARSER_ERROR", "The HTTP entity body is required: an object");
    } catch (JsonProcessingException e) {
      throw OrgException.bad("JSON_PARSER_ERROR", e.getOriginalMessage());
    }
  }
}
