package io.initload.simulator.soql;

import io.initload.simulator.soql.Bound.Getter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that has been looked up and checked, ready to run.
 *
 * <p>A row of an answer is an array: the columns, then the record's id, then the id of each of
 * {@link #parents}. For {@link Shape#GROUPS} it is the columns alone.
 */
final class BoundQuery {
  /** What an answer is made of. */
  enum Shape {
    /** Records. */
    ROWS,
    /** {@code COUNT()}: one number and no rows. */
    COUNT,
    /** Groups, or one row of aggregates. */
    GROUPS
  }

  /** One entry of ORDER BY: over a record, or over the tuple of a group. */
  record Order(Getter getter, Comparator<Object> ordering, boolean descending, boolean nullsLast) {
    int compare(@Nullable Object a, @Nullable Object b) {
      if (a == null || b == null) {
        int nullFirst = a == b ? 0 : a == null ? -1 : 1;
        return nullsLast ? -nullFirst : nullFirst;
      }
      return descending ? ordering.compare(b, a) : ordering.compare(a, b);
    }
  }

  /**
   * Grouping: a group's tuple is the keys, then the aggregates.
   *
   * @param outputs for each column its place in the tuple
   * @param having reads tuples through {@link StoredRecord#value}
   */
  record Grouping(
      List<Bound> keys, List<Aggregate> aggregates, List<Integer> outputs, Filter having) {}

  private final ObjectShape object;
  private final Shape shape;
  private final List<Column> columns;
  private final List<Getter> getters;
  private final List<List<String>> parents;
  private final Conditions.Narrowed where;
  private final @Nullable Grouping grouping;
  private final List<Order> order;
  private final long limit;
  private final long offset;

  /** {@code getters} gives the whole row for {@link Shape#ROWS}, and is empty otherwise. */
  BoundQuery(
      ObjectShape object,
      Shape shape,
      List<Column> columns,
      List<Getter> getters,
      List<List<String>> parents,
      Conditions.Narrowed where,
      @Nullable Grouping grouping,
      List<Order> order,
      long limit,
      long offset) {
    this.object = object;
    this.shape = shape;
    this.columns = List.copyOf(columns);
    this.getters = List.copyOf(getters);
    this.parents = List.copyOf(parents);
    this.where = where;
    this.grouping = grouping;
    this.order = List.copyOf(order);
    this.limit = limit;
    this.offset = offset;
  }

  ObjectShape object() {
    return object;
  }

  Shape shape() {
    return shape;
  }

  List<Column> columns() {
    return columns;
  }

  List<Getter> getters() {
    return getters;
  }

  /**
   * Relationship paths that appear in the columns, outermost first: {@code [[Account], [Account,
   * Owner]]}.
   */
  List<List<String>> parents() {
    return parents;
  }

  Conditions.Narrowed where() {
    return where;
  }

  @Nullable Grouping grouping() {
    return grouping;
  }

  List<Order> order() {
    return order;
  }

  /** {@link Long#MAX_VALUE} where there is none. */
  long limit() {
    return limit;
  }

  long offset() {
    return offset;
  }
}
