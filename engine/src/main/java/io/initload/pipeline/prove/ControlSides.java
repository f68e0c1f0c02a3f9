package io.initload.pipeline.prove;

import io.initload.config.Control;
import io.initload.config.TableConfig;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.FieldRule;
import io.initload.mapping.org.TargetKind;
import io.initload.pipeline.prepare.ControlFields;
import io.initload.pipeline.prepare.ControlGroup;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prove.ControlSums.Edge;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.plan.TotalsQuery;
import io.initload.salesforce.records.RecordTotals;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sums of one control: of the source, of rows that were not loaded, of the org. */
final class ControlSides {
  private static final int PAGE = 1_000;
  private static final int DATE_CHARS = 10;

  /** With as many digits of a second as a database has. */
  private static final DateTimeFormatter STAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  /** Codes of rows that were held back with all of their fields. */
  private static final Set<String> WHOLE =
      Set.of("EXTERNAL_ID_NULL", "EXTERNAL_ID_DUPLICATE", "ORPHAN", "ROW_NOT_LOADED");

  private final Workbench bench;
  private final TableConfig table;
  private final Control control;
  private final TotalsQuery query;
  private final List<ControlGroup> by;
  private final Optional<ControlGroup.Field> of;
  private final Map<List<String>, List<String>> names = new LinkedHashMap<>();

  ControlSides(Workbench bench, TableConfig table, ControlFields fields, Control control) {
    this.bench = bench;
    this.table = table;
    this.control = control;
    this.by = fields.groups(control);
    this.of = fields.summed(control);
    this.query = fields.query(control);
  }

  boolean arithmetic() {
    return query.arithmetic();
  }

  boolean bounds() {
    return query.bounds();
  }

  /** How people know a group. */
  List<String> name(List<String> group) {
    return names.getOrDefault(group, group);
  }

  /** Empty where the database cannot sum them up. */
  Optional<Map<List<String>, ControlSums>> source(Snapshot at) {
    return bench
        .source()
        .totals(table, query, at)
        .map(
            rows -> {
              Map<List<String>, ControlSums> sums = new LinkedHashMap<>();
              rows.forEach(row -> add(sums, group(row.group()), sums(row)));
              return sums;
            });
  }

  private ControlSums sums(TotalsQuery.Row row) {
    return new ControlSums(
        row.rows(),
        row.values(),
        row.sum().orElse(BigDecimal.ZERO),
        row.magnitude().orElse(BigDecimal.ZERO),
        edge(row.min()),
        edge(row.max()));
  }

  /** The org's, or why there are none. */
  Map<List<String>, ControlSums> org(StringBuilder why) throws InterruptedException {
    String condition =
        table.externalId()
            + " != null"
            + (control.orgWhere().isEmpty() ? "" : " AND (" + control.orgWhere() + ")");
    RecordTotals.Answer answer =
        new RecordTotals(
                bench.org(),
                table.object(),
                condition,
                by.stream().map(ControlGroup::soql).toList(),
                of.map(ControlGroup.Field::selected),
                arithmetic(),
                bounds(),
                TotalsQuery.GROUPS_MAX)
            .ask();
    why.append(answer.why());
    Map<List<String>, ControlSums> sums = new LinkedHashMap<>();
    for (RecordTotals.Row row : answer.rows()) {
      ControlSums of =
          new ControlSums(
              row.rows(),
              row.values(),
              row.sum().orElse(BigDecimal.ZERO),
              BigDecimal.ZERO,
              edge(row.min()),
              edge(row.max()));
      add(sums, group(row.group()), of);
    }
    return sums;
  }

  /**
   * What was read and is no record, by the ledger's copies of those rows.
   *
   * @param unknown is set where a row lacks a field that is asked for
   */
  Map<List<String>, ControlSums> refused(List<Prepared> passes, Set<String> unknown) {
    Map<List<String>, ControlSums> sums = new LinkedHashMap<>();
    for (Prepared pass : passes) {
      List<String> header =
          bench.ledger().tables().pass(pass.name()).map(Pass::header).orElse(List.of());
      DeadLetterFilter filter = new DeadLetterFilter(Set.of(pass.name()), Set.of());
      long after = 0;
      for (List<ExceptionRow> page = bench.ledger().deadLetters().page(filter, after, PAGE);
          !page.isEmpty();
          page = bench.ledger().deadLetters().page(filter, after, PAGE)) {
        for (ExceptionRow row : page) {
          after = row.id();
          refused(row, header, sums, unknown);
        }
      }
    }
    return sums;
  }

  private void refused(
      ExceptionRow row,
      List<String> header,
      Map<List<String>, ControlSums> sums,
      Set<String> unknown) {
    List<String> group = new ArrayList<>();
    for (ControlGroup one : by) {
      group.add(one.ofStaged(text(row, header, one.field().name(), unknown)));
    }
    String value = of.map(f -> text(row, header, f.name(), unknown)).orElse("");
    try {
      add(sums, group, of.isEmpty() ? counted(1, "") : counted(value.isEmpty() ? 0 : 1, value));
    } catch (NumberFormatException e) {
      unknown.add(Long.toString(row.id()));
    }
  }

  private ControlSums counted(long values, String text) {
    BigDecimal number =
        arithmetic() && !text.isEmpty() ? new BigDecimal(text.trim()) : BigDecimal.ZERO;
    Optional<Edge> edge = bounds() ? edge(text) : Optional.empty();
    return new ControlSums(1, values, number, number.abs(), edge, edge);
  }

  /**
   * What was refused for a value may be kept without it: then it is not known, if there was one.
   */
  private static String text(
      ExceptionRow row, List<String> header, String field, Set<String> unknown) {
    int at = header.indexOf(field);
    String text = at < 0 || at >= row.data().size() ? "" : row.data().get(at);
    boolean whole = row.state() != ExceptionRow.State.QUARANTINED || WHOLE.contains(row.code());
    if (text.isEmpty() && !(whole && at >= 0 && at < row.data().size())) {
      unknown.add(Long.toString(row.id()));
    }
    return text.equals(FieldRule.NULL) ? "" : text;
  }

  private List<String> group(List<String> values) {
    List<String> group = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      String canonical = by.get(i).canonical(values.get(i));
      group.add(canonical.isEmpty() && by.get(i).neverNull() ? "false" : canonical);
    }
    names.putIfAbsent(group, List.copyOf(values));
    return group;
  }

  private static void add(
      Map<List<String>, ControlSums> sums, List<String> group, ControlSums more) {
    sums.merge(group, more, ControlSums::plus);
  }

  /** A least or greatest value in a form that both sides share. */
  private Optional<Edge> edge(String text) {
    if (text.isEmpty() || of.isEmpty()) {
      return Optional.empty();
    }
    return switch (of.get().kind()) {
      case DATE -> Edge.of(text.substring(0, Math.min(DATE_CHARS, text.length())), false);
      case DATETIME -> Edge.of(moment(text), false);
      default -> Edge.of(text, of.get().kind() != TargetKind.TEXT);
    };
  }

  /** In UTC, to the second, which is all that the org keeps. */
  private String moment(String text) {
    try {
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d");
      LocalDateTime utc =
          zoned
              ? OffsetDateTime.parse(text, STAMP)
                  .withOffsetSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime()
              : LocalDateTime.parse(text.length() == DATE_CHARS ? text + "T00:00" : text)
                  .atZone(of.flatMap(ControlGroup.Field::zone).orElse(ZoneOffset.UTC))
                  .withZoneSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime();
      return utc.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          + "Z";
    } catch (DateTimeException e) {
      return text;
    }
  }
}
