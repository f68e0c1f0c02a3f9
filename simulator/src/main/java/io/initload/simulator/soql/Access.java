package io.initload.simulator.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which records can satisfy a condition, before it is tested on each of them. */
sealed interface Access {
  <R> R match(
      Function<Everything, R> everything,
      Function<Ids, R> ids,
      Function<Keys, R> keys,
      Function<Union, R> union);

  /** All records of the object. */
  record Everything() implements Access {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union) {
      return everything.apply(this);
    }
  }

  /** The records with these ids. */
  record Ids(List<String> values) implements Access {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union) {
      return ids.apply(this);
    }
  }

  /** The records whose indexed field has one of these values. */
  record Keys(FieldShape field, List<String> values) implements Access {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union) {
      return keys.apply(this);
    }
  }

  /** The records of any of several accesses, none of which is everything. */
  record Union(List<Access> parts) implements Access {
    @Override
    public <R> R match(
        Function<Everything, R> everything,
        Function<Ids, R> ids,
        Function<Keys, R> keys,
        Function<Union, R> union) {
      return union.apply(this);
    }
  }

  /** Both must hold: the narrower one is enough, the filter does the rest. */
  static Access both(Access a, Access b) {
    return a.rank() <= b.rank() ? a : b;
  }

  /** One must hold. */
  static Access either(List<Access> parts) {
    List<Access> narrow = new ArrayList<>();
    for (Access part : parts) {
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
        union -> Integer.MAX_VALUE - 1);
  }
}
