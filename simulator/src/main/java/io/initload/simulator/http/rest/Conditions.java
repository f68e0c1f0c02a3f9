package io.initload.simulator.http.rest;

import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Reply;
import io.initload.simulator.model.OrgException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a request asks for only if something has changed, or has not: headers of HTTP that compare a
 * time, to the second, or a tag (docs/reference/salesforce.md, "Records one by one"). Immutable.
 *
 * @param modified when the thing last changed
 * @param tag of the thing as it is, with its quotes; empty where there is none
 */
record Conditions(Instant modified, String tag) {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  Conditions {
    modified = modified.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether the client has it as it is: 304. */
  boolean unchanged(Exchange exchange) {
    String tags = exchange.header("If-None-Match");
    return (tags.isEmpty() || tag.isEmpty())
        ? !time(exchange, "If-Modified-Since", Instant.MIN).isBefore(modified)
        : names(tags);
  }

  /**
   * Refuses a request for the thing as the client knows it.
   *
   * @throws OrgException 412 if it is not that any more
   */
  void require(Exchange exchange) {
    String tags = exchange.header("If-Match");
    boolean other = !tags.isEmpty() && !tag.isEmpty() && !names(tags);
    if (other || time(exchange, "If-Unmodified-Since", Instant.MAX).isBefore(modified)) {
      throw new OrgException(
          OrgException.Kind.PRECONDITION,
          "PRECONDITION_FAILED",
          "The entity was modified after the specified precondition");
    }
  }

  /** The answer with what a client may ask by next time. */
  Reply tell(Reply reply) {
    Reply dated = reply.with("Last-Modified", HTTP_DATE.format(modified));
    return tag.isEmpty() ? dated : dated.with("ETag", tag);
  }

  private boolean names(String tags) {
    return tags.strip().equals("*") || List.of(tags.strip().split("\\s*,\\s*", -1)).contains(tag);
  }

  /** The time a header says; the other one if it says none. */
  private static Instant time(Exchange exchange, String header, Instant otherwise) {
    String text = exchange.header(header);
    try {
      return text.isEmpty() ? otherwise : Instant.from(HTTP_DATE.parse(text));
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
