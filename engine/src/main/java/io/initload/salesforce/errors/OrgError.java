package io.initload.salesforce.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first error of an error answer (docs/reference/salesforce.md, "Error answers"). */
public record OrgError(String code, String message) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty when the text is not the error array of REST. */
  public static Optional<OrgError> ofRest(byte[] body) {
    JsonNode json = read(body);
    return of(json.isArray() ? json.path(0) : json, "errorCode", "message");
  }

  /** Empty when the text is not the error object of the token endpoint. */
  public static Optional<OrgError> ofLogin(byte[] body) {
    return of(read(body), "error", "error_description");
  }

  private static Optional<OrgError> of(JsonNode error, String code, String message) {
    return error.hasNonNull(code)
        ? Optional.of(
            new OrgError(
                Words.of(error.path(code).asText()), Words.of(error.path(message).asText(""))))
        : Optional.empty();
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException notJson) {
      return JSON.missingNode();
    }
  }
}
