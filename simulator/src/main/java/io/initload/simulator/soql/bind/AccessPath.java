package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.FieldShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which records can satisfy a condition, before it is tested on each of them. */
public sealed interface AccessPath {
  <R> R match(
      Function<Everything, R> everything,
      Function<Ids, R> ids,
      Function<Keys, R> keys,
      Function<Union, R> union,
      Function<Range, R> range);

  /** All records of the object. */
  record Everything() implements AccessPath {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union,
        Function<Range, R> range) {
      return everything.apply(this);
    }
  }

  /** The records with these ids. */
  record Ids(List<String> values) implements AccessPath {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union,
        Function<Range, R> range) {
      return ids.apply(this);
    }
  }

  /** The records whose indexed field has one of these values. */
  record Keys(FieldShape field, List<String> values) implements AccessPath {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union,
        Function<Range, R> range) {
      return keys.apply(this);
    }
  }

  /** The records of any of several accesses, none of which is everything. */
  record Union(List<AccessPath> parts) implements AccessPath {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union,
        Function<Range, R> range) {
      return union.apply(this);
    }
  }

  /**
   * The records whose id or indexed text lies between two values, both included; null is no bound.
   */
  record Range(FieldShape field, @Nullable String from, @Nullable String to) implements AccessPath {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union,
        Function<Range, R> range) {
      return range.apply(this);
    }

    /** Records in both; of two bounds on one side the second is kept, the filter does the rest. */
    Range and(Range other) {
      return new Range(
          field, other.from == null ? from : other.from, other.to == null ? to : other.to);
    }
  }

  /** Both must hold: the narrower one is enough, the filter does the rest. */
  static AccessPath both(AccessPath a, AccessPath b) {
    if (a instanceof Range left && b instanceof Range right && left.field().equals(right.field())) {
      return left.and(right);
    }
    return a.rank() <= b.rank() ? a : b;
  }

  /** One must hold. */
  static AccessPath either(List<AccessPath> parts) {
    List<AccessPath> narrow = new ArrayList<>();
    for (AccessPath part : parts) {
      if (part instanceof Everything) {
        return part;
      }
      narrow.add(part);
    }
    return new Union(List.copyOf(narrow));
  }

  private int rank() {
    return match(
        everything -> Integer.MAX_VALUE,
        ids -> ids.values().size(),
        keys -> keys.values().size(),
        union -> Integer.MAX_VALUE - 2,
        range -> Integer.MAX_VALUE - 1);
  }
}
