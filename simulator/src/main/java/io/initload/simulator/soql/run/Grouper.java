package io.initload.simulator.soql.run;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.RecordStream;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.bind.Aggregate;
import io.initload.simulator.soql.bind.Bound;
import io.initload.simulator.soql.bind.BoundQuery.Grouping;
import io.initload.simulator.soql.bind.Lookup;
import io.initload.simulator.soql.bind.Order;
import io.initload.simulator.soql.bind.Ordering;
import io.initload.simulator.soql.parse.QueryText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Groups records in bounded memory: a table of groups; when it is full its partial groups go
 * through a {@link RowSorter} and are merged at the end.
 */
final class Grouper {
  static final int GROUPS_HELD_MAX = 50_000;

  private final Grouping grouping;
  private final int keyCount;
  private final List<Aggregate> aggregates;
  private final Path scratch;
  private final int groupsHeldMax;

  Grouper(Grouping grouping, Path scratch, int groupsHeldMax) {
    this.grouping = grouping;
    this.keyCount = grouping.keys().size();
    this.aggregates = grouping.aggregates();
    this.scratch = scratch;
    this.groupsHeldMax = groupsHeldMax;
  }

  /** Reads all records; gives tuples (keys, then results of the aggregates), HAVING applied. */
  RowCursor group(RecordStream records, Lookup lookup) {
    Map<List<@Nullable Object>, @Nullable Object[]> held = new HashMap<>();
    try (RowSorter spilled = new RowSorter(scratch, byKeys(), RowSorter.HELD_BYTES_MAX)) {
      boolean spills = false;
      while (records.next()) {
        add(held, records.record(), lookup);
        if (held.size() > groupsHeldMax) {
          refuseUnspillable();
          spills = true;
          held.values().forEach(spilled::add);
          held.clear();
        }
      }
      if (keyCount == 0 && held.isEmpty()) {
        held.put(List.of(), new @Nullable Object[aggregates.size()]);
      }
      List<@Nullable Object[]> last = new ArrayList<>(held.values());
      if (!spills) {
        last.sort(byKeys());
        return new Finished(new RowSorter.HeldRows(last), lookup);
      }
      last.forEach(spilled::add);
      return new Finished(new MergedGroups(spilled.sorted()), lookup);
    }
  }

  private void add(
      Map<List<@Nullable Object>, @Nullable Object[]> held, RecordView record, Lookup lookup) {
    @Nullable Object[] keys = new @Nullable Object[keyCount];
    @Nullable Object[] folded = new @Nullable Object[keyCount];
    for (int i = 0; i < keyCount; i++) {
      Bound key = grouping.keys().get(i);
      keys[i] = key.getter().get(record, lookup);
      folded[i] = fold(key, keys[i]);
    }
    @Nullable Object[] tuple =
        held.computeIfAbsent(
            Arrays.asList(folded), absent -> Arrays.copyOf(keys, keyCount + aggregates.size()));
    for (int i = 0; i < aggregates.size(); i++) {
      tuple[keyCount + i] = aggregates.get(i).add(tuple[keyCount + i], record, lookup);
    }
  }

  private static @Nullable Object fold(Bound key, @Nullable Object value) {
    boolean folds = key.kind() == FieldKind.TEXT && !key.can(FieldShape.Ability.CASE_SENSITIVE);
    return folds && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }

  private void refuseUnspillable() {
    for (Aggregate aggregate : aggregates) {
      if (aggregate.function() == Aggregate.Function.COUNT_DISTINCT) {
        throw QueryText.refuse(
            SoqlError.QUERY_TOO_COMPLICATED,
            "COUNT_DISTINCT in more than %d groups; narrow the filter".formatted(groupsHeldMax));
      }
    }
  }

  private Comparator<@Nullable Object[]> byKeys() {
    List<Order> orders = new ArrayList<>();
    for (Bound key : grouping.keys()) {
      orders.add(new Order(key.getter(), Ordering.of(key), false, false, false));
    }
    return RowOrder.of(orders);
  }

  /** Merges neighbours with equal keys. */
  private final class MergedGroups implements RowCursor {
    private final RowCursor sorted;
    private final Comparator<@Nullable Object[]> byKeys = byKeys();
    private @Nullable Object @Nullable [] ahead;

    MergedGroups(RowCursor sorted) {
      this.sorted = sorted;
      this.ahead = sorted.next();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      @Nullable Object @Nullable [] tuple = ahead;
      if (tuple == null) {
        return null;
      }
      for (ahead = sorted.next();
          ahead != null && byKeys.compare(tuple, ahead) == 0;
          ahead = sorted.next()) {
        for (int i = 0; i < aggregates.size(); i++) {
          tuple[keyCount + i] = aggregates.get(i).merge(tuple[keyCount + i], ahead[keyCount + i]);
        }
      }
      return tuple;
    }

    @Override
    public void close() {
      sorted.close();
    }
  }

  /** States become results, and HAVING is asked. */
  private final class Finished implements RowCursor {
    private final RowCursor states;
    private final Lookup lookup;

    Finished(RowCursor states, Lookup lookup) {
      this.states = states;
      this.lookup = lookup;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      for (@Nullable Object @Nullable [] tuple = states.next();
          tuple != null;
          tuple = states.next()) {
        for (int i = 0; i < aggregates.size(); i++) {
          tuple[keyCount + i] = aggregates.get(i).result(tuple[keyCount + i]);
        }
        if (grouping.having().test(new Tuple(tuple), lookup)) {
          return tuple;
        }
      }
      return null;
    }

    @Override
    public void close() {
      states.close();
    }
  }

  /** A group seen as a record, so that filters and orders can read it. */
  static final class Tuple implements RecordView {
    private final @Nullable Object[] values;

    Tuple(@Nullable Object[] values) {
      this.values = values;
    }

    @Override
    public String id() {
      return "";
    }

    @Override
    public @Nullable Object value(int fieldIndex) {
      return values[fieldIndex];
    }
  }
}
