package io.initload.simulator.bulk;

import io.initload.simulator.model.OrgException;

/**
 * Refusals of jobs of both kinds with the codes and texts clients match on
 * (docs/reference/salesforce.md, "Job states").
 */
public final class BulkErrors {
  private BulkErrors() {}

  public static OrgException invalidJob(String text) {
    return OrgException.bad("INVALIDJOB", "InvalidJob : " + text);
  }

  public static OrgException invalidState(String text) {
    return OrgException.bad("INVALIDJOBSTATE", text);
  }

  public static OrgException secondUpload(String jobId) {
    return OrgException.bad(
        "BULK_API_ERROR",
        "Found multiple contents for job: <"
            + jobId.substring(0, 15)
            + ">, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and"
            + " make sure you only do 'PUT' once on a given Job.");
  }

  public static OrgException notCreator() {
    return OrgException.bad(
        "INVALIDUSER", "InvalidUser : Only the user who created the job may do that");
  }

  public static OrgException notTerminated() {
    return OrgException.bad(
        "API_ERROR", "Error encountered when deleting the job because the job is not terminated");
  }

  public static OrgException tooLarge(long bytesMax) {
    return new OrgException(
        OrgException.Kind.BAD_REQUEST,
        "CLIENTINPUTERROR",
        "ClientInputError : Failed to read request. Exceeded max size limit of " + bytesMax);
  }
}
