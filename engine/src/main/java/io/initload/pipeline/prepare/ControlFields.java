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

  /** The field of that name, which the mapping has. */
  public ControlGroup.Field of(String name) {
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
    return new ControlGroup.Field(
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
  public Optional<ControlGroup.Field> summed(Control control) {
    return control.field().isEmpty() ? Optional.empty() : Optional.of(of(control.field()));
  }

  /** What the source is asked for a control whose groups are all possible. */
  public TotalsQuery query(Control control) {
    Optional<ControlGroup.Field> of = summed(control);
    boolean arithmetic = of.filter(ControlGroup.Field::summable).isPresent();
    return new TotalsQuery(
        groups(control).stream().map(ControlGroup::asked).toList(),
        of.map(field -> field.column().name()),
        arithmetic,
        arithmetic || of.filter(ControlGroup.Field::dated).isPresent());
  }

  private TargetField target(String name) {
    return passes.stream()
        .filter(pass -> pass.mapping().header().contains(name))
        .map(pass -> pass.compiled().targets().get(pass.mapping().header().indexOf(name)))
        .findFirst()
        .orElseThrow();
  }
}
