package io.initload.source.sql;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.scan.Asked;
import io.initload.plan.scan.Asked.Fate;
import io.initload.plan.scan.RowTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Statements that look at all rows of a table, or at a sample of them: the same words for all
 * databases, about a table as one of them names it.
 *
 * @param hint what stands behind {@code SELECT}, with a blank behind it; empty for nothing
 * @param from the table under the alias {@code t}, as it stands behind {@code FROM}
 * @param rows the condition that its rows meet; empty for all
 * @param sampled whether these are a sample of its rows
 * @param words the database's
 * @param selected what is selected for columns, in the place of whose names
 * @param keys how columns of groups stand in the list and are grouped
 */
public record ScanSql(
    String hint,
    String from,
    String rows,
    boolean sampled,
    Words words,
    Function<List<SourceColumn>, String> selected,
    Keys keys) {
  /** How a database makes groups of keys. */
  public interface Keys {
    /** What is selected for a column of a group. */
    String shown(SourceColumn column, KeyForm form);

    /** The form in which columns of equal keys are equal. */
    String alike(SourceColumn column, KeyForm form, boolean alone);
  }

  /**
   * Yields the rows; the rows that each test hits and the longest text that it hits, test by test;
   * those held; those refused and not held.
   */
  public BoundSql counts(List<Asked> asked) {
    String sums =
        IntStream.range(0, asked.size())
            .mapToObj(i -> ", SUM(q.f%d), %s".formatted(i, longest(asked.get(i), i)))
            .collect(Collectors.joining());
    return new BoundSql.Builder()
        .add("SELECT COUNT(*)" + sums + ", SUM(q.h), SUM(q.r) FROM (SELECT " + hint)
        .add(columns(asked) + " FROM ")
        .add(from)
        .add(where("") + ") q")
        .build();
  }

  private String longest(Asked asked, int i) {
    return text().measured(asked.test()).isEmpty() ? "0" : "MAX(q.l" + i + ")";
  }

  private String columns(List<Asked> asked) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < asked.size(); i++) {
      RowTest test = asked.get(i).test();
      String longest = text().measured(test);
      list.append(flag(List.of(test))).append(" f").append(i).append(", ");
      if (!longest.isEmpty()) {
        list.append("CASE WHEN %s THEN %s END l%d, ".formatted(text().of(test), longest, i));
      }
    }
    return list + held(asked) + " h, " + refused(asked) + " r";
  }

  private String held(List<Asked> asked) {
    return flag(Asked.of(asked, Fate.HELD));
  }

  private String refused(List<Asked> asked) {
    List<RowTest> held = Asked.of(asked, Fate.HELD);
    List<RowTest> refused = Asked.of(asked, Fate.REFUSED);
    return held.isEmpty() || refused.isEmpty()
        ? flag(refused)
        : "CASE WHEN %s THEN 0 WHEN %s THEN 1 ELSE 0 END".formatted(any(held), any(refused));
  }

  private String flag(List<RowTest> tests) {
    return tests.isEmpty() ? "0" : "CASE WHEN " + any(tests) + " THEN 1 ELSE 0 END";
  }

  private String any(List<RowTest> tests) {
    return tests.stream()
        .map(test -> "(" + text().of(test) + ")")
        .collect(Collectors.joining(" OR "));
  }

  /** Yields columns of the rows that one of the tests hits, then a flag for each test. */
  public BoundSql hit(List<SourceColumn> columns, List<RowTest> tests) {
    String flags =
        tests.stream().map(test -> ", " + flag(List.of(test))).collect(Collectors.joining());
    return new BoundSql.Builder()
        .add("SELECT " + hint + selected.apply(columns) + flags + " FROM ")
        .add(from)
        .add(where("(" + any(tests) + ")"))
        .build();
  }

  /**
   * Yields how many groups of rows that agree in some columns have more than so many rows; their
   * rows; those of them that are held; those refused and not held.
   */
  public BoundSql crowds(
      List<SourceColumn> columns, KeyForm form, long moreThan, List<Asked> asked) {
    return new BoundSql.Builder()
        .add("SELECT COUNT(*), SUM(q.n), SUM(q.h), SUM(q.r) FROM (SELECT COUNT(*) n, SUM(p.h) h,")
        .add(" SUM(p.r) r FROM (SELECT " + hint + alike(columns, form, (key, k) -> key + " " + k))
        .add(", " + held(asked) + " h, " + refused(asked) + " r FROM ")
        .add(from)
        .add(where(given(columns)) + ") p GROUP BY ")
        .add(alike(columns, form, (key, k) -> "p." + k) + having(moreThan) + ") q")
        .build();
  }

  /** Columns in the form of keys, each with the name that it has in the list. */
  private String alike(List<SourceColumn> columns, KeyForm form, BinaryOperator<String> shown) {
    boolean alone = columns.size() == 1;
    return IntStream.range(0, columns.size())
        .mapToObj(i -> shown.apply(keys.alike(columns.get(i), form, alone), "k" + i))
        .collect(Collectors.joining(", "));
  }

  /** Yields the columns of such groups and their rows, the largest group first. */
  public BoundSql largest(List<SourceColumn> columns, KeyForm form, long moreThan) {
    List<String> list = new ArrayList<>(columns.stream().map(c -> keys.shown(c, form)).toList());
    list.add("COUNT(*)");
    return new BoundSql.Builder()
        .add("SELECT " + hint + String.join(", ", list) + " FROM ")
        .add(from)
        .add(where(given(columns)) + " GROUP BY " + alike(columns, form, (key, k) -> key))
        .add(having(moreThan) + " ORDER BY COUNT(*) DESC")
        .build();
  }

  /** Yields the values that a column has where a test hits, and their rows, the most first. */
  public BoundSql values(SourceColumn column, RowTest test) {
    List<SourceColumn> one = List.of(column);
    return new BoundSql.Builder()
        .add("SELECT " + hint + keys.shown(column, KeyForm.EXACT) + ", COUNT(*) FROM ")
        .add(from)
        .add(where("(" + text().of(test) + ")"))
        .add(" GROUP BY " + alike(one, KeyForm.EXACT, (key, k) -> key) + " ORDER BY COUNT(*) DESC")
        .build();
  }

  /**
   * What is met by the rows that none of the tests hits and that share no key with others, over the
   * alias {@code t}.
   *
   * @param key its columns; empty where none is shared
   */
  public String sound(List<RowTest> tests, List<SourceColumn> key, KeyForm form) {
    List<String> conditions = new ArrayList<>();
    if (!tests.isEmpty()) {
      conditions.add(flag(tests) + " = 0");
    }
    if (!key.isEmpty()) {
      String columns = alike(key, form, (column, k) -> column);
      conditions.add(
          "%s NOT IN (SELECT %s FROM %s%s GROUP BY %s%s)"
              .formatted(
                  key.size() == 1 ? columns : "(" + columns + ")",
                  columns,
                  from,
                  where(given(key)),
                  columns,
                  having(1)));
    }
    return String.join(" AND ", conditions);
  }

  private String given(List<SourceColumn> columns) {
    return columns.stream()
        .map(c -> words.name(c) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  private static String having(long moreThan) {
    return " HAVING COUNT(*) > " + moreThan;
  }

  private String where(String more) {
    String joint = rows.isEmpty() || more.isEmpty() ? "" : " AND ";
    String all = rows + joint + more;
    return all.isEmpty() ? "" : " WHERE " + all;
  }

  private TestText text() {
    return new TestText(words);
  }
}
