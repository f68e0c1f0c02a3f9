package io.initload.mapping.compile;

import io.initload.config.FieldMapping;
import io.initload.config.TableConfig;
import io.initload.config.ValueMap;
import io.initload.config.ValuePolicy;
import io.initload.expression.Expression;
import io.initload.expression.ExpressionCompiler;
import io.initload.expression.Fault;
import io.initload.expression.ValueType;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.ComputedValue;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of a table that expressions feed. Not thread-safe. */
final class ExpressionFeeds {
  private final TableConfig table;
  private final Map<String, SourceColumn> columns;
  private final Findings findings;
  private final Map<List<ValueMap>, ExpressionCompiler> compilers = new HashMap<>();

  ExpressionFeeds(TableConfig table, List<SourceColumn> columns, Findings findings) {
    this.table = table;
    this.findings = findings;
    // Of two columns whose names are one in the language, neither can be told from the other.
    this.columns =
        columns.stream()
            .filter(column -> typeOf(column).isPresent())
            .collect(
                Collectors.groupingBy(
                    column -> ExpressionCompiler.name(column.name()),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .entrySet()
            .stream()
            .filter(named -> named.getValue().size() == 1)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    named -> named.getValue().get(0),
                    (one, other) -> one,
                    LinkedHashMap::new));
  }

  /**
   * Compiles what feeds a field; reports what is wrong.
   *
   * @param read makes the read of a column one of the table's, and tells its place
   */
  Optional<ComputedValue> compile(
      FieldMapping.Expression feed, TargetField field, Function<ColumnRead, Integer> read) {
    List<Fault> faults = new ArrayList<>();
    Optional<Expression> expression = compiler(feed.maps()).compile(feed.text(), faults);
    for (Fault fault : faults) {
      findings.error(
          "EXPRESSION_WRONG",
          "The expression %s (%s)."
              .formatted(fault.message(), feed.place().plus(fault.line(), fault.column())),
          "docs/mapping.md has the language: its types, signs and functions.");
    }
    if (expression.isEmpty() || !fits(expression.get().type(), field)) {
      return Optional.empty();
    }
    Map<String, Integer> reads = new LinkedHashMap<>();
    for (String name : expression.get().columns()) {
      SourceColumn column = Objects.requireNonNull(columns.get(name));
      ValuePolicy policy = table.policy(column.name());
      reads.put(
          name,
          read.apply(new ColumnRead(column.name(), rendering(column, policy), policy.zone())));
    }
    return Optional.of(new ComputedValue(expression.get(), reads));
  }

  private ExpressionCompiler compiler(List<ValueMap> maps) {
    return compilers.computeIfAbsent(
        maps,
        all -> {
          Map<String, ValueType> types = new LinkedHashMap<>();
          columns.forEach((name, column) -> types.put(name, typeOf(column).orElseThrow()));
          Map<String, ValueMap> named =
              all.stream().collect(Collectors.toMap(ValueMap::name, map -> map));
          return new ExpressionCompiler(types, named, table.sourceZone());
        });
  }

  private boolean fits(ValueType type, TargetField field) {
    boolean fits =
        switch (TargetKind.of(field)) {
          case TEXT -> type != ValueType.DATE && type != ValueType.DATETIME;
          case DECIMAL, INTEGER -> type == ValueType.NUMBER;
          case BOOLEAN -> type == ValueType.BOOLEAN;
          case DATE -> type == ValueType.DATE;
          case DATETIME -> type == ValueType.DATETIME;
          case TIME, ID -> type == ValueType.TEXT;
          case NONE -> true;
        };
    if (!fits) {
      findings.error(
          "TYPE_MISMATCH",
          "The expression yields a %s, which cannot feed a field of type %s."
              .formatted(type.words(), field.type()),
          "Convert it in the expression: number(...), parseDate(...), formatDate(...).");
    }
    return fits;
  }

  /** What a column is in the language; empty for what cannot be read there. */
  private static Optional<ValueType> typeOf(SourceColumn column) {
    if (column.readOnce()) {
      return Optional.empty();
    }
    return switch (column.type()) {
      case TEXT, LONG_TEXT, JSON, XML, INTERVAL, TIME -> Optional.of(ValueType.TEXT);
      case NUMBER, FLOAT -> Optional.of(ValueType.NUMBER);
      case BOOLEAN -> Optional.of(ValueType.BOOLEAN);
      case DATE -> Optional.of(ValueType.DATE);
      case DATETIME, INSTANT -> Optional.of(ValueType.DATETIME);
      case BINARY, UNSUPPORTED -> Optional.empty();
    };
  }

  private static Rendering rendering(SourceColumn column, ValuePolicy policy) {
    return switch (column.type()) {
      case NUMBER, FLOAT -> Rendering.NUMBER;
      case BOOLEAN -> Rendering.BOOLEAN;
      case DATE -> Rendering.DATE;
      case DATETIME, INSTANT -> Rendering.DATETIME;
      case TIME -> Rendering.TIME;
      default -> TypeRules.text(column, policy, false);
    };
  }
}
