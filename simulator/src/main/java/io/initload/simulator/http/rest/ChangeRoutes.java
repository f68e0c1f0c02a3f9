package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.RecordCursor;
import io.initload.simulator.store.StoredRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which records of an object were deleted or changed in a span of at most 30 days
 * (docs/reference/salesforce.md, "Records one by one").
 */
public final class ChangeRoutes {
  private static final Duration SPAN_MAX = Duration.ofDays(30);

  private final OrgParts org;

  public ChangeRoutes(OrgParts org) {
    this.org = org;
  }

  public List<Route> routes() {
    return List.of(
        Route.data("GET", "sobjects/{object}/deleted", "deleted", this::deleted),
        Route.data("GET", "sobjects/{object}/updated", "updated", this::updated));
  }

  private Reply deleted(Exchange exchange) {
    ArrayNode found = Json.array();
    Instant end =
        walk(
            exchange,
            true,
            record ->
                found
                    .addObject()
                    .put("deletedDate", Json.datetime(record.modified()))
                    .put("id", record.id()));
    ObjectNode answer = Json.object();
    answer.set("deletedRecords", found);
    answer.put("earliestDateAvailable", Json.datetime(end.minus(SPAN_MAX)));
    return Reply.json(200, answer.put("latestDateCovered", Json.datetime(end)));
  }

  private Reply updated(Exchange exchange) {
    ArrayNode ids = Json.array();
    Instant end = walk(exchange, false, record -> ids.add(record.id()));
    ObjectNode answer = Json.object();
    answer.set("ids", ids);
    return Reply.json(200, answer.put("latestDateCovered", Json.datetime(end)));
  }

  /** Hands over what changed in the span asked for; answers its end. */
  private Instant walk(Exchange exchange, boolean deleted, Consumer<StoredRecord> to) {
    SObjectType type =
        org.schema().object(exchange.variable("object")).orElseThrow(OrgException::notFound);
    Instant start = time(exchange, "start");
    Instant end = time(exchange, "end");
    if (!start.isBefore(end) || start.plus(SPAN_MAX).isBefore(end)) {
      throw OrgException.bad(
          "INVALID_REPLICATION_DATE", "start must lie before end, by 30 days at most");
    }
    try (RecordCursor all = org.store().records().scan(type, RecordCursor.Show.WITH_DELETED)) {
      while (all.next()) {
        StoredRecord record = all.record();
        Instant at = record.modified();
        if (record.deleted() == deleted && !at.isBefore(start) && at.isBefore(end)) {
          to.accept(record);
        }
      }
    }
    return end;
  }

  private static Instant time(Exchange exchange, String name) {
    try {
      return OffsetDateTime.parse(exchange.query(name).replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw OrgException.bad(
          "INVALID_REPLICATION_DATE", name + " must be a datetime with its offset");
    }
  }
}
