package io.initload.simulator.soql.parse;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is selected, compared, grouped or ordered by, as written; {@code at} is the offset in the
 * query.
 */
public sealed interface Operand {
  int at();

  /** As written, without blanks. */
  String text();

  <R> R match(Function<Path, R> path, Function<FunctionCall, R> call);

  /** A field, possibly of a parent: {@code Account.Owner.Name}. */
  record Path(List<String> names, int at) implements Operand {
    @Override
    public String text() {
      return String.join(".", names);
    }

    String last() {
      return names.get(names.size() - 1);
    }

    @Override
    public <R> R match(Function<Path, R> path, Function<FunctionCall, R> call) {
      return path.apply(this);
    }
  }

  /** A function of operands: {@code COUNT(Id)}, {@code CALENDAR_YEAR(CreatedDate)}. */
  record FunctionCall(String name, List<Operand> arguments, int at) implements Operand {
    @Override
    public String text() {
      return name
          + arguments.stream().map(Operand::text).collect(Collectors.joining(",", "(", ")"));
    }

    @Override
    public <R> R match(Function<Path, R> path, Function<FunctionCall, R> call) {
      return call.apply(this);
    }
  }
}
