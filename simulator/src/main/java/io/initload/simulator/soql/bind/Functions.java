package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.parse.Operand.FunctionCall;
import io.initload.simulator.soql.parse.Operand.Path;
import io.initload.simulator.soql.parse.QueryText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one value. Aggregates are not here: they are functions of many rows. Dates are taken
 * in UTC.
 */
enum Functions {
  TOLABEL(null),
  CONVERTCURRENCY(null),
  CALENDAR_YEAR(FieldKind.INTEGER),
  CALENDAR_QUARTER(FieldKind.INTEGER),
  CALENDAR_MONTH(FieldKind.INTEGER),
  DAY_IN_MONTH(FieldKind.INTEGER),
  DAY_IN_YEAR(FieldKind.INTEGER),
  HOUR_IN_DAY(FieldKind.INTEGER),
  DAY_ONLY(FieldKind.DATE);

  /** The kind of the result; null where it is the argument's. */
  private final @Nullable FieldKind result;

  Functions(@Nullable FieldKind result) {
    this.result = result;
  }

  static Optional<Functions> named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (Functions function : values()) {
      if (function.name().equals(upper)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  /** Of a date or datetime: refused by Bulk query in GROUP BY, and not selectable alone. */
  boolean isOfDate() {
    return result != null;
  }

  Bound bind(QueryText text, Function<Path, Bound> fields, FunctionCall call) {
    if (call.arguments().size() != 1) {
      throw text.malformed(call.at(), "%s takes one field".formatted(call.name()));
    }
    Bound argument =
        call.arguments()
            .get(0)
            .match(
                fields,
                inner -> {
                  if (inner.name().equalsIgnoreCase("convertTimezone")
                      && inner.arguments().size() == 1
                      && inner.arguments().get(0) instanceof Path path) {
                    return fields.apply(path);
                  }
                  throw text.malformed(
                      inner.at(), "functions cannot be nested: %s".formatted(inner.text()));
                });
    FieldKind kind = result == null ? argument.kind() : result;
    if (result != null
        && argument.kind() != FieldKind.DATE
        && argument.kind() != FieldKind.DATETIME) {
      throw text.invalid(
          call.at(),
          "field %s does not support date function %s".formatted(argument.label(), name()));
    }
    Bound.Getter inner = argument.getter();
    Bound.Getter getter = result == null ? inner : (row, lookup) -> ofDate(inner.get(row, lookup));
    Set<FieldShape.Ability> abilities =
        Set.of(FieldShape.Ability.FILTER, FieldShape.Ability.SORT, FieldShape.Ability.GROUP);
    List<String> path = result == null ? argument.path() : List.of(call.text());
    return new Bound(path, kind, result == null ? argument.abilities() : abilities, getter, null);
  }

  private @Nullable Object ofDate(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    ZonedDateTime time =
        value instanceof Instant instant
            ? instant.atZone(ZoneOffset.UTC)
            : ((LocalDate) value).atStartOfDay(ZoneOffset.UTC);
    return switch (this) {
      case CALENDAR_YEAR -> (long) time.getYear();
      case CALENDAR_QUARTER -> (long) ((time.getMonthValue() - 1) / 3 + 1);
      case CALENDAR_MONTH -> (long) time.getMonthValue();
      case DAY_IN_MONTH -> (long) time.getDayOfMonth();
      case DAY_IN_YEAR -> (long) time.getDayOfYear();
      case HOUR_IN_DAY -> (long) time.getHour();
      case DAY_ONLY -> time.toLocalDate();
      case TOLABEL, CONVERTCURRENCY ->
          throw new DateTimeException(this + " is not a function of a date");
    };
  }
}
