package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.dml.Operation;
import io.initload.simulator.dml.RowError;
import io.initload.simulator.dml.RowResult;
import io.initload.simulator.dml.SingleRow;
import io.initload.simulator.dml.UnknownFieldException;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.StoredRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Single records, by id and by external id. */
public final class RowRoutes {
  /** First version that knows {@code updateOnly}. */
  private static final int UPDATE_ONLY_SINCE = 61;

  private static final int FOUND_MAX = 10;

  private final OrgParts org;
  private final SingleRow rows;
  private final SingleRow savingRows;

  public RowRoutes(OrgParts org) {
    this.org = org;
    this.rows = new SingleRow(org.store().records(), org.dml());
    this.savingRows = new SingleRow(org.store().records(), org.dml().savingDuplicates());
  }

  public List<Route> routes() {
    String byId = "sobjects/{object}/{id}";
    String byKey = "sobjects/{object}/{field}/{value}";
    return List.of(
        Route.data("POST", "sobjects/{object}", "row.create", this::create),
        Route.data("GET", byId, "row.get", exchange -> get(exchange, byId(exchange))),
        Route.data("PATCH", byId, "row.update", this::update),
        Route.data("DELETE", byId, "row.delete", exchange -> delete(exchange, byId(exchange))),
        Route.data("GET", byKey, "row.getByKey", exchange -> get(exchange, byKey(exchange))),
        Route.data("GET", byKey + "/{relationship}", "row.getParent", this::parent),
        Route.data("PATCH", byKey, "row.upsert", this::upsert),
        Route.data(
            "DELETE", byKey, "row.deleteByKey", exchange -> delete(exchange, byKey(exchange))));
  }

  private SObjectType type(Exchange exchange) {
    return org.schema().object(exchange.variable("object")).orElseThrow(OrgException::notFound);
  }

  private StoredRecord byId(Exchange exchange) {
    SObjectType type = type(exchange);
    StoredRecord record =
        org.store()
            .records()
            .byId(exchange.variable("id"))
            .filter(r -> r.type() == type)
            .orElseThrow(OrgException::notFound);
    if (record.deleted()) {
      throw new OrgException(OrgException.Kind.NOT_FOUND, "ENTITY_IS_DELETED", "entity is deleted");
    }
    return record;
  }

  private Field keyField(SObjectType type, Exchange exchange) {
    return type.field(exchange.variable("field"))
        .filter(f -> f.canBeKey() || f.system() == Field.SystemField.ID)
        .orElseThrow(
            () ->
                new OrgException(
                    OrgException.Kind.NOT_FOUND,
                    "NOT_FOUND",
                    "Provided external ID field does not exist or is not accessible: "
                        + exchange.variable("field")));
  }

  private List<StoredRecord> found(Exchange exchange) {
    SObjectType type = type(exchange);
    return org.store()
        .records()
        .byKey(type, keyField(type, exchange), exchange.variable("value"), FOUND_MAX);
  }

  private StoredRecord byKey(Exchange exchange) {
    List<StoredRecord> found = found(exchange);
    if (found.isEmpty()) {
      throw OrgException.notFound();
    }
    return found.get(0);
  }

  /** The answer when a key leads to more than one record: their URLs, status 300. */
  private static @Nullable Reply several(Exchange exchange, List<StoredRecord> found) {
    if (found.size() < 2) {
      return null;
    }
    ArrayNode urls = Json.array();
    found.forEach(r -> urls.add(url(exchange, r)));
    return Reply.json(300, urls);
  }

  private static String url(Exchange exchange, StoredRecord record) {
    return exchange.base() + "/sobjects/" + record.type().name() + "/" + record.id();
  }

  private Reply get(Exchange exchange, StoredRecord record) {
    if (!exchange.variable("field").isEmpty()) {
      Reply several = several(exchange, found(exchange));
      if (several != null) {
        return several;
      }
    }
    return show(exchange, record);
  }

  /** The parent that a relationship of the record leads to. */
  private Reply parent(Exchange exchange) {
    StoredRecord record = byKey(exchange);
    return record.type().fields().stream()
        .filter(f -> f.relationshipName().equalsIgnoreCase(exchange.variable("relationship")))
        .findFirst()
        .flatMap(f -> Optional.ofNullable(record.value(f)))
        .flatMap(id -> org.store().records().byId(id))
        .filter(r -> !r.deleted())
        .map(r -> show(exchange, r))
        .orElseThrow(OrgException::notFound);
  }

  private static Conditions conditions(StoredRecord record) {
    String tag = "\"%s-%x\"".formatted(record.id(), record.modified().toEpochMilli());
    return new Conditions(record.modified(), record.type().name().equals("Account") ? tag : "");
  }

  private static Reply show(Exchange exchange, StoredRecord record) {
    Conditions conditions = conditions(record);
    conditions.require(exchange);
    if (conditions.unchanged(exchange)) {
      return Reply.empty(304);
    }
    Predicate<Field> wanted = wanted(exchange, record.type());
    ObjectNode json = Json.object();
    ObjectNode attributes = json.putObject("attributes");
    attributes.put("type", record.type().name()).put("url", url(exchange, record));
    for (Field field : record.type().fields()) {
      if (wanted.test(field)) {
        put(json, field, record.value(field));
      }
    }
    return conditions.tell(Reply.json(200, json));
  }

