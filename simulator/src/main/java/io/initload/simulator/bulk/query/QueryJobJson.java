package io.initload.simulator.bulk.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.bulk.JobState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** How a Bulk query job is remembered in the store. */
final class QueryJobJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private QueryJobJson() {}

  static byte[] write(QueryJob job) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("number", job.number).put("id", job.id).put("object", job.object);
    node.put("createdById", job.createdById).put("pkChunking", job.pkChunking);
    node.put("created", job.created.toEpochMilli()).put("modified", job.modified.toEpochMilli());
    node.put("state", job.state.name()).put("rows", job.rows);
    node.put("totalMillis", job.totalMillis).put("header", job.header);
    QueryRequest request = job.request;
    node.put("operation", request.operation()).put("query", request.query());
    node.put("lineEnding", request.lineEnding()).put("columnDelimiter", request.columnDelimiter());
    node.put("apiVersion", request.apiVersion());
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException("Query job " + job.id + " cannot be written as JSON", e);
    }
  }

  static QueryJob read(byte[] json) {
    JsonNode node;
    try {
      node = MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("A query job in the org's data cannot be read", e);
    }
    QueryRequest request =
        new QueryRequest(
            node.path("operation").asText(),
            node.path("query").asText(),
            "CSV",
            node.path("lineEnding").asText(),
            node.path("columnDelimiter").asText(),
            node.path("apiVersion").asInt());
    QueryJob job =
        new QueryJob(
            node.path("number").asLong(),
            node.path("id").asText(),
            request,
            node.path("object").asText(),
            node.path("createdById").asText(),
            Instant.ofEpochMilli(node.path("created").asLong()),
            node.path("pkChunking").asBoolean());
    job.modified = Instant.ofEpochMilli(node.path("modified").asLong());
    job.state = JobState.valueOf(node.path("state").asText());
    job.rows = node.path("rows").asLong();
    job.totalMillis = node.path("totalMillis").asLong();
    job.header = node.path("header").asText();
    return job;
  }
}
