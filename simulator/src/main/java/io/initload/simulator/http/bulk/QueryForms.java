package io.initload.simulator.http.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.bulk.query.QueryJobInfo;
import io.initload.simulator.http.Json;

/** Query jobs as JSON, in the three forms in which they are shown. */
final class QueryForms {
  private QueryForms() {}

  /** As create and a change of state answer. */
  static ObjectNode shortForm(QueryJobInfo job) {
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
  static ObjectNode longForm(QueryJobInfo job) {
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
