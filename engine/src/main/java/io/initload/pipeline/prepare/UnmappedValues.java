package io.initload.pipeline.prepare;

import io.initload.config.ValueMap.Unmapped;
import io.initload.expression.MapUse;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.SourceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts the rows, as the source has them now, whose values a map does not have. */
public final class UnmappedValues {
  /** What a statement can list. */
  private static final int ENTRIES_MAX = 5_000;

  /** What Oracle takes in one list. */
  private static final int LIST_MAX = 1_000;

  private final SourceDatabase source;
  private final Prepared table;

  public UnmappedValues(SourceDatabase source, Prepared table) {
    this.source = source;
    this.table = table;
  }

  /**
   * A map without a default.
   *
   * @param condition what rows meet whose values are given and not in the map; empty where SQL
   *     cannot say it
   */
  public record Lacking(MapUse asked, Optional<String> condition) {}

  /** The maps without a default. */
  public List<Lacking> lacking() {
    return table.mapping().asked().stream()
        .filter(asked -> asked.map().otherwise().isEmpty())
        .map(asked -> new Lacking(asked, condition(asked)))
        .toList();
  }

  List<Finding> findings() {
    return lacking().stream().flatMap(lacking -> look(lacking).stream()).toList();
  }

  private Optional<Finding> look(Lacking lacking) {
    MapUse asked = lacking.asked();
    Optional<String> condition = lacking.condition();
    if (condition.isEmpty()) {
      return Optional.of(
          finding(
              "UNMAPPED_NOT_COUNTED",
              Severity.WARNING,
              "No statement counts the values that the map %s does not have."
                  .formatted(asked.map().name()),
              "Look for them before the load, or give the map a default."));
    }
    String where = table.config().source().where();
    String all = where.isEmpty() ? condition.get() : "(" + where + ") AND " + condition.get();
    long rows =
        source.count(
            table.config().source().where(all), new ChunkBounds.Whole(), Snapshot.UNMARKED);
    return rows == 0 ? Optional.empty() : Optional.of(found(asked, rows));
  }

  private Finding found(MapUse asked, long rows) {
    boolean fails = asked.map().unmapped() == Unmapped.FAIL;
    String columns = String.join(", ", asked.columns());
    String fate = fate(asked.map().unmapped());
    return finding(
        "UNMAPPED_VALUES",
        fails ? Severity.ERROR : Severity.WARNING,
        asked.ofOrg()
            ? "Of %s the org has no %s for what %,d rows have: %s."
                .formatted(columns, asked.map().name(), rows, fate)
            : "Of %s the map %s lacks what %,d rows have: %s."
                .formatted(columns, asked.map().name(), rows, fate),
        asked.ofOrg()
            ? "Compare SELECT DISTINCT %s with the org, or name a fallback in tables[].fallbacks."
                .formatted(columns)
            : "Compare it with SELECT DISTINCT %s, and complete the map, or give it a default."
                .formatted(columns));
  }

  private static String fate(Unmapped unmapped) {
    return switch (unmapped) {
      case FAIL -> "they are held back";
      case KEEP -> "they keep it";
      case NULL -> "they get none";
    };
  }

  private Finding finding(String code, Severity severity, String message, String remedy) {
    return new Finding(code, severity, "tables " + table.table(), message, remedy);
  }

  /** What rows meet whose values are given and not in the map; empty where SQL cannot say it. */
  private Optional<String> condition(MapUse asked) {
    List<SourceColumn> columns =
        asked.columns().stream().flatMap(c -> table.shape().column(c).stream()).toList();
    boolean few = asked.map().entries().size() <= (columns.size() == 1 ? ENTRIES_MAX : LIST_MAX);
    if (columns.isEmpty() || !few || !columns.stream().allMatch(UnmappedValues::literal)) {
      return Optional.empty();
    }
    String given =
        columns.stream().map(c -> quoted(c) + " IS NOT NULL").collect(Collectors.joining(" AND "));
    List<List<String>> keys =
        asked.map().entries().keySet().stream()
            .filter(key -> fits(columns, key))
            .sorted((one, other) -> one.toString().compareTo(other.toString()))
            .toList();
    if (keys.isEmpty()) {
      return Optional.of("(" + given + ")");
    }
    String known =
        columns.size() == 1
            ? listed(columns.get(0), keys, asked.foldsCase())
            : joined(columns, keys);
    return Optional.of("(%s AND NOT (%s))".formatted(given, known));
  }

  private static String listed(SourceColumn column, List<List<String>> keys, boolean foldsCase) {
    String name = foldsCase ? "LOWER(UPPER(TRIM(" + quoted(column) + ")))" : quoted(column);
    List<String> lists = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += LIST_MAX) {
      lists.add(
          keys.subList(from, Math.min(keys.size(), from + LIST_MAX)).stream()
              .map(key -> literal(column, key.get(0)))
              .collect(Collectors.joining(", ", name + " IN (", ")")));
    }
    return String.join(" OR ", lists);
  }

  private static String joined(List<SourceColumn> columns, List<List<String>> keys) {
    List<String> all = new ArrayList<>();
    for (List<String> key : keys) {
      List<String> one = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        one.add(quoted(columns.get(i)) + " = " + literal(columns.get(i), key.get(i)));
      }
      all.add("(" + String.join(" AND ", one) + ")");
    }
    return String.join(" OR ", all);
  }

  private static boolean literal(SourceColumn column) {
    return column.type() == SourceColumn.Type.TEXT || column.type() == SourceColumn.Type.NUMBER;
  }

  /** A text that is no number is none that a number could be. */
  private static boolean fits(List<SourceColumn> columns, List<String> key) {
    for (int i = 0; i < key.size(); i++) {
      boolean number = columns.get(i).type() == SourceColumn.Type.NUMBER;
      if (number && !key.get(i).matches("-?[0-9]{1,38}(\\.[0-9]{1,38})?")) {
        return false;
      }
    }
    return true;
  }

  private static String literal(SourceColumn column, String text) {
    return column.type() == SourceColumn.Type.NUMBER ? text : "'" + text.replace("'", "''") + "'";
  }

  private static String quoted(SourceColumn column) {
    return column.computed()
        ? "(" + column.sql() + ")"
        : '"' + column.name().replace("\"", "\"\"") + '"';
  }
}
