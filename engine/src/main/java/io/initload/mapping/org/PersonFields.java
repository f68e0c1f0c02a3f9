package io.initload.mapping.org;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields of accounts persons have, and which other accounts (docs/reference/salesforce.md,
 * "Person accounts").
 */
public final class PersonFields {
  private static final Set<String> NAME_PARTS =
      Set.of("lastname", "firstname", "salutation", "middlename", "suffix");

  private static final String NAME = "Name";
  private static final String LAST_NAME = "LastName";

  private PersonFields() {}

  /** What is wrong with accounts of a record type that bring these fields. */
  public static Optional<String> fault(RecordTypeInfo type, Collection<String> fields) {
    String who =
        "Accounts of the record type %s are %s"
            .formatted(type.developerName(), type.person() ? "persons" : "no persons");
    List<String> wrong = type.person() ? fields.stream().filter(NAME::equals).toList() : of(fields);
    if (!wrong.isEmpty()) {
      return Optional.of("%s, who have no %s.".formatted(who, String.join(", ", wrong)));
    }
    String needed = type.person() ? LAST_NAME : NAME;
    return fields.contains(needed)
        ? Optional.empty()
        : Optional.of("%s, who must have a %s.".formatted(who, needed));
  }

  /** What is wrong with accounts of record types that are told row by row. */
  public static Optional<String> fault(Collection<String> fields) {
    return fields.contains(NAME) || fields.contains(LAST_NAME)
        ? Optional.empty()
        : Optional.of("Accounts must have a Name, and persons a LastName in its place.");
  }

  private static List<String> of(Collection<String> fields) {
    return fields.stream().filter(PersonFields::isOfPersons).sorted().toList();
  }

  private static boolean isOfPersons(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    boolean custom = name.endsWith("__c");
    return NAME_PARTS.contains(name)
        || name.endsWith("__pc")
        || (name.startsWith("person") && !custom);
  }
}