  private static Predicate<Field> wanted(Exchange exchange, SObjectType type) {
    String fields = exchange.query("fields");
    if (fields.isEmpty()) {
      return field -> !field.type().isCompound();
    }
    List<String> names = List.of(fields.split("\\s*,\\s*", -1));
    for (String name : names) {
      if (type.field(name).isEmpty()) {
        throw noColumn(name, type);
      }
    }
    return field -> names.stream().anyMatch(field.name()::equalsIgnoreCase);
  }

  private static void put(ObjectNode json, Field field, @Nullable String value) {
    String name = field.name();
    if (value == null) {
      json.putNull(name);
      return;
    }
    switch (field.type()) {
      case BOOLEAN -> json.put(name, Boolean.parseBoolean(value));
      case INT, LONG -> json.put(name, Long.parseLong(value));
      case DOUBLE, CURRENCY, PERCENT -> json.put(name, Double.parseDouble(value));
      case DATETIME -> json.put(name, value.replace("Z", "+0000"));
      default -> json.put(name, value);
    }
  }

  private Reply create(Exchange exchange) throws IOException {
    SingleRow.Outcome outcome =
        write(exchange, type(exchange), Operation.INSERT, "", columns(exchange.json()));
    return saved(201, outcome.id(), null);
  }

  private Reply update(Exchange exchange) throws IOException {
    StoredRecord record = byId(exchange);
    conditions(record).require(exchange);
    Map<String, String> values = columns(exchange.json());
    refuseInBody("Id", values);
    values.put("Id", record.id());
    write(exchange, record.type(), Operation.UPDATE, "", values);
    return Reply.empty(204);
  }

  private Reply upsert(Exchange exchange) throws IOException {
    SObjectType type = type(exchange);
    Field key = keyField(type, exchange);
    Reply several = several(exchange, found(exchange));
    if (several != null) {
      return several;
    }
    Map<String, String> values = columns(exchange.json());
    refuseInBody(key.name(), values);
    refuseInBody("Id", values);
    found(exchange).forEach(record -> conditions(record).require(exchange));
    if (isUpdateOnly(exchange) && found(exchange).isEmpty()) {
      throw OrgException.notFound();
    }
    values.put(key.name(), exchange.variable("value"));
    SingleRow.Outcome outcome = write(exchange, type, Operation.UPSERT, key.name(), values);
    boolean created = outcome.result() == RowResult.CREATED;
    if (!created && exchange.version() < 46) {
      return Reply.empty(204);
    }
    return saved(created ? 201 : 200, outcome.id(), created);
  }

  /** What the address says may not be said again by the body. */
  private static void refuseInBody(String field, Map<String, String> values) {
    if (values.keySet().stream().anyMatch(field::equalsIgnoreCase)) {
      throw OrgException.bad(
          "INVALID_FIELD", "The " + field + " field should not be specified in the sobject data.");
    }
  }

  /** Whether an upsert may only update. */
  private static boolean isUpdateOnly(Exchange exchange) {
    return exchange.version() >= UPDATE_ONLY_SINCE
        && exchange.query("updateOnly").equalsIgnoreCase("true");
  }

  private Reply delete(Exchange exchange, StoredRecord record) {
    write(exchange, record.type(), Operation.DELETE, "", Map.of("Id", record.id()));
    return Reply.empty(204);
  }

  private static Reply saved(int status, String id, @Nullable Boolean created) {
    ObjectNode json = Json.object();
    json.put("id", id).put("success", true).putArray("errors");
    if (created != null) {
      json.put("created", created);
    }
    return Reply.json(status, json);
  }

  private SingleRow.Outcome write(
      Exchange exchange,
      SObjectType type,
      Operation operation,
      String key,
      Map<String, String> values) {
    long user = org.store().records().ids().read(exchange.session().user().id());
    try {
      SingleRow.Outcome outcome =
          (savesDuplicates(exchange) ? savingRows : rows)
              .write(type, operation, key, values, user, org.clock().instant());
      outcome.error().ifPresent(RowRoutes::refuse);
      return outcome;
    } catch (UnknownFieldException e) {
      throw noColumn(e.column(), type);
    }
  }

  /** Whether the user saves what a duplicate rule would only ask about. */
  private static boolean savesDuplicates(Exchange exchange) {
    return exchange
        .header("Sforce-Duplicate-Rule-Header")
        .toLowerCase(Locale.ROOT)
        .replace(" ", "")
        .contains("allowsave=true");
  }

  private static void refuse(RowError error) {
    throw new OrgException(
        OrgException.Kind.BAD_REQUEST, error.code(), error.message(), error.fields());
  }

  private static OrgException noColumn(String column, SObjectType type) {
    return OrgException.bad(
        "INVALID_FIELD", "No such column '" + column + "' on sobject of type " + type.name());
  }

  /** The members of a JSON object as columns of a row; parents by key are objects themselves. */
  private static Map<String, String> columns(JsonNode json) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (var member : json.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (name.equals("attributes")) {
        continue;
      }
      if (value.isObject()) {
        String type = value.path("attributes").path("type").asText("");
        for (var key : value.properties()) {
          if (!key.getKey().equals("attributes")) {
            String prefix = type.isEmpty() ? "" : type + ":";
            columns.put(prefix + name + "." + key.getKey(), text(key.getValue()));
          }
        }
      } else {
        columns.put(name, text(value));
      }
    }
    return columns;
  }

  private static String text(JsonNode value) {
    String text = value.isNull() ? "" : value.asText("");
    return text.isEmpty() ? SingleRow.CLEAR : text;
  }
}
