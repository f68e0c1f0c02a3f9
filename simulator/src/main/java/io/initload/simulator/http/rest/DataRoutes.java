package io.initload.simulator.http.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.http.Addresses;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.http.Router;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.simulator.model.SObjectType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions, resources, limits and approximate counts. */
public final class DataRoutes {
  private final OrgParts org;
  private final Addresses addresses;
  private final Map<SObjectType, Long> staleCounts = new HashMap<>();
  private Instant countedAt = Instant.MIN;

  public DataRoutes(OrgParts org, Addresses addresses) {
    this.org = org;
    this.addresses = addresses;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(
            Route.Scope.OPEN,
            "GET",
            "services/data",
            "versions",
            exchange -> () -> Reply.json(200, versions())),
        Route.data("GET", "", "resources", this::resources),
        Route.data("GET", "limits", "limits", exchange -> Reply.json(200, limits())),
        Route.data("GET", "limits/recordCount", "recordCount", this::recordCount));
  }

  private static ArrayNode versions() {
    ArrayNode versions = Json.array();
    for (int v = Router.OLDEST; v <= Router.NEWEST; v++) {
      int release = v - 66;
      int year = 26 + Math.floorDiv(release, 3);
      String label =
          switch (Math.floorMod(release, 3)) {
            case 0 -> "Spring '" + year;
            case 1 -> "Summer '" + year;
            default -> "Winter '" + (year + 1);
          };
      ObjectNode version = versions.addObject();
      version.put("label", label).put("url", "/services/data/v" + v + ".0");
      version.put("version", v + ".0");
    }
    return versions;
  }

  private Reply resources(Exchange exchange) {
    ObjectNode resources = Json.object();
    for (String name : List.of("sobjects", "query", "queryAll", "limits", "jobs", "composite")) {
      resources.put(name, exchange.base() + "/" + name);
    }
    String user = exchange.session().user().id();
    resources.put("identity", addresses.loginUrl() + "/id/" + org.orgId() + "/" + user);
    return Reply.json(200, resources);
  }

  private ObjectNode limits() {
    Allocations max = org.usage().allocations();
    ObjectNode limits = Json.object();
    put(limits, "DailyApiRequests", Counted.API_REQUESTS);
    put(limits, "DailyBulkApiBatches", Counted.BATCHES);
    put(limits, "DailyBulkV2QueryJobs", Counted.QUERY_JOBS);
    put(limits, "DailyBulkV2QueryFileStorageMB", Counted.QUERY_MEGABYTES);
    put(limits, "DailyAsyncApexExecutions", 250_000, 250_000);
    long records = 0;
    for (SObjectType type : org.store().records().schema().objects()) {
      records += org.store().records().count(type);
    }
    long usedMegabytes = records * Allocations.BYTES_PER_RECORD / 1_000_000;
    long room = max.dataStorageMegabytes();
    put(limits, "DataStorageMB", room, Math.max(0, room - usedMegabytes));
    put(limits, "FileStorageMB", room, room);
    put(limits, "HourlyAsyncReportRuns", 1200, 1200);
    return limits;
  }

  private void put(ObjectNode limits, String name, Counted counted) {
    put(limits, name, org.usage().max(counted), org.usage().remaining(counted));
  }

  private static void put(ObjectNode limits, String name, long max, long remaining) {
    limits.putObject(name).put("Max", max).put("Remaining", remaining);
  }

  private Reply recordCount(Exchange exchange) {
    String wanted = exchange.query("sObjects");
    ArrayNode counts = Json.array();
    Map<SObjectType, Long> known = staleCounts();
    if (wanted.isEmpty()) {
      known.forEach((type, count) -> add(counts, type, count));
    } else {
      for (String name : wanted.split(",", -1)) {
        Optional<SObjectType> type = org.schema().object(name.strip());
        type.ifPresent(t -> add(counts, t, known.getOrDefault(t, 0L)));
      }
    }
    ObjectNode answer = Json.object();
    answer.set("sObjects", counts);
    return Reply.json(200, answer);
  }

  private static void add(ArrayNode counts, SObjectType type, long count) {
    if (count > 0) {
      counts.addObject().put("count", count).put("name", type.name());
    }
  }

  /** Counts as they were some time ago. */
  private synchronized Map<SObjectType, Long> staleCounts() {
    Instant now = org.clock().instant();
    if (countedAt.equals(Instant.MIN)
        || !now.isBefore(countedAt.plus(org.rules().recordCountLag()))) {
      countedAt = now;
      staleCounts.clear();
      for (SObjectType type : org.schema().objects()) {
        Optional<SObjectType> stored = org.store().records().schema().object(type.name());
        stored.ifPresent(s -> staleCounts.put(type, org.store().records().count(s)));
      }
    }
    return Map.copyOf(staleCounts);
  }
}
