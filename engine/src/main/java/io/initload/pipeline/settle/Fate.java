package io.initload.pipeline.settle;

import io.initload.salesforce.ResultKind;
import io.initload.salesforce.RowResult;

/** What became of a row of a job. */
enum Fate {
  CREATED,
  UPDATED,
  FAILED,
  /** Never attempted. */
  UNPROCESSED;

  /**
   * What a result says.
   *
   * @param deletes whether the job deletes records
   */
  static Fate of(ResultKind kind, RowResult row, boolean deletes) {
    return switch (kind) {
      case SUCCESSFUL -> row.created() ? CREATED : UPDATED;
      case FAILED -> deletes && row.error().deletedAlready() ? UPDATED : FAILED;
      case UNPROCESSED -> UNPROCESSED;
    };
  }
}
