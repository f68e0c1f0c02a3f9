package io.initload.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.model.OrgException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** JSON the way the org prints it. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter DATETIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** A datetime: {@code 2022-01-02T21:33:43.000+0000}, without a colon in the offset. */
  public static String datetime(Instant instant) {
    return DATETIME.format(instant);
  }

  public static byte[] print(JsonNode node, boolean pretty) {
    try {
      return pretty
          ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node)
          : MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON tree cannot be printed", e);
    }
  }

  /** The array that tells of an error: {@code [{"message":..,"errorCode":..}]}. */
  public static ArrayNode error(String code, String message, List<String> fields) {
    ArrayNode errors = array();
    ObjectNode error = errors.addObject().put("message", message).put("errorCode", code);
    if (!fields.isEmpty()) {
      ArrayNode names = error.putArray("fields");
      fields.forEach(names::add);
    }
    return errors;
  }

  public static Reply reply(OrgException e) {
    int status =
        switch (e.kind()) {
          case BAD_REQUEST -> 400;
          case UNAUTHORIZED -> 401;
          case FORBIDDEN -> 403;
          case NOT_FOUND -> 404;
          case NOT_ALLOWED -> 405;
          case CONFLICT -> 409;
          case GONE -> 410;
          case SEVERAL -> 300;
          case TOO_LARGE -> 413;
          case URI_TOO_LONG -> 414;
          case UNSUPPORTED_MEDIA -> 415;
          case PRECONDITION -> 412;
          case SERVER -> 500;
        };
    return Reply.json(status, error(e.code(), e.text(), e.fields()));
  }

  /** The text of a member, empty where it is missing or null. */
  public static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNull() ? "" : value.asText("");
  }
}
