package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.Audit;
import io.initload.retry.Backoff;
import io.initload.retry.Retry;
import io.initload.retry.Sleeper;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.StrangeAnswer;
import io.initload.salesforce.wire.AnswerJson;
import io.initload.salesforce.wire.Audited;
import io.initload.salesforce.wire.Call;
import io.initload.salesforce.wire.RestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Query jobs of the Bulk API 2.0 (docs/reference/salesforce.md, "Bulk query"). They have hours
 * where a query over REST has two minutes, cost nothing of what ingest jobs may take, and a job
 * whose maker has died does no harm. Safe for several threads.
 */
final class QueryJobs {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
  private static final Duration LOOKS = Duration.ofSeconds(30);

  /** Some six hours. */
  private static final int LOOKS_MAX = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(QueryJobs.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestClient calls;
  private final String base;
  private final Retry watch;

  QueryJobs(RestClient calls, String api, Sleeper sleeper, RandomGenerator jitter) {
    this.calls = calls;
    this.base = api + "/jobs/query";
    this.watch = new Retry(LOOKS_MAX, new Backoff(FIRST_LOOK, LOOKS, jitter), sleeper);
  }

  /**
   * The rows that a query has, none of which is fetched; empty when the job did not end well.
   *
   * @param soql selects rows; bulk queries take no aggregates
   */
  Optional<Long> count(String soql) throws InterruptedException {
    String id = create(soql);
    try {
      return ended(id);
    } finally {
      discard(id);
    }
  }

  /** Waits for the end of a job; its rows, or empty when it did not end well. */
  Optional<Long> ended(String id) throws InterruptedException {
    try {
      return Optional.of(watch.call(() -> rows(id), QueryJobs::later));
    } catch (NotEndedException e) {
      LOG.warn("bulk query {} did not end well: {}", id, e.getMessage());
      return Optional.empty();
    }
  }

  /** What the org says of a job, for people. */
  String said(String id) throws InterruptedException {
    return calls.fetch(Call.get(base + "/" + id), in -> said(JobInfo.of(id, AnswerJson.small(in))));
  }

  private static String said(JobInfo job) {
    return "is " + job.state() + (job.errorMessage().isEmpty() ? "" : ": " + job.errorMessage());
  }

  String address(String id) {
    return base + "/" + id;
  }

  /**
   * The rows that a query has, as they are fetched; empty when the job did not end well. The caller
   * closes them.
   *
   * @param directory for a private temporary copy of one page
   */
  Optional<BulkRows> rows(String soql, Path directory) throws InterruptedException {
    String id = create(soql);
    boolean opened = false;
    try {
      Optional<BulkRows> rows =
          ended(id).map(n -> new BulkRows(calls, address(id), directory, () -> discard(id)));
      opened = rows.isPresent();
      return rows;
    } finally {
      if (!opened) {
        discard(id);
      }
    }
  }

  /** Begins a job; its id. */
  String create(String soql) throws InterruptedException {
    String body = JSON.createObjectNode().put("operation", "query").put("query", soql).toString();
    return calls
        .fetch(
            Call.post(base, body, new Audited(Audit.Act.QUERY_CREATE, object(soql))),
            in -> JobInfo.parse(AnswerJson.small(in)))
        .id();
  }

  /** What is asked of; the conditions may hold keys of rows. */
  private static String object(String soql) {
    return soql.replaceFirst("(?is)^.*?\\bFROM\\s+(\\w+).*$", "$1");
  }

  private long rows(String jobId) throws InterruptedException {
    return calls.fetch(
        Call.get(base + "/" + jobId),
        in -> {
          JsonNode answer = AnswerJson.small(in);
          JobInfo job = JobInfo.of(jobId, answer);
          if (!job.state().isComplete()) {
            throw new NotEndedException(job.state(), said(job));
          }
          if (!answer.path("numberRecordsProcessed").isIntegralNumber()) {
            throw new StrangeAnswer("counts nothing");
          }
          return answer.path("numberRecordsProcessed").asLong();
        });
  }

  private static Optional<Duration> later(RuntimeException failure) {
    return failure instanceof NotEndedException job && !job.state.isTerminal()
        ? Optional.of(Duration.ZERO)
        : Optional.empty();
  }

  /** Its results would be kept for seven days. */
  void discard(String jobId) throws InterruptedException {
    try {
      calls.fetch(
          Call.delete(base + "/" + jobId, new Audited(Audit.Act.QUERY_DELETE, jobId)),
          IngestJobs::skip);
    } catch (OrgException e) {
      LOG.info("bulk query {} is left to expire: {}", jobId, e.getMessage());
    }
  }

  /** The job has no rows to count, yet or at all. */
  private static final class NotEndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final JobState state;

    NotEndedException(JobState state, String said) {
      super("it " + said, null, false, false);
      this.state = state;
    }
  }
}
