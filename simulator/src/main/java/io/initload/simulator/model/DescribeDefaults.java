package io.initload.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Completes a short describe document: system fields, every attribute of a field, every member of
 * the top level. What the document says itself is never changed.
 */
final class DescribeDefaults {
  private static final List<String> FALSE_AT_TOP =
      List.of("customSetting", "deprecatedAndHidden", "feedEnabled", "isInterface", "mergeable");
  private static final List<String> TRUE_AT_TOP =
      List.of(
          "createable",
          "updateable",
          "deletable",
          "queryable",
          "undeletable",
          "triggerable",
          "replicateable",
          "retrieveable",
          "searchable",
          "layoutable");
  private static final List<String> FALSE_IN_FIELD =
      List.of(
          "autoNumber",
          "calculated",
          "cascadeDelete",
          "caseSensitive",
          "dependentPicklist",
          "deprecatedAndHidden",
          "displayLocationInDecimal",
          "encrypted",
          "externalId",
          "highScaleNumber",
          "htmlFormatted",
          "idLookup",
          "nameField",
          "namePointing",
          "polymorphicForeignKey",
          "queryByDistance",
          "restrictedDelete",
          "restrictedPicklist",
          "searchPrefilterable",
          "unique",
          "writeRequiresMasterRead");
  private static final List<String> NULL_IN_FIELD =
      List.of(
          "calculatedFormula",
          "compoundFieldName",
          "controllerName",
          "defaultValueFormula",
          "extraTypeInfo",
          "inlineHelpText",
          "mask",
          "maskType",
          "referenceTargetField",
          "relationshipName",
          "relationshipOrder");

  private DescribeDefaults() {}

  static void complete(ObjectNode object) {
    String name = object.path("name").asText();
    boolean custom = name.endsWith("__c");
    put(object, "label", name);
    put(object, "labelPlural", object.path("label").asText() + "s");
    put(object, "custom", custom);
    TRUE_AT_TOP.forEach(a -> put(object, a, true));
    FALSE_AT_TOP.forEach(a -> put(object, a, false));
    for (String list : List.of("actionOverrides", "childRelationships", "namedLayoutInfos")) {
      if (!object.has(list)) {
        object.putArray(list);
      }
    }
    if (!object.has("recordTypeInfos")) {
      ObjectNode master = object.putArray("recordTypeInfos").addObject();
      master.put("active", true).put("available", true).put("defaultRecordTypeMapping", true);
      master.put("developerName", "Master").put("master", true).put("name", "Master");
      master.put("recordTypeId", "012000000000000AAA").putObject("urls");
    }
    if (!object.has("supportedScopes")) {
      ObjectNode scope = object.putArray("supportedScopes").addObject();
      scope.put("label", "All " + object.path("labelPlural").asText()).put("name", "everything");
    }
    if (!object.has("urls")) {
      String base = "/services/data/v60.0/sobjects/" + name;
      ObjectNode urls = object.putObject("urls");
      urls.put("sobject", base).put("describe", base + "/describe");
      urls.put("rowTemplate", base + "/{ID}");
    }
    systemFields(object);
    object.get("fields").forEach(field -> completeField((ObjectNode) field));
  }

  private static void systemFields(ObjectNode object) {
    ArrayNode fields = (ArrayNode) object.get("fields");
    Map<String, ObjectNode> told = new HashMap<>();
    fields.forEach(f -> told.put(f.path("name").asText(), (ObjectNode) f));
    if (told.containsKey("Id")) {
      return;
    }
    ArrayNode all = object.arrayNode();
    all.add(readOnly(all, "Id", object.path("label").asText() + " ID", "id").put("idLookup", true));
    add(all, told, readOnly(all, "IsDeleted", "Deleted", "boolean"));
    fields.forEach(all::add);
    if (object.path("owned").asBoolean(false) && !told.containsKey("OwnerId")) {
      ObjectNode owner = readOnly(all, "OwnerId", "Owner ID", "reference");
      owner.put("createable", true).put("updateable", true).put("relationshipName", "Owner");
      if (object.path("custom").asBoolean() || "Lead".equals(object.path("name").asText())) {
        owner.put("polymorphicForeignKey", true).put("namePointing", true);
        owner.putArray("referenceTo").add("Group").add("User");
      } else {
        owner.putArray("referenceTo").add("User");
      }
      all.add(owner);
    }
    object.remove("owned");
    add(all, told, readOnly(all, "CreatedDate", "Created Date", "datetime"));
    add(all, told, user(all, "CreatedById", "Created By ID", "CreatedBy"));
    add(all, told, readOnly(all, "LastModifiedDate", "Last Modified Date", "datetime"));
    add(all, told, user(all, "LastModifiedById", "Last Modified By ID", "LastModifiedBy"));
    add(all, told, readOnly(all, "SystemModstamp", "System Modstamp", "datetime"));
    object.set("fields", all);
  }

