package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.SfId;
import io.initload.salesforce.errors.Words;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * What the org says of a job (docs/reference/salesforce.md, "Job fields"). Lenient: members that
 * the org leaves out are empty, zero or {@link Instant#EPOCH}.
 *
 * @param id 18 characters
 * @param operation {@code upsert}, {@code delete}...
 * @param createdById 18 characters
 * @param externalIdField empty when the operation has none
 * @param counters zero where the org gives none: in the answers to create, submit and abort, and in
 *     lists
 * @param errorMessage why the org failed the job; empty when it did not
 */
public record JobInfo(
    String id,
    String object,
    String operation,
    JobState state,
    String createdById,
    Instant createdDate,
    String externalIdField,
    Counters counters,
    String errorMessage) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

  /**
   * The org's own counts.
   *
   * @param processed rows attempted, failed ones included
   * @param failed rows rejected
   * @param retries times the org tried again by itself, for locks as a rule
   * @param total from the start of processing to its end
   * @param active of it the time spent working, waits left out
   * @param apex of it the time spent in triggers and other automation
   */
  public record Counters(
      long processed, long failed, int retries, Duration total, Duration active, Duration apex) {
    /** Rows written, provided the job is complete. */
    public long succeeded() {
      return processed - failed;
    }
  }

  /**
   * Reads a job.
   *
   * @throws IOException when it is none
   */
  static JobInfo parse(JsonNode json) throws IOException {
    String id = json.path("id").asText("");
    if (!SfId.valid(id) || !json.has("state")) {
      throw new IOException("its answer is not a job");
    }
    if (count(json, "numberRecordsProcessed") < 0 || count(json, "numberRecordsFailed") < 0) {
      throw new IOException("its answer counts less than no rows");
    }
    return new JobInfo(
        id,
        json.path("object").asText(""),
        json.path("operation").asText(""),
        JobState.of(json.path("state").asText("")),
        json.path("createdById").asText(""),
        date(json.path("createdDate")),
        json.path("externalIdFieldName").asText(""),
        new Counters(
            count(json, "numberRecordsProcessed"),
            count(json, "numberRecordsFailed"),
            json.path("retries").asInt(0),
            millis(json.path("totalProcessingTime")),
            millis(json.path("apiActiveProcessingTime")),
            millis(json.path("apexProcessingTime"))),
        Words.of(json.path("errorMessage").asText("")));
  }

  private static long count(JsonNode json, String name) {
    return json.path(name).asLong(0);
  }

  private static Instant date(JsonNode node) {
    try {
      return OffsetDateTime.parse(node.asText(""), DATE).toInstant();
    } catch (DateTimeParseException unknown) {
      return Instant.EPOCH;
    }
  }

  private static Duration millis(JsonNode node) {
    return Duration.ofMillis(Math.max(0, node.asLong(0)));
  }
}
