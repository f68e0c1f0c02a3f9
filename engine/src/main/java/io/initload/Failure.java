package io.initload;

import java.util.Objects;

/**
 * The one family of expected failures: something outside the program is not as it must be. Carries
 * a stable code (named in the runbook), the kind that decides the exit code, a message that says
 * what, where and in which state, and what to do next. Never a bug: those are plain runtime
 * exceptions.
 */
public class Failure extends RuntimeException {
  /** Who must act; decides the exit code (docs/architecture.md, "Exit codes"). */
  public enum Kind {
    /** The configuration or the command line is wrong. */
    CONFIGURATION(1),
    /** A database, the org, a disk or the network refuses or is away. */
    PLATFORM(2),
    /** The migration failed: its books cannot close as things stand. */
    FAILED(3),
    /** Passing trouble that outlasted the retries: run the same command again. */
    TRANSIENT(75),
    /** A quota is exhausted; the message names the time at which to go on. */
    QUOTA(76);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }

    /** Whether waiting may be all that it takes. */
    public boolean passes() {
      return this == TRANSIENT || this == QUOTA;
    }
  }

  /** What it ends. */
  public enum Reach {
    /** The table it happened to: the others go on. */
    TABLE,
    /** The whole run: what failed serves every table. */
    RUN
  }

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final Reach reach;
  private final String code;
  private final String remedy;

  /**
   * @param reach what it ends
   * @param code stable upper-case identifier such as {@code SOURCE_LOGIN}
   * @param message what happened, where, and in which state things are
   * @param remedy what to do next, one sentence
   */
  public Failure(Reach reach, Kind kind, String code, String message, String remedy) {
    super(message);
    this.reach = Objects.requireNonNull(reach, "reach");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.code = Objects.requireNonNull(code, "code");
    this.remedy = Objects.requireNonNull(remedy, "remedy");
  }

  public Failure(
      Reach reach, Kind kind, String code, String message, String remedy, Throwable cause) {
    this(reach, kind, code, message, remedy);
    initCause(cause);
  }

  /** Of the usual reach of its kind: passing trouble and used up allowances meet every table. */
  public Failure(Kind kind, String code, String message, String remedy) {
    this(kind.passes() ? Reach.RUN : Reach.TABLE, kind, code, message, remedy);
  }

  public Failure(Kind kind, String code, String message, String remedy, Throwable cause) {
    this(kind, code, message, remedy);
    initCause(cause);
  }

  /**
   * Whether nothing else is to be tried now: it meets every table, or it passes, and whoever called
   * waits and comes again.
   */
  public boolean endsRun() {
    return reach == Reach.RUN || kind.passes();
  }

  public Kind kind() {
    return kind;
  }

  public Reach reach() {
    return reach;
  }

  public String code() {
    return code;
  }

  public String remedy() {
    return remedy;
  }
}
