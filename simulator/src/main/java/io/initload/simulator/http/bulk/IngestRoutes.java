package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.bulk.ingest.JobRequest;
import io.initload.simulator.bulk.results.JobResults;
import io.initload.simulator.bulk.results.ResultKind;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The endpoints of ingest jobs (docs/reference/salesforce.md, "Ingest jobs"). */
public final class IngestRoutes {
  /** First version with Bulk API 2.0. */
  static final int SINCE = 41;

  private final OrgParts org;
  private final UploadReader uploads;
  private final JobListing listing;

  public IngestRoutes(OrgParts org) {
    this.org = org;
    this.uploads = new UploadReader(org);
    this.listing = new JobListing(org);
  }

  public List<Route> routes() {
    return List.of(
        Route.of(Route.Scope.DATA, "POST", "jobs/ingest", "ingest.create", this::create),
        data("GET", "jobs/ingest", "ingest.list", listing::list),
        data("GET", "jobs/ingest/{id}", "ingest.get", this::get),
        data("PATCH", "jobs/ingest/{id}", "ingest.state", this::change),
        data("DELETE", "jobs/ingest/{id}", "ingest.delete", this::delete),
        Route.of(
            Route.Scope.DATA, "PUT", "jobs/ingest/{id}/batches", "ingest.upload", this::upload),
        data(
            "GET",
            "jobs/ingest/{id}/successfulResults",
            "ingest.successfulResults",
            exchange -> results(exchange, ResultKind.SUCCESSFUL)),
        data(
            "GET",
            "jobs/ingest/{id}/failedResults",
            "ingest.failedResults",
            exchange -> results(exchange, ResultKind.FAILED)),
        data(
            "GET",
            "jobs/ingest/{id}/unprocessedrecords",
            "ingest.unprocessedRecords",
            exchange -> results(exchange, ResultKind.UNPROCESSED)));
  }

  private static Route data(String method, String pattern, String action, Route.Answer answer) {
    return Route.data(
        method,
        pattern,
        action,
        exchange -> {
          checkVersion(exchange);
          return answer.to(exchange);
        });
  }

  static void checkVersion(Exchange exchange) {
    if (exchange.version() < SINCE) {
      throw OrgException.notFound();
    }
  }

  private Route.Pending create(Exchange exchange) throws IOException {
    checkVersion(exchange);
    String type = exchange.header("Content-Type").toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/form-data")) {
      return new MultipartCreate(org).prepare(exchange);
    }
    JobRequest request = IngestForms.request(exchange.json(), exchange.version());
    return () -> {
      JobInfo job = org.ingest().create(request, exchange.session().user().id());
      return Reply.json(org.rules().createStatus(), IngestForms.shortForm(job, true));
    };
  }

  private Route.Pending upload(Exchange exchange) throws IOException {
    checkVersion(exchange);
    String type = exchange.header("Content-Type").toLowerCase(Locale.ROOT);
    if (!type.isEmpty() && !type.startsWith("text/csv")) {
      throw new OrgException(
          OrgException.Kind.UNSUPPORTED_MEDIA,
          "UNSUPPORTED_MEDIA_TYPE",
          "Content type not supported: " + type);
    }
    return uploads.read(exchange, exchange.variable("id"));
  }

  private Reply change(Exchange exchange) throws IOException {
    JsonNode json = exchange.json();
    String user = exchange.session().user().id();
    JobInfo job = org.ingest().change(exchange.variable("id"), Json.text(json, "state"), user);
    return Reply.json(200, IngestForms.shortForm(job, false));
  }

  private Reply get(Exchange exchange) {
    return Reply.json(200, IngestForms.longForm(org.ingest().get(exchange.variable("id"))));
  }

  private Reply delete(Exchange exchange) {
    org.ingest().delete(exchange.variable("id"));
    return Reply.empty(204);
  }

  private Reply results(Exchange exchange, ResultKind kind) {
    JobResults results = org.ingest().results(exchange.variable("id"), kind);
    return Reply.csv(results::writeTo);
  }
}
