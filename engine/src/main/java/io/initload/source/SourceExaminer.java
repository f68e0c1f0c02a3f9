package io.initload.source;

import io.initload.config.SourceName;
import io.initload.evidence.CheckResult;
import io.initload.evidence.Masked;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.ExactText;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.session.SessionLender;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a database is as the code takes it to be. Reads only; each question stands for
 * itself, and none looks at more than some rows.
 */
public final class SourceExaminer {
  /** Rows of a table whose values are compared. */
  private static final int ROWS = 200;

  private static final int ADDRESSES = 2_000;

  /** Tables with more rows are not counted by reading them. */
  private static final long COUNTED_MAX = 200_000;

  /** Summers and winters, under rules that changed meanwhile. */
  private static final List<LocalDateTime> TIMES =
      List.of(
          LocalDateTime.of(1975, 7, 1, 12, 0),
          LocalDateTime.of(1985, 1, 15, 12, 0),
          LocalDateTime.of(1996, 10, 15, 12, 0),
          LocalDateTime.of(2006, 4, 1, 12, 0),
          LocalDateTime.of(2012, 7, 1, 12, 0),
          LocalDateTime.of(2020, 1, 15, 12, 0),
          LocalDateTime.of(2024, 3, 20, 12, 0),
          LocalDateTime.of(2025, 7, 1, 12, 0));

  private final Evidence evidence;
  private final Dialect dialect;
  private final SessionLender lender;
  private final TableShapes shapes;
  private final RowReader reader;

  SourceExaminer(Dialect dialect, SessionLender lender, TableShapes shapes, RowReader reader) {
    this.evidence = dialect.evidence();
    this.dialect = dialect;
    this.lender = lender;
    this.shapes = shapes;
    this.reader = reader;
  }

  /**
   * Whether values of a column are decoded to what the database itself says they are.
   *
   * @param masked shows a value that is not
   */
  public CheckResult values(SourceName table, String name, Masked masked) {
    TableShape shape = shapes.shape(table);
    ColumnRead read = new ColumnRead(name, Rendering.TEXT);
    SourceColumn column = shape.readable(List.of(read)).get(0);
    Optional<String> told = evidence.text(column);
    if (told.isEmpty()) {
      return CheckResult.leftOut(
          "Of the type %s the database has no text of its own to compare with."
              .formatted(column.declared()));
    }
    BoundSql query = evidence.sample(shape, column, told.get(), ROWS);
    Tally tally = new Tally(column, masked);
    try (RowCursor rows = reader.beside(shape, column, evidence.told(), query)) {
      ExactText text = new ExactText();
      while (rows.next()) {
        rows.write(0, text);
        String ours = text.take();
        rows.write(1, text);
        tally.row(ours, text.take());
      }
    }
    return tally.sight();
  }

  /** What was compared of one column. */
  private static final class Tally {
    private final SourceColumn column;
    private final Masked masked;
    private int rows;
    private int values;
    private int different;
    private String first = "";

    private Tally(SourceColumn column, Masked masked) {
      this.column = column;
      this.masked = masked;
    }

    private void row(String ours, String theirs) {
      rows++;
      if (!ours.isEmpty() || !DecodingCheck.isNull(column, theirs)) {
        values++;
      }
      if (!DecodingCheck.same(column, ours, theirs) && ++different == 1) {
        first =
            " The first, in row %d of the sample: decoded as %s, told as %s."
                .formatted(rows, masked.of(ours), masked.of(theirs));
      }
    }

    private CheckResult sight() {
      if (values == 0) {
        return CheckResult.leftOut(
            "%s: no value among %,d rows.".formatted(column.declared(), rows));
      }
      String seen = "%s: %,d values of %,d rows".formatted(column.declared(), values, rows);
      return different == 0
          ? CheckResult.holds(seen + " are what the database tells.")
          : CheckResult.fails(
              "%s, of which %,d differ from what the database tells.%s"
                  .formatted(seen, different, first),
              "Do not load this column. Report it with this page; --show-values shows the values.");
    }
  }

  /** Whether the addresses of rows are sorted as the ranges that are cut of them suppose. */
  public CheckResult addresses(SourceName table) {
    TableShape shape = shapes.shape(table);
    Optional<BoundSql> query = evidence.addresses(shape, ADDRESSES);
    if (query.isEmpty()) {
      return CheckResult.leftOut("Its rows have no addresses that it is cut by.");
    }
    List<String> sorted =
        lender.patiently(
            "looking at the addresses of " + table,
            session -> Statements.all(session.connection(), query.get(), row -> row.getString(1)));
    if (sorted.size() < 2) {
      return CheckResult.leftOut("%,d rows have no order.".formatted(sorted.size()));
    }
    return evidence.ascend(sorted)
        ? CheckResult.holds("%,d addresses ascend as decoded.".formatted(sorted.size()))
        : CheckResult.fails(
            "Of %,d addresses, sorted by the database, some do not ascend as decoded."
                .formatted(sorted.size()),
            "Set chunking.strategy of the table to key, and report it with this page.");
  }

