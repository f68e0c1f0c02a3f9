package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.dml.ColumnPlan;
import java.time.Duration;

/**
 * How ingest jobs behave where Salesforce's behaviour is not confirmed, and what the org's locks
 * do. Immutable.
 *
 * @param columnNames whether column names mind case
 * @param unknownColumn whether a column without a field fails the job or is left out
 * @param byteOrderMark whether a byte order mark spoils the first column's name
 * @param embeddedBreaks whether line breaks inside quotes must be of the job's kind as well
 * @param raggedRow what a row with another number of columns than the header does
 * @param headerFailure where the rows of a job go that failed for its header
 * @param batchesExhausted what happens to batches beyond the day's allocation
 * @param resultsWhileRunning what asking a running job for results gives
 * @param decimals how numbers are printed in results
 * @param brokenUpload what remains of an upload whose connection broke
 * @param repeatedClose answer to {@code UploadComplete} for a job that is already queued or running
 * @param deleteOpen whether an open job can be deleted
 * @param foreignJobs whether data and {@code UploadComplete} may come from another user
 * @param hardDelete whether users have the permission for {@code hardDelete}
 * @param transactionRows rows that are written or taken back together, 1 to 200
 * @param lockFailureShare part of the rows that do not get the lock of a parent which another
 *     running batch has touched
 * @param lockFailuresMax lock failures after which the rest of a batch is queued again
 * @param batchRetriesMax how often that may happen before the job fails
 * @param retention how long finished jobs are kept
 * @param openTime how long a job may stay open
 */
public record IngestRules(
    ColumnPlan.Case columnNames,
    ColumnPlan.Unknown unknownColumn,
    ByteOrderMark byteOrderMark,
    EmbeddedBreaks embeddedBreaks,
    RaggedRow raggedRow,
    HeaderFailure headerFailure,
    BatchesExhausted batchesExhausted,
    ResultsWhileRunning resultsWhileRunning,
    ResultDecimals decimals,
    BrokenUpload brokenUpload,
    RepeatedClose repeatedClose,
    DeleteOpen deleteOpen,
    ForeignJobs foreignJobs,
    HardDelete hardDelete,
    int transactionRows,
    double lockFailureShare,
    int lockFailuresMax,
    int batchRetriesMax,
    Duration retention,
    Duration openTime) {
  public IngestRules {
    if (transactionRows < 1 || transactionRows > UploadIndex.TRANSACTION_ROWS_MAX) {
      throw new IllegalArgumentException("a transaction has 1 to 200 rows, not " + transactionRows);
    }
  }

  /** Whether a byte order mark spoils the first column's name. */
  public enum ByteOrderMark {
    SPOILS_NAME,
    SKIPPED
  }

  /** Whether line breaks inside quotes must be of the job's kind. */
  public enum EmbeddedBreaks {
    ANY,
    AS_JOB
  }

  /** What a row with another number of columns than the header does. */
  public enum RaggedRow {
    FAILS_ROW,
    FAILS_JOB
  }

  /** Where the rows of a job go that failed for its header. */
  public enum HeaderFailure {
    UNPROCESSED,
    NOWHERE
  }

  /** What happens to batches beyond the day's allocation; their rows are in no result. */
  public enum BatchesExhausted {
    FAIL_JOB,
    COMPLETE_JOB
  }

  /** What asking a running job for results gives. */
  public enum ResultsWhileRunning {
    REFUSED,
    SO_FAR
  }

  /** How numbers are printed in results. */
  public enum ResultDecimals {
    AS_DOUBLE,
    AS_SENT
  }

  /** What remains of an upload whose connection broke. */
  public enum BrokenUpload {
    NOTHING,
    PART
  }

  /** Answer to a second {@code UploadComplete}. */
  public enum RepeatedClose {
    REFUSED,
    ACCEPTED
  }

  /** Whether an open job can be deleted. */
  public enum DeleteOpen {
    REFUSED,
    ALLOWED
  }

  /** Whether a job may be filled and closed by others than its creator; anyone may abort it. */
  public enum ForeignJobs {
    REFUSED,
    ALLOWED
  }

  /** Whether users may delete past the recycle bin. */
  public enum HardDelete {
    DENIED,
    GRANTED
  }

  /** The best reading of docs/reference/salesforce.md. */
  public static IngestRules defaults() {
    return new IngestRules(
        ColumnPlan.Case.IGNORED,
        ColumnPlan.Unknown.REFUSE,
        ByteOrderMark.SPOILS_NAME,
        EmbeddedBreaks.ANY,
        RaggedRow.FAILS_ROW,
        HeaderFailure.UNPROCESSED,
        BatchesExhausted.FAIL_JOB,
        ResultsWhileRunning.REFUSED,
        ResultDecimals.AS_DOUBLE,
        BrokenUpload.NOTHING,
        RepeatedClose.REFUSED,
        DeleteOpen.REFUSED,
        ForeignJobs.REFUSED,
        HardDelete.DENIED,
        UploadIndex.TRANSACTION_ROWS_MAX,
        0.5,
        100,
        20,
        Duration.ofDays(7),
        Duration.ofHours(24));
  }
}
