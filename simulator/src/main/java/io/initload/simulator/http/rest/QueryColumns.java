package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.http.Json;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.run.PreparedQuery;
import java.util.List;

/**
 * What {@code query?columns=true} answers in place of records (docs/reference/salesforce.md, "REST
 * query and counts"): a column for each that is selected, those of a parent within its
 * relationship.
 */
final class QueryColumns {
  private QueryColumns() {}

  static ObjectNode of(PreparedQuery query, SObjectType type) {
    ObjectNode answer = Json.object();
    ArrayNode columns = answer.putArray("columnMetadata");
    for (Column column : query.columns()) {
      add(columns, column, 0, query.isAggregate());
    }
    answer.put("entityName", type.name()).put("groupBy", query.isAggregate());
    answer.put("idSelected", query.columns().stream().anyMatch(c -> c.name().equals("Id")));
    return answer.put("keyPrefix", type.keyPrefix());
  }

  private static void add(ArrayNode columns, Column column, int depth, boolean aggregate) {
    String name = column.path().get(depth);
    if (depth == column.path().size() - 1) {
      describe(columns, name, column.kind(), aggregate);
      return;
    }
    ObjectNode parent = null;
    for (var known : columns) {
      if (known.path("columnName").asText().equals(name) && known instanceof ObjectNode found) {
        parent = found;
      }
    }
    if (parent == null) {
      parent = describe(columns, name, FieldKind.COMPOUND, false);
      parent.put("foreignKeyName", name);
    }
    add(parent.withArray("joinColumns"), column, depth + 1, aggregate);
  }

  private static ObjectNode describe(
      ArrayNode columns, String name, FieldKind kind, boolean aggregate) {
    ObjectNode column = columns.addObject();
    column.put("aggregate", aggregate).put("apexType", apexType(kind));
    column.put("booleanType", kind == FieldKind.BOOLEAN).put("columnName", name);
    column.put("custom", name.endsWith("__c") || name.endsWith("__r"));
    column.put("displayName", name).putNull("foreignKeyName");
    column.put("insertable", false).putArray("joinColumns");
    column.put("numberType", kind.isNumber());
    column.put("textType", List.of(FieldKind.TEXT, FieldKind.MULTI_PICKLIST).contains(kind));
    return column.put("updatable", false);
  }

  private static String apexType(FieldKind kind) {
    return switch (kind) {
      case ID, REFERENCE -> "Id";
      case TEXT, MULTI_PICKLIST -> "String";
      case BOOLEAN -> "Boolean";
      case INTEGER -> "Integer";
      case DECIMAL -> "Double";
      case DATE -> "Date";
      case DATETIME -> "Datetime";
      case TIME -> "Time";
      case COMPOUND -> "Address";
      case BLOB -> "Blob";
    };
  }
}
