package io.initload.source;

import io.initload.config.Control.Part;
import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.plan.TotalsQuery;
import io.initload.source.session.SessionLender;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Sql.Grouping;
import io.initload.source.sql.Statements;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a database for sums by groups. */
final class TotalsReader {
  private final Dialect dialect;
  private final SessionLender lender;

  TotalsReader(Dialect dialect, SessionLender lender) {
    this.dialect = dialect;
    this.lender = lender;
  }

  /** The groups; empty where this kind of database cannot make them. One more than the bound. */
  Optional<List<TotalsQuery.Row>> read(
      TableShape shape, TotalsQuery query, Snapshot snapshot, int parallel) {
    List<Grouping> by = by(shape, query);
    Optional<SourceColumn> of = query.of().map(shape::required);
    return statement(shape, query, snapshot, parallel)
        .map(
            statement ->
                lender.patiently(
                    "summing up " + shape.name(),
                    session -> {
                      dialect.enter(session, shape, snapshot);
                      return Statements.atMost(
                          session.connection(),
                          statement,
                          TotalsQuery.GROUPS_MAX + 1,
                          row -> row(row, by, of, query));
                    }));
  }

  /** What is asked for them. */
  Optional<BoundSql> statement(
      TableShape shape, TotalsQuery query, Snapshot snapshot, int parallel) {
    return dialect
        .sql()
        .totals(
            shape,
            by(shape, query),
            query.of().map(shape::required),
            query.arithmetic(),
            query.bounds(),
            snapshot,
            parallel);
  }

  private static List<Grouping> by(TableShape shape, TotalsQuery query) {
    return query.by().stream()
        .map(g -> new Grouping(shape.required(g.column()), g.part(), g.zone()))
        .toList();
  }

  private static TotalsQuery.Row row(
      ResultSet row, List<Grouping> by, Optional<SourceColumn> of, TotalsQuery query)
      throws SQLException {
    int at = 1;
    List<String> group = new ArrayList<>();
    for (Grouping one : by) {
      group.add(one.part() == Part.VALUE ? text(row, at, one.column()) : plain(row.getString(at)));
      at++;
    }
    long rows = row.getLong(at++);
    long values = of.isPresent() ? row.getLong(at++) : rows;
    Optional<BigDecimal> sum = query.arithmetic() ? number(row.getString(at++)) : Optional.empty();
    Optional<BigDecimal> magnitude =
        query.arithmetic() ? number(row.getString(at++)) : Optional.empty();
    boolean bounds = query.bounds() && of.isPresent();
    String min = bounds ? text(row, at++, of.get()) : "";
    String max = bounds ? text(row, at, of.get()) : "";
    return new TotalsQuery.Row(group, rows, values, sum, magnitude, min, max);
  }

  private static String text(ResultSet row, int at, SourceColumn column) throws SQLException {
    return switch (column.type()) {
      case NUMBER, FLOAT -> plain(row.getString(at));
      case DATE -> iso(row.getObject(at, LocalDate.class));
      case DATETIME -> iso(row.getObject(at, LocalDateTime.class));
      case INSTANT -> {
        OffsetDateTime time = row.getObject(at, OffsetDateTime.class);
        yield time == null ? "" : time.toInstant().toString();
      }
      default -> {
        String text = row.getString(at);
        yield text == null ? "" : text;
      }
    };
  }

  private static String iso(@Nullable Object date) {
    return date == null ? "" : date.toString();
  }

  private static String plain(@Nullable String text) {
    return number(text)
        .map(n -> n.signum() == 0 ? "0" : n.stripTrailingZeros().toPlainString())
        .orElse(text == null ? "" : text);
  }

  private static Optional<BigDecimal> number(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(new BigDecimal(text.trim()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
