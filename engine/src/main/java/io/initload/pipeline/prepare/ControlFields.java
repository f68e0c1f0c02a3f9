package io.initload.pipeline.prepare;

import io.initload.config.FieldMapping;
import io.initload.config.TableConfig;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
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

  private TargetField target(String name) {
    return passes.stream()
        .filter(pass -> pass.mapping().header().contains(name))
        .map(pass -> pass.compiled().targets().get(pass.mapping().header().indexOf(name)))
        .findFirst()
        .orElseThrow();
  }
}
