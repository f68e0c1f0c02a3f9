package io.initload.simulator.soql.parse;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A query as written. Names are not yet looked up. */
public record Query(
    QueryText text,
    List<SelectItem> select,
    Operand.Path from,
    @Nullable String alias,
    @Nullable Condition where,
    List<Operand> groupBy,
    @Nullable Condition having,
    List<OrderItem> orderBy,
    OptionalLong limit,
    OptionalLong offset) {

  /** One entry of ORDER BY. */
  public record OrderItem(Operand operand, boolean descending, boolean nullsLast) {}
}
