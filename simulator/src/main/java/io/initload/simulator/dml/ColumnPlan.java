package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.Schema;
import io.initload.simulator.store.Records;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each column of a set of rows means for one operation on one object. Found out once, then
 * used for every row. Immutable; safe for several threads.
 */
public final class ColumnPlan {
  /** A column that is to be read but matches no field, where that is allowed. */
  private static final Target NOWHERE = new Target(null, null, null);

  private final SObjectType type;
  private final Operation operation;
  private final List<Target> targets;
  private final int keyColumn;
  private final List<Field> requiredElsewhere;

  private ColumnPlan(
      SObjectType type,
      Operation operation,
      List<Target> targets,
      int keyColumn,
      List<Field> requiredElsewhere) {
    this.type = type;
    this.operation = operation;
    this.targets = targets;
    this.keyColumn = keyColumn;
    this.requiredElsewhere = requiredElsewhere;
  }

  /**
   * Where a column's values go.
   *
   * @param field the field written; null if the column is ignored
   * @param parent object of the parent record, if it is named by a key
   * @param parentKey field of the parent that the values are of
   */
  private record Target(
      @Nullable Field field, @Nullable SObjectType parent, @Nullable Field parentKey) {}

  /** What becomes of columns that match no field. */
  public enum Unknown {
    REFUSE,
    IGNORE
  }

  /** How column names are compared. */
  public enum Case {
    IGNORED,
    EXACT
  }

  /**
   * Finds out what the columns mean.
   *
   * @param columns names as the client wrote them: {@code Field}, {@code Relationship.Key} or
   *     {@code Object:Relationship.Key}
   * @param key name of the field that upserts match by; ignored by other operations
   * @throws UnknownFieldException if a column matches no field, or the key has no column
   */
  public static ColumnPlan of(
      Schema schema,
      SObjectType type,
      Operation operation,
      String key,
      List<String> columns,
      Unknown unknown,
      Case letters)
      throws UnknownFieldException {
    String keyName = operation == Operation.UPSERT ? key : "Id";
    List<Target> targets = new ArrayList<>();
    Set<String> given = new HashSet<>();
    int keyColumn = -1;
    for (int i = 0; i < columns.size(); i++) {
      Optional<Target> target = target(schema, type, columns.get(i), letters);
      if (target.isEmpty() && unknown == Unknown.REFUSE) {
        throw new UnknownFieldException(columns.get(i));
      }
      Target found = target.orElse(NOWHERE);
      targets.add(found);
      Field field = found.field();
      if (field != null) {
        given.add(field.name());
        if (found.parentKey() == null && field.name().equalsIgnoreCase(keyName)) {
          keyColumn = i;
        } else if (operation.removes()) {
          throw new UnknownFieldException(columns.get(i));
        }
      }
    }
    if (keyColumn < 0 && (operation == Operation.UPSERT || operation.removes())) {
      throw new UnknownFieldException(keyName);
    }
    List<Field> required =
        type.fields().stream().filter(f -> f.required() && !given.contains(f.name())).toList();
    return new ColumnPlan(type, operation, List.copyOf(targets), keyColumn, required);
  }

  private static Optional<Target> target(
      Schema schema, SObjectType type, String column, Case letters) {
    int dot = column.indexOf('.');
    if (dot < 0) {
      return type.field(column)
          .filter(f -> letters == Case.IGNORED || f.name().equals(column))
          .filter(f -> !f.calculated() && !f.type().isCompound())
          .map(f -> new Target(f, null, null));
    }
    int colon = column.indexOf(':');
    if (colon > dot) {
      return Optional.empty();
    }
    String relationship = column.substring(colon + 1, dot);
    String keyName = column.substring(dot + 1);
    Optional<Field> reference = type.relationship(relationship);
    if (reference.isEmpty() || reference.get().polymorphic() != colon >= 0) {
      return Optional.empty();
    }
    Field field = reference.get();
    String parentName =
        colon >= 0
            ? column.substring(0, colon)
            : field.referenceTo().isEmpty() ? "" : field.referenceTo().get(0);
    boolean allowed = field.referenceTo().stream().anyMatch(parentName::equalsIgnoreCase);
    return schema
        .object(parentName)
        .filter(parent -> allowed)
        .flatMap(
            parent ->
                parent
                    .field(keyName)
                    .filter(Field::canBeKey)
                    .map(parentKey -> new Target(field, parent, parentKey)));
  }

  public SObjectType type() {
    return type;
  }

  public Operation operation() {
    return operation;
  }

  int columns() {
    return targets.size();
  }

  /** The column rows are matched by, or -1. */
  int keyColumn() {
    return keyColumn;
  }

  /** The field rows are matched by; only if there is a key column. */
  Field keyField() {
    Field field = targets.get(keyColumn).field();
    if (field == null) {
      throw new IllegalStateException("Key column of " + type + " leads nowhere");
    }
    return field;
  }

  /** The field a column writes, null if it is ignored. */
  @Nullable Field field(int column) {
    return targets.get(column).field();
  }

  /** Whether the column's values are printed as numbers in results. */
  public boolean decimal(int column) {
    Field field = targets.get(column).field();
    return field != null && field.type().isDecimal();
  }

  /** Whether the column is shown in results. */
  public boolean shown(int column) {
    return targets.get(column).field() != null;
  }

  /** Required fields that no column brings. */
  List<Field> requiredElsewhere() {
    return requiredElsewhere;
  }

  /** The rule for values of a column, to be used by one thread; null if the column is ignored. */
  @Nullable FieldRule rule(int column, Records records, Messages messages, DmlRules rules) {
    Target target = targets.get(column);
    Field field = target.field();
    if (field == null) {
      return null;
    }
    int number = column + rules.columnBase();
    if (target.parent() != null && target.parentKey() != null) {
      return ParentRule.byKey(
          field, messages, number, records, target.parent(), target.parentKey());
    }
    return switch (field.type()) {
      case REFERENCE -> ParentRule.byId(field, messages, number, records);
      case BOOLEAN, INT, LONG -> new ScalarRule(field, messages, number, rules.booleans());
      case DOUBLE, CURRENCY, PERCENT -> new DecimalRule(field, messages, number, rules.decimals());
      case DATE, DATETIME, TIME -> new TimeRule(field, messages, number, rules.datetimes());
      default -> new TextRule(field, messages, number);
    };
  }

  @Override
  public String toString() {
    return operation.name().toLowerCase(Locale.ROOT) + " " + type;
  }
}
