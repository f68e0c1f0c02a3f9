package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.Catalog;
import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.FieldShape.Ability;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.bind.Bound.Getter;
import io.initload.simulator.soql.bind.BoundQuery.Shape;
import io.initload.simulator.soql.parse.Operand;
import io.initload.simulator.soql.parse.Operand.FunctionCall;
import io.initload.simulator.soql.parse.Operand.Path;
import io.initload.simulator.soql.parse.QueryText;
import io.initload.simulator.soql.parse.SelectItem;
import io.initload.simulator.soql.parse.SoqlQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks a query against the org's objects and makes it runnable. */
public final class QueryCompiler {
  private static final int OFFSET_MAX = 2_000;
  private static final int FIELDS_LIMIT_MAX = 200;

  private final Catalog catalog;
  private final SoqlQuery query;
  private final Binder binder;
  private final Literals literals;
  private final DateLiterals dates;
  private final SortedMap<Integer, BoundQuery> subqueries = new TreeMap<>();

  private QueryCompiler(Catalog catalog, SoqlQuery query, DateLiterals dates) {
    this.catalog = catalog;
    this.query = query;
    this.dates = dates;
    this.binder = Binder.of(catalog, query);
    this.literals = new Literals(query.text(), dates);
  }

  public static BoundQuery compile(Catalog catalog, SoqlQuery query, DateLiterals dates) {
    return new QueryCompiler(catalog, query, dates).compile();
  }

  private BoundQuery compile() {
    if (query.offset().orElse(0) > OFFSET_MAX) {
      throw QueryText.refuse(
          SoqlError.NUMBER_OUTSIDE_VALID_RANGE, "Maximum SOQL offset allowed is " + OFFSET_MAX);
    }
    List<SelectItem.Value> items = values();
    Narrowed where = conditions(binder::bind).compile(query.where());
    if (items.size() == 1 && isCountAll(items.get(0))) {
      return count(where);
    }
    boolean aggregated = items.stream().anyMatch(item -> Aggregate.is(item.operand()));
    if (aggregated || !query.groupBy().isEmpty()) {
      return new GroupCompiler(query, binder, this::conditions)
          .compile(items, where, this::subqueries);
    }
    return rows(items, where);
  }

  private Conditions conditions(java.util.function.Function<Operand, Bound> operands) {
    return new Conditions(query.text(), literals, operands, this::subquery);
  }

  private BoundQuery subquery(int position) {
    return subqueries.computeIfAbsent(
        position, p -> compile(catalog, query.subqueries().get(p), dates));
  }

  /** Every condition of the query has been compiled, and with them each of its subqueries. */
  private List<BoundQuery> subqueries() {
    return List.copyOf(subqueries.values());
  }

  private List<SelectItem.Value> values() {
    List<SelectItem.Value> items = new ArrayList<>();
    for (SelectItem item : query.select()) {
      items.add(
          item.match(
              value -> value,
              children -> {
                throw query
                    .text()
                    .malformed(
                        children.at(),
                        "parent-to-child subqueries are not offered by the simulator");
              },
              typeOf -> {
                throw query.text().malformed(typeOf.at(), "TYPEOF is not offered by the simulator");
              }));
    }
    return items;
  }

  private BoundQuery count(Narrowed where) {
    if (!query.orderBy().isEmpty()) {
      throw query
          .text()
          .malformed(query.orderBy().get(0).operand().at(), "COUNT() cannot be used with ORDER BY");
    }
    if (!query.groupBy().isEmpty()) {
      throw query
          .text()
          .malformed(query.groupBy().get(0).at(), "COUNT() cannot be used with GROUP BY");
    }
    return new BoundQuery(
        binder.object(),
        Shape.COUNT,
        List.of(),
        List.of(),
        List.of(),
        where,
        null,
        List.of(),
        subqueries(),
        query.limit().orElse(Long.MAX_VALUE),
        query.offset().orElse(0));
  }

