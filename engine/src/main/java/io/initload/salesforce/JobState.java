package io.initload.salesforce;

import java.util.Locale;

/** Where a job is in its life (docs/reference/salesforce.md, "Job states"). */
public enum JobState {
  /** Created; takes its one upload. Has loaded nothing. */
  OPEN("Open"),
  /** Handed over, waits for its turn. */
  UPLOAD_COMPLETE("UploadComplete"),
  IN_PROGRESS("InProgress"),
  /** Ended by a client; rows written before stay written. */
  ABORTED("Aborted"),
  /** Ended; single rows, even all of them, may have failed. */
  JOB_COMPLETE("JobComplete"),
  /** Ended by the org; rows written before stay written. */
  FAILED("Failed"),
  /** A word this program does not know; treated as still running. */
  OTHER("");

  private final String word;

  JobState(String word) {
    this.word = word;
  }

  /** The state of that name, in any letter case; {@link #OTHER} for an unknown one. */
  static JobState of(String word) {
    for (JobState state : values()) {
      if (state != OTHER && state.word.equalsIgnoreCase(word)) {
        return state;
      }
    }
    return OTHER;
  }

  /** Whether the job has ended and its results can be read. */
  public boolean isTerminal() {
    return this == ABORTED || this == JOB_COMPLETE || this == FAILED;
  }

  /** Whether the job is known not to have ended. */
  public boolean isGoingOn() {
    return !isTerminal() && this != OTHER;
  }

  /** Whether every row was attempted and booked by the org. */
  public boolean isComplete() {
    return this == JOB_COMPLETE;
  }

  /** Whether the job waits for its data: nothing of it was or will be loaded as it stands. */
  public boolean isOpen() {
    return this == OPEN;
  }

  /** The org's own word; in lower case the unknown ones are {@code other}. */
  @Override
  public String toString() {
    return this == OTHER ? name().toLowerCase(Locale.ROOT) : word;
  }
}
