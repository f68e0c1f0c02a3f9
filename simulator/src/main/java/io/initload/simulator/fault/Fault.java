package io.initload.simulator.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.hook.RequestHook.Point;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that goes wrong. Immutable; says at each point of a request or job what it does there.
 */
public sealed interface Fault {
  /**
   * What happens to the request at this point. {@code bytes} is what an upload has brought so far.
   */
  default Effect at(Point point, long bytes, OrgControls org) {
    return Effect.NONE;
  }

  /** What happens to a job before a transaction whose first row is this one. */
  default JobEffect beforeRow(long row) {
    return JobEffect.NONE;
  }

  /** Whether it strikes jobs; otherwise it strikes requests. */
  default boolean strikesJobs() {
    return false;
  }

  /** Whether the request has been carried out when the fault strikes. */
  enum Moment {
    BEFORE_COMMIT,
    AFTER_COMMIT;

    Point point() {
      return this == BEFORE_COMMIT ? Point.BEFORE_COMMIT : Point.AFTER_COMMIT;
    }
  }

  /**
   * The client gets this answer instead of the org's; with {@link Moment#AFTER_COMMIT} what it
   * asked for is done all the same.
   */
  record Answered(
      int status, String contentType, String body, Map<String, String> headers, Moment moment)
      implements Fault {
    public Answered {
      require(status >= 100 && status <= 599, "status must be an HTTP status, not " + status);
      headers = Map.copyOf(headers);
    }

    /** The answer of that name, in place of carrying the request out. */
    public static Answered of(NamedAnswers name) {
      return of(name, Moment.BEFORE_COMMIT);
    }

    /** The answer of that name, before or after the request is carried out. */
    public static Answered of(NamedAnswers name, Moment moment) {
      Effect.Answer answer = name.answer();
      return new Answered(
          answer.status(), answer.contentType(), answer.body(), answer.headers(), moment);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Answered written(String name) {
      return of(NamedAnswers.of(name));
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static Answered written(
        @JsonProperty("named") @Nullable String name,
        @JsonProperty("status") int status,
        @JsonProperty("contentType") @Nullable String contentType,
        @JsonProperty("body") @Nullable String body,
        @JsonProperty("headers") @Nullable Map<String, String> headers,
        @JsonProperty("afterCommit") boolean afterCommit) {
      Moment moment = afterCommit ? Moment.AFTER_COMMIT : Moment.BEFORE_COMMIT;
      return name != null
          ? of(NamedAnswers.of(name), moment)
          : new Answered(
              status,
              Objects.requireNonNullElse(contentType, ""),
              Objects.requireNonNullElse(body, ""),
              Objects.requireNonNullElse(headers, Map.of()),
              moment);
    }

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      Point struck = moment == Moment.BEFORE_COMMIT ? Point.START : Point.AFTER_COMMIT;
      return point == struck ? new Effect.Answer(status, contentType, body, headers) : Effect.NONE;
    }
  }

  /** The connection is reset; after the commit this is the lost reply. */
  record ConnectionReset(Moment moment) implements Fault {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConnectionReset {}

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      return point == moment.point() ? new Effect.Reset() : Effect.NONE;
    }
  }

  /** The connection is reset while the upload runs, once this many bytes have come. */
  record UploadReset(long afterBytes) implements Fault {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UploadReset {
      requireCount(afterBytes, "bytes");
    }

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      return point == Point.UPLOAD && bytes >= afterBytes ? new Effect.Reset() : Effect.NONE;
    }
  }

  /**
   * All sessions end while the upload runs, once this many bytes have come; the upload is answered
   * with 401.
   */
  record TokenRevoked(long afterBytes) implements Fault {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TokenRevoked {
      requireCount(afterBytes, "bytes");
    }

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      if (point != Point.UPLOAD || bytes < afterBytes) {
        return Effect.NONE;
      }
      return new Effect.Sequence(
          List.of(new Effect.Act(org::revokeSessions), NamedAnswers.SESSION_EXPIRED.answer()));
    }
  }

  /** Org time passes before the request is looked at. */
  record Delayed(Duration span) implements Fault {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Delayed {}

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      return point == Point.START ? new Effect.Wait(span) : Effect.NONE;
    }
  }

  /** The answer's body flows slowly, in org time. */
  record SlowBody(long bytesPerSecond) implements Fault {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SlowBody {
      requireCount(bytesPerSecond, "bytes");
      require(bytesPerSecond > 0, "a body that does not flow never ends; truncate it instead");
    }

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      return point == Point.BODY ? new Effect.Slow(bytesPerSecond) : Effect.NONE;
    }
  }

  /** The answer's body breaks off. */
  record TruncatedBody(long afterBytes) implements Fault {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TruncatedBody {
      requireCount(afterBytes, "bytes");
    }

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      return point == Point.BODY ? new Effect.Truncate(afterBytes) : Effect.NONE;
    }
  }

  /** A limit of the org changes, then the request goes on. */
  record LimitSet(String name, long max) implements Fault {
    public LimitSet {
      AllocationNames.of(name);
    }

    @Override
    public Effect at(Point point, long bytes, OrgControls org) {
      return point == Point.START ? new Effect.Act(() -> org.setLimit(name, max)) : Effect.NONE;
    }
  }

  /** The job fails once this many rows have been tried; what is written stays. */
  record JobFailed(@JsonProperty("message") String errorMessage, long afterRows) implements Fault {
    public JobFailed {
      errorMessage =
          Objects.requireNonNullElse(errorMessage, "InternalServerError : the job failed");
      requireCount(afterRows, "rows");
    }

    @Override
    public JobEffect beforeRow(long row) {
      return row >= afterRows ? new JobEffect.FailJob(errorMessage) : JobEffect.NONE;
    }

    @Override
    public boolean strikesJobs() {
      return true;
    }
  }

  /** Somebody aborts the job once this many rows have been tried; what is written stays. */
  record JobAborted(long afterRows) implements Fault {
    public JobAborted {
      requireCount(afterRows, "rows");
    }

    @Override
    public JobEffect beforeRow(long row) {
      return row >= afterRows ? new JobEffect.AbortJob() : JobEffect.NONE;
    }

    @Override
    public boolean strikesJobs() {
      return true;
    }
  }

  /** The job stands still for a span of org time once this many rows have been tried. */
  record JobStalled(@JsonProperty("for") Duration span, long afterRows) implements Fault {
    public JobStalled {
      require(span != null, "'for' must say how long");
      requireCount(afterRows, "rows");
    }

    @Override
    public JobEffect beforeRow(long row) {
      return row >= afterRows ? new JobEffect.Stall(span) : JobEffect.NONE;
    }

    @Override
    public boolean strikesJobs() {
      return true;
    }
  }

  /** A share of the job's rows do not get their locks. */
  record LockStorm(double share) implements Fault {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LockStorm {
      require(share >= 0 && share <= 1, "the share of rows without a lock is 0 to 1, not " + share);
    }

    @Override
    public JobEffect beforeRow(long row) {
      return new JobEffect.LockRows(share);
    }

    @Override
    public boolean strikesJobs() {
      return true;
    }
  }

  private static void requireCount(long count, String of) {
    require(count >= 0, count + " must be a number of " + of);
  }

  private static void require(boolean good, String otherwise) {
    if (!good) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
