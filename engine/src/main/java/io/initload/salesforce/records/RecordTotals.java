package io.initload.salesforce.records;

import io.initload.salesforce.Org;
import io.initload.salesforce.errors.OrgException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.BinaryOperator;

/**
 * Sums of an object's records by groups (docs/reference/salesforce.md, "REST query and counts"): at
 * once; where that takes the org too long, or makes more groups than one answer holds, by ranges of
 * ids that are divided until none does, the sums of which are added up. For one thread.
 */
public final class RecordTotals {
  /** Groups of one answer: those of a query with aggregates come on one page or not at all. */
  private static final int PAGE = 2_000;

  /** Queries for one control: each may take the org two minutes. */
  private static final int QUERIES_MAX = 1_000;

  private final Org org;
  private final String object;
  private final String condition;
  private final List<String> by;
  private final Optional<String> of;
  private final boolean arithmetic;
  private final boolean bounds;
  private final int groupsMax;
  private final Map<List<String>, Row> groups = new LinkedHashMap<>();
  private int queries;

  /**
   * One group.
   *
   * @param group its values, empty for null
   * @param sum empty where there is none
   * @param min as the org writes it; empty where there is none, as is max
   */
  public record Row(
      List<String> group,
      long rows,
      long values,
      Optional<BigDecimal> sum,
      String min,
      String max) {
    public Row {
      group = List.copyOf(group);
    }
  }

  /**
   * What it came to.
   *
   * @param why nobody can say; empty otherwise
   */
  public record Answer(List<Row> rows, String why) {
    public Answer {
      rows = List.copyOf(rows);
    }
  }

  /**
   * @param condition what records must meet, as SOQL says it
   * @param by fields, or functions of fields, as SOQL says them
   * @param of the field that is summed up; empty where records are counted alone
   * @param arithmetic whether its sum is asked for
   * @param bounds whether its least and its greatest value are
   * @param groupsMax more than these nobody can say
   */
  public RecordTotals(
      Org org,
      String object,
      String condition,
      List<String> by,
      Optional<String> of,
      boolean arithmetic,
      boolean bounds,
      int groupsMax) {
    this.org = org;
    this.object = object;
    this.condition = condition;
    this.by = List.copyOf(by);
    this.of = of;
    this.arithmetic = arithmetic;
    this.bounds = bounds;
    this.groupsMax = groupsMax;
  }

  /** Asks now. What the org will not sum up is no failure. */
  public Answer ask() throws InterruptedException {
    try {
      String why = within("") ? "" : byRanges();
      return new Answer(why.isEmpty() ? List.copyOf(groups.values()) : List.of(), why);
    } catch (OrgException.Refused e) {
      return new Answer(List.of(), String.valueOf(e.getMessage()));
    }
  }

  private String byRanges() throws InterruptedException {
    groups.clear();
    Deque<IdRange> open = IdRanges.of(org, object);
    if (open.isEmpty()) {
      return "summing them up takes the org too long.";
    }
    while (!open.isEmpty()) {
      IdRange range = open.pop();
      if (!within(range.condition())) {
        if (!range.divisible() || queries >= QUERIES_MAX) {
          return "summing them up takes the org too long, by %,d ranges of ids too."
              .formatted(queries);
        }
        range.parts(IdRanges.PARTS).forEach(open::push);
      }
      if (groups.size() > groupsMax) {
        return "there are more than %,d groups.".formatted(groupsMax);
      }
    }
    return "";
  }

  /** Whether the org could, in time and in one answer. */
  private boolean within(String range) throws InterruptedException {
    queries++;
    List<Map<String, String>> rows;
    try {
      rows = org.query(soql(range)).rest();
    } catch (OrgException.Refused e) {
      if (e.isTimeout() || e.orgCode().equals("EXCEEDED_ID_LIMIT")) {
        return false;
      }
      throw e;
    }
    if (!by.isEmpty() && rows.size() >= PAGE) {
      return false;
    }
    rows.stream().map(this::row).forEach(row -> groups.merge(row.group(), row, this::plus));
    return true;
  }

  private String soql(String range) {
    StringJoiner select = new StringJoiner(", ");
    for (int i = 0; i < by.size(); i++) {
      select.add(by.get(i) + " g" + i);
    }
    select.add("COUNT(Id) n");
    of.ifPresent(
        field -> {
          select.add("COUNT(" + field + ") v");
          if (arithmetic) {
            select.add("SUM(" + field + ") s");
          }
          if (bounds) {
            select.add("MIN(" + field + ") lo").add("MAX(" + field + ") hi");
          }
        });
    String grouped = by.isEmpty() ? "" : " GROUP BY " + String.join(", ", by) + " LIMIT " + PAGE;
    return "SELECT " + select + " FROM " + object + " WHERE " + condition + range + grouped;
  }

  private Row row(Map<String, String> row) {
    List<String> group = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      group.add(row.getOrDefault("g" + i, ""));
    }
    long rows = Long.parseLong(row.getOrDefault("n", "0"));
    String sum = row.getOrDefault("s", "");
    return new Row(
        group,
        rows,
        of.isPresent() ? Long.parseLong(row.getOrDefault("v", "0")) : rows,
        sum.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(sum)),
        row.getOrDefault("lo", ""),
        row.getOrDefault("hi", ""));
  }

  /** Groups of two ranges. Texts of one form: numbers by their value, dates as they are written. */
  private Row plus(Row a, Row b) {
    return new Row(
        a.group(),
        a.rows() + b.rows(),
        a.values() + b.values(),
        a.sum().isEmpty() ? b.sum() : b.sum().map(a.sum().get()::add).or(a::sum),
        edge(a.min(), b.min(), (x, y) -> compare(x, y) <= 0 ? x : y),
        edge(a.max(), b.max(), (x, y) -> compare(x, y) >= 0 ? x : y));
  }

  private static String edge(String a, String b, BinaryOperator<String> choose) {
    return a.isEmpty() ? b : b.isEmpty() ? a : choose.apply(a, b);
  }

  private int compare(String a, String b) {
    return arithmetic ? new BigDecimal(a).compareTo(new BigDecimal(b)) : a.compareTo(b);
  }
}
