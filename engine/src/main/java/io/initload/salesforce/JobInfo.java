package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.SfId;
import io.initload.salesforce.errors.StrangeAnswer;
import io.initload.salesforce.errors.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * What the org says of a job (docs/reference/salesforce.md, "Job fields"). Lenient: members that
 * the org leaves out are empty, zero or {@link Instant#EPOCH}. What is there must be possible,
 * since rows are booked by it.
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
   */
  public record Counters(
      long processed, long failed, int retries, Duration total, Duration active) {
    /** Rows written, provided the job is complete. */
    public long succeeded() {
      return processed - failed;
    }
  }

  /**
   * Reads a job.
   *
   * @throws StrangeAnswer when it is none, or says of one what cannot be
   */
  static JobInfo parse(JsonNode json) throws StrangeAnswer {
    String id = json.path("id").asText("");
    if (!SfId.valid(id) || json.path("state").asText("").isEmpty()) {
      throw new StrangeAnswer("is not a job");
    }
    return new JobInfo(
        id,
        json.path("object").asText(""),
        json.path("operation").asText(""),
        JobState.of(json.path("state").asText("")),
        json.path("createdById").asText(""),
        date(json.path("createdDate")),
        json.path("externalIdFieldName").asText(""),
        counters(json),
        Words.of(json.path("errorMessage").asText("")));
  }

  /**
   * Reads a job that was asked for.
   *
   * @throws StrangeAnswer when it is none, another one, or says of it what cannot be
   */
  static JobInfo of(String jobId, JsonNode json) throws StrangeAnswer {
    JobInfo job = parse(json);
    if (!SfId.same(job.id(), jobId)) {
      throw new StrangeAnswer("is about another job");
    }
    return job;
  }

  private static Counters counters(JsonNode json) throws StrangeAnswer {
    long processed = count(json, "numberRecordsProcessed");
    long failed = count(json, "numberRecordsFailed");
    if (failed > processed && JobState.of(json.path("state").asText("")).isTerminal()) {
      throw new StrangeAnswer("counts more rows failed than processed");
    }
    return new Counters(
        processed,
        failed,
        (int) Math.min(count(json, "retries"), Integer.MAX_VALUE),
        millis(json, "totalProcessingTime"),
        millis(json, "apiActiveProcessingTime"));
  }

  private static long count(JsonNode json, String member) throws StrangeAnswer {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw new StrangeAnswer("has a " + member + " that is no count");
    }
    return value.asLong();
  }

  private static Instant date(JsonNode node) {
    try {
      return OffsetDateTime.parse(node.asText(""), DATE).toInstant();
    } catch (DateTimeParseException unknown) {
      return Instant.EPOCH;
    }
  }

  private static Duration millis(JsonNode json, String member) throws StrangeAnswer {
    return Duration.ofMillis(count(json, member));
  }
}
