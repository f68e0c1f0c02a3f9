package io.initload.simulator.bulk.query;

import io.initload.simulator.bulk.BulkErrors;
import io.initload.simulator.bulk.JobState;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.model.OrgException.Kind;

/**
 * Refusals of the Bulk query API (docs/reference/salesforce.md, "Answers at a limit" and "Bulk
 * query").
 */
final class QueryErrors {
  private QueryErrors() {}

  static OrgException invalid(String property, String value) {
    return OrgException.bad(
        "API_ERROR", "Invalid value: '%s' supplied for property: '%s'".formatted(value, property));
  }

  static OrgException tooManyJobs(long max, long used) {
    return OrgException.bad(
        "LIMIT_EXCEEDED",
        "Max bulk v2 query jobs (%d) per 24 hrs has been reached (%d)".formatted(max, used));
  }

  static OrgException tooManyBytes(long kilobytesMax) {
    return OrgException.bad(
        "LIMIT_EXCEEDED",
        "Max bulk v2 query result size stored (%d) kb per 24 hrs has been exceeded"
            .formatted(kilobytesMax));
  }

  static OrgException notComplete(JobState state) {
    return BulkErrors.invalidState(
        "Results are not available for a job in state " + state.apiName());
  }

  static OrgException otherVersion(int created, int asked) {
    return new OrgException(
        Kind.CONFLICT,
        "API_ERROR",
        "The job was created with API version %d.0; its results cannot be fetched with %d.0"
            .formatted(created, asked));
  }

  static OrgException badLocator(String locator) {
    return OrgException.bad("API_ERROR", "Invalid locator: " + locator);
  }
}