  private BoundQuery rows(List<SelectItem.Value> items, Narrowed where) {
    List<Column> columns = new ArrayList<>();
    List<Getter> getters = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SelectItem.Value item : items) {
      if (item.alias() != null) {
        throw query
            .text()
            .malformed(item.operand().at(), "only aggregate expressions use field aliasing");
      }
      for (Bound bound : selected(item.operand())) {
        if (!names.add(bound.label().toLowerCase(Locale.ROOT))) {
          throw query
              .text()
              .invalid(
                  item.operand().at(), "duplicate field selected: %s".formatted(bound.label()));
        }
        columns.add(new Column(bound.path(), bound.kind()));
        getters.add(bound.getter());
      }
    }
    getters.add((row, lookup) -> row.id());
    List<List<String>> parents = parents(columns);
    parents.forEach(parent -> getters.add(binder.parentId(parent)));
    List<Order> order = new ArrayList<>();
    for (SoqlQuery.OrderItem item : query.orderBy()) {
      order.add(Order.of(item, sortable(item.operand(), binder.bind(item.operand()))));
    }
    return new BoundQuery(
        binder.object(),
        Shape.ROWS,
        columns,
        getters,
        parents,
        where,
        null,
        order,
        subqueries(),
        query.limit().orElse(Long.MAX_VALUE),
        query.offset().orElse(0));
  }

  private List<Bound> selected(Operand operand) {
    return operand.match(
        path -> List.of(binder.field(path)),
        call -> {
          if (call.name().equalsIgnoreCase("FIELDS")) {
            return fields(call);
          }
          Bound bound = binder.bind(call);
          if (Functions.named(call.name()).filter(Functions::isOfDate).isPresent()) {
            throw query
                .text()
                .malformed(
                    call.at(), "Field must be grouped or aggregated: %s".formatted(call.text()));
          }
          return List.of(bound);
        });
  }

  private List<Bound> fields(FunctionCall call) {
    String which =
        call.arguments().size() == 1 ? call.arguments().get(0).text().toUpperCase(Locale.ROOT) : "";
    if (!Set.of("ALL", "STANDARD", "CUSTOM").contains(which)) {
      throw query.text().malformed(call.at(), "FIELDS takes ALL, STANDARD or CUSTOM");
    }
    if (!which.equals("STANDARD") && query.limit().orElse(Long.MAX_VALUE) > FIELDS_LIMIT_MAX) {
      throw query
          .text()
          .malformed(
              call.at(),
              "The SOQL FIELDS function must have a LIMIT of at most %d"
                  .formatted(FIELDS_LIMIT_MAX));
    }
    List<Bound> out = new ArrayList<>();
    for (FieldShape field : binder.object().fields()) {
      boolean custom = field.name().endsWith("__c");
      if (which.equals("ALL") || custom == which.equals("CUSTOM")) {
        out.add(binder.field(new Path(List.of(field.name()), call.at())));
      }
    }
    return out;
  }

  static List<List<String>> parents(List<Column> columns) {
    Set<List<String>> parents = new LinkedHashSet<>();
    for (Column column : columns) {
      for (int depth = 1; depth < column.path().size(); depth++) {
        parents.add(List.copyOf(column.path().subList(0, depth)));
      }
    }
    return List.copyOf(parents);
  }

  private Bound sortable(Operand operand, Bound bound) {
    if (!bound.can(Ability.SORT)) {
      throw query
          .text()
          .invalid(
              operand.at(),
              "field '%s' can not be sorted in a query call".formatted(bound.label()));
    }
    return bound;
  }

  static boolean isCountAll(SelectItem.Value item) {
    @Nullable String alias = item.alias();
    return alias == null
        && item.operand()
            .match(
                path -> false,
                call -> call.name().equalsIgnoreCase("COUNT") && call.arguments().isEmpty());
  }
}
