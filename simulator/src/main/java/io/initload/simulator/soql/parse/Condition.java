package io.initload.simulator.soql.parse;

import java.util.List;

/** A filter as written. */
public sealed interface Condition {
  <R> R match(Cases<R> cases);

  /** One answer per shape of condition. */
  interface Cases<R> {
    R all(List<Condition> parts);

    R any(List<Condition> parts);

    R not(Condition part);

    R compare(Compare compare);

    R in(In in);

    R inQuery(InQuery in);

    R picks(Picks picks);
  }

  /** A comparison operator. */
  enum Operator {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    LIKE
  }

  /** {@code a AND b AND ...}. */
  record All(List<Condition> parts) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.all(parts);
    }
  }

  /** {@code a OR b OR ...}. */
  record Any(List<Condition> parts) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.any(parts);
    }
  }

  /** {@code NOT a}. */
  record Not(Condition part) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.not(part);
    }
  }

  /** {@code a < 5}. */
  record Compare(Operand left, Operator operator, Literal right) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.compare(this);
    }
  }

  /** {@code a IN (1, 2)}, or NOT IN. */
  record In(Operand left, boolean negated, List<Literal> values) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.in(this);
    }
  }

  /**
   * {@code a IN (SELECT ...)}, or NOT IN.
   *
   * @param subquery position in the {@code subqueries} of the query it stands in
   */
  record InQuery(Operand left, boolean negated, int subquery) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.inQuery(this);
    }
  }

  /** {@code a INCLUDES ('x;y', 'z')}, or EXCLUDES. */
  record Picks(Operand left, boolean excludes, List<Literal> values) implements Condition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.picks(this);
    }
  }
}
