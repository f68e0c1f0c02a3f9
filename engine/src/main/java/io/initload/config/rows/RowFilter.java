package io.initload.config.rows;

import java.util.List;

/**
 * Which of the rows of a table a pass over it reads, beside the condition that all of them meet.
 */
public sealed interface RowFilter {
  /** Every row. */
  record Whole() implements RowFilter {
    @Override
    public String toString() {
      return "";
    }
  }

  /**
   * Rows that give something: of one of these groups no column is null.
   *
   * @param groups each the columns of one field; none for a field that is always given
   */
  record Given(List<List<String>> groups) implements RowFilter {
    public Given {
      groups = groups.stream().map(List::copyOf).toList();
    }

    @Override
    public String toString() {
      return "one of " + groups + " is given";
    }
  }

  /**
   * Rows by how many ancestors they have among the rows of the table. One whose parent is none of
   * them has no ancestor.
   *
   * @param ancestors how many
   * @param orMore whether more are meant too: rows of a circle have any number
   * @param key the columns that a parent is named by
   * @param parent the columns that name it, in the same order
   */
  record Depth(int ancestors, boolean orMore, List<String> key, List<String> parent)
      implements RowFilter {
    public Depth {
      key = List.copyOf(key);
      parent = List.copyOf(parent);
    }

    @Override
    public String toString() {
      return "%s leads to %d ancestors%s".formatted(parent, ancestors, orMore ? " or more" : "");
    }
  }

  /** Rows of which a column is null. */
  record Missing(String column) implements RowFilter {
    @Override
    public String toString() {
      return column + " is missing";
    }
  }

  /** Every row. */
  RowFilter WHOLE = new Whole();
}
