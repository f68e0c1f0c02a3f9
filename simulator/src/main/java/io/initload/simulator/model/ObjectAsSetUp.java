package io.initload.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object with what an administrator has set up for it. The record types of a describe document
 * count as set up where nothing else is said; they get ids of this org.
 */
final class ObjectAsSetUp {
  private final SObjectType type;
  private final ObjectSetup setup;
  private final Optional<SObjectType> contact;

  /**
   * Prepares for an object.
   *
   * @param contact the object that lends its fields to persons, if there is one
   */
  ObjectAsSetUp(SObjectType type, ObjectSetup setup, Optional<SObjectType> contact) {
    this.type = type;
    this.contact = contact;
    this.setup = setup;
  }

  /** The record types to be, in the order of their ids. */
  List<RecordTypeSetup> recordTypes() {
    return setup.recordTypes().isEmpty() ? described() : setup.recordTypes();
  }

  private List<RecordTypeSetup> described() {
    List<RecordTypeSetup> found = new ArrayList<>();
    for (JsonNode info : type.describe().path("recordTypeInfos")) {
      if (!info.path("master").asBoolean()) {
        boolean inactive = !info.path("active").asBoolean(true);
        boolean unavailable = !info.path("available").asBoolean(true);
        boolean usual = info.path("defaultRecordTypeMapping").asBoolean(false);
        String label = info.path("name").asText("");
        found.add(
            new RecordTypeSetup(
                info.path("developerName").asText(label.replaceAll("\\W", "_")),
                label,
                inactive,
                unavailable,
                usual && !inactive && !unavailable,
                false,
                Map.of()));
      }
    }
    return found;
  }

  /**
   * The object.
   *
   * @param first number of the first of its record types
   */
  SObjectType build(IdSpace ids, long first) {
    List<RecordType> types = new ArrayList<>();
    for (RecordTypeSetup each : recordTypes()) {
      checkPicklists(each);
      types.add(RecordType.of(ids.id(RecordType.PREFIX, first + types.size()), each));
    }
    checkRules();
    ObjectRules rules = new ObjectRules(types, setup.validationRules(), setup.duplicateRules());
    if (types.isEmpty()) {
      return rules.equals(ObjectRules.NONE) ? type : type.under(rules);
    }
    ObjectNode document = type.describe().deepCopy();
    tell(document, types);
    addPersons(document, types);
    return DescribeReader.read(document, type.name(), Set.of()).under(rules);
  }

  private void checkRules() {
    for (ValidationRule rule : setup.validationRules()) {
      rule.when().forEach(c -> c.check(checkField(rule.name(), c.field()).type()));
      if (!rule.field().isEmpty()) {
        checkField(rule.name(), rule.field());
      }
    }
    setup
        .duplicateRules()
        .forEach(rule -> rule.fields().forEach(field -> checkField(rule.name(), field)));
  }

  private Field checkField(String rule, String name) {
    return type.field(name)
        .filter(f -> f.system() == Field.SystemField.NONE)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the rule %s of %s looks at %s, which is no field of it"
                        .formatted(rule, type, name)));
  }

  private void checkPicklists(RecordTypeSetup recordType) {
    for (String name : recordType.picklists().keySet()) {
      FieldType kind = type.field(name).map(Field::type).orElse(FieldType.ANYTYPE);
      if (kind != FieldType.PICKLIST && kind != FieldType.MULTIPICKLIST) {
        throw new IllegalArgumentException(
            "the record type %s of %s has values for %s, which is no picklist of it"
                .formatted(recordType.developerName(), type, name));
      }
    }
  }

  private void addPersons(ObjectNode document, List<RecordType> types) {
    if (types.stream().noneMatch(RecordType::person)) {
      return;
    }
    if (!type.name().equals("Account")) {
      throw new IllegalArgumentException("records of %s are no persons".formatted(type));
    }
    PersonAccounts.extend(document, contact);
  }

  private void tell(ObjectNode document, List<RecordType> types) {
    ArrayNode infos = document.putArray("recordTypeInfos");
    boolean other = false;
    for (RecordType each : types) {
      ObjectNode info = infos.addObject().put("active", each.active());
      info.put("available", each.available()).put("defaultRecordTypeMapping", each.usual());
      info.put("developerName", each.developerName()).put("master", false);
      info.put("name", each.label()).put("recordTypeId", each.id()).putObject("urls");
      other |= each.usual();
    }
    ObjectNode master = infos.addObject().put("active", true).put("available", true);
    master.put("defaultRecordTypeMapping", !other).put("developerName", "Master");
    master.put("master", true).put("name", "Master").put("recordTypeId", RecordType.MASTER);
    master.putObject("urls");
    if (type.field(RecordType.FIELD).isEmpty()) {
      ObjectNode field = document.withArray("fields").addObject();
      field.put("name", RecordType.FIELD).put("label", "Record Type ID").put("type", "reference");
      field.put("relationshipName", "RecordType").putArray("referenceTo").add("RecordType");
    }
  }
}
