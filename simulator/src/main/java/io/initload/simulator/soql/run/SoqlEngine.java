package io.initload.simulator.soql.run;

import io.initload.simulator.soql.Catalog;
import io.initload.simulator.soql.Dialect;
import io.initload.simulator.soql.QueryBounds;
import io.initload.simulator.soql.RecordSource;
import io.initload.simulator.soql.RecordSource.Visibility;
import io.initload.simulator.soql.RecordView;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.bind.AccessPath;
import io.initload.simulator.soql.bind.Bound;
import io.initload.simulator.soql.bind.BoundQuery;
import io.initload.simulator.soql.bind.BulkRules;
import io.initload.simulator.soql.bind.DateLiterals;
import io.initload.simulator.soql.bind.Filter;
import io.initload.simulator.soql.bind.Lookup;
import io.initload.simulator.soql.bind.Order;
import io.initload.simulator.soql.bind.QueryCompiler;
import io.initload.simulator.soql.parse.QueryText;
import io.initload.simulator.soql.parse.SoqlQuery;
import io.initload.simulator.soql.parse.SoqlReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs SOQL over the records of an org: {@link #prepare} a text, then {@link #run} or {@link
 * #count} it.
 *
 * <p>Memory does not grow with the data: rows stream; sorting and grouping spill to the scratch
 * directory. Safe for several threads; each {@link QueryRows} belongs to one.
 */
public final class SoqlEngine {
  /** Up to here ORDER BY with LIMIT keeps its best rows in memory. */
  private static final int TOP_ROWS_MAX = 2_000;

  private static final int GROUPS_ANSWERED_MAX = 2_000;
  private static final int SEMI_JOIN_VALUES_MAX = 500_000;

  private final Catalog catalog;
  private final RecordSource source;
  private final Path scratch;

  /**
   * {@code scratch} is an existing directory for rows that do not fit in memory; files in it live
   * as long as the run they belong to.
   */
  public SoqlEngine(Catalog catalog, RecordSource source, Path scratch) {
    this.catalog = catalog;
    this.source = source;
    this.scratch = scratch;
  }

  /**
   * Parses and checks a query.
   *
   * @param now the moment relative dates ({@code TODAY}) are relative to
   * @param zone the asking user's time zone, which decides where days begin
   * @throws SoqlException if the org refuses the query
   */
  public PreparedQuery prepare(String soql, Dialect dialect, Instant now, ZoneId zone) {
    SoqlQuery query = SoqlReader.read(soql);
    if (dialect == Dialect.BULK) {
      BulkRules.check(query);
    }
    BoundQuery bound = QueryCompiler.compile(catalog, query, new DateLiterals(now, zone));
    if (dialect == Dialect.BULK) {
      BulkRules.check(bound);
    }
    return new PreparedQuery(bound);
  }

  /**
   * Answers {@code COUNT()}.
   *
   * @throws SoqlException with {@code QUERY_TIMEOUT} if it reads more than the bounds allow
   */
  public long count(PreparedQuery prepared, Visibility visibility, QueryBounds bounds) {
    BoundQuery query = prepared.query();
    return within(matching(query, visibility, bounds), query);
  }

  private long matching(BoundQuery query, Visibility visibility, QueryBounds bounds) {
    if (query.where().access() instanceof AccessPath.Everything
        && query.where().filter() == Filter.ALL) {
      OptionalLong known = source.count(query.object(), visibility);
      if (known.isPresent()) {
        if (known.getAsLong() > bounds.scannedRowsMax()) {
          throw RecordWalk.timeout();
        }
        return known.getAsLong();
      }
    }
    long count = 0;
    try (RecordWalk walk = walk(query, visibility, bounds, lookup(query, visibility, bounds))) {
      while (walk.next()) {
        count++;
      }
    }
    return count;
  }

  private static long within(long matching, BoundQuery query) {
    return Math.min(Math.max(0, matching - query.offset()), query.limit());
  }

  /**
   * Starts a query that answers rows; {@link QueryRows#next} may throw what this may.
   *
   * @throws SoqlException with {@code QUERY_TIMEOUT} if it reads more than the bounds allow
   */
  public QueryRows run(PreparedQuery prepared, Visibility visibility, QueryBounds bounds) {
    BoundQuery query = prepared.query();
    return switch (query.shape()) {
      case COUNT -> throw new IllegalArgumentException("COUNT() answers a number: use count()");
      case GROUPS -> new QueryRows(groups(query, visibility, bounds), 0, query.columns().size());
      case ROWS ->
          new QueryRows(
              rows(query, visibility, bounds), query.order().size(), query.columns().size());
    };
  }

  /** Rows are the order's keys, then what {@link BoundQuery} says. */
  private RowCursor rows(BoundQuery query, Visibility visibility, QueryBounds bounds) {
    List<Bound.Getter> getters = new ArrayList<>();
    query.order().forEach(order -> getters.add(order.getter()));
    getters.addAll(query.getters());
    Lookup lookup = lookup(query, visibility, bounds);
    RowCursor projected = new Projection(walk(query, visibility, bounds, lookup), lookup, getters);
    return new Slice(sorted(query, projected), query.offset(), query.limit());
  }

  private RowCursor groups(BoundQuery query, Visibility visibility, QueryBounds bounds) {
    BoundQuery.Grouping grouping = Objects.requireNonNull(query.grouping());
    Lookup lookup = lookup(query, visibility, bounds);
    RowCursor groups;
    try (RecordWalk walk = walk(query, visibility, bounds, lookup)) {
      groups = new Grouper(grouping, scratch, Grouper.GROUPS_HELD_MAX).group(walk, lookup);
    }
    int keys = query.order().size();
    List<Integer> outputs = grouping.outputs();
    RowCursor keyed =
        new Mapped(
            groups,
            tuple -> {
              @Nullable Object[] row = new @Nullable Object[keys + outputs.size()];
              RecordView record = new Grouper.Tuple(tuple);
              for (int i = 0; i < keys; i++) {
                row[i] = query.order().get(i).getter().get(record, lookup);
              }
              for (int i = 0; i < outputs.size(); i++) {
                row[keys + i] = tuple[outputs.get(i)];
              }
              return row;
            });
    RowCursor slice = new Slice(sorted(query, keyed), query.offset(), query.limit());
    RowCursor stripped =
        keys == 0 ? slice : new Mapped(slice, row -> Arrays.copyOfRange(row, keys, row.length));
    return new AtMost(stripped, GROUPS_ANSWERED_MAX);
  }

  /** Takes the cursor over. */
  private RowCursor sorted(BoundQuery query, RowCursor rows) {
    List<Order> order = query.order();
    if (order.isEmpty() || query.walksIds()) {
      return rows;
    }
    Comparator<@Nullable Object[]> comparator = RowOrder.of(order);
    long wanted = query.limit() == Long.MAX_VALUE ? Long.MAX_VALUE : query.limit() + query.offset();
    try (rows) {
      return wanted <= TOP_ROWS_MAX ? top(rows, comparator, (int) wanted) : all(rows, comparator);
    }
  }

  private RowCursor all(RowCursor rows, Comparator<@Nullable Object[]> comparator) {
    try (RowSorter sorter = new RowSorter(scratch, comparator, RowSorter.HELD_BYTES_MAX)) {
      for (@Nullable Object @Nullable [] row = rows.next(); row != null; row = rows.next()) {
        sorter.add(row);
      }
      return sorter.sorted();
    }
  }

  private static RowCursor top(
      RowCursor rows, Comparator<@Nullable Object[]> comparator, int wanted) {
    PriorityQueue<@Nullable Object[]> best = new PriorityQueue<>(wanted + 1, comparator.reversed());
    for (@Nullable Object @Nullable [] row = rows.next(); row != null; row = rows.next()) {
      best.add(row);
      if (best.size() > wanted) {
        best.poll();
      }
    }
    List<@Nullable Object[]> ordered = new ArrayList<>(best);
    ordered.sort(comparator);
    return new RowSorter.HeldRows(Collections.unmodifiableList(ordered));
  }

  private RecordWalk walk(
      BoundQuery query, Visibility visibility, QueryBounds bounds, Lookup lookup) {
    return new RecordWalk(query, source, visibility, lookup, bounds);
  }

  private Lookup lookup(BoundQuery query, Visibility visibility, QueryBounds bounds) {
    return new CachedLookup(
        source,
        visibility,
        position -> semiJoin(query.subqueries().get(position), visibility, bounds));
  }

  private Set<Object> semiJoin(BoundQuery inner, Visibility visibility, QueryBounds bounds) {
    Set<Object> values = new HashSet<>();
    try (QueryRows rows = run(new PreparedQuery(inner), visibility, bounds)) {
      while (rows.next()) {
        Object value = rows.value(0);
        if (value != null) {
          values.add(value);
        }
        if (values.size() > SEMI_JOIN_VALUES_MAX) {
          throw QueryText.refuse(
              SoqlError.QUERY_TOO_COMPLICATED,
              "a semi join of more than %d values; narrow its filter"
                  .formatted(SEMI_JOIN_VALUES_MAX));
        }
      }
    }
    return values;
  }
}
