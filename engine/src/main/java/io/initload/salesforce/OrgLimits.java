package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The allowances the org reports (docs/reference/salesforce.md, "Reported limits"). Advisory: they
 * lag, and others use the org too.
 *
 * @param allowances by the org's own names; whatever is not a pair of counts is left out
 */
public record OrgLimits(Map<String, Allowance> allowances) {
  /** What is allowed in all, and what is left. */
  public record Allowance(long max, long remaining) {}

  public OrgLimits {
    allowances = Map.copyOf(allowances);
  }

  static OrgLimits parse(JsonNode json) {
    Map<String, Allowance> found = new TreeMap<>();
    json.properties()
        .forEach(
            entry -> {
              JsonNode max = entry.getValue().path("Max");
              JsonNode remaining = entry.getValue().path("Remaining");
              if (isCount(max) && isCount(remaining)) {
                found.put(
                    entry.getKey(),
                    new Allowance(max.asLong(), Math.min(remaining.asLong(), max.asLong())));
              }
            });
    return new OrgLimits(found);
  }

  private static boolean isCount(JsonNode value) {
    return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
  }

  /** API requests of the org in a rolling day, by everybody. */
  public Optional<Allowance> dailyApiRequests() {
    return named("DailyApiRequests");
  }

  /** Batches of 10,000 rows in a rolling day, by everybody, shared with Bulk API 1.0. */
  public Optional<Allowance> dailyBulkApiBatches() {
    return named("DailyBulkApiBatches");
  }

  public Optional<Allowance> named(String key) {
    return Optional.ofNullable(allowances.get(key));
  }
}
