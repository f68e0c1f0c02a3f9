package io.initload.draft;

import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.util.Locale;
import java.util.Set;

/** Whether values of a column may become values of a field, by their types alone. */
enum Fit {
  /** Never: the mapping would be refused. */
  NONE,
  /** Some values may. */
  SOME,
  /** All may, as far as types tell. */
  ALL;

  static Fit of(SourceColumn column, TargetField field) {
    if (!loadable(column)) {
      return NONE;
    }
    SourceColumn.Type type = column.type();
    return switch (TargetKind.of(field)) {
      case TEXT -> text(column, field);
      case DECIMAL, INTEGER ->
          any(
              type,
              Set.of(SourceColumn.Type.NUMBER, SourceColumn.Type.FLOAT),
              Set.of(SourceColumn.Type.BOOLEAN));
      case BOOLEAN ->
          column.precision() == 1
              ? ALL
              : any(
                  type,
                  Set.of(SourceColumn.Type.BOOLEAN),
                  Set.of(SourceColumn.Type.TEXT, SourceColumn.Type.NUMBER));
      case DATE ->
          any(
              type,
              Set.of(SourceColumn.Type.DATE, SourceColumn.Type.DATETIME, SourceColumn.Type.INSTANT),
              Set.of());
      case DATETIME ->
          any(
              type,
              Set.of(SourceColumn.Type.DATETIME, SourceColumn.Type.INSTANT),
              Set.of(SourceColumn.Type.DATE));
      case TIME ->
          any(
              type,
              Set.of(SourceColumn.Type.TIME),
              Set.of(SourceColumn.Type.DATETIME, SourceColumn.Type.INSTANT));
      case ID, NONE -> NONE;
    };
  }

  /** Whether anything can be made of the column without being told how. */
  static boolean loadable(SourceColumn column) {
    return column.type() != SourceColumn.Type.UNSUPPORTED
        && !(column.type() == SourceColumn.Type.BINARY
            && column.declared().toUpperCase(Locale.ROOT).matches(".*(LOB|LONG|LARGE|BFILE).*"));
  }

  private static Fit text(SourceColumn column, TargetField field) {
    boolean written =
        switch (column.type()) {
          case TEXT, LONG_TEXT, JSON, XML -> true;
          default -> false;
        };
    return written && column.length() <= field.length() ? ALL : SOME;
  }

  private static Fit any(
      SourceColumn.Type type, Set<SourceColumn.Type> all, Set<SourceColumn.Type> some) {
    if (all.contains(type)) {
      return ALL;
    }
    return some.contains(type) || type == SourceColumn.Type.TEXT ? SOME : NONE;
  }
}
