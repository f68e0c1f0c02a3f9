package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
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
  private Optional<Call> next;

  QueryRows(RestClient calls, Call first) {
    this.calls = calls;
    this.next = Optional.of(first);
  }

  /** The next row; empty after the last one. */
  public Optional<Map<String, String>> next() throws InterruptedException {
    while (page.isEmpty() && next.isPresent()) {
      JsonNode answer = calls.json(next.get());
      for (JsonNode record : answer.path("records")) {
        Map<String, String> row = new LinkedHashMap<>();
        flatten("", record, row);
        page.add(row);
      }
      String more = answer.path("nextRecordsUrl").asText("");
      next = answer.path("done").asBoolean(true) ? Optional.empty() : Optional.of(Call.get(more));
    }
    return Optional.ofNullable(page.poll());
  }

  /** All rows that are left; for queries known to be small. */
  public List<Map<String, String>> rest() throws InterruptedException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (var row = next(); row.isPresent(); row = next()) {
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
