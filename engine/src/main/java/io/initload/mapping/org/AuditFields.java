package io.initload.mapping.org;

import java.util.Locale;
import java.util.Set;

/**
 * The fields that say who made and changed a record, and when (docs/reference/salesforce.md, "Audit
 * fields").
 */
public final class AuditFields {
  private static final Set<String> MADE = Set.of("createddate", "createdbyid");
  private static final Set<String> CHANGED = Set.of("lastmodifieddate", "lastmodifiedbyid");

  private AuditFields() {}

  /** Whether a permission lets a user set it when a record is made. */
  public static boolean isOne(TargetField field) {
    return MADE.contains(lower(field.name())) || isChange(field.name());
  }

  /** Whether each change of a record sets anew what a column of the CSV brings. */
  public static boolean isChange(String column) {
    FieldPath path = FieldPath.parse(column);
    return path.isParent()
        ? path.relationship().equalsIgnoreCase("LastModifiedBy")
        : CHANGED.contains(lower(column));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
