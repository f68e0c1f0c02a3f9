package io.initload.pipeline.prepare;

import io.initload.config.Control;
import io.initload.config.Control.Dimension;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Both sides of the fields that a control names. Immutable. */
public final class ControlFields {
  private final TableConfig table;
  private final TableShape shape;
  private final List<Prepared> passes;

  /**
   * A field of the org.
   *
   * @param header as the org spells it
   */
  private record Target(String header, TargetField field) {}

  /**
   * @param passes those over the table: together they have all of its fields
   */
  public ControlFields(TableConfig table, TableShape shape, List<Prepared> passes) {
    this.table = table;
    this.shape = shape;
    this.passes = passes;
  }

  /** Why a control cannot be compared; empty where it can, and the rest may be asked. */
  public Optional<String> impossible(Control control) {
    List<String> names = new ArrayList<>(control.by().stream().map(Dimension::field).toList());
    if (!control.field().isEmpty()) {
      names.add(control.field());
    }
    return names.stream()
        .flatMap(name -> impossible(name).stream())
        .findFirst()
        .or(
            () ->
                groups(control).stream().flatMap(group -> group.impossible().stream()).findFirst());
  }

  private Optional<String> impossible(String name) {
    Optional<Target> target = target(name);
    if (target.isEmpty()) {
      return Optional.of(name + ": no pass that is looked at loads it.");
    }
    return FieldPath.parse(name).isParent() && !FieldPath.parse(target.get().header()).isParent()
        ? Optional.of(
            name + ": an id is sent in its place, also for rows that name nobody or a fallback.")
        : Optional.empty();
  }

  /** The field of that name, which the mapping has. */
  private ControlGroup.Field of(String name) {
    String column =
        table.fields().stream()
            .filter(f -> f.field().equals(name))
            .map(FieldMapping::feed)
            .flatMap(feed -> feed.columns().stream())
            .findFirst()
            .orElseThrow();
    SourceColumn source = shape.required(column);
    Target target = target(name).orElseThrow();
    ZoneId zone = table.policy(column).zone().orElse(table.sourceZone());
    boolean shifts =
        TargetKind.of(target.field()) == TargetKind.DATETIME
            && source.type() != SourceColumn.Type.INSTANT
            && !zone.normalized().equals(ZoneOffset.UTC);
    return new ControlGroup.Field(
        target.header(),
        source,
        target.field(),
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

  /** What the source is asked for a control that is not impossible. */
  public TotalsQuery query(Control control) {
    Optional<ControlGroup.Field> of = summed(control);
    boolean arithmetic = of.filter(ControlGroup.Field::summable).isPresent();
    return new TotalsQuery(
        groups(control).stream().map(ControlGroup::asked).toList(),
        of.map(field -> field.column().name()),
        arithmetic,
        arithmetic || of.filter(ControlGroup.Field::dated).isPresent());
  }

  /** By the place of the name in the mapping: the org may spell it otherwise. */
  private Optional<Target> target(String name) {
    for (Prepared pass : passes) {
      int at = pass.compiled().mapped().indexOf(name);
      if (at >= 0) {
        return Optional.of(
            new Target(pass.mapping().header().get(at), pass.compiled().targets().get(at)));
      }
    }
    return Optional.empty();
  }
}
