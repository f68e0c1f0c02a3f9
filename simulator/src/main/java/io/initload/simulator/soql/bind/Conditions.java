package io.initload.simulator.soql.bind;

import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.FieldShape;
import io.initload.simulator.soql.FieldShape.Ability;
import io.initload.simulator.soql.bind.Literals.Span;
import io.initload.simulator.soql.parse.Condition;
import io.initload.simulator.soql.parse.Condition.Compare;
import io.initload.simulator.soql.parse.Condition.In;
import io.initload.simulator.soql.parse.Condition.InQuery;
import io.initload.simulator.soql.parse.Condition.Operator;
import io.initload.simulator.soql.parse.Condition.Picks;
import io.initload.simulator.soql.parse.Literal;
import io.initload.simulator.soql.parse.Operand;
import io.initload.simulator.soql.parse.QueryText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Compiles conditions into filters, and finds which of them an index can answer. */
public final class Conditions implements Condition.Cases<Narrowed> {
  private static final AccessPath EVERYTHING = new AccessPath.Everything();

  private final QueryText text;
  private final Literals literals;
  private final Function<Operand, Bound> operands;
  private final IntFunction<BoundQuery> subqueries;

  /** {@code operands} looks up the left sides: fields in WHERE, fields and aggregates in HAVING. */
  Conditions(
      QueryText text,
      Literals literals,
      Function<Operand, Bound> operands,
      IntFunction<BoundQuery> subqueries) {
    this.text = text;
    this.literals = literals;
    this.operands = operands;
    this.subqueries = subqueries;
  }

  Narrowed compile(@Nullable Condition condition) {
    return condition == null ? new Narrowed(Filter.ALL, EVERYTHING) : condition.match(this);
  }

  @Override
  public Narrowed all(List<Condition> parts) {
    List<Filter> filters = new ArrayList<>();
    AccessPath access = EVERYTHING;
    for (Condition part : parts) {
      Narrowed narrowed = part.match(this);
      filters.add(narrowed.filter());
      access = AccessPath.both(access, narrowed.access());
    }
    Filter[] every = filters.toArray(new Filter[0]);
    return new Narrowed(
        (row, lookup) -> {
          for (Filter filter : every) {
            if (!filter.test(row, lookup)) {
              return false;
            }
          }
          return true;
        },
        access);
  }

  @Override
  public Narrowed any(List<Condition> parts) {
    List<Filter> filters = new ArrayList<>();
    List<AccessPath> accesses = new ArrayList<>();
    for (Condition part : parts) {
      Narrowed narrowed = part.match(this);
      filters.add(narrowed.filter());
      accesses.add(narrowed.access());
    }
    return new Narrowed(anyOf(filters), AccessPath.either(accesses));
  }

  @Override
  public Narrowed not(Condition part) {
    Filter inner = part.match(this).filter();
    return new Narrowed((row, lookup) -> !inner.test(row, lookup), EVERYTHING);
  }

  @Override
  public Narrowed compare(Compare compare) {
    Bound field = filterable(compare.left());
    Optional<Object> value = literals.typed(field, compare.right());
    if (compare.operator() == Operator.LIKE) {
      return like(field, compare, value);
    }
    if (value.isEmpty()) {
      return new Narrowed(againstNull(field, compare.operator()), EVERYTHING);
    }
    Filter filter = against(field, compare.operator(), plain(value.get()));
    return new Narrowed(filter, access(field, compare.operator(), plain(value.get())));
  }

  @Override
  public Narrowed in(In in) {
    Bound field = filterable(in.left());
    boolean withNull = false;
    List<Object> values = new ArrayList<>(in.values().size());
    List<Filter> spans = new ArrayList<>();
    for (Literal literal : in.values()) {
      Optional<Object> value = literals.typed(field, literal);
      if (value.isEmpty()) {
        withNull = true;
      } else if (value.get() instanceof Span) {
        spans.add(against(field, Operator.EQ, value.get()));
      } else {
        values.add(plain(value.get()));
      }
    }
    Set<Object> keys = new HashSet<>();
    values.forEach(value -> keys.add(key(field, value)));
    boolean nullMatches = withNull;
    Filter member =
        (row, lookup) -> {
          Object value = field.getter().get(row, lookup);
          return value == null ? nullMatches : keys.contains(key(field, value));
        };
    if (!spans.isEmpty()) {
      spans.add(member);
      member = anyOf(spans);
    }
    if (in.negated()) {
      Filter inner = member;
      return new Narrowed((row, lookup) -> !inner.test(row, lookup), EVERYTHING);
    }
    return new Narrowed(member, withNull || spans.size() > 1 ? EVERYTHING : indexed(field, values));
  }

  @Override
  public Narrowed inQuery(InQuery in) {
    Bound field = filterable(in.left());
    BoundQuery query = subqueries.apply(in.subquery());
    if (query.shape() != BoundQuery.Shape.ROWS || query.columns().size() != 1) {
      throw text.malformed(
          in.left().at(), "The inner select of a semi join must select exactly one field");
    }
    boolean wanted = !in.negated();
    Filter filter =
        (row, lookup) -> {
          Object value = field.getter().get(row, lookup);
          return value != null && lookup.answers(in.subquery()).contains(value) == wanted;
        };
    return new Narrowed(filter, EVERYTHING);
  }

  @Override
  public Narrowed picks(Picks picks) {
    Bound field = filterable(picks.left());
    if (field.kind() != FieldKind.MULTI_PICKLIST) {
      throw text.invalid(
          picks.left().at(),
          "includes/excludes can be used only on multi-select picklist fields: %s"
              .formatted(field.label()));
    }
    List<Set<String>> wanted = new ArrayList<>();
    for (Literal literal : picks.values()) {
      wanted.add(choices(literal.text()));
    }
    Filter filter =
        (row, lookup) -> {
          Object value = field.getter().get(row, lookup);
          Set<String> chosen = value == null ? Set.of() : choices((String) value);
          return wanted.stream().anyMatch(chosen::containsAll) != picks.excludes();
        };
    return new Narrowed(filter, EVERYTHING);
  }

