package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.bulk.query.QueryJobInfo;
import io.initload.simulator.bulk.query.QueryJobs;
import io.initload.simulator.bulk.query.QueryRequest;
import io.initload.simulator.bulk.query.QueryResults;
import io.initload.simulator.http.Call;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.util.List;

/** The endpoints of Bulk query jobs (reference section 7.1). */
public final class BulkQueryRoutes {
  /** First version with query jobs. */
  private static final int SINCE = 47;

  /** First version with {@code resultPages}. */
  private static final int PAGES_SINCE = 58;

  private final QueryJobs jobs;
  private final JobListing listing;

  public BulkQueryRoutes(QueryJobs jobs, JobListing listing) {
    this.jobs = jobs;
    this.listing = listing;
  }

  public List<Route> routes() {
    return List.of(
        data("POST", "jobs/query", "query.create", SINCE, this::create),
        data("GET", "jobs/query", "query.list", SINCE, listing::list),
        data("GET", "jobs/query/{id}", "query.get", SINCE, this::get),
        data("PATCH", "jobs/query/{id}", "query.state", SINCE, this::change),
        data("DELETE", "jobs/query/{id}", "query.delete", SINCE, this::delete),
        data("GET", "jobs/query/{id}/results", "query.results", SINCE, this::results),
        data("GET", "jobs/query/{id}/resultPages", "query.resultPages", PAGES_SINCE, this::pages));
  }

  private static Route data(
      String method, String pattern, String action, int since, Route.Answer answer) {
    return Route.data(
        method,
        pattern,
        action,
        call -> {
          if (call.version() < since) {
            throw OrgException.notFound();
          }
          return answer.to(call);
        });
  }

  private Reply create(Call call) throws IOException {
    JsonNode json = call.json();
    QueryRequest request =
        new QueryRequest(
            text(json, "operation"),
            text(json, "query"),
            text(json, "contentType"),
            text(json, "lineEnding"),
            text(json, "columnDelimiter"),
            call.version());
    return Reply.json(200, shortForm(jobs.create(request, call.session().user().id())));
  }

  private Reply get(Call call) {
    return Reply.json(200, longForm(jobs.get(call.variable("id"))));
  }

  private Reply change(Call call) throws IOException {
    return Reply.json(200, shortForm(jobs.change(call.variable("id"), text(call.json(), "state"))));
  }

  private Reply delete(Call call) {
    jobs.delete(call.variable("id"));
    return Reply.empty(204);
  }

  private Reply results(Call call) {
    QueryResults results =
        jobs.results(
            call.variable("id"),
            call.version(),
            call.query("locator"),
            maxRecords(call.query("maxRecords")));
    return Reply.csv(results::writeTo)
        .with("Sforce-Locator", results.nextLocator())
        .with("Sforce-NumberOfRecords", Long.toString(results.count()));
  }

  private static long maxRecords(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      long wanted = Long.parseLong(text);
      if (wanted > 0) {
        return wanted;
      }
    } catch (NumberFormatException e) {
      throw invalidMaxRecords(text);
    }
    throw invalidMaxRecords(text);
  }

  private static OrgException invalidMaxRecords(String text) {
    return OrgException.bad(
        "API_ERROR", "Invalid value: '%s' supplied for property: 'maxRecords'".formatted(text));
  }

  private Reply pages(Call call) {
    String id = call.variable("id");
    String job = call.base() + "/jobs/query/" + id;
    QueryJobs.ResultPages pages = jobs.pages(id, call.version(), call.query("locator"));
    ObjectNode answer = Json.object();
    ArrayNode urls = answer.putArray("resultPages");
    pages
        .locators()
        .forEach(locator -> urls.addObject().put("resultUrl", job + "/results?locator=" + locator));
    if (pages.next().isEmpty()) {
      answer.putNull("nextRecordsUrl");
    } else {
      answer.put("nextRecordsUrl", job + "/resultPages?locator=" + pages.next());
    }
    answer.put("done", pages.next().isEmpty());
    return Reply.json(200, answer);
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNull() ? "" : value.asText("");
  }

  /** As create and a change of state answer. */
  private static ObjectNode shortForm(QueryJobInfo job) {
    ObjectNode json = Json.object();
    json.put("id", job.id()).put("operation", job.request().operation());
    json.put("object", job.object()).put("createdById", job.createdById());
    json.put("createdDate", Json.datetime(job.created()));
    json.put("systemModstamp", Json.datetime(job.modified()));
    json.put("state", job.state().apiName());
    json.put("concurrencyMode", "Parallel").put("contentType", "CSV");
    json.put("apiVersion", (double) job.request().apiVersion());
    json.put("lineEnding", job.request().lineEnding());
    json.put("columnDelimiter", job.request().columnDelimiter());
    return json;
  }

  /** As asking for one job answers. */
  private static ObjectNode longForm(QueryJobInfo job) {
    ObjectNode json = listForm(job);
    json.put("numberRecordsProcessed", job.rows()).put("retries", 0);
    json.put("totalProcessingTime", job.totalMillis());
    json.put("isPkChunkingSupported", job.pkChunking());
    return json;
  }

  /** As the list of jobs shows it. */
  static ObjectNode listForm(QueryJobInfo job) {
    return shortForm(job).put("jobType", "V2Query");
  }
}
