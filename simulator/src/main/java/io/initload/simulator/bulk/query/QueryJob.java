package io.initload.simulator.bulk.query;

import io.initload.simulator.bulk.JobState;
import java.time.Instant;

/** One Bulk query job. All of it is guarded by the lock of {@link QueryJobs}. */
final class QueryJob {
  final long number;
  final String id;
  final QueryRequest request;
  final String object;
  final String createdById;
  final Instant created;
  final boolean pkChunking;

  JobState state = JobState.UPLOAD_COMPLETE;
  Instant modified;
  long rows;
  long totalMillis;

  /** The header line of the results, with its end; empty until they are there. */
  String header = "";

  /** Whether the run under way shall end. */
  volatile boolean stopping;

  QueryJob(
      long number,
      String id,
      QueryRequest request,
      String object,
      String createdById,
      Instant created,
      boolean pkChunking) {
    this.number = number;
    this.id = id;
    this.request = request;
    this.object = object;
    this.createdById = createdById;
    this.created = created;
    this.modified = created;
    this.pkChunking = pkChunking;
  }

  QueryJobInfo info() {
    return new QueryJobInfo(
        id, request, object, createdById, created, modified, state, rows, totalMillis, pkChunking);
  }
}
