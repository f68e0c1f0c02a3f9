package io.initload.plan;

/**
 * What reading the records that rows became takes of the org's allowance for bulk queries, which
 * ingest jobs do not share (docs/reference/salesforce.md, "Reported limits").
 *
 * @param jobs query jobs
 * @param bytes of their results, about
 */
public record QueryEstimate(long jobs, long bytes) {
  /** Records of one job: a piece of work that is worth going on with. */
  public static final long ROWS = 1_000_000;

  public static final QueryEstimate NONE = new QueryEstimate(0, 0);

  /** For the rows of a pass. */
  public static QueryEstimate of(LoadEstimate rows) {
    return new QueryEstimate(jobs(rows.rows()), rows.csvBytes());
  }

  /** Jobs that so many records are read by. */
  public static long jobs(long rows) {
    return 1 + rows / ROWS;
  }

  public QueryEstimate plus(QueryEstimate other) {
    return new QueryEstimate(jobs + other.jobs, bytes + other.bytes);
  }
}