  /** Whether as many rows are read as are counted, at one moment. */
  public CheckResult counts(SourceName table, Snapshot at) {
    TableShape shape = shapes.shape(table);
    if (shape.rowEstimate() > COUNTED_MAX) {
      return CheckResult.leftOut(
          "About %,d rows by its statistics: too many to be read for a count. A run counts each of its chunks in both ways."
              .formatted(shape.rowEstimate()));
    }
    ChunkBounds all = new ChunkBounds.Whole();
    long counted =
        lender.patiently(
            "counting " + table,
            session -> {
              dialect.enter(session, shape, at);
              return Statements.single(
                  session.connection(), dialect.sql().count(shape, all, at, 0));
            });
    if (counted > COUNTED_MAX) {
      return CheckResult.leftOut("%,d rows: too many to be read for a count.".formatted(counted));
    }
    long read = 0;
    List<ColumnRead> one = List.of(new ColumnRead(cheapest(shape), Rendering.TEXT));
    try (RowCursor rows = reader.read(table, all, at, one, ZoneOffset.UTC, table + " doctor")) {
      while (rows.next()) {
        read++;
      }
    }
    return read == counted
        ? CheckResult.holds("%,d rows counted, as many read.".formatted(read))
        : CheckResult.fails(
            "%,d rows counted, but %,d read.".formatted(counted, read),
            "See whether somebody writes to the table, or an index of it is damaged; report it.");
  }

  private static String cheapest(TableShape shape) {
    return shape.orderingKey().stream()
        .flatMap(key -> key.columns().stream())
        .findFirst()
        .or(
            () ->
                shape.columns().stream()
                    .filter(c -> c.type() != SourceColumn.Type.UNSUPPORTED)
                    .map(SourceColumn::name)
                    .findFirst())
        .orElseThrow(() -> new IllegalStateException("no column of " + shape.name()));
  }

  /** Whether the database's time zone files and the Java runtime's agree on a zone. */
  public CheckResult zone(ZoneId zone) {
    if (zone.normalized() instanceof ZoneOffset) {
      return CheckResult.leftOut(zone + " is an offset that needs no files.");
    }
    List<String> wrong = new ArrayList<>();
    for (LocalDateTime time : TIMES) {
      Optional<BoundSql> query = evidence.utc(zone, time);
      if (query.isEmpty()) {
        return CheckResult.leftOut("This kind of database has no time zone files of its own.");
      }
      String told = one(query.get());
      String ours = time.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime() + ":00";
      if (!told.strip().equals(ours)) {
        wrong.add("%s is %s UTC, the database says %s".formatted(time, ours, told));
      }
    }
    return wrong.isEmpty()
        ? CheckResult.holds(
            "%,d times between 1975 and 2025 are the same instants.".formatted(TIMES.size()))
        : CheckResult.fails(
            "By the Java runtime " + String.join("; ", wrong) + ".",
            "See which of the two has older time zone files, and which of them those rules are"
                + " that the source's times were written by.");
  }

  /** What the character sets are; whether they can hold all letters is among the concerns. */
  public CheckResult characterSet() {
    return evidence
        .characterSet()
        .map(query -> CheckResult.holds(one(query) + "."))
        .orElse(CheckResult.holds("Unicode, as all databases of this kind."));
  }

  private String one(BoundSql query) {
    return lender.with(
        "looking at the database",
        session ->
            Statements.first(session.connection(), query, row -> text(row.getString(1)))
                .orElse(""));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** What helps to plan and can be done without, by trying it. */
  public CheckResult helps() {
    List<CheckResult> sights = new ArrayList<>();
    for (Evidence.Help help : evidence.helps()) {
      try {
        lender.with(
            "trying " + help.name(),
            session -> Statements.first(session.connection(), help.sql(), row -> true));
        sights.add(CheckResult.holds(help.name() + ": may be asked."));
      } catch (SourceFailure e) {
        if (e.endsRun()) {
          throw e;
        }
        sights.add(
            CheckResult.holds("%s: may not be asked; %s.".formatted(help.name(), help.without())));
      }
    }
    return sights.isEmpty()
        ? CheckResult.leftOut("There is none here.")
        : CheckResult.together(sights);
  }

  /** What {@link ScratchTable} needs of a session that may write. */
  void write(List<String> statements) {
    lender.with(
        "writing to the scratch table",
        session -> {
          Connection connection = session.connection();
          try (var statement = connection.createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          } catch (SQLException e) {
            connection.rollback();
            throw e;
          }
          connection.commit();
          return true;
        });
  }

  Optional<Evidence.Scratch> scratch(SourceName table) {
    return evidence.scratch(table);
  }
}
