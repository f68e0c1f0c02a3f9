package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.bind.Bound.Getter;
import io.initload.simulator.soql.parse.SoqlQuery;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of ORDER BY: over a record, or over the tuple of a group.
 *
 * @param byId whether it is over the record's own id
 */
public record Order(
    Getter getter,
    Comparator<Object> ordering,
    boolean descending,
    boolean nullsLast,
    boolean byId) {
  static Order of(SoqlQuery.OrderItem item, Bound bound) {
    FieldShape own = bound.own();
    return new Order(
        bound.getter(),
        Ordering.of(bound),
        item.descending(),
        item.nullsLast(),
        own != null && own.kind() == FieldKind.ID);
  }

  /** Compares two values it got. */
  public int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      int nullFirst = a == b ? 0 : a == null ? -1 : 1;
      return nullsLast ? -nullFirst : nullFirst;
    }
    return descending ? ordering.compare(b, a) : ordering.compare(a, b);
  }
}
