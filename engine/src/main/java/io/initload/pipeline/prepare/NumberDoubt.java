package io.initload.pipeline.prepare;

import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A column whose type allows numbers that its field does not hold. Whether there are any only the
 * rows tell, see {@link NumberCounts}.
 *
 * @param where the place in the mapping
 * @param column its name
 * @param declared its type as users know it
 * @param whole digits before the point that the field holds; {@link #NO_DOUBT} where the type
 *     allows no more
 * @param decimals digits after the point that the field shows; {@link #NO_DOUBT} where the type
 *     allows no more
 * @param integer whether the field takes whole numbers only
 */
public record NumberDoubt(
    String where, String column, String declared, int whole, int decimals, boolean integer) {
  public static final int NO_DOUBT = -1;

  /** Those of a table, in the order of its mapping. */
  public static List<NumberDoubt> of(Prepared table) {
    List<NumberDoubt> doubts = new ArrayList<>();
    for (int i = 0; i < table.mapping().header().size(); i++) {
      TargetField field = table.compiled().targets().get(i);
      String place = table.object().name() + "." + table.mapping().header().get(i);
      column(table, i)
          .flatMap(c -> of(table.name() + "." + c.name() + " -> " + place, c, field))
          .ifPresent(doubts::add);
    }
    return doubts;
  }

  /** The column that feeds a field as a number. */
  private static Optional<SourceColumn> column(Prepared table, int field) {
    List<Piece> pieces = table.mapping().fields().get(field);
    if (pieces.size() != 1 || !(pieces.get(0) instanceof Piece.Read piece)) {
      return Optional.empty();
    }
    ColumnRead read = table.mapping().reads().get(piece.read());
    return read.rendering() == Rendering.NUMBER
        ? table.shape().column(read.column()).filter(c -> c.type() == SourceColumn.Type.NUMBER)
        : Optional.empty();
  }

  private static Optional<NumberDoubt> of(String where, SourceColumn column, TargetField field) {
    boolean integer = field.type().equals("int") || field.type().equals("long");
    int room = integer ? field.digits() : field.precision() - field.scale();
    int shown = integer ? 0 : field.scale();
    boolean anySize = column.precision() == 0;
    boolean anyScale = column.scale() == SourceColumn.SCALE_ANY;
    boolean larger = room > 0 && (anySize || column.precision() - column.scale() > room);
    boolean finer = anyScale || column.scale() > shown;
    return larger || finer
        ? Optional.of(
            new NumberDoubt(
                where,
                column.name(),
                column.declared(),
                larger ? room : NO_DOUBT,
                finer ? shown : NO_DOUBT,
                integer))
        : Optional.empty();
  }
}
