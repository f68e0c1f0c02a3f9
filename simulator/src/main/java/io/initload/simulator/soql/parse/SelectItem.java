package io.initload.simulator.soql.parse;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One entry of the SELECT list as written. */
public sealed interface SelectItem {
  <R> R match(Function<Value, R> value, Function<Children, R> children, Function<TypeOf, R> typeOf);

  /** A field or a function, with its alias if it has one. */
  record Value(Operand operand, @Nullable String alias) implements SelectItem {
    @Override
    public <R> R match(
        Function<Value, R> value, Function<Children, R> children, Function<TypeOf, R> typeOf) {
      return value.apply(this);
    }
  }

  /** A parent-to-child subquery. */
  record Children(int at) implements SelectItem {
    @Override
    public <R> R match(
        Function<Value, R> value, Function<Children, R> children, Function<TypeOf, R> typeOf) {
      return children.apply(this);
    }
  }

  /** A TYPEOF expression. */
  record TypeOf(int at) implements SelectItem {
    @Override
    public <R> R match(
        Function<Value, R> value, Function<Children, R> children, Function<TypeOf, R> typeOf) {
      return typeOf.apply(this);
    }
  }
}
