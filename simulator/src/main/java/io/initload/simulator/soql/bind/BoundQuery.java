package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.ObjectShape;
import io.initload.simulator.soql.bind.Bound.Getter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query that has been looked up and checked, ready to run.
 *
 * <p>A row of an answer is an array: the columns, then the record's id, then the id of each of
 * {@link #parents}. For {@link Shape#GROUPS} it is the columns alone.
 */
public final class BoundQuery {
  /** What an answer is made of. */
  public enum Shape {
    /** Records. */
    ROWS,
    /** {@code COUNT()}: one number and no rows. */
    COUNT,
    /** Groups, or one row of aggregates. */
    GROUPS
  }

  /** One entry of ORDER BY: over a record, or over the tuple of a group. */
  public record Order(
      Getter getter, Comparator<Object> ordering, boolean descending, boolean nullsLast) {
    public int compare(@Nullable Object a, @Nullable Object b) {
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
  public record Grouping(
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

  public ObjectShape object() {
    return object;
  }

  public Shape shape() {
    return shape;
  }

  public List<Column> columns() {
    return columns;
  }

  public List<Getter> getters() {
    return getters;
  }

  /**
   * Relationship paths that appear in the columns, outermost first: {@code [[Account], [Account,
   * Owner]]}.
   */
  public List<List<String>> parents() {
    return parents;
  }

  public Conditions.Narrowed where() {
    return where;
  }

  public @Nullable Grouping grouping() {
    return grouping;
  }

  public List<Order> order() {
    return order;
  }

  /** {@link Long#MAX_VALUE} where there is none. */
  public long limit() {
    return limit;
  }

  public long offset() {
    return offset;
  }
}
