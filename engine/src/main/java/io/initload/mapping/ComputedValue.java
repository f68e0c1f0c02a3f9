package io.initload.mapping;

import io.initload.expression.Expression;
import io.initload.expression.Incomputable;
import io.initload.expression.MapUse;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field's value made of columns by an expression: whoever renders a row computes it here, and
 * nowhere else. Thread-safe.
 *
 * @param reads the read of each column, by the column's name in the expression
 */
public record ComputedValue(Expression expression, Map<String, Integer> reads) {
  public ComputedValue {
    reads = Map.copyOf(reads);
  }

  /** Writes the value; nothing where it is null, or where the row has none. */
  void write(SourceRow row, FieldSink sink) {
    try {
      RowValues values = new RowValues(row, reads);
      Object value = expression.evaluate(values);
      if (values.sink.emptied()) {
        sink.noNumber();
      }
      if (value != null) {
        write(value, sink);
      }
    } catch (Incomputable e) {
      sink.refused(e.code(), String.valueOf(e.getMessage()));
    }
  }

  /** The maps it asks, with the columns it asks them by; none where these are no plain columns. */
  List<MapUse> asked(List<ColumnRead> all) {
    return expression.maps().stream()
        .map(
            use ->
                new MapUse(
                    use.map(),
                    use.columns().stream()
                        .map(name -> all.get(Objects.requireNonNull(reads.get(name))).column())
                        .toList()))
        .toList();
  }

  private static void write(Object value, FieldSink sink) {
    if (value instanceof String text) {
      sink.text(text);
    } else if (value instanceof BigDecimal number) {
      sink.number(number);
    } else if (value instanceof Boolean truth) {
      sink.bool(truth);
    } else if (value instanceof LocalDate date) {
      sink.date(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    } else if (value instanceof Instant instant) {
      LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      sink.dateTime(
          utc.getYear(),
          utc.getMonthValue(),
          utc.getDayOfMonth(),
          utc.getHour(),
          utc.getMinute(),
          utc.getSecond(),
          utc.getNano());
    }
  }

  /**
   * A row's values as an expression asks for them: read when they are asked for, and not before.
   */
  private static final class RowValues extends AbstractMap<String, Object> {
    private final SourceRow row;
    private final Map<String, Integer> reads;
    private final ValueSink sink = new ValueSink();

    /**
     * @param reads by name
     */
    RowValues(SourceRow row, Map<String, Integer> reads) {
      this.row = row;
      this.reads = reads;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
      Integer read = reads.get(name);
      if (read == null) {
        return null;
      }
      sink.beginField();
      Object value = row.write(read, sink) ? sink.value() : null;
      return value == null ? Expression.NULL : value;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return reads.containsKey(name);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
      return reads.keySet().stream()
          .map(name -> Map.entry(name, Objects.requireNonNull(get(name))))
          .collect(Collectors.toSet());
    }
  }
}
