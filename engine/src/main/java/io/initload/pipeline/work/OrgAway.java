package io.initload.pipeline.work;

import io.initload.Failure;

/** The org has given no answer to go on by for so long that the run ends, to be run again. */
public final class OrgAway extends Failure {
  private static final long serialVersionUID = 1L;

  /** Made of the last trouble, which says what to do. */
  public OrgAway(Failure trouble) {
    super(
        Reach.RUN,
        trouble.kind(),
        trouble.code(),
        String.valueOf(trouble.getMessage()),
        trouble.remedy(),
        trouble);
  }
}
