package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Failure;
import io.initload.retry.PollPace;
import io.initload.retry.Sleeper;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.Upload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether an org unpacks a gzip upload, without writing a record: an update of one record
 * that does not exist is sent as gzip, and only a job that has read the row as it was counts as a
 * yes (docs/reference/salesforce.md, "Compression"). It costs one job, one batch and some ten
 * requests, so the answer is kept per org and API version. For one thread.
 */
public final class CompressionProbe {
  /** How the org takes a gzip upload. */
  public enum Finding {
    /** It unpacks it. */
    DECODES,
    /** It refuses it at once. */
    REFUSES,
    /** It takes it and fails to read it later. */
    STORES_RAW,
    /** The org gave no clear answer; ask again another day and send plain data until then. */
    UNCLEAR;

    /** How to upload. */
    public Upload.Encoding encoding() {
      return this == DECODES ? Upload.Encoding.GZIP : Upload.Encoding.IDENTITY;
    }

    /** Whether the answer will be the same tomorrow. */
    public boolean isLasting() {
      return this != UNCLEAR;
    }
  }

  /**
   * The answer.
   *
   * @param evidence what the org did, one sentence for log and ledger
   * @param jobGone whether no job of the probe is left in the org; else it holds a slot of it
   */
  public record Answer(Finding finding, String evidence, boolean jobGone) {
    private Answer(Finding finding, String evidence) {
      this(finding, evidence, false);
    }
  }

  private static final String TEXT = "initload gzip probe, écht";
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(CompressionProbe.class);

  private final Org org;
  private final Sleeper sleeper;
  private final PollPace pace;
  private final Path directory;

  /**
   * @param directory for the private copy of the probe's result
   */
  public CompressionProbe(Org org, Sleeper sleeper, PollPace pace, Path directory) {
    this.org = org;
    this.sleeper = sleeper;
    this.pace = pace;
    this.directory = directory;
  }

  /**
   * Asks the org.
   *
   * @param object an object the user may update, with a text field
   * @param made told the id of the probe's job as soon as it is known
   * @throws OrgException.LimitReached when the org's day has no room for a job
   */
  public Answer ask(String object, Consumer<String> made) throws InterruptedException {
    JsonNode describe = org.describeDocument(object);
    String field = textField(describe);
    String prefix = describe.path("keyPrefix").asText("");
    if (field.isEmpty() || prefix.length() != 3) {
      return new Answer(Finding.UNCLEAR, object + " has no text field to probe with", true);
    }
    JobInfo job;
    try {
      job = org.jobs().create(JobRequest.update(object));
    } catch (OrgException.Refused e) {
      return new Answer(Finding.UNCLEAR, "no probe job could be made: " + e.getMessage(), true);
    } catch (OrgException.UnknownOutcome | OrgException.Unavailable e) {
      return new Answer(Finding.UNCLEAR, "a probe job may have been made: " + e.getMessage());
    }
    made.accept(job.id());
    Answer answer;
    try {
      answer = tryOut(job.id(), field, prefix);
    } catch (Failure e) {
      org.jobs().discard(job.id());
      throw e;
    }
    LOG.info("gzip uploads: {} ({})", answer.finding(), answer.evidence());
    return new Answer(answer.finding(), answer.evidence(), org.jobs().discard(job.id()));
  }

  private Answer tryOut(String jobId, String field, String prefix) throws InterruptedException {
    String csv = "Id,%s\n%s000000zzzzzzAAA,\"%s\"\n".formatted(field, prefix, TEXT);
    try {
      org.jobs().upload(jobId, Upload.packed(csv));
    } catch (OrgException.Refused e) {
      return new Answer(
          Finding.REFUSES, "the upload got HTTP %d %s".formatted(e.status(), e.orgCode()));
    } catch (OrgException.UnknownOutcome | OrgException.Unavailable e) {
      return new Answer(Finding.UNCLEAR, e.getMessage() == null ? "upload lost" : e.getMessage());
    }
    try {
      org.jobs().ensureSubmitted(jobId);
      return judge(awaitEnd(jobId), field);
    } catch (OrgException.UnknownOutcome | OrgException.Unavailable e) {
      return new Answer(Finding.UNCLEAR, e.getMessage() == null ? "org away" : e.getMessage());
    }
  }

  private JobInfo awaitEnd(String jobId) throws InterruptedException {
    Duration waited = Duration.ZERO;
    JobInfo job = org.jobs().job(jobId);
    while (!job.state().isTerminal() && waited.compareTo(PATIENCE) < 0) {
      Duration wait = pace.idle();
      sleeper.sleep(wait);
      waited = waited.plus(wait);
      job = org.jobs().job(jobId);
    }
    return job;
  }

  private Answer judge(JobInfo job, String field) throws InterruptedException {
    if (job.state() == JobState.FAILED) {
      return new Answer(Finding.STORES_RAW, "the job failed: " + job.errorMessage());
    }
    if (!job.state().isComplete()) {
      return new Answer(Finding.UNCLEAR, "the probe job is " + job.state() + " after a while");
    }
    JobInfo.Counters counters = job.counters();
    if (counters.processed() != 1 || counters.failed() != 1) {
      return new Answer(
          Finding.STORES_RAW,
          "of one row the org saw %d and rejected %d"
              .formatted(counters.processed(), counters.failed()));
    }
    long bytesMax = ResultReader.bytesMax(1, TEXT.length());
    try (ResultReader rows =
        org.jobs().results(job.id(), ResultKind.FAILED, field, directory, bytesMax)) {
      if (rows.hasNext()) {
        RowResult row = rows.next();
        if (row.key().equals(TEXT)) {
          return new Answer(Finding.DECODES, "the row came back with " + row.error().code());
        }
      }
      return new Answer(Finding.STORES_RAW, "the row did not come back as it was sent");
    } catch (Failure e) {
      if (e.code().equals("ORG_RESULT")) {
        return new Answer(Finding.STORES_RAW, "the row came back without its columns");
      }
      throw e;
    }
  }

  private static String textField(JsonNode describe) {
    for (JsonNode field : describe.path("fields")) {
      if (field.path("type").asText("").equals("string")
          && field.path("updateable").asBoolean(false)
          && field.path("length").asInt(0) >= TEXT.length()) {
        return field.path("name").asText();
      }
    }
    return "";
  }
}
