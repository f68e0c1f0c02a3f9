package io.initload.plan.scan;

import io.initload.mapping.SourceColumn;
import java.time.LocalDate;
import java.util.List;

/** What a row may be asked. A row that a test hits is one that somebody should know of. */
public sealed interface RowTest {
  /** The column is null. */
  record Null(SourceColumn column) implements RowTest {}

  /** The column is null, and the other one is not. */
  record NullBeside(SourceColumn column, SourceColumn other) implements RowTest {}

  /**
   * There is nothing to be sent: the one column has nothing, or one of several is null.
   *
   * @param blanks whether a text of nothing but blanks counts as nothing
   */
  record Empty(List<SourceColumn> columns, boolean blanks) implements RowTest {
    public Empty {
      columns = List.copyOf(columns);
    }
  }

  /**
   * The text has more UTF-16 units when it is staged.
   *
   * @param trimmed whether blanks around it do not count
   */
  record Longer(SourceColumn column, int units, boolean trimmed) implements RowTest {}

  /**
   * The number has more digits before the point, once it has so many behind it.
   *
   * @param decimals negative where the type allows no more than the field
   */
  record Larger(SourceColumn column, int digits, int decimals) implements RowTest {}

  /** The number has more digits behind the point. */
  record Finer(SourceColumn column, int decimals) implements RowTest {}

  /** The date lies before the first day, or not before the last one. */
  record Outside(SourceColumn column, LocalDate from, LocalDate before) implements RowTest {}

  /** The text, without blanks around it, is given and none of the values; letter case aside. */
  record Unlisted(SourceColumn column, List<String> values) implements RowTest {
    public Unlisted {
      values = List.copyOf(values);
    }
  }

  /** The text has control characters other than tab and line ends. */
  record Controls(SourceColumn column) implements RowTest {}

  /** The texts have more UTF-16 units together. */
  record Wider(List<SourceColumn> columns, long units) implements RowTest {
    public Wider {
      columns = List.copyOf(columns);
    }
  }

  /** A condition in the database's own SQL. */
  record Stated(String sql) implements RowTest {}
}
