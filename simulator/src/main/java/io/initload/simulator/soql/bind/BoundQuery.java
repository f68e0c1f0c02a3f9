package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.soql.bind.Bound.Getter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that has been looked up and checked, ready to run.
 *
 * <p>A row of an answer is an array: the columns, then the record's id, then the id of each of
 * {@code parents}. For {@link Shape#GROUPS} it is the columns alone.
 *
 * @param getters give the whole row for {@link Shape#ROWS}; none otherwise
 * @param parents relationship paths that appear in the columns, outermost first: {@code [[Account],
 *     [Account, Owner]]}
 * @param grouping null unless the shape is {@link Shape#GROUPS}
 * @param subqueries the queries of its semi-joins
 * @param limit {@link Long#MAX_VALUE} where there is none
 */
public record BoundQuery(
    ObjectShape object,
    Shape shape,
    List<Column> columns,
    List<Getter> getters,
    List<List<String>> parents,
    Narrowed where,
    @Nullable Grouping grouping,
    List<Order> order,
    List<BoundQuery> subqueries,
    long limit,
    long offset) {
  public BoundQuery {
    columns = List.copyOf(columns);
    getters = List.copyOf(getters);
    parents = List.copyOf(parents);
    order = List.copyOf(order);
    subqueries = List.copyOf(subqueries);
  }

  /** Whether a walk over all records in the order of their ids answers it. */
  public boolean walksIds() {
    return shape == Shape.ROWS
        && where.access() instanceof AccessPath.Everything
        && order.size() == 1
        && order.get(0).byId();
  }

  /** What an answer is made of. */
  public enum Shape {
    /** Records. */
    ROWS,
    /** {@code COUNT()}: one number and no rows. */
    COUNT,
    /** Groups, or one row of aggregates. */
    GROUPS
  }

  /**
   * Grouping: a group's tuple is the keys, then the aggregates.
   *
   * @param outputs for each column its place in the tuple
   * @param having reads tuples through {@link RecordView#value}
   */
  public record Grouping(
      List<Bound> keys, List<Aggregate> aggregates, List<Integer> outputs, Filter having) {}
}
