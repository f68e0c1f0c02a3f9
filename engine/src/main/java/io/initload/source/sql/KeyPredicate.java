package io.initload.source.sql;

import io.initload.mapping.SourceColumn;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Ranges over one or more columns, compared lexicographically, as plain comparisons every database
 * understands and can serve from an index on the columns.
 */
public final class KeyPredicate {
  private final Function<SourceColumn, String> name;
  private final BiFunction<SourceColumn, String, BoundSql> operand;

  /**
   * For one kind of database.
   *
   * @param name how a column is named in the statement
   * @param operand what stands for the value of a text: a bind marker with its bind, or a literal
   */
  public KeyPredicate(
      Function<SourceColumn, String> name, BiFunction<SourceColumn, String, BoundSql> operand) {
    this.name = name;
    this.operand = operand;
  }

  /**
   * {@code low <= key < high}; an empty list is an open end. Rows whose first column is null belong
   * to the range with the open low end, so that ranges over a nullable column cover every row.
   */
  public BoundSql range(List<SourceColumn> key, List<String> low, List<String> high) {
    BoundSql.Builder query = new BoundSql.Builder();
    if (low.isEmpty() && high.isEmpty()) {
      return query.add("1 = 1").build();
    }
    boolean nulls = low.isEmpty() && key.get(0).nullable();
    if (nulls) {
      query.add("(").add(name.apply(key.get(0))).add(" IS NULL OR ");
    }
    if (!low.isEmpty()) {
      from(query, key, low, 0);
    }
    if (!low.isEmpty() && !high.isEmpty()) {
      query.add(" AND ");
    }
    if (!high.isEmpty()) {
      below(query, key, high, 0);
    }
    if (nulls) {
      query.add(")");
    }
    return query.build();
  }

  /** Rows whose key is one of the given ones. */
  public BoundSql in(List<SourceColumn> key, List<List<String>> texts) {
    BoundSql.Builder query = new BoundSql.Builder();
    if (key.size() == 1) {
      query.add(name.apply(key.get(0))).add(" IN (");
      for (int i = 0; i < texts.size(); i++) {
        query.add(i == 0 ? "" : ", ");
        bind(query, key.get(0), texts.get(i).get(0));
      }
      return query.add(")").build();
    }
    query.add("(");
    for (int i = 0; i < texts.size(); i++) {
      query.add(i == 0 ? "(" : " OR (");
      for (int k = 0; k < key.size(); k++) {
        query.add(k == 0 ? "" : " AND ").add(name.apply(key.get(k))).add(" = ");
        bind(query, key.get(k), texts.get(i).get(k));
      }
      query.add(")");
    }
    return query.add(")").build();
  }

  private void from(BoundSql.Builder query, List<SourceColumn> key, List<String> low, int at) {
    SourceColumn column = key.get(at);
    query.add(name.apply(column)).add(" >= ");
    bind(query, column, low.get(at));
    if (at + 1 < key.size()) {
      query.add(" AND (").add(name.apply(column)).add(" > ");
      bind(query, column, low.get(at));
      query.add(" OR ");
      from(query, key, low, at + 1);
      query.add(")");
    }
  }

  private void below(BoundSql.Builder query, List<SourceColumn> key, List<String> high, int at) {
    SourceColumn column = key.get(at);
    boolean last = at + 1 == key.size();
    query.add(name.apply(column)).add(last ? " < " : " <= ");
    bind(query, column, high.get(at));
    if (!last) {
      query.add(" AND (").add(name.apply(column)).add(" < ");
      bind(query, column, high.get(at));
      query.add(" OR ");
      below(query, key, high, at + 1);
      query.add(")");
    }
  }

  private void bind(BoundSql.Builder query, SourceColumn column, String text) {
    query.add(operand.apply(column, text));
  }
}
