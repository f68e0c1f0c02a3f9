package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.Audit.Act;
import io.initload.Failure;
import io.initload.SfId;
import io.initload.retry.Retry;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.StrangeAnswer;
import io.initload.salesforce.wire.AnswerJson;
import io.initload.salesforce.wire.Audited;
import io.initload.salesforce.wire.BoundedBody;
import io.initload.salesforce.wire.Bounds;
import io.initload.salesforce.wire.Call;
import io.initload.salesforce.wire.RestClient;
import io.initload.salesforce.wire.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ingest jobs of the Bulk API 2.0 (docs/reference/salesforce.md, "Ingest jobs"). {@link #create},
 * {@link #upload}, {@link #submit} and {@link #abort} throw {@link OrgException.UnknownOutcome}
 * when their reply is lost and are never repeated here; all else is repeated until the configured
 * tries are used up. Safe for several threads.
 */
public final class IngestJobs {
  /** How often a change of state is asked for when its replies get lost. */
  private static final int MAX_ASKED_AGAIN = 5;

  private static final Logger LOG = LoggerFactory.getLogger(IngestJobs.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestClient calls;
  private final String base;

  IngestJobs(RestClient calls, String api) {
    this.calls = calls;
    this.base = api + "/jobs/ingest";
  }

  /** Makes an open job. It loads nothing before {@link #submit}. */
  public JobInfo create(JobRequest request) throws InterruptedException {
    ObjectNode body =
        JSON.createObjectNode()
            .put("object", request.object())
            .put("operation", request.operation())
            .put("contentType", "CSV")
            .put("lineEnding", "LF")
            .put("columnDelimiter", "COMMA");
    if (!request.externalIdField().isEmpty()) {
      body.put("externalIdFieldName", request.externalIdField());
    }
    Audited create = new Audited(Act.JOB_CREATE, request.toString());
    JobInfo job = calls.fetch(Call.once("POST", base, body.toString(), create), IngestJobs::read);
    calls.answered(Act.JOB_CREATED, job.id() + ": " + request);
    return job;
  }

  /**
   * Gives an open job its data: CSV, comma, LF, UTF-8. A job takes one upload; when this ends in
   * doubt, abort the job and make another (docs/reference/salesforce.md, "Lost replies").
   */
  public void upload(String jobId, Upload data) throws InterruptedException {
    calls.fetch(
        Call.putCsv(path(jobId) + "/batches", data, new Audited(Act.JOB_UPLOAD, jobId)),
        IngestJobs::skip);
  }

  /** Hands the job over: from here on the org writes rows. */
  public JobInfo submit(String jobId) throws InterruptedException {
    return state(jobId, "UploadComplete", Act.JOB_CLOSE);
  }

  /** Ends a job that has not ended; rows written before stay written. */
  public JobInfo abort(String jobId) throws InterruptedException {
    return state(jobId, "Aborted", Act.JOB_ABORT);
  }

  private JobInfo state(String jobId, String state, Act act) throws InterruptedException {
    String body = JSON.createObjectNode().put("state", state).toString();
    return job(jobId, Call.once("PATCH", path(jobId), body, new Audited(act, jobId)));
  }

  /**
   * Submits, and when the reply is lost or the job is past that point asks for the job: returns it
   * in whatever state it is, never open. May be called again after a crash.
   *
   * @throws OrgException.UnknownOutcome when the replies were lost over and over
   */
  public JobInfo ensureSubmitted(String jobId) throws InterruptedException {
    return settled(() -> submit(jobId), jobId, job -> !job.state().isOpen());
  }

  /**
   * Ends a job whatever its state, and when the reply is lost asks for the job: returns it as it
   * ended, which may be complete. May be called again after a crash.
   *
   * @throws OrgException.UnknownOutcome when the replies were lost over and over
   */
  public JobInfo ensureEnded(String jobId) throws InterruptedException {
    return settled(() -> abort(jobId), jobId, job -> job.state().isTerminal());
  }

  /**
   * Ends a job that nobody needs and removes it, as far as the org lets us; what is left expires by
   * itself.
   *
   * @return whether it has ended, and holds no slot any more
   */
  public boolean discard(String jobId) throws InterruptedException {
    boolean ended = false;
    try {
      ensureEnded(jobId);
      ended = true;
      delete(jobId);
    } catch (OrgException e) {
      LOG.info("job {} is left to expire: {}", jobId, e.getMessage());
    }
    return ended;
  }

  private JobInfo settled(Retry.Act<JobInfo> act, String jobId, Predicate<JobInfo> there)
      throws InterruptedException {
    for (int tries = 1; ; tries++) {
      OrgException trouble;
      try {
        JobInfo job = act.run();
        if (there.test(job)) {
          return job;
        }
        String state = "it is " + job.state();
        trouble = new OrgException.UnknownOutcome("job " + jobId, state, Duration.ZERO, null);
      } catch (OrgException.UnknownOutcome e) {
        trouble = e;
      } catch (OrgException.Refused e) {
        if (e.isNotFound()) {
          throw e;
        }
        trouble = e;
      }
      JobInfo job = job(jobId);
      if (there.test(job)) {
        return job;
      }
      if (tries == MAX_ASKED_AGAIN) {
        throw trouble;
      }
    }
  }

  /** Removes an ended job with its data and results. A job that is gone already is fine. */
  public void delete(String jobId) throws InterruptedException {
    try {
      calls.fetch(Call.delete(path(jobId), new Audited(Act.JOB_DELETE, jobId)), IngestJobs::skip);
    } catch (OrgException.Refused e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /** The job with its counters. */
  public JobInfo job(String jobId) throws InterruptedException {
    return job(jobId, Call.get(path(jobId)));
  }

  /**
   * All ingest jobs of the org that the org still knows (7 days), of all users, in no order and
   * without counters.
   */
  public List<JobInfo> list() throws InterruptedException {
    List<JobInfo> all = new ArrayList<>();
    pages(
        page -> {
          all.addAll(page);
          return true;
        });
    return all;
  }

  /**
   * Shows the list page by page until there is no more or {@code more} says no.
   *
   * @return pages read
   * @throws Failure {@code ORG_ANSWER} when it does not end
   */
  int pages(Predicate<List<JobInfo>> more) throws InterruptedException {
    PageTrail trail = new PageTrail(Call.get(base + "?jobType=V2Ingest"), Bounds.JOB_PAGES_MAX);
    while (true) {
      JsonNode page = calls.listing(trail.next(), "records");
      List<JobInfo> jobs = new ArrayList<>();
      for (JsonNode record : page.path("records")) {
        try {
          jobs.add(JobInfo.parse(record));
        } catch (StrangeAnswer notAJob) {
          LOG.debug("the list of jobs holds an entry that is no job");
        }
      }
      String next = page.path("nextRecordsUrl").asText("");
      if (!more.test(jobs) || next.isEmpty() || next.equals("null")) {
        return trail.pages();
      }
      trail.to(next);
    }
  }

  /**
   * Downloads a result file of an ended job and opens it. The caller closes the reader, which
   * removes the copy.
   *
   * @param keyColumn the column rows are known by
   * @param directory for the private temporary copy
   * @param bytesMax what it may take there, {@link ResultReader#bytesMax}
   */
  public ResultReader results(
      String jobId, ResultKind kind, String keyColumn, Path directory, long bytesMax)
      throws InterruptedException {
    Download copy = Download.in(directory, bytesMax);
    boolean opened = false;
    try {
      Call call = Call.getCsv(path(jobId) + "/" + kind.path());
      calls.fetch(call, copy::take);
      ResultReader reader = new ResultReader(copy, kind, keyColumn, call.toString());
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        copy.close();
      }
    }
  }

  private JobInfo job(String jobId, Call call) throws InterruptedException {
    return calls.fetch(call, body -> JobInfo.of(jobId, AnswerJson.small(body)));
  }

  private static JobInfo read(InputStream body) throws IOException {
    return JobInfo.parse(AnswerJson.small(body));
  }

  private String path(String jobId) {
    if (!SfId.valid(jobId)) {
      throw new IllegalArgumentException("not a job id: " + jobId);
    }
    return base + "/" + jobId;
  }

  /** Takes an answer that says nothing more, which is empty as a rule. */
  static boolean skip(InputStream body) throws IOException {
    new BoundedBody(body, Bounds.SMALL_ANSWER_BYTES_MAX)
        .transferTo(OutputStream.nullOutputStream());
    return true;
  }
}
