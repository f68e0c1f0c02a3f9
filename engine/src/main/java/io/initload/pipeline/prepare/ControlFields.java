package io.initload.pipeline.prepare;

import io.initload.config.Control;
import io.initload.config.FieldMapping;
import io.initload.config.TableConfig;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.plan.TotalsQuery;
import io.initload.source.TableShape;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Both sides of the fields that a control names. Immutable. */
public final class ControlFields {
  private final TableConfig table;
  private final TableShape shape;
  private final List<Prepared> passes;

  /**
   * @param passes those over the table: together they have all of its fields
   */
  public ControlFields(TableConfig table, TableShape shape, List<Prepared> passes) {
    this.table = table;
    this.shape = shape;
    this.passes = passes;
  }

  /**
   * A field.
   *
   * @param name as the mapping has it
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

    /** Whether both sides keep a date, or a moment. */
    public boolean dated() {
      return switch (column.type()) {
        case DATE, DATETIME -> kind() == TargetKind.DATE || kind() == TargetKind.DATETIME;
        case INSTANT -> kind() == TargetKind.DATETIME;
        default -> false;
      };
    }
  }

  /** The field of that name, which the mapping has. */
  public Field of(String name) {
    String column =
        table.fields().stream()
            .filter(f -> f.field().equals(name))
            .map(FieldMapping::feed)
            .flatMap(feed -> feed.columns().stream())
            .findFirst()
            .orElseThrow();
    SourceColumn source = shape.required(column);
    TargetField target = target(name);
    ZoneId zone = table.policy(column).zone().orElse(table.sourceZone());
    boolean shifts =
        TargetKind.of(target) == TargetKind.DATETIME
            && source.type() != SourceColumn.Type.INSTANT
            && !zone.normalized().equals(ZoneOffset.UTC);
    return new Field(
        name,
        source,
        target,
        FieldPath.parse(name).isParent(),
        shifts ? Optional.of(zone) : Optional.empty());
  }

  /** What rows of a control are grouped by. */
  public List<ControlGroup> groups(Control control) {
    return control.by().stream().map(d -> new ControlGroup(d, of(d.field()))).toList();
  }

  /** What is summed up; empty where rows are counted alone. */
  public Optional<Field> summed(Control control) {
    return control.field().isEmpty() ? Optional.empty() : Optional.of(of(control.field()));
  }

  /** What the source is asked for a control whose groups are all possible. */
  public TotalsQuery query(Control control) {
    Optional<Field> of = summed(control);
    boolean arithmetic = of.filter(Field::summable).isPresent();
    return new TotalsQuery(
        groups(control).stream().map(ControlGroup::asked).toList(),
        of.map(field -> field.column().name()),
        arithmetic,
        arithmetic || of.filter(Field::dated).isPresent());
  }

  private TargetField target(String name) {
    return passes.stream()
        .filter(pass -> pass.mapping().header().contains(name))
        .map(pass -> pass.compiled().targets().get(pass.mapping().header().indexOf(name)))
        .findFirst()
        .orElseThrow();
  }
}
