package io.initload.simulator.fault;

import io.initload.simulator.hook.Effect;
import io.initload.simulator.settings.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers that real orgs and the machines before them give (docs/reference/salesforce.md, "Error
 * answers" and "Answers at a limit"), by the names plans use.
 */
public enum NamedAnswers {
  INTERNAL_ERROR(
      500,
      json(
          "UNKNOWN_EXCEPTION",
          "An unexpected error occurred. Please include this ErrorId if you contact support:"
              + " 1234567890-12345 (-1234567890)")),
  BAD_GATEWAY(502, html("502 Bad Gateway")),
  UNAVAILABLE(503, json("SERVER_UNAVAILABLE", "The server is temporarily unavailable")),
  MAINTENANCE(503, html("We are down for maintenance")),
  EDGE(420, ""),
  TOO_MANY_REQUESTS(429, "", "1"),
  NOT_ACCEPTABLE(406, ""),
  REQUEST_LIMIT(403, json("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")),
  LONG_REQUESTS(403, json("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.")),
  SESSION_EXPIRED(401, json("INVALID_SESSION_ID", "Session expired or invalid"));

  private final int status;
  private final String body;
  private final String retryAfterSeconds;

  NamedAnswers(int status, String body) {
    this(status, body, "");
  }

  NamedAnswers(int status, String body, String retryAfterSeconds) {
    this.status = status;
    this.body = body;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What the client gets. */
  public Effect.Answer answer() {
    String type =
        body.isEmpty()
            ? ""
            : body.startsWith("<") ? "text/html;charset=UTF-8" : "application/json;charset=UTF-8";
    Map<String, String> headers =
        retryAfterSeconds.isEmpty() ? Map.of() : Map.of("Retry-After", retryAfterSeconds);
    return new Effect.Answer(status, type, body, headers);
  }

  /** The name in plans: {@code bad-gateway}. */
  public String planName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The answer of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them all
   */
  static NamedAnswers of(String planName) {
    List<String> names = Arrays.stream(values()).map(NamedAnswers::planName).toList();
    int at = names.indexOf(planName);
    if (at < 0) {
      throw new IllegalArgumentException(
          "no answer is named '%s'; there are %s%s"
              .formatted(planName, names, NearestName.hint(planName, names)));
    }
    return values()[at];
  }

  private static String json(String code, String message) {
    return "[{\"message\":\"%s\",\"errorCode\":\"%s\"}]".formatted(message, code);
  }

  private static String html(String text) {
    return "<html><head><title>%s</title></head><body><h1>%s</h1></body></html>"
        .formatted(text, text);
  }
}
