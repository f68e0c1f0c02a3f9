package io.initload.draft.metadata;

import io.initload.draft.Draft;
import io.initload.draft.DraftedTable;
import io.initload.draft.FieldMatch;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The permission set of the loading user. */
final class Permissions {
  /**
   * Objects of which an org has no permissions: who may do what with their records follows from the
   * records that they belong to, or from permissions of the user (unconfirmed; a deployment that
   * names them would be refused).
   */
  private static final Set<String> BY_OTHERS =
      Set.of(
          "AccountContactRelation",
          "Attachment",
          "CampaignMember",
          "CaseComment",
          "ContentDocumentLink",
          "ContentVersion",
          "Event",
          "Note",
          "OpportunityContactRole",
          "OpportunityLineItem",
          "OrderItem",
          "PricebookEntry",
          "QuoteLineItem",
          "Task",
          "User");

  private final Draft draft;
  private final Map<String, TargetObject> objects;

  /**
   * @param objects those of the draft as described, by name
   */
  Permissions(Draft draft, Map<String, TargetObject> objects) {
    this.draft = draft;
    this.objects = objects;
  }

  /** Whether records of an object are given by permissions for something else. */
  static boolean byOthers(String object) {
    return BY_OTHERS.contains(object);
  }

  /** The elements of the permission set. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("    <description>What the loading user of a migration may do.</description>\n");
    fields().forEach(field -> text.append(fieldPermission(field)));
    text.append("    <hasActivationRequired>false</hasActivationRequired>\n");
    text.append("    <label>Initload</label>\n");
    draft.loaded().stream()
        .map(DraftedTable::object)
        .filter(object -> !byOthers(object))
        .sorted()
        .distinct()
        .forEach(object -> text.append(objectPermission(object)));
    text.append(
        """
            <userPermissions>
                <enabled>true</enabled>
                <name>ApiEnabled</name>
            </userPermissions>
        """);
    return text.toString();
  }

  /** Custom fields that need not be given: of others an org takes no permission. */
  private Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    for (DraftedTable table : draft.loaded()) {
      table.key().ifPresent(key -> add(table, key, fields));
      table.fields().forEach(match -> add(table, match, fields));
    }
    return fields;
  }

  private void add(DraftedTable table, FieldMatch match, Set<String> fields) {
    FieldPath path = FieldPath.parse(match.field());
    Optional<TargetObject> object = Optional.ofNullable(objects.get(table.object()));
    Optional<TargetField> field =
        path.isParent()
            ? object.flatMap(o -> o.relationship(path.relationship()))
            : object.flatMap(o -> o.field(path.field()));
    boolean required = field.map(f -> !f.nillable()).orElse(false);
    String name = field.map(TargetField::name).orElse(match.field());
    if (name.endsWith("__c") && !required) {
      fields.add(table.object() + "." + name);
    }
  }

  private static String fieldPermission(String field) {
    return """
        <fieldPermissions>
            <editable>true</editable>
            <field>%s</field>
            <readable>true</readable>
        </fieldPermissions>
    """
        .indent(0)
        .formatted(field);
  }

  private static String objectPermission(String object) {
    return """
        <objectPermissions>
            <allowCreate>true</allowCreate>
            <allowDelete>true</allowDelete>
            <allowEdit>true</allowEdit>
            <allowRead>true</allowRead>
            <modifyAllRecords>false</modifyAllRecords>
            <object>%s</object>
            <viewAllRecords>true</viewAllRecords>
        </objectPermissions>
    """
        .indent(0)
        .formatted(object);
  }
}
