package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.bulk.ingest.JobRequest;
import io.initload.simulator.bulk.ingest.JobSpec;
import io.initload.simulator.http.Json;

/** Ingest jobs as JSON: what a client asks for, and the three forms in which jobs are shown. */
final class IngestForms {
  private IngestForms() {}

  static JobRequest request(JsonNode json, int version) {
    return new JobRequest(
        Json.text(json, "object"),
        Json.text(json, "operation"),
        Json.text(json, "externalIdFieldName"),
        Json.text(json, "contentType"),
        Json.text(json, "lineEnding"),
        Json.text(json, "columnDelimiter"),
        Json.text(json, "assignmentRuleId"),
        version);
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
