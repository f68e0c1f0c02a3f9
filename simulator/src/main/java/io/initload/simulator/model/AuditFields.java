package io.initload.simulator.model;

import io.initload.simulator.model.Field.SystemField;
import java.util.Set;

/** The fields that say who made and changed a record, and when. */
public final class AuditFields {
  private static final Set<SystemField> ALL =
      Set.of(
          SystemField.CREATED_DATE,
          SystemField.CREATED_BY,
          SystemField.LAST_MODIFIED_DATE,
          SystemField.LAST_MODIFIED_BY);

  /**
   * Standard objects whose audit fields can be set (docs/reference/salesforce.md, "Audit fields").
   */
  private static final Set<String> OBJECTS =
      Set.of(
          "Account",
          "Attachment",
          "CampaignMember",
          "Case",
          "CaseComment",
          "Contact",
          "ContentVersion",
          "Contract",
          "Event",
          "Idea",
          "IdeaComment",
          "Lead",
          "Opportunity",
          "Quote",
          "Task",
          "Vote",
          "WorkOrder");

  private AuditFields() {}

  /** Whether a field is one. */
  public static boolean has(Field field) {
    return ALL.contains(field.system());
  }

  /** The object for a user who may set them on creation, where the object allows it. */
  static SObjectType opened(SObjectType type) {
    if (!OBJECTS.contains(type.name()) && !type.can("custom")) {
      return type;
    }
    return DescribeReader.edited(
        type,
        field -> {
          if (ALL.contains(SystemField.of(field.path("name").asText()))) {
            field.put("createable", true);
          }
        });
  }
}
