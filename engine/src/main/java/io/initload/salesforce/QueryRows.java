package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Failure;
import io.initload.salesforce.wire.Bounds;
import io.initload.salesforce.wire.Call;
import io.initload.salesforce.wire.RestClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a query, page by page (2,000 records at most lie in memory). A row maps the names of
 * the query ({@code Name}, {@code Account.Name}) to texts: null is empty, numbers are written
 * without exponent. For one thread.
 */
public final class QueryRows {
  private final RestClient calls;
  private final Deque<Map<String, String>> page = new ArrayDeque<>();
  private final PageTrail trail;
  private boolean done;

  QueryRows(RestClient calls, Call first) {
    this.calls = calls;
    this.trail = new PageTrail(first, Bounds.QUERY_PAGES_MAX);
  }

  /**
   * The next row; empty after the last one.
   *
   * @throws Failure {@code ORG_ANSWER} when the pages do not end
   */
  public Optional<Map<String, String>> next() throws InterruptedException {
    while (page.isEmpty() && !done) {
      JsonNode answer = calls.listing(trail.next(), "records");
      for (JsonNode record : answer.path("records")) {
        Map<String, String> row = new LinkedHashMap<>();
        flatten("", record, row);
        page.add(row);
      }
      done = answer.path("done").asBoolean(true);
      if (!done) {
        trail.to(answer.path("nextRecordsUrl").asText(""));
      }
    }
    return Optional.ofNullable(page.poll());
  }

  /** All rows that are left; for queries known to be small. */
  public List<Map<String, String>> rest() throws InterruptedException {
    return rest(new RowRoom());
  }

  /**
   * All rows that are left.
   *
   * @throws Failure {@code ORG_ANSWER} when there is no room for them
   */
  public List<Map<String, String>> rest(RowRoom room) throws InterruptedException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Optional<Map<String, String>> row = next(); row.isPresent(); row = next()) {
      if (!room.takes(row.get())) {
        throw trail.strange("holds more than %,d characters".formatted(Bounds.RECORDS_CHARS_MAX));
      }
      rows.add(row.get());
    }
    return rows;
  }

  private static void flatten(String prefix, JsonNode record, Map<String, String> row) {
    record
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (value.isObject() && !entry.getKey().equals("attributes")) {
                flatten(prefix + entry.getKey() + ".", value, row);
              } else if (!value.isContainerNode()) {
                row.put(prefix + entry.getKey(), text(value));
              }
            });
  }

  private static String text(JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
  }
}
