package io.initload.salesforce.errors;

import io.initload.Failure;
import java.io.IOException;

/**
 * An answer that came whole and is none: too large, too deep, without what it must have, or with
 * what cannot be. It may be a passing fault of something in between, so it is asked for again; one
 * that stays is told to a person.
 */
public final class StrangeAnswer extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what is wrong with it, without its content: "is larger than 1,048,576 bytes"
   */
  public StrangeAnswer(String what) {
    super("its answer " + what);
  }

  /**
   * What a person is told of it.
   *
   * @param call as method and path
   */
  public Failure failure(Object call) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "ORG_ANSWER",
        "The org did not answer %s as an org does: %s.".formatted(call, getMessage()),
        "Look at what stands between this machine and the org, and at target.loginUrl; then run the"
            + " same command again: it asks the org how things stand and goes on from there.",
        this);
  }
}
