package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.bulk.ingest.JobRequest;
import io.initload.simulator.bulk.ingest.JobResults;
import io.initload.simulator.bulk.ingest.JobSpec;
import io.initload.simulator.bulk.ingest.ResultKind;
import io.initload.simulator.http.Call;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.Route;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The endpoints of ingest jobs (reference, 2.1). */
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
            call -> results(call, ResultKind.SUCCESSFUL)),
        data(
            "GET",
            "jobs/ingest/{id}/failedResults",
            "ingest.failedResults",
            call -> results(call, ResultKind.FAILED)),
        data(
            "GET",
            "jobs/ingest/{id}/unprocessedrecords",
            "ingest.unprocessedRecords",
            call -> results(call, ResultKind.UNPROCESSED)));
  }

  private static Route data(String method, String pattern, String action, Route.Answer answer) {
    return Route.data(
        method,
        pattern,
        action,
        call -> {
          checkVersion(call);
          return answer.to(call);
        });
  }

  static void checkVersion(Call call) {
    if (call.version() < SINCE) {
      throw OrgException.notFound();
    }
  }

  private Route.Pending create(Call call) throws IOException {
    checkVersion(call);
    String type = call.header("Content-Type").toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/form-data")) {
      return new MultipartCreate(org).prepare(call);
    }
    JobRequest request = request(call.json(), call.version());
    return () -> {
      JobInfo job = org.ingest().create(request, call.session().user().id());
      return Reply.json(org.rules().createStatus(), shortForm(job, true));
    };
  }

  static JobRequest request(JsonNode json, int version) {
    return new JobRequest(
        text(json, "object"),
        text(json, "operation"),
        text(json, "externalIdFieldName"),
        text(json, "contentType"),
        text(json, "lineEnding"),
        text(json, "columnDelimiter"),
        text(json, "assignmentRuleId"),
        version);
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNull() ? "" : value.asText("");
  }

  private Route.Pending upload(Call call) throws IOException {
    checkVersion(call);
    String type = call.header("Content-Type").toLowerCase(Locale.ROOT);
    if (!type.isEmpty() && !type.startsWith("text/csv")) {
      throw new OrgException(
          OrgException.Kind.UNSUPPORTED_MEDIA,
          "UNSUPPORTED_MEDIA_TYPE",
          "Content type not supported: " + type);
    }
    return uploads.read(call, call.variable("id"));
  }

  private Reply change(Call call) throws IOException {
    JsonNode json = call.json();
    String user = call.session().user().id();
    JobInfo job = org.ingest().change(call.variable("id"), text(json, "state"), user);
    return Reply.json(200, shortForm(job, false));
  }

  private Reply get(Call call) {
    return Reply.json(200, longForm(org.ingest().get(call.variable("id"))));
  }

  private Reply delete(Call call) {
    org.ingest().delete(call.variable("id"));
    return Reply.empty(204);
  }

  private Reply results(Call call, ResultKind kind) {
    JobResults results = org.ingest().results(call.variable("id"), kind);
    return Reply.csv(results::writeTo);
  }

  /** Members every form has. */
  private static ObjectNode common(JobInfo job) {
    JobSpec spec = job.spec();
    ObjectNode json = Json.object();
    json.put("id", job.id()).put("operation", spec.operation().apiName());
    json.put("object", spec.object()).put("createdById", job.createdById());
    json.put("createdDate", Json.datetime(job.created()));
    json.put("systemModstamp", Json.datetime(job.modified()));
    json.put("state", job.state().apiName());
    return json;
  }

  private static void kind(ObjectNode json, JobSpec spec) {
    json.put("concurrencyMode", "Parallel").put("contentType", "CSV");
    json.put("apiVersion", (double) spec.apiVersion());
  }

  private static void key(ObjectNode json, JobSpec spec) {
    if (!spec.externalIdFieldName().isEmpty()) {
      json.put("externalIdFieldName", spec.externalIdFieldName());
    }
  }

  /** As create and a change of state answer. */
  static ObjectNode shortForm(JobInfo job, boolean created) {
    ObjectNode json = common(job);
    key(json, job.spec());
    kind(json, job.spec());
    if (!job.spec().assignmentRuleId().isEmpty()) {
      json.put("assignmentRuleId", job.spec().assignmentRuleId());
    }
    if (created) {
      if (job.state() == JobState.OPEN) {
        json.put("contentUrl", contentUrl(job));
      }
      layout(json, job.spec());
    }
    return json;
  }

  private static void layout(ObjectNode json, JobSpec spec) {
    json.put("lineEnding", spec.lineEnding().name());
    json.put("columnDelimiter", spec.columnDelimiter().name());
  }

  private static String contentUrl(JobInfo job) {
    return "services/data/v" + job.spec().apiVersion() + ".0/jobs/ingest/" + job.id() + "/batches";
  }

  /** As asking for one job answers. */
  static ObjectNode longForm(JobInfo job) {
    ObjectNode json = common(job);
    key(json, job.spec());
    kind(json, job.spec());
    if (!job.spec().assignmentRuleId().isEmpty()) {
      json.put("assignmentRuleId", job.spec().assignmentRuleId());
    }
    json.put("jobType", "V2Ingest");
    if (job.state() == JobState.OPEN) {
      json.put("contentUrl", contentUrl(job));
    }
    layout(json, job.spec());
    json.put("numberRecordsProcessed", job.processed());
    json.put("numberRecordsFailed", job.failed());
    json.put("retries", job.retries()).put("totalProcessingTime", job.totalMillis());
    json.put("apiActiveProcessingTime", job.activeMillis()).put("apexProcessingTime", 0);
    if (job.state() == JobState.FAILED) {
      json.put("errorMessage", job.errorMessage());
    }
    return json;
  }

  /** As the list of jobs shows it. */
  static ObjectNode listForm(JobInfo job) {
    ObjectNode json = common(job);
    kind(json, job.spec());
    json.put("jobType", "V2Ingest");
    json.put("contentUrl", contentUrl(job));
    layout(json, job.spec());
    return json;
  }
}
