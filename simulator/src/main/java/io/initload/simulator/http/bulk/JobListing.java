package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.model.OrgException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The list of jobs: pages of 1,000 in no particular order (docs/reference/salesforce.md, "Listing
 * jobs").
 */
public final class JobListing {
  private static final int PAGE = 1000;
  private static final String LOCATOR = "01gR0000000opRTIAY-";

  private final OrgParts org;

  public JobListing(OrgParts org) {
    this.org = org;
  }

  /** A job of any kind. */
  private record Listed(String id, Supplier<ObjectNode> form) {}

  Reply list(Exchange exchange) {
    String type = exchange.query("jobType");
    if (!type.isEmpty()
        && !List.of("V2Ingest", "Classic", "V2Query", "BigObjectIngest").contains(type)) {
      throw OrgException.bad("API_ERROR", "Invalid value: '" + type + "' for jobType");
    }
    List<Listed> jobs = new ArrayList<>();
    if (type.isEmpty() || type.equals("V2Ingest")) {
      org.ingest().list().forEach(j -> jobs.add(new Listed(j.id(), () -> IngestForms.listForm(j))));
    }
    if (type.isEmpty() || type.equals("V2Query")) {
      org.queryJobs()
          .list()
          .forEach(j -> jobs.add(new Listed(j.id(), () -> QueryForms.listForm(j))));
    }
    jobs.sort(Comparator.comparingLong((Listed j) -> mix(j.id())).thenComparing(Listed::id));
    int from = Math.min(offset(exchange.query("queryLocator")), jobs.size());
    int to = Math.min(from + PAGE, jobs.size());
    ArrayNode records = Json.array();
    jobs.subList(from, to).forEach(job -> records.add(job.form().get()));
    ObjectNode page = Json.object();
    page.put("done", to == jobs.size());
    page.set("records", records);
    if (to < jobs.size()) {
      String filter = type.isEmpty() ? "" : "&jobType=" + type;
      page.put(
          "nextRecordsUrl", exchange.base() + "/jobs/ingest?queryLocator=" + LOCATOR + to + filter);
    } else {
      page.putNull("nextRecordsUrl");
    }
    return Reply.json(200, page);
  }

  private static int offset(String locator) {
    if (locator.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(0, Integer.parseInt(locator.substring(locator.lastIndexOf('-') + 1)));
    } catch (NumberFormatException e) {
      throw OrgException.bad("INVALID_QUERY_LOCATOR", "invalid query locator");
    }
  }

  private long mix(String id) {
    long mixed = (id.hashCode() ^ org.seed()) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }
}
