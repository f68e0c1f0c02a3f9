package io.initload.cli.console;

import io.initload.Failure;
import io.initload.cli.text.Console;
import io.initload.cli.text.FailureJson;
import java.util.Map;

/**
 * What is sent for one request.
 *
 * @param headers beside the content type and those that every answer has
 */
record Answer(int status, String type, String body, Map<String, String> headers) {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  Answer {
    headers = Map.copyOf(headers);
  }

  static Answer of(String type, String body) {
    return new Answer(200, type, body, Map.of());
  }

  static Answer json(Object value) {
    return of(JSON, Console.compact(value));
  }

  /** One without a body. */
  static Answer done(Map<String, String> headers) {
    return new Answer(204, TEXT, "", headers);
  }

  /** What the request itself was refused for. */
  static Answer refused(int status, String why) {
    return new Answer(status, TEXT, why, Map.of());
  }

  /** What the ledger cannot say now: code, what is wrong, and what to do. */
  static Answer trouble(Failure failure) {
    return new Answer(503, JSON, Console.compact(FailureJson.json(failure)), Map.of());
  }
}
