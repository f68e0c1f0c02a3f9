package io.initload.simulator.soql;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query needs to know of one field.
 *
 * @param name API name as described
 * @param index position in {@link ObjectShape#fields()}, and the key {@link RecordView#value} takes
 * @param kind how its values behave
 * @param abilities what a query may do with it
 * @param relationshipName left part of {@code Rel.Field} for a reference, null where there is none
 * @param referenceTo API names of the objects a reference can point to, empty for other kinds
 */
public record FieldShape(
    String name,
    int index,
    FieldKind kind,
    Set<Ability> abilities,
    @Nullable String relationshipName,
    List<String> referenceTo) {

  /** What a query may do with a field; absent abilities are refused with {@code INVALID_FIELD}. */
  public enum Ability {
    /** May stand in WHERE. */
    FILTER,
    /** May stand in ORDER BY. */
    SORT,
    /** May stand in GROUP BY. */
    GROUP,
    /** May stand in MIN, MAX, SUM, AVG and COUNT. */
    AGGREGATE,
    /** Upper and lower case differ when compared. */
    CASE_SENSITIVE,
    /** {@link RecordSource#byKey} can find records by its value. */
    INDEXED
  }

  public FieldShape {
    abilities = Set.copyOf(abilities);
    referenceTo = List.copyOf(referenceTo);
  }

  public boolean can(Ability ability) {
    return abilities.contains(ability);
  }
}
