package io.initload.simulator.soql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a query needs to know of one object. Immutable; names are found whatever their case. */
public final class ObjectShape {
  private final String name;
  private final List<FieldShape> fields;
  private final Map<String, FieldShape> byName = new HashMap<>();
  private final Map<String, FieldShape> byRelationship = new HashMap<>();

  /** Fields in the order of the describe; each field's index must be its position. */
  public ObjectShape(String name, List<FieldShape> fields) {
    this.name = name;
    this.fields = List.copyOf(fields);
    for (int i = 0; i < this.fields.size(); i++) {
      FieldShape field = this.fields.get(i);
      if (field.index() != i) {
        throw new IllegalArgumentException(
            "%s.%s has index %d at position %d".formatted(name, field.name(), field.index(), i));
      }
      byName.put(fold(field.name()), field);
      @Nullable String relationship = field.relationshipName();
      if (relationship != null) {
        byRelationship.put(fold(relationship), field);
      }
    }
  }

  public String name() {
    return name;
  }

  public List<FieldShape> fields() {
    return fields;
  }

  /** The field of that API name. */
  public Optional<FieldShape> field(String fieldName) {
    return Optional.ofNullable(byName.get(fold(fieldName)));
  }

  /** The reference field with that relationship name. */
  public Optional<FieldShape> relationship(String relationshipName) {
    return Optional.ofNullable(byRelationship.get(fold(relationshipName)));
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name;
  }
}
