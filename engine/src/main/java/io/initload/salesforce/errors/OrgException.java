package io.initload.salesforce.errors;

import io.initload.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to the org that did not end well, sorted by what the caller may do next. The five members
 * differ in what is known of the call's effect: after {@link Refused}, {@link SessionLost}, {@link
 * LimitReached} and {@link Unavailable} the org has done nothing; after {@link UnknownOutcome} it
 * may have. Each is told the call as method and path, never a query string or a body.
 */
public abstract sealed class OrgException extends Failure {
  private static final long serialVersionUID = 1L;

  private OrgException(
      Reach reach,
      Kind kind,
      String code,
      String message,
      String remedy,
      @Nullable Throwable cause) {
    super(reach, kind, code, message, remedy);
    if (cause != null) {
      initCause(cause);
    }
  }

  /**
   * The org understood the call and said no: repeating it as it is changes nothing. Its words are
   * in the language of the user: what is decided hangs on its code alone.
   */
  public static final class Refused extends OrgException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String orgCode;

    public Refused(String call, int status, String orgCode, String orgMessage) {
      super(
          Reach.TABLE,
          Kind.PLATFORM,
          "ORG_REFUSED",
          "The org refused %s: HTTP %d %s: %s".formatted(call, status, orgCode, orgMessage),
          "Look the code up in the runbook, mend its cause in the org or in the configuration, and"
              + " run the same command again.",
          null);
      this.status = status;
      this.orgCode = orgCode;
    }

    public int status() {
      return status;
    }

    /** The org's own error code, such as {@code INVALIDJOBSTATE}; empty when it named none. */
    public String orgCode() {
      return orgCode;
    }

    /**
     * Whether the org itself says that the thing does not exist (a deleted, expired or unknown
     * job). A bare 404 of something between us and the org does not count.
     */
    public boolean isNotFound() {
      return status == 404 && orgCode.equals("NOT_FOUND");
    }

    /** Whether the query took the org longer than it allows: ask for less at once. */
    public boolean isTimeout() {
      return orgCode.equals("QUERY_TIMEOUT") || orgCode.equals("REQUEST_RUNNING_TOO_LONG");
    }

    /**
     * Whether the job was in a state that does not allow the call: ask for the job and decide
     * (docs/reference/salesforce.md, "Lost replies").
     */
    public boolean isWrongState() {
      return orgCode.equals("INVALIDJOBSTATE");
    }

    /** Whether somebody else aborted, deleted or submitted the job: ask for it and decide. */
    public boolean isMeddledWith() {
      return isWrongState() || isNotFound();
    }
  }

  /** The session ended and a new one did not help. */
  public static final class SessionLost extends OrgException {
    private static final long serialVersionUID = 1L;

    public SessionLost(String call, String orgMessage) {
      super(
          Reach.RUN,
          Kind.PLATFORM,
          "ORG_SESSION",
          "The org does not accept the session for %s, not even a new one: %s"
              .formatted(call, orgMessage),
          "Check that the user is active, may use the API, and that the session policy does not"
              + " lock the token to another address; then run the same command again.",
          null);
    }
  }

  /** An allowance of the org is used up; it frees itself gradually over the next hours. */
  public static final class LimitReached extends OrgException {
    private static final long serialVersionUID = 1L;

    /**
     * @param orgCode {@code REQUEST_LIMIT_EXCEEDED}, {@code EXCEEDEDQUOTA} or {@code
     *     LIMIT_EXCEEDED}
     */
    public LimitReached(String call, String orgCode, String orgMessage) {
      super(
          Reach.RUN,
          Kind.QUOTA,
          "ORG_LIMIT",
          "An allowance of the org is used up: %s answered %s: %s"
              .formatted(call, orgCode, orgMessage),
          "The allowance is a rolling 24 hours and frees itself gradually: run the same command"
              + " again in an hour or more.",
          null);
    }
  }

  /** The org was away, and the call had no effect or may be repeated as often as one likes. */
  public static final class Unavailable extends OrgException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;
    private final boolean garbled;

    public Unavailable(String call, String what, Duration retryAfter, @Nullable Throwable cause) {
      this(call, what, retryAfter, false, cause);
    }

    private Unavailable(
        String call, String what, Duration retryAfter, boolean garbled, @Nullable Throwable cause) {
      super(
          Reach.RUN,
          Kind.TRANSIENT,
          "ORG_UNAVAILABLE",
          "The org did not answer %s as it should: %s".formatted(call, what),
          "Passing trouble as a rule: check the network and status.salesforce.com, then run the"
              + " same command again.",
          cause);
      this.retryAfter = retryAfter;
      this.garbled = garbled;
    }

    /** An answer that came, and is not what it says it is. */
    public static Unavailable garbled(String call, String what, Throwable cause) {
      return new Unavailable(call, what, Duration.ZERO, true, cause);
    }

    /** Whether an answer came, and only could not be read. */
    public boolean isGarbled() {
      return garbled;
    }

    /** The wait the other side asked for; zero when it asked for none. */
    public Duration retryAfter() {
      return Optional.ofNullable(retryAfter).orElse(Duration.ZERO);
    }
  }

  /**
   * The reply to a call that must not be repeated blindly was lost: the org may or may not have
   * done it. Ask the org first (docs/reference/salesforce.md, "Lost replies"). Nobody below the
   * caller retries this.
   */
  public static final class UnknownOutcome extends OrgException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    public UnknownOutcome(
        String call, String what, Duration retryAfter, @Nullable Throwable cause) {
      super(
          Reach.RUN,
          Kind.TRANSIENT,
          "ORG_UNKNOWN_OUTCOME",
          "It is not known whether the org has done %s: %s".formatted(call, what),
          "Run the same command again: it asks the org for the state of the job and goes on from"
              + " there.",
          cause);
      this.retryAfter = retryAfter;
    }

    /** The wait the other side asked for; zero when it asked for none. */
    public Duration retryAfter() {
      return Optional.ofNullable(retryAfter).orElse(Duration.ZERO);
    }
  }
}
