package io.initload.config;

import io.initload.config.rows.Choice;
import io.initload.config.rows.Computed;
import io.initload.config.rows.RowFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * A table or view of the source, {@code OWNER.TABLE} or {@code TABLE}, or a query in its place;
 * which of its rows are meant, and what is computed of them. The names are exact (as the dictionary
 * has them); {@code owner} is empty when the connection's own schema is meant.
 *
 * @param where a condition in the source's own SQL that the rows meet; empty for all rows
 * @param computed columns beside those that are stored
 * @param query a SELECT in the source's own SQL whose rows are meant, {@code table} being what it
 *     is called; empty where it is a table
 * @param narrowing which of the rows that meet the condition are meant
 * @param parents where the parents of the rows are looked for
 * @param choice which of them a trial takes
 */
public record SourceName(
    String owner,
    String table,
    String where,
    List<Computed> computed,
    String query,
    RowFilter narrowing,
    List<Parents> parents,
    Choice choice) {
  private static final String SYNTAX =
      "is not OWNER.TABLE or TABLE (put a name that contains a dot in double quotes)";

  public SourceName {
    computed = List.copyOf(computed);
    parents = List.copyOf(parents);
  }

  /** All rows of a table, as they are stored. */
  public SourceName(String owner, String table) {
    this(owner, table, "", List.of(), "", RowFilter.WHOLE, List.of(), Choice.all());
  }

  /** All rows of a query, which has a name of the user's choice. */
  public static SourceName ofQuery(String name, String query) {
    return new SourceName("", name, "", List.of(), query, RowFilter.WHOLE, List.of(), Choice.all());
  }

  /** Whether a query stands in the place of a table. */
  public boolean isQuery() {
    return !query.isEmpty();
  }

  /** The rows of this table that meet a condition. */
  public SourceName where(String condition) {
    return new SourceName(owner, table, condition, computed, query, narrowing, parents, choice);
  }

  /** The same rows with these columns beside those that are stored. */
  public SourceName computing(List<Computed> columns) {
    return new SourceName(owner, table, where, columns, query, narrowing, parents, choice);
  }

  /** Some of the same rows. */
  public SourceName narrowed(RowFilter to) {
    return new SourceName(owner, table, where, computed, query, to, parents, choice);
  }

  /** The same rows, of which it is told whether their parents are there. */
  public SourceName beside(List<Parents> looked) {
    return new SourceName(owner, table, where, computed, query, narrowing, looked, choice);
  }

  /** Those of the same rows that a trial takes. */
  public SourceName chosen(Choice by) {
    return new SourceName(owner, table, where, computed, query, narrowing, parents, by);
  }

  /** The rows of a table that a choice among others looks at. */
  public static SourceName of(Choice.Rows rows) {
    return parse(rows.table()).where(rows.where()).computing(rows.computed()).chosen(rows.choice());
  }

  /** All rows of the same table or query, with nothing computed of them. */
  public SourceName whole() {
    return new SourceName(
        owner, table, "", List.of(), query, RowFilter.WHOLE, List.of(), Choice.all());
  }

  /**
   * Where the parents of rows are looked for: a column that the database computes, which is null
   * where a row names a parent that is not there, and never else.
   *
   * @param field the lookup that names them
   * @param columns that feed it; where one is null the row names no parent
   * @param among the rows that can be parents
   * @param foldsCase whether names that differ in the case of letters are one
   */
  public record Parents(String field, List<String> columns, List<Among> among, boolean foldsCase) {
    /** What the names of such columns begin with. */
    private static final String PREFIX = "orphans.";

    public Parents {
      columns = List.copyOf(columns);
      among = List.copyOf(among);
    }

    /** The column's name. */
    public String column() {
      return columnOf(field);
    }

    /** The name of the column that tells it of a lookup. */
    public static String columnOf(String field) {
      return PREFIX + field;
    }
  }

  /**
   * Rows that can be parents.
   *
   * @param key the columns that they are named by, in the order of those that name them
   */
  public record Among(SourceName rows, List<String> key) {
    public Among {
      key = List.copyOf(key);
    }
  }

  /**
   * Reads {@code OWNER.TABLE} or {@code TABLE}. Names are taken as written, lower case too; a part
   * that contains a dot or a double quote is written in double quotes, a quote in it twice.
   *
   * @throws IllegalArgumentException with a message that does not contain the text
   */
  public static SourceName parse(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    do {
      StringBuilder part = new StringBuilder();
      at = text.startsWith("\"", at) ? quoted(text, at + 1, part) : plain(text, at, part);
      parts.add(part.toString());
    } while (at++ < text.length());
    if (parts.size() > 2 || parts.contains("")) {
      throw new IllegalArgumentException(SYNTAX);
    }
    return parts.size() == 1
        ? new SourceName("", parts.get(0))
        : new SourceName(parts.get(0), parts.get(1));
  }

  /** The text that {@link #parse} reads as the table's name. */
  @Override
  public String toString() {
    return owner.isEmpty() ? written(table) : written(owner) + "." + written(table);
  }

  /** Appends the part that starts at {@code from}; returns where the dot or the end is. */
  private static int plain(String text, int from, StringBuilder part) {
    int dot = text.indexOf('.', from);
    int end = dot < 0 ? text.length() : dot;
    part.append(text, from, end);
    if (part.indexOf("\"") >= 0 || !part.toString().equals(part.toString().strip())) {
      throw new IllegalArgumentException(SYNTAX);
    }
    return end;
  }

  private static int quoted(String text, int from, StringBuilder part) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        part.append(c);
      } else if (at == text.length() || text.charAt(at) == '.') {
        return at;
      } else if (text.charAt(at) == '"') {
        part.append(text.charAt(at++));
      } else {
        break;
      }
    }
    throw new IllegalArgumentException(SYNTAX);
  }

  private static String written(String part) {
    return part.indexOf('.') < 0 && part.indexOf('"') < 0
        ? part
        : '"' + part.replace("\"", "\"\"") + '"';
  }
}
