package io.initload.simulator.bulk.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.LineEnding;
import io.initload.simulator.dml.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** How a job is remembered in the store. */
final class JobJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JobJson() {}

  static byte[] write(IngestJob job) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("number", job.number).put("id", job.id).put("createdById", job.createdById);
    node.put("created", job.created.toEpochMilli()).put("modified", job.modified.toEpochMilli());
    node.put("closed", job.closed.toEpochMilli()).put("state", job.state.name());
    node.put("uploaded", job.uploaded).put("rows", job.rows).put("batches", job.batches);
    node.put("processed", job.processed).put("failed", job.failed).put("lost", job.lost);
    node.put("retries", job.retries).put("totalMillis", job.totalMillis);
    node.put("activeMillis", job.activeMillis).put("errorMessage", job.errorMessage);
    node.put("header", job.header).put("lostFromBatch", job.lostFromBatch);
    JobSpec spec = job.spec;
    node.put("object", spec.object()).put("operation", spec.operation().name());
    node.put("externalIdFieldName", spec.externalIdFieldName());
    node.put("lineEnding", spec.lineEnding().name());
    node.put("columnDelimiter", spec.columnDelimiter().name());
    node.put("assignmentRuleId", spec.assignmentRuleId()).put("apiVersion", spec.apiVersion());
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException("Job " + job.id + " cannot be written as JSON", e);
    }
  }

  static IngestJob read(byte[] json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("A job in the org's data cannot be read", e);
    }
    JobSpec spec =
        new JobSpec(
            node.path("object").asText(),
            Operation.valueOf(node.path("operation").asText()),
            node.path("externalIdFieldName").asText(),
            LineEnding.valueOf(node.path("lineEnding").asText()),
            Delimiter.valueOf(node.path("columnDelimiter").asText()),
            node.path("assignmentRuleId").asText(),
            node.path("apiVersion").asInt());
    IngestJob job =
        new IngestJob(
            node.path("number").asLong(),
            node.path("id").asText(),
            spec,
            node.path("createdById").asText(),
            instant(node, "created"));
    job.modified = instant(node, "modified");
    job.closed = instant(node, "closed");
    job.state = JobState.valueOf(node.path("state").asText());
    job.uploaded = node.path("uploaded").asBoolean();
    job.rows = node.path("rows").asLong();
    job.batches = node.path("batches").asInt();
    job.processed = node.path("processed").asLong();
    job.failed = node.path("failed").asLong();
    job.lost = node.path("lost").asLong();
    job.retries = node.path("retries").asInt();
    job.totalMillis = node.path("totalMillis").asLong();
    job.activeMillis = node.path("activeMillis").asLong();
    job.errorMessage = node.path("errorMessage").asText();
    job.header = node.path("header").asText();
    job.lostFromBatch = node.path("lostFromBatch").asInt(-1);
    return job;
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.ofEpochMilli(node.path(name).asLong());
  }
}