  private Bound filterable(Operand operand) {
    Bound field = operands.apply(operand);
    if (!field.can(Ability.FILTER)) {
      throw text.invalid(
          operand.at(), "field '%s' can not be filtered in a query call".formatted(field.label()));
    }
    return field;
  }

  private static AccessPath access(Bound field, Operator operator, Object value) {
    return switch (operator) {
      case EQ -> indexed(field, List.of(value));
      case GT, GE -> range(field, value, null);
      case LT, LE -> range(field, null, value);
      case NE, LIKE -> EVERYTHING;
    };
  }

  private static AccessPath range(Bound field, @Nullable Object from, @Nullable Object to) {
    FieldShape own = field.own();
    boolean usable =
        own != null
            && (own.kind() == FieldKind.ID
                || (own.can(Ability.INDEXED) && own.kind() == FieldKind.TEXT));
    if (own == null || !usable) {
      return EVERYTHING;
    }
    return new AccessPath.Range(own, (String) from, (String) to);
  }

  private static AccessPath indexed(Bound field, List<Object> values) {
    @Nullable FieldShape own = field.own();
    if (own == null || values.isEmpty()) {
      return EVERYTHING;
    }
    List<String> distinct = values.stream().map(Object::toString).distinct().toList();
    if (own.kind() == FieldKind.ID) {
      return new AccessPath.Ids(distinct);
    }
    boolean usable = own.can(Ability.INDEXED) && own.kind() == FieldKind.TEXT;
    return usable ? new AccessPath.Keys(own, distinct) : EVERYTHING;
  }

  private static Filter anyOf(List<Filter> filters) {
    Filter[] some = filters.toArray(new Filter[0]);
    return (row, lookup) -> {
      for (Filter filter : some) {
        if (filter.test(row, lookup)) {
          return true;
        }
      }
      return false;
    };
  }

  private static Filter againstNull(Bound field, Operator operator) {
    return switch (operator) {
      case EQ -> (row, lookup) -> field.getter().get(row, lookup) == null;
      case NE -> (row, lookup) -> field.getter().get(row, lookup) != null;
      case LT, LE, GT, GE, LIKE -> (row, lookup) -> false;
    };
  }

  private static Filter against(Bound field, Operator operator, Object value) {
    Comparator<Object> ordering = Ordering.of(field);
    Object first = value instanceof Span span ? span.first() : value;
    if (value instanceof Span span) {
      Object end = span.end();
      return switch (operator) {
        case EQ ->
            test(field, v -> ordering.compare(v, first) >= 0 && ordering.compare(v, end) < 0);
        case NE ->
            not(test(field, v -> ordering.compare(v, first) >= 0 && ordering.compare(v, end) < 0));
        case LT -> test(field, v -> ordering.compare(v, first) < 0);
        case LE -> test(field, v -> ordering.compare(v, end) < 0);
        case GT -> test(field, v -> ordering.compare(v, end) >= 0);
        case GE, LIKE -> test(field, v -> ordering.compare(v, first) >= 0);
      };
    }
    return switch (operator) {
      case EQ -> test(field, v -> ordering.compare(v, first) == 0);
      case NE -> not(test(field, v -> ordering.compare(v, first) == 0));
      case LT -> test(field, v -> ordering.compare(v, first) < 0);
      case LE -> test(field, v -> ordering.compare(v, first) <= 0);
      case GT -> test(field, v -> ordering.compare(v, first) > 0);
      case GE, LIKE -> test(field, v -> ordering.compare(v, first) >= 0);
    };
  }

  private Narrowed like(Bound field, Compare compare, Optional<Object> value) {
    if (field.kind() != FieldKind.TEXT) {
      throw text.invalid(
          compare.left().at(),
          "invalid operator on %s field: LIKE".formatted(field.kind().wireName()));
    }
    if (value.isEmpty()) {
      return new Narrowed((row, lookup) -> field.getter().get(row, lookup) == null, EVERYTHING);
    }
    LikePattern pattern = new LikePattern((String) value.get(), field.can(Ability.CASE_SENSITIVE));
    String start = pattern.start();
    return new Narrowed(
        test(field, v -> pattern.matches((String) v)),
        start.isEmpty() ? EVERYTHING : range(field, start, start + Character.MAX_VALUE));
  }

  /** False for an empty field. */
  private static Filter test(Bound field, java.util.function.Predicate<Object> test) {
    return (row, lookup) -> {
      Object value = field.getter().get(row, lookup);
      return value != null && test.test(value);
    };
  }

  private static Filter not(Filter filter) {
    return (row, lookup) -> !filter.test(row, lookup);
  }

  /** Outside LIKE an escaped wildcard is the plain character. */
  private static Object plain(Object value) {
    return value instanceof String text && text.indexOf('\\') >= 0
        ? text.replace("\\%", "%").replace("\\_", "_")
        : value;
  }

  /** Equal values have equal keys. */
  private static Object key(Bound field, Object value) {
    if (value instanceof String text
        && !field.kind().isId()
        && !field.can(Ability.CASE_SENSITIVE)) {
      return text.toLowerCase(Locale.ROOT);
    }
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }

  private static Set<String> choices(String joined) {
    Set<String> out = new HashSet<>();
    for (String choice : joined.split(";", -1)) {
      out.add(choice.strip().toLowerCase(Locale.ROOT));
    }
    return out;
  }
}
