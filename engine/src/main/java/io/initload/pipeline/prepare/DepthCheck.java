package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.config.FieldMapping;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.rows.RowFilter.Depth;
import io.initload.mapping.org.FieldPath;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import io.initload.staging.CsvRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for rows that no generation of a table holds: too deep ones, and those of circles. */
final class DepthCheck {
  /** Rows that are followed in memory. */
  private static final int FOLLOWED = 100_000;

  private final SourceDatabase source;
  private final Prepared table;
  private final Snapshot at;

  private DepthCheck(SourceDatabase source, Prepared table, Snapshot at) {
    this.source = source;
    this.table = table;
    this.at = at;
  }

  /**
   * Proves that the generations of a table hold all its rows; of other tables nothing is asked.
   *
   * @throws Failure {@code LEVELS_CIRCLE} naming the rows of one, {@code LEVELS_TOO_DEEP}
   */
  static void refuse(SourceDatabase source, Prepared table, Snapshot at) {
    if (table.kind() == PassKind.ROWS
        && table.config().source().narrowing() instanceof Depth depth) {
      new DepthCheck(source, table, at).refuse(depth);
    }
  }

  private void refuse(Depth depth) {
    TableConfig config = table.config();
    int levels = config.hierarchy().levels();
    SourceName deeper =
        config.source().narrowed(new Depth(levels, true, depth.key(), depth.parent()));
    long rows = source.count(config.pass(config.name(), deeper), at);
    if (rows == 0) {
      return;
    }
    Map<String, String> parents = parents(deeper, depth);
    List<String> circle = circle(parents);
    throw circle.isEmpty()
        ? tooDeep(rows, levels, parents.keySet().stream().findFirst().orElse(""))
        : inCircle(rows, circle);
  }

  private Failure inCircle(long rows, List<String> circle) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "LEVELS_CIRCLE",
        "Rows of %s name each other in a circle, so that none can be loaded first: %s. %,d rows lie in such circles, below them, or too deep."
            .formatted(table.name(), String.join(" -> ", circle), rows),
        "Take one lookup of the circle out of the source, or leave its rows out by tables[].where;"
            + " then run the same command again.");
  }

  private Failure tooDeep(long rows, int levels, String example) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "LEVELS_TOO_DEEP",
        "%,d rows of %s have %,d ancestors or more, as %s: more than there are generations."
            .formatted(rows, table.name(), levels, example),
        "Raise tables[].levels, then run the same command again.");
  }

  /** The external ids of such rows and those that they name. */
  private Map<String, String> parents(SourceName rows, Depth depth) {
    int key = at(table.config().externalId());
    int parent = at(lookup(depth));
    Map<String, String> parents = new LinkedHashMap<>();
    CsvRow row = new CsvRow();
    row.rules(table.mapping().rules());
    try (RowCursor cursor =
        source.read(
            rows,
            new ChunkBounds.Whole(),
            at,
            table.mapping().reads(),
            table.config().sourceZone(),
            table.name() + " ancestors")) {
      while (cursor.next() && parents.size() < FOLLOWED) {
        row.clear();
        table.mapping().render(cursor, row);
        parents.put(
            table.keyForm().canonical(row.field(key)),
            table.keyForm().canonical(row.field(parent)));
      }
    }
    return parents;
  }

  private int at(String field) {
    return table.mapping().header().indexOf(field);
  }

  private String lookup(Depth depth) {
    return table.config().fields().stream()
        .filter(field -> field.feed().columns().equals(depth.parent()))
        .map(FieldMapping::field)
        .filter(field -> FieldPath.parse(field).isParent())
        .findFirst()
        .orElseThrow();
  }

  /** One that some row leads to, its first row again at its end; empty where none was met. */
  private static List<String> circle(Map<String, String> parents) {
    Set<String> seen = new LinkedHashSet<>();
    for (String first : parents.keySet()) {
      Set<String> way = new LinkedHashSet<>();
      String now = first;
      while (parents.containsKey(now) && !seen.contains(now) && way.add(now)) {
        now = parents.getOrDefault(now, "");
      }
      if (way.contains(now)) {
        List<String> rows = way.stream().toList();
        List<String> circle = new ArrayList<>(rows.subList(rows.indexOf(now), rows.size()));
        circle.add(now);
        return circle;
      }
      seen.addAll(way);
    }
    return List.of();
  }
}
