package io.initload.simulator.soql.parse;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A query as written. Names are not yet looked up.
 *
 * @param subqueries the queries of its semi-joins, in the order in which they stand
 */
public record SoqlQuery(
    QueryText text,
    List<SelectItem> select,
    Operand.Path from,
    @Nullable String alias,
    @Nullable Condition where,
    List<Operand> groupBy,
    @Nullable Condition having,
    List<OrderItem> orderBy,
    OptionalLong limit,
    OptionalLong offset,
    List<SoqlQuery> subqueries) {

  /** One entry of ORDER BY. */
  public record OrderItem(Operand operand, boolean descending, boolean nullsLast) {}
}
