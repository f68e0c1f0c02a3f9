package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.bulk.query.QueryJobs;
import io.initload.simulator.bulk.query.QueryRequest;
import io.initload.simulator.bulk.query.QueryResults;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.util.List;

/** The endpoints of Bulk query jobs (docs/reference/salesforce.md, "Bulk query"). */
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
        exchange -> {
          if (exchange.version() < since) {
            throw OrgException.notFound();
          }
          return answer.to(exchange);
        });
  }

  private Reply create(Exchange exchange) throws IOException {
    JsonNode json = exchange.json();
    QueryRequest request =
        new QueryRequest(
            Json.text(json, "operation"),
            Json.text(json, "query"),
            Json.text(json, "contentType"),
            Json.text(json, "lineEnding"),
            Json.text(json, "columnDelimiter"),
            exchange.version());
    return Reply.json(
        200, QueryForms.shortForm(jobs.create(request, exchange.session().user().id())));
  }

  private Reply get(Exchange exchange) {
    return Reply.json(200, QueryForms.longForm(jobs.get(exchange.variable("id"))));
  }

  private Reply change(Exchange exchange) throws IOException {
    return Reply.json(
        200,
        QueryForms.shortForm(
            jobs.change(exchange.variable("id"), Json.text(exchange.json(), "state"))));
  }

  private Reply delete(Exchange exchange) {
    jobs.delete(exchange.variable("id"));
    return Reply.empty(204);
  }

  private Reply results(Exchange exchange) {
    QueryResults results =
        jobs.results(
            exchange.variable("id"),
            exchange.version(),
            exchange.query("locator"),
            maxRecords(exchange.query("maxRecords")));
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

  private Reply pages(Exchange exchange) {
    String id = exchange.variable("id");
    String job = exchange.base() + "/jobs/query/" + id;
    QueryJobs.ResultPages pages = jobs.pages(id, exchange.version(), exchange.query("locator"));
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
}
