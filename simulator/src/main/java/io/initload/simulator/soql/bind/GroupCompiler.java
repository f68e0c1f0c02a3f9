package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.Column;
import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape.Ability;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.bind.BoundQuery.Grouping;
import io.initload.simulator.soql.bind.BoundQuery.Shape;
import io.initload.simulator.soql.parse.Operand;
import io.initload.simulator.soql.parse.Operand.FunctionCall;
import io.initload.simulator.soql.parse.QueryText;
import io.initload.simulator.soql.parse.SelectItem;
import io.initload.simulator.soql.parse.SoqlQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compiles queries with aggregates: what is selected, filtered by HAVING and ordered by becomes a
 * place in the group's tuple.
 */
final class GroupCompiler {
  private final SoqlQuery query;
  private final Binder binder;
  private final Function<Function<Operand, Bound>, Conditions> conditions;
  private final List<Bound> keys = new ArrayList<>();
  private final List<String> keyTexts = new ArrayList<>();
  private final List<Aggregate> aggregates = new ArrayList<>();
  private final List<String> aggregateTexts = new ArrayList<>();

  GroupCompiler(
      SoqlQuery query, Binder binder, Function<Function<Operand, Bound>, Conditions> conditions) {
    this.query = query;
    this.binder = binder;
    this.conditions = conditions;
  }

  /** {@code subqueries} are known once HAVING has been compiled here. */
  BoundQuery compile(
      List<SelectItem.Value> items, Narrowed where, Supplier<List<BoundQuery>> subqueries) {
    for (Operand operand : query.groupBy()) {
      Bound key = binder.bind(operand);
      if (!key.can(Ability.GROUP)) {
        throw query
            .text()
            .malformed(
                operand.at(),
                "field '%s' can not be grouped in a query call".formatted(key.label()));
      }
      keys.add(key);
      keyTexts.add(key.label().toLowerCase(Locale.ROOT));
    }
    if (keys.isEmpty() && query.limit().isPresent()) {
      throw QueryText.refuse(
          SoqlError.MALFORMED_QUERY,
          "Non-grouped query that uses overall aggregate functions cannot also use LIMIT");
    }
    List<Integer> places = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int unnamed = 0;
    for (SelectItem.Value item : items) {
      int place = place(item.operand());
      boolean plainField = item.operand().match(path -> true, call -> false);
      @Nullable String alias = item.alias();
      String name =
          alias != null ? alias : plainField ? keys.get(place).fieldName() : "expr" + unnamed++;
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw query.text().malformed(item.operand().at(), "duplicate alias: %s".formatted(name));
      }
      places.add(place);
      columns.add(new Column(List.of(name), kind(place)));
    }
    Filter having = conditions.apply(this::tuple).compile(query.having()).filter();
    List<Order> order = new ArrayList<>();
    for (SoqlQuery.OrderItem item : query.orderBy()) {
      order.add(Order.of(item, tuple(item.operand())));
    }
    Grouping grouping =
        new Grouping(List.copyOf(keys), List.copyOf(aggregates), List.copyOf(places), having);
    return new BoundQuery(
        binder.object(),
        Shape.GROUPS,
        columns,
        List.of(),
        List.of(),
        where,
        grouping,
        order,
        subqueries.get(),
        query.limit().orElse(Long.MAX_VALUE),
        query.offset().orElse(0));
  }

  /** An operand of HAVING or ORDER BY, read from the tuple. */
  private Bound tuple(Operand operand) {
    int place = place(operand);
    boolean sensitive = place < keys.size() && keys.get(place).can(Ability.CASE_SENSITIVE);
    Set<Ability> abilities =
        sensitive
            ? Set.of(Ability.FILTER, Ability.SORT, Ability.CASE_SENSITIVE)
            : Set.of(Ability.FILTER, Ability.SORT);
    return new Bound(
        List.of(operand.text()), kind(place), abilities, (row, lookup) -> row.value(place), null);
  }

  /** Keys come first in the tuple, so their number is final before any aggregate gets its place. */
  private int place(Operand operand) {
    if (Aggregate.is(operand)) {
      return keys.size() + aggregate((FunctionCall) operand);
    }
    int key = keyTexts.indexOf(binder.bind(operand).label().toLowerCase(Locale.ROOT));
    if (key < 0) {
      throw query
          .text()
          .malformed(
              operand.at(), "Field must be grouped or aggregated: %s".formatted(operand.text()));
    }
    return key;
  }

  private int aggregate(FunctionCall call) {
    String text = call.text().toLowerCase(Locale.ROOT);
    int known = aggregateTexts.indexOf(text);
    if (known >= 0) {
      return known;
    }
    Aggregate.Function function = Aggregate.Function.named(call.name()).orElseThrow();
    if (call.arguments().size() != 1
        || !call.arguments().get(0).<Boolean>match(path -> true, inner -> false)) {
      throw query.text().malformed(call.at(), "%s takes one field here".formatted(call.name()));
    }
    Bound argument = binder.bind(call.arguments().get(0));
    if (!argument.can(Ability.AGGREGATE)
        || (function.needsNumber() && !argument.kind().isNumber())) {
      throw query
          .text()
          .malformed(
              call.at(),
              "field %s does not support aggregate operator %s"
                  .formatted(argument.label(), function));
    }
    aggregates.add(new Aggregate(function, argument));
    aggregateTexts.add(text);
    return aggregates.size() - 1;
  }

  private FieldKind kind(int place) {
    return place < keys.size()
        ? keys.get(place).kind()
        : aggregates.get(place - keys.size()).kind();
  }
}
