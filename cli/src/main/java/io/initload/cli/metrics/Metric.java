package io.initload.cli.metrics;

import io.initload.config.TargetConfig;
import io.initload.pipeline.MigrationStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One number at a moment, or several of one kind that attributes tell apart. All of them may fall:
 * they are what the ledger has, not what this process counted.
 *
 * @param name in the manner of OpenTelemetry: lower case, parts behind dots, no unit in it
 * @param unit by UCUM, things in braces
 * @param summable whether points may be added up
 * @param of how they follow from what is known
 */
public record Metric(
    String name,
    String unit,
    String description,
    boolean summable,
    Function<Facts, List<Point>> of) {
  private static final String MIGRATION = "initload.migration";

  /**
   * What metrics are made of.
   *
   * @param target with its limits
   */
  public record Facts(MigrationStatus status, TargetConfig target) {}

  /**
   * One of its numbers.
   *
   * @param attributes by which it differs from others of its kind
   */
  public record Point(Map<String, String> attributes, double value) {
    public Point {
      attributes = Map.copyOf(attributes);
    }

    Point of(String migration) {
      Map<String, String> named = new HashMap<>(attributes);
      named.put(MIGRATION, migration);
      return new Point(named, value);
    }
  }

  /** As it is now, of its migration. */
  List<Point> points(Facts facts) {
    String migration = facts.status().migration();
    return of.apply(facts).stream().map(point -> point.of(migration)).toList();
  }
}
