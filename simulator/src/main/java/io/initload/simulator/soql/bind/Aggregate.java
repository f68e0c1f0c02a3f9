package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.parse.Operand;
import io.initload.simulator.soql.parse.QueryText;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a query. Its state is one plain value, so that partial states can be written to
 * disk and merged.
 */
public record Aggregate(Function function, Bound argument) {
  private static final int DISTINCT_MAX = 500_000;

  public enum Function {
    COUNT,
    COUNT_DISTINCT,
    SUM,
    AVG,
    MIN,
    MAX;

    static Optional<Function> named(String name) {
      String upper = name.toUpperCase(Locale.ROOT);
      for (Function function : values()) {
        if (function.name().equals(upper)) {
          return Optional.of(function);
        }
      }
      return Optional.empty();
    }

    boolean needsNumber() {
      return this == SUM || this == AVG;
    }
  }

  /** Number of values and their sum. */
  public record Mean(long count, double sum) {}

  /** Whether an operand is an aggregate. */
  static boolean is(Operand operand) {
    return operand.match(path -> false, call -> Function.named(call.name()).isPresent());
  }

  FieldKind kind() {
    return switch (function) {
      case COUNT, COUNT_DISTINCT -> FieldKind.INTEGER;
      case SUM, AVG -> FieldKind.DECIMAL;
      case MIN, MAX -> argument.kind();
    };
  }

  /** The state after one more row; null is the state before the first. */
  public @Nullable Object add(@Nullable Object state, RecordView row, Lookup lookup) {
    Object value = argument.getter().get(row, lookup);
    if (value == null) {
      return state;
    }
    return switch (function) {
      case COUNT -> state == null ? 1L : (Long) state + 1;
      case COUNT_DISTINCT -> distinct(state, value);
      case SUM -> ((Number) value).doubleValue() + (state == null ? 0.0 : (Double) state);
      case AVG -> merge(state, new Mean(1, ((Number) value).doubleValue()));
      case MIN, MAX -> merge(state, value);
    };
  }

  /** The state of two sets of rows together. */
  public @Nullable Object merge(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return switch (function) {
      case COUNT -> (Long) a + (Long) b;
      case COUNT_DISTINCT -> {
        Object merged = a;
        for (Object value : ((Seen) b).values()) {
          merged = distinct(merged, value);
        }
        yield merged;
      }
      case SUM -> (Double) a + (Double) b;
      case AVG ->
          new Mean(((Mean) a).count() + ((Mean) b).count(), ((Mean) a).sum() + ((Mean) b).sum());
      case MIN -> ordering().compare(a, b) <= 0 ? a : b;
      case MAX -> ordering().compare(a, b) >= 0 ? a : b;
    };
  }

  /** What the state answers. */
  public @Nullable Object result(@Nullable Object state) {
    return switch (function) {
      case COUNT -> state == null ? 0L : state;
      case COUNT_DISTINCT -> state == null ? 0L : (long) ((Seen) state).values().size();
      case AVG -> state == null ? null : ((Mean) state).sum() / ((Mean) state).count();
      case SUM, MIN, MAX -> state;
    };
  }

  private Object distinct(@Nullable Object state, Object value) {
    Set<Object> seen = new HashSet<>();
    if (state instanceof Seen known) {
      seen = known.values();
    }
    boolean fold =
        argument.kind() == FieldKind.TEXT && !argument.can(FieldShape.Ability.CASE_SENSITIVE);
    seen.add(fold ? ((String) value).toLowerCase(Locale.ROOT) : value);
    if (seen.size() > DISTINCT_MAX) {
      throw QueryText.refuse(
          SoqlError.QUERY_TOO_COMPLICATED,
          "COUNT_DISTINCT of more than %d values; narrow the filter".formatted(DISTINCT_MAX));
    }
    return new Seen(seen);
  }

  private Comparator<Object> ordering() {
    return Ordering.of(kind(), argument.can(FieldShape.Ability.CASE_SENSITIVE));
  }

  /** The distinct values so far; grows in place. */
  record Seen(Set<Object> values) {}
}
