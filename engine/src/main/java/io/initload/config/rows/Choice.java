package io.initload.config.rows;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which of the rows of a table a trial takes, beside the condition that all of them meet. What it
 * says of other tables' rows is judged at the same moment.
 */
public sealed interface Choice {
  /** Every row. */
  record All() implements Choice {
    @Override
    public String toString() {
      return "";
    }
  }

  /** None. */
  record None() implements Choice {
    @Override
    public String toString() {
      return "none";
    }
  }

  /**
   * Rows by a hash of their keys.
   *
   * @param ofMillion how many of a million hashes
   */
  record Share(List<String> key, int ofMillion) implements Choice {
    public Share {
      key = List.copyOf(key);
    }

    @Override
    public String toString() {
      return "the hash of %s is among %,d of a million".formatted(key, ofMillion);
    }
  }

  /**
   * The first rows in the order of their keys.
   *
   * @param of the table
   */
  record First(Rows of, int rows) implements Choice {
    @Override
    public String toString() {
      return "%s is among the first %,d".formatted(of.columns(), rows);
    }
  }

  /**
   * Rows of which some columns are, together, what one of other rows has.
   *
   * @param columns of the table itself
   * @param of where the same values are to be; each with as many columns
   * @param whenNull which of the rows are taken that have no such value
   */
  record Among(List<String> columns, List<Rows> of, Choice whenNull) implements Choice {
    public Among {
      columns = List.copyOf(columns);
      of = List.copyOf(of);
    }

    @Override
    public String toString() {
      return "%s is in %s%s"
          .formatted(columns, of, whenNull instanceof None ? "" : ", or null: " + whenNull);
    }
  }

  /** Rows that each of these takes. */
  record Every(List<Choice> of) implements Choice {
    public Every {
      of = List.copyOf(of);
    }

    @Override
    public String toString() {
      return "every of " + of;
    }
  }

  /**
   * Rows of a table, of which some columns are asked for.
   *
   * @param table as the configuration names it
   * @param where the condition that its rows meet
   * @param computed what is computed of them
   */
  record Rows(
      String table, String where, List<Computed> computed, Choice choice, List<String> columns) {
    public Rows {
      computed = List.copyOf(computed);
      columns = List.copyOf(columns);
    }

    @Override
    public String toString() {
      return "%s of %s%s%s%s"
          .formatted(
              columns,
              table,
              computed.isEmpty() ? "" : " with " + computed,
              where.isEmpty() ? "" : " where " + where,
              choice instanceof All ? "" : " where " + choice);
    }
  }

  /** Every row. */
  static Choice all() {
    return new All();
  }

  /** No row. */
  static Choice none() {
    return new None();
  }

  /** The rows of other tables, or others of the same one, that it looks at itself. */
  default List<Rows> others() {
    if (this instanceof First first) {
      return List.of(first.of());
    }
    if (this instanceof Among among) {
      return Stream.concat(among.of().stream(), among.whenNull().others().stream()).toList();
    }
    return this instanceof Every every
        ? every.of().stream().flatMap(one -> one.others().stream()).toList()
        : List.of();
  }

  /** How many tables are looked at in all. */
  default int size() {
    return others().stream().mapToInt(rows -> 1 + rows.choice().size()).sum();
  }
}
