package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.FieldType;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.model.RecordType;
import io.initload.simulator.model.SObjectType;
import java.util.List;
import java.util.Optional;

/** What objects there are and what they look like (docs/reference/salesforce.md, "Describe"). */
public final class DescribeRoutes {
  private final OrgParts org;
  private final Conditions conditions;

  public DescribeRoutes(OrgParts org) {
    this.org = org;
    this.conditions = new Conditions(org.clock().instant(), "");
  }

  public List<Route> routes() {
    return List.of(
        Route.data("GET", "sobjects", "describeGlobal", this::global),
        Route.data("GET", "sobjects/{object}", "describeBasic", this::basic),
        Route.data("GET", "sobjects/{object}/describe", "describe", this::describe),
        Route.data(
            "GET",
            "ui-api/object-info/{object}/picklist-values/{recordType}",
            "picklistValues",
            this::picklists));
  }

  private Reply global(Exchange exchange) {
    if (conditions.unchanged(exchange)) {
      return Reply.empty(304);
    }
    ArrayNode objects = Json.array();
    for (SObjectType type : org.schema().objects()) {
      objects.add(summary(type, exchange));
    }
    ObjectNode global = Json.object();
    global.put("encoding", "UTF-8").put("maxBatchSize", 200);
    global.set("sobjects", objects);
    return Reply.json(200, global);
  }

  private static ObjectNode summary(SObjectType type, Exchange exchange) {
    ObjectNode summary = Json.object();
    for (var member : type.describe().properties()) {
      JsonNode value = member.getValue();
      if (!value.isContainerNode()) {
        summary.set(member.getKey(), value);
      }
    }
    summary.set("urls", urls(type, exchange));
    return summary;
  }

  private static ObjectNode urls(SObjectType type, Exchange exchange) {
    String base = exchange.base() + "/sobjects/" + type.name();
    ObjectNode urls = Json.object();
    urls.put("rowTemplate", base + "/{ID}").put("describe", base + "/describe");
    return urls.put("sobject", base);
  }

  private Reply basic(Exchange exchange) {
    SObjectType type = type(exchange);
    ObjectNode answer = Json.object();
    answer.set("objectDescribe", summary(type, exchange));
    answer.putArray("recentItems");
    return Reply.json(200, answer);
  }

  private Reply describe(Exchange exchange) {
    SObjectType type = type(exchange);
    if (conditions.unchanged(exchange)) {
      return Reply.empty(304);
    }
    ObjectNode answer = Json.object();
    answer.setAll(type.describe());
    answer.set("urls", urls(type, exchange));
    return conditions.tell(Reply.json(200, answer));
  }

  /** The values that records of a record type may have (reference, "Record types"). */
  private Reply picklists(Exchange exchange) {
    SObjectType type = type(exchange);
    String id = exchange.variable("recordType");
    Optional<RecordType> recordType = type.rules().recordType(id);
    if (recordType.isEmpty() && !id.equals(RecordType.MASTER)) {
      throw OrgException.notFound();
    }
    ObjectNode answer = Json.object();
    ObjectNode fields = answer.putObject("picklistFieldValues");
    for (Field field : type.fields()) {
      if (field.type() == FieldType.PICKLIST || field.type() == FieldType.MULTIPICKLIST) {
        ObjectNode told = fields.putObject(field.name());
        told.putObject("controllerValues");
        told.putNull("defaultValue");
        values(told.putArray("values"), type, field, recordType);
      }
    }
    return Reply.json(200, answer);
  }

  private static void values(
      ArrayNode to, SObjectType type, Field field, Optional<RecordType> recordType) {
    for (JsonNode each : type.describe().path("fields")) {
      if (each.path("name").asText().equals(field.name())) {
        for (JsonNode entry : each.path("picklistValues")) {
          String value = entry.path("value").asText();
          boolean active = entry.path("active").asBoolean(true);
          if (active && recordType.map(of -> of.allows(field, value)).orElse(true)) {
            to.addObject().put("label", entry.path("label").asText(value)).put("value", value);
          }
        }
      }
    }
  }

  private SObjectType type(Exchange exchange) {
    return org.schema().object(exchange.variable("object")).orElseThrow(OrgException::notFound);
  }
}