  /** A document may say itself what is not usual of a system field: that a creator may set it. */
  private static void add(ArrayNode all, Map<String, ObjectNode> told, ObjectNode usual) {
    ObjectNode own = told.get(usual.path("name").asText());
    if (own == null) {
      all.add(usual);
    } else {
      usual.properties().stream()
          .filter(attribute -> !own.has(attribute.getKey()))
          .forEach(attribute -> own.set(attribute.getKey(), attribute.getValue()));
    }
  }

  private static ObjectNode readOnly(ArrayNode in, String name, String label, String type) {
    ObjectNode field = in.objectNode();
    field.put("name", name).put("label", label).put("type", type);
    field.put("createable", false).put("updateable", false).put("nillable", false);
    return field.put("defaultedOnCreate", true).put("custom", false);
  }

  private static ObjectNode user(ArrayNode in, String name, String label, String relationship) {
    ObjectNode field = readOnly(in, name, label, "reference").put("relationshipName", relationship);
    field.putArray("referenceTo").add("User");
    return field;
  }

  private static void completeField(ObjectNode field) {
    String typeName = field.path("type").asText();
    FieldType type = FieldType.of(typeName).orElse(FieldType.STRING);
    String name = field.path("name").asText();
    put(field, "label", name);
    put(field, "soapType", type.soapType());
    put(field, "custom", name.endsWith("__c"));
    boolean computed = field.path("calculated").asBoolean() || field.path("autoNumber").asBoolean();
    put(field, "createable", !computed && !type.isCompound());
    put(field, "updateable", !computed && !type.isCompound());
    put(field, "nillable", type != FieldType.BOOLEAN);
    put(field, "defaultedOnCreate", type == FieldType.BOOLEAN);
    put(field, "length", usualLength(type));
    put(field, "byteLength", field.path("length").asInt() * 3);
    put(field, "precision", type.isDecimal() ? 18 : 0);
    put(field, "scale", type == FieldType.CURRENCY ? 2 : 0);
    put(field, "digits", type == FieldType.INT ? 8 : 0);
    put(field, "aggregatable", !type.isCompound());
    put(field, "filterable", type != FieldType.TEXTAREA);
    put(field, "sortable", type != FieldType.TEXTAREA);
    put(field, "groupable", !type.isDecimal() && type != FieldType.DATETIME);
    put(field, "permissionable", field.path("custom").asBoolean());
    FALSE_IN_FIELD.forEach(a -> put(field, a, false));
    NULL_IN_FIELD.stream().filter(a -> !field.has(a)).forEach(field::putNull);
    if (!field.has("defaultValue")) {
      if (type == FieldType.BOOLEAN) {
        field.put("defaultValue", false);
      } else {
        field.putNull("defaultValue");
      }
    }
    for (String list : List.of("picklistValues", "referenceTo")) {
      if (!field.has(list)) {
        field.putArray(list);
      }
    }
    for (JsonNode value : field.get("picklistValues")) {
      ObjectNode entry = (ObjectNode) value;
      put(entry, "active", true);
      put(entry, "defaultValue", false);
      put(entry, "label", entry.path("value").asText());
      if (!entry.has("validFor")) {
        entry.putNull("validFor");
      }
    }
  }

  private static int usualLength(FieldType type) {
    return switch (type) {
      case ID, REFERENCE -> 18;
      case STRING, TEXTAREA, PICKLIST, COMBOBOX, URL -> 255;
      case MULTIPICKLIST -> 4099;
      case PHONE -> 40;
      case EMAIL -> 80;
      default -> 0;
    };
  }

  private static void put(ObjectNode node, String name, String value) {
    if (!node.has(name)) {
      node.put(name, value);
    }
  }

  private static void put(ObjectNode node, String name, boolean value) {
    if (!node.has(name)) {
      node.put(name, value);
    }
  }

  private static void put(ObjectNode node, String name, int value) {
    if (!node.has(name)) {
      node.put(name, value);
    }
  }
}
