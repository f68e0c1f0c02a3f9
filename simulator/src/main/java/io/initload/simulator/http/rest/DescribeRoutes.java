package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.http.Call;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.model.SObjectType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What objects there are and what they look like (reference, 8). */
public final class DescribeRoutes {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

  private final OrgParts org;
  private final Instant since;

  public DescribeRoutes(OrgParts org) {
    this.org = org;
    this.since = org.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  public List<Route> routes() {
    return List.of(
        Route.data("GET", "sobjects", "describeGlobal", this::global),
        Route.data("GET", "sobjects/{object}", "describeBasic", this::basic),
        Route.data("GET", "sobjects/{object}/describe", "describe", this::describe));
  }

  private Reply global(Call call) {
    if (unchanged(call)) {
      return Reply.empty(304);
    }
    ArrayNode objects = Json.array();
    for (SObjectType type : org.schema().objects()) {
      objects.add(summary(type, call));
    }
    ObjectNode global = Json.object();
    global.put("encoding", "UTF-8").put("maxBatchSize", 200);
    global.set("sobjects", objects);
    return Reply.json(200, global);
  }

  private static ObjectNode summary(SObjectType type, Call call) {
    ObjectNode summary = Json.object();
    for (var member : type.describe().properties()) {
      JsonNode value = member.getValue();
      if (!value.isContainerNode()) {
        summary.set(member.getKey(), value);
      }
    }
    summary.set("urls", urls(type, call));
    return summary;
  }

  private static ObjectNode urls(SObjectType type, Call call) {
    String base = call.base() + "/sobjects/" + type.name();
    ObjectNode urls = Json.object();
    urls.put("rowTemplate", base + "/{ID}").put("describe", base + "/describe");
    return urls.put("sobject", base);
  }

  private Reply basic(Call call) {
    SObjectType type = type(call);
    ObjectNode answer = Json.object();
    answer.set("objectDescribe", summary(type, call));
    answer.putArray("recentItems");
    return Reply.json(200, answer);
  }

  private Reply describe(Call call) {
    SObjectType type = type(call);
    if (unchanged(call)) {
      return Reply.empty(304);
    }
    ObjectNode answer = Json.object();
    answer.setAll(type.describe());
    answer.set("urls", urls(type, call));
    return Reply.json(200, answer).with("Last-Modified", HTTP_DATE.format(since));
  }

  private boolean unchanged(Call call) {
    String asked = call.header("If-Modified-Since");
    if (asked.isEmpty()) {
      return false;
    }
    try {
      return !since.isAfter(Instant.from(HTTP_DATE.parse(asked)));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private SObjectType type(Call call) {
    return org.schema().object(call.variable("object")).orElseThrow(OrgException::notFound);
  }
}
