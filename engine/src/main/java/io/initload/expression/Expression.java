package io.initload.expression;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a table, ready to be evaluated. Thread-safe.
 *
 * <p>It has no loops, sees nothing but the values that it is given, and ends.
 */
public final class Expression {
  /** What stands for null among the values of a row. */
  public static final Object NULL = NullValue.NULL_VALUE;

  private final Program program;
  private final ValueType type;
  private final List<String> columns;
  private final List<MapUse> maps;

  Expression(Program program, ValueType type, List<String> columns, List<MapUse> maps) {
    this.program = program;
    this.type = type;
    this.columns = List.copyOf(columns);
    this.maps = List.copyOf(maps);
  }

  /** The type of its value. */
  public ValueType type() {
    return type;
  }

  /** The columns that it reads, each once. */
  public List<String> columns() {
    return columns;
  }

  /** The maps that it asks. */
  public List<MapUse> maps() {
    return maps;
  }

  /**
   * Its value for a row.
   *
   * @param values by the columns' names in the language, with {@link #NULL} for null
   * @return of {@link #type()}; null where the value is null
   * @throws Incomputable when the row has none
   */
  public @Nullable Object evaluate(Map<String, ?> values) {
    Object value;
    try {
      value = program.eval(values);
    } catch (CelEvaluationException e) {
      throw why(e);
    }
    if (value == NULL) {
      return null;
    }
    return type == ValueType.NUMBER ? Language.number(value) : value;
  }

  private static Incomputable why(CelEvaluationException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Incomputable known) {
        return known;
      }
    }
    return new Incomputable("has a condition that is null, or another value it cannot go on with");
  }
}
