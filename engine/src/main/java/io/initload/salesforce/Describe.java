package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.mapping.org.RecordTypeInfo;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads describe documents (docs/reference/salesforce.md, "Describe"). */
final class Describe {
  private Describe() {}

  static TargetObject parse(JsonNode json) {
    List<TargetField> fields = new ArrayList<>();
    json.path("fields").forEach(field -> fields.add(field(field)));
    List<RecordTypeInfo> types = new ArrayList<>();
    json.path("recordTypeInfos").forEach(info -> types.add(recordType(info)));
    return new TargetObject(
        text(json, "name"), flag(json, "createable"), flag(json, "updateable"), fields, types);
  }

  /** The values of picklists by field. */
  static Map<String, List<String>> picklists(JsonNode json) {
    Map<String, List<String>> picklists = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : json.path("picklistFieldValues").properties()) {
      List<String> values = new ArrayList<>();
      field.getValue().path("values").forEach(value -> values.add(text(value, "value")));
      picklists.put(field.getKey(), values);
    }
    return picklists;
  }

  /** Whether accounts of it are persons is not told here. */
  private static RecordTypeInfo recordType(JsonNode json) {
    return new RecordTypeInfo(
        text(json, "recordTypeId"),
        text(json, "developerName"),
        flag(json, "active"),
        flag(json, "available"),
        flag(json, "defaultRecordTypeMapping"),
        flag(json, "master"),
        false);
  }

  private static TargetField field(JsonNode json) {
    List<String> referenceTo = new ArrayList<>();
    json.path("referenceTo").forEach(object -> referenceTo.add(object.asText()));
    List<String> picklist = new ArrayList<>();
    for (JsonNode value : json.path("picklistValues")) {
      if (value.path("active").asBoolean(true)) {
        picklist.add(text(value, "value"));
      }
    }
    return new TargetField(
        text(json, "name"),
        text(json, "type").toLowerCase(Locale.ROOT),
        json.path("length").asInt(),
        json.path("precision").asInt(),
        json.path("scale").asInt(),
        json.path("digits").asInt(),
        flag(json, "createable"),
        flag(json, "updateable"),
        flag(json, "nillable"),
        flag(json, "defaultedOnCreate"),
        flag(json, "externalId"),
        flag(json, "idLookup"),
        flag(json, "unique"),
        flag(json, "caseSensitive"),
        referenceTo,
        text(json, "relationshipName"),
        flag(json, "polymorphicForeignKey")
            || (flag(json, "namePointing") && referenceTo.size() > 1),
        flag(json, "restrictedPicklist"),
        picklist,
        text(json, "defaultValue"));
  }

  private static String text(JsonNode json, String member) {
    return json.hasNonNull(member) ? json.path(member).asText() : "";
  }

  private static boolean flag(JsonNode json, String member) {
    return json.path(member).asBoolean(false);
  }
}
