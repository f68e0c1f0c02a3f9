package io.initload.source;

import io.initload.config.TableConfig;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.plan.scan.Asked;
import io.initload.plan.scan.Crowd;
import io.initload.plan.scan.RowTest;
import io.initload.plan.scan.ScanResult;
import io.initload.source.session.SessionLender;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.KeyText;
import io.initload.source.sql.ScanSql;
import io.initload.source.sql.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Looks at all rows of a table, or at a sample of them, by statements that return little. Every
 * method may throw {@link SourceFailure}.
 */
public final class TableScanner {
  /** Keys that are shown of the rows that a test hits. */
  public static final int EXAMPLES = 3;

  private static final double ALL = 100;

  private final Dialect dialect;
  private final SessionLender lender;
  private final TableShapes shapes;
  private final TableConfig table;
  private final Snapshot at;
  private final double percent;

  /**
   * @param percent of the table that is enough, where a sample can be drawn; 100 for all of it
   */
  TableScanner(
      Dialect dialect,
      SessionLender lender,
      TableShapes shapes,
      TableConfig table,
      Snapshot at,
      double percent) {
    this.dialect = dialect;
    this.lender = lender;
    this.shapes = shapes;
    this.table = table;
    this.at = at;
    this.percent = percent;
  }

  /** Counts the rows that tests hit, in one pass. */
  public ScanResult counts(List<Asked> asked) {
    return asking(
        sql -> sql.counts(asked),
        (sql, rows) -> {
          rows.next();
          List<ScanResult.Hits> hits = new ArrayList<>();
          int column = 2;
          for (int i = 0; i < asked.size(); i++) {
            hits.add(new ScanResult.Hits(rows.getLong(column), rows.getLong(column + 1)));
            column += 2;
          }
          return new ScanResult(
              rows.getLong(1), sql.sampled(), hits, rows.getLong(column), rows.getLong(column + 1));
        });
  }

  /**
   * Keys of rows that tests hit, at most {@link #EXAMPLES} of each test, in their order: one pass
   * at most, which ends when all are found.
   *
   * @param key its columns
   * @param hits rows that each test is known to hit
   */
  public List<List<List<String>>> examples(
      List<SourceColumn> key, List<RowTest> tests, List<Long> hits) {
    long[] wanted = hits.stream().mapToLong(rows -> Math.min(EXAMPLES, rows)).toArray();
    List<List<List<String>>> found =
        tests.stream().<List<List<String>>>map(test -> new ArrayList<>()).toList();
    return asking(
        sql -> sql.hit(key, tests),
        (sql, rows) -> {
          while (lacking(found, wanted) && rows.next()) {
            for (int i = 0; i < tests.size(); i++) {
              boolean hit = rows.getInt(key.size() + 1 + i) == 1;
              if (hit && found.get(i).size() < EXAMPLES) {
                found.get(i).add(texts(rows, key));
              }
            }
          }
          return found;
        });
  }

  private static boolean lacking(List<List<List<String>>> found, long[] wanted) {
    return IntStream.range(0, wanted.length).anyMatch(i -> found.get(i).size() < wanted[i]);
  }

  /**
   * Groups of rows that agree in some columns.
   *
   * @param form when they do
   * @param moreThan rows that a smaller group may have
   * @param asked what else becomes of rows
   */
  public Crowd crowd(List<SourceColumn> columns, KeyForm form, long moreThan, List<Asked> asked) {
    Crowd all =
        asking(
            sql -> sql.crowds(columns, form, moreThan, asked),
            (sql, rows) -> {
              rows.next();
              return new Crowd(
                  rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), List.of());
            });
    if (all.groups() == 0) {
      return all;
    }
    List<Crowd.Group> largest =
        asking(
            sql -> sql.largest(columns, form, moreThan),
            (sql, rows) -> groups(rows, columns, EXAMPLES));
    return new Crowd(all.groups(), all.rows(), all.held(), all.refused(), largest);
  }

  /** The values that most of the rows have in a column that a test hits, the most first. */
  public List<Crowd.Group> values(SourceColumn column, RowTest test, int most) {
    return asking(
        sql -> sql.values(column, test), (sql, rows) -> groups(rows, List.of(column), most));
  }

  private static List<Crowd.Group> groups(ResultSet rows, List<SourceColumn> columns, int most)
      throws SQLException {
    List<Crowd.Group> groups = new ArrayList<>();
    while (groups.size() < most && rows.next()) {
      groups.add(new Crowd.Group(texts(rows, columns), rows.getLong(columns.size() + 1)));
    }
    return groups;
  }

  /**
   * What is met by the rows that none of the tests hits and that share no key with others, as a
   * condition in the database's own SQL.
   *
   * @param key its columns; empty where none is shared
   */
  public String sound(List<RowTest> tests, List<SourceColumn> key, KeyForm form) {
    TableShape shape = shapes.shape(table.source());
    return dialect.sql().scan(shape, at, ALL, 0).sound(tests, key, form);
  }

  private static List<String> texts(ResultSet row, List<SourceColumn> columns) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = KeyText.format(row, i + 1, columns.get(i));
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T of(ScanSql sql, ResultSet rows) throws SQLException;
  }

  private <T> T asking(Function<ScanSql, BoundSql> statement, Reading<T> reading) {
    TableShape shape = shapes.shape(table.source());
    return ParallelHint.from(
        table.chunking().parallelHint(),
        degree -> {
          ScanSql sql = dialect.sql().scan(shape, at, percent, degree);
          return lender.patiently(
              "looking through " + table.source(),
              session -> {
                dialect.enter(session, shape, at);
                try (PreparedStatement asked =
                        Statements.prepare(session.connection(), statement.apply(sql));
                    ResultSet rows = asked.executeQuery()) {
                  return reading.of(sql, rows);
                }
              });
        });
  }
}
