package io.initload.pipeline.prepare;

import io.initload.config.Control.Dimension;
import io.initload.config.Control.Part;
import io.initload.mapping.FieldRule;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.plan.TotalsQuery;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One dimension of a control, on both sides. Immutable. */
public record ControlGroup(Dimension dimension, ControlGroup.Field field) {
  private static final int YEAR_DIGITS = 4;
  private static final int MONTH_AT = 5;
  private static final int DATE_CHARS = 10;
  private static final Set<String> TRUE = Set.of("1", "true", "t", "y", "yes");

  /** Why rows cannot be grouped by it; empty where they can. */
  public Optional<String> impossible() {
    if (dimension.part() != Part.VALUE) {
      return field.dated()
          ? Optional.empty()
          : Optional.of(dimension + ": it is no date on both sides.");
    }
    return switch (field.kind()) {
      case TEXT, DECIMAL, INTEGER, BOOLEAN, DATE ->
          field.column().comparable()
              ? Optional.empty()
              : Optional.of(dimension + ": the source does not group by such a column.");
      case DATETIME, TIME, ID, NONE ->
          Optional.of(
              dimension
                  + ": rows are not grouped by a field of the type "
                  + field.target().type()
                  + ".");
    };
  }

  /** As the source is asked. */
  public TotalsQuery.Group asked() {
    return new TotalsQuery.Group(field.column().name(), dimension.part(), field.zone());
  }

  /** As SOQL says it. */
  public String soql() {
    return switch (dimension.part()) {
      case VALUE -> field.selected();
      case YEAR -> "CALENDAR_YEAR(" + field.selected() + ")";
      case MONTH -> "CALENDAR_MONTH(" + field.selected() + ")";
    };
  }

  /** The form in which the values of one group are equal, whatever side they are from. */
  public String canonical(String value) {
    if (value.isEmpty() || value.equals(FieldRule.NULL)) {
      return "";
    }
    if (dimension.part() != Part.VALUE) {
      return KeyForm.NUMBER.canonical(value);
    }
    return switch (field.kind()) {
      case TEXT ->
          field.lookup()
              ? KeyForm.of(field.target()).canonical(value)
              : KeyForm.IGNORE_CASE.canonical(value);
      case BOOLEAN -> Boolean.toString(TRUE.contains(value.trim().toLowerCase(Locale.ROOT)));
      case DATE -> value.substring(0, Math.min(DATE_CHARS, value.length()));
      default -> KeyForm.NUMBER.canonical(value);
    };
  }

  /** The group of a row by its text as it was staged: times of it are in UTC. */
  public String ofStaged(String text) {
    if (dimension.part() == Part.VALUE || text.length() < DATE_CHARS) {
      return canonical(text);
    }
    String part =
        dimension.part() == Part.YEAR
            ? text.substring(0, YEAR_DIGITS)
            : text.substring(MONTH_AT, MONTH_AT + 2);
    return canonical(KeyForm.NUMBER.canonical(part));
  }

  /** Whether null is no group of its own in the org, which gives such a field a value. */
  public boolean neverNull() {
    return field.kind() == TargetKind.BOOLEAN;
  }

  /**
   * A field that a control names, on both sides.
   *
   * @param name as the org spells it
   * @param column that feeds it
   * @param target the org's, or for a lookup by a parent's key the parent's
   * @param lookup whether it is one
   * @param zone of the column's times that become moments, where that is not UTC
   */
  public record Field(
      String name, SourceColumn column, TargetField target, boolean lookup, Optional<ZoneId> zone) {
    /** What the org keeps. */
    public TargetKind kind() {
      return TargetKind.of(target);
    }

    /** As SOQL names it. */
    public String selected() {
      return FieldPath.parse(name).selected();
    }

    boolean number() {
      return kind() == TargetKind.DECIMAL || kind() == TargetKind.INTEGER;
    }

    /** Whether the source keeps as a number what is one in the org. */
    public boolean summable() {
      return number()
          && (column.type() == SourceColumn.Type.NUMBER
              || column.type() == SourceColumn.Type.FLOAT);
    }

    /** The digits after the point that the org keeps; empty where the source has no more. */
    public Optional<Integer> roundedTo() {
      boolean finer =
          column.type() == SourceColumn.Type.FLOAT
              || column.scale() == SourceColumn.SCALE_ANY
              || column.scale() > target.scale();
      return summable() && finer ? Optional.of(target.scale()) : Optional.empty();
    }

    /** Whether both sides keep a date, or a moment. */
    public boolean dated() {
      return switch (column.type()) {
        case DATE, DATETIME -> kind() == TargetKind.DATE || kind() == TargetKind.DATETIME;
        case INSTANT -> kind() == TargetKind.DATETIME;
        default -> false;
      };
    }
  }
}
