package io.initload.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an org with person accounts has besides: fields of contacts on accounts, and a mark on
 * record types (docs/reference/salesforce.md, "Person accounts").
 */
public final class PersonAccounts {
  /** Parts of a person's name have the same name on accounts. */
  private static final Set<String> NAME_PARTS =
      Set.of("LastName", "FirstName", "Salutation", "MiddleName", "Suffix");

  /** Other standard fields of a contact that an account shows as {@code Person...}. */
  private static final List<String> SHOWN =
      List.of(
          "MailingStreet",
          "MailingCity",
          "MailingState",
          "MailingPostalCode",
          "MailingCountry",
          "OtherStreet",
          "OtherCity",
          "OtherState",
          "OtherPostalCode",
          "OtherCountry",
          "MobilePhone",
          "HomePhone",
          "AssistantPhone",
          "AssistantName",
          "Email",
          "Title",
          "Department",
          "Birthdate",
          "LeadSource",
          "HasOptedOutOfEmail",
          "DoNotCall");

  private PersonAccounts() {}

  /** Whether only persons have a value in a field of an account. */
  public static boolean isOfPersons(Field field) {
    String name = field.name();
    return NAME_PARTS.contains(name) || name.endsWith("__pc") || isShown(name);
  }

  private static boolean isShown(String name) {
    return name.startsWith("Person") && SHOWN.contains(name.substring("Person".length()));
  }

  /** Adds the fields of persons to the describe document of accounts. */
  static void extend(ObjectNode account, Optional<SObjectType> contact) {
    ArrayNode fields = account.withArray("fields");
    for (JsonNode field : fields) {
      if (field.path("name").asText().equals("Name")) {
        ((ObjectNode) field).put("nillable", true);
      }
    }
    ObjectNode mark = flag(fields, "IsPersonAccount", "Is Person Account");
    mark.put("createable", false).put("updateable", false);
    contact.ifPresent(c -> c.describe().path("fields").forEach(f -> lend(f, fields)));
  }

  private static void lend(JsonNode field, ArrayNode to) {
    String name = field.path("name").asText();
    String lent =
        NAME_PARTS.contains(name)
            ? name
            : name.endsWith("__c")
                ? name.substring(0, name.length() - 1) + "pc"
                : SHOWN.contains(name) ? "Person" + name : "";
    if (!lent.isEmpty()) {
      ObjectNode copy = field.deepCopy();
      copy.put("name", lent).put("nillable", !field.path("type").asText().equals("boolean"));
      copy.put("externalId", false).put("unique", false).put("idLookup", false);
      to.add(copy);
    }
  }

  /** Record types with the mark. */
  static SObjectType typed(SObjectType recordType) {
    ObjectNode document = recordType.describe().deepCopy();
    flag(document.withArray("fields"), "IsPersonType", "Is Person Type");
    return DescribeReader.read(document, recordType.name(), Set.of()).under(recordType.rules());
  }

  private static ObjectNode flag(ArrayNode fields, String name, String label) {
    return fields.addObject().put("name", name).put("label", label).put("type", "boolean");
  }
}
