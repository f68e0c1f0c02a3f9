package io.initload.salesforce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** The first error of an error answer (reference section 1.5). */
record OrgError(String code, String message) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty when the text is not the error array of REST or the error object of the token call. */
  static Optional<OrgError> parse(byte[] body) {
    try {
      JsonNode node = JSON.readTree(new String(body, java.nio.charset.StandardCharsets.UTF_8));
      JsonNode error = node.isArray() ? node.path(0) : node;
      if (error.hasNonNull("errorCode")) {
        return Optional.of(
            new OrgError(error.path("errorCode").asText(), error.path("message").asText("")));
      }
      if (error.hasNonNull("error")) {
        return Optional.of(
            new OrgError(error.path("error").asText(), error.path("error_description").asText("")));
      }
      return Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
