package io.initload.simulator.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is expected of an answer. Texts are regular expressions.
 *
 * @param status 0 for any
 * @param json by pointers into a JSON body, the whole of a value; {@code ""} for one that is absent
 * @param body found in the body
 * @param headers the whole of a header; {@code ""} for one that is absent
 */
record Expect(
    int status, Map<String, String> json, List<String> body, Map<String, String> headers) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Expect {
    json = Map.copyOf(json);
    body = List.copyOf(body);
    headers = Map.copyOf(headers);
  }

  /** What is not so; empty where all is. */
  Optional<String> fault(Caller.Reply reply, Values values) {
    if (status != 0 && reply.status() != status) {
      return Optional.of("HTTP %d, not %d".formatted(reply.status(), status));
    }
    JsonNode tree = tree(reply.body());
    for (Map.Entry<String, String> one : json.entrySet()) {
      JsonNode found = tree.at(values.text(one.getKey()));
      if (!fits(values.pattern(one.getValue()), found.isMissingNode() ? "" : found.asText())) {
        return Optional.of("%s is %s".formatted(one.getKey(), found));
      }
    }
    for (Map.Entry<String, String> one : headers.entrySet()) {
      String found = reply.headers().getOrDefault(one.getKey(), "");
      if (!fits(values.pattern(one.getValue()), found)) {
        return Optional.of("the header %s is '%s'".formatted(one.getKey(), found));
      }
    }
    return body.stream()
        .map(values::pattern)
        .filter(text -> !Pattern.compile(text, Pattern.DOTALL).matcher(reply.body()).find())
        .findFirst()
        .map(text -> "the body has no " + text);
  }

  private static boolean fits(String pattern, String text) {
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches();
  }

  /** A value of a JSON body, as text. */
  static String value(Caller.Reply reply, String pointer) {
    return tree(reply.body()).at(pointer).asText();
  }

  private static JsonNode tree(String body) {
    try {
      JsonNode tree = JSON.readTree(body);
      return tree == null ? JSON.missingNode() : tree;
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
