package io.initload.simulator.http;

import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.RequestFacts;
import io.initload.simulator.hook.RequestHook;
import io.initload.simulator.hook.RequestHook.Point;
import java.io.IOException;
import java.time.Duration;

/** Lets the hooks have their way with one request. For the thread of the request. */
public final class Faults {
  private final RequestHook hook;
  private final RequestFacts request;
  private final OrgClock clock;
  private long truncateAt = Long.MAX_VALUE;
  private long bytesPerSecond = Long.MAX_VALUE;
  private long slowFrom;

  public Faults(RequestHook hook, RequestFacts request, OrgClock clock) {
    this.hook = hook;
    this.request = request;
    this.clock = clock;
  }

  /** The request ends here, with an answer that is not the org's. */
  public static final class Answered extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Effect.Answer answer;

    Answered(Effect.Answer answer) {
      super("answered by a fault", null, false, false);
      this.answer = answer;
    }

    public Effect.Answer answer() {
      return answer;
    }
  }

  /** How a connection ends. */
  public enum Ending {
    RESET,
    CLOSED
  }

  /** The request ends here, without an answer or in the middle of it. */
  public static final class Cut extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Ending ending;

    public Cut(Ending ending) {
      super("connection ended by a fault", null, false, false);
      this.ending = ending;
    }

    public Ending ending() {
      return ending;
    }
  }

  /**
   * Asks the hooks what happens at a point and does it.
   *
   * @throws Answered if the request is answered in the org's place
   * @throws Cut if the connection is to be reset
   */
  public void apply(Point point, long bytes) throws IOException {
    apply(hook.at(point, request, bytes), bytes);
    if (point == Point.UPLOAD && bytesPerSecond != Long.MAX_VALUE && bytes > slowFrom) {
      pass(Duration.ofMillis((bytes - slowFrom) * 1000 / bytesPerSecond));
      slowFrom = bytes;
    }
  }

  private void apply(Effect effect, long bytes) throws IOException {
    if (effect instanceof Effect.Answer answer) {
      throw new Answered(answer);
    } else if (effect instanceof Effect.Reset) {
      throw new Cut(Ending.RESET);
    } else if (effect instanceof Effect.Wait wait) {
      pass(wait.span());
    } else if (effect instanceof Effect.Truncate truncate) {
      truncateAt = truncate.bytes();
    } else if (effect instanceof Effect.Slow slow) {
      bytesPerSecond = Math.max(1, slow.bytesPerSecond());
      slowFrom = bytes;
    } else if (effect instanceof Effect.Act act) {
      act.act().run();
    } else if (effect instanceof Effect.Sequence sequence) {
      for (Effect each : sequence.effects()) {
        apply(each, bytes);
      }
    }
  }

  /** Lets the time pass that sending so many bytes takes. */
  public void sending(long bytes) throws IOException {
    if (bytesPerSecond != Long.MAX_VALUE) {
      pass(Duration.ofMillis(bytes * 1000 / bytesPerSecond));
    }
  }

  /** After how many bytes of its body the answer breaks off. */
  public long truncateAt() {
    return truncateAt;
  }

  private void pass(Duration span) throws IOException {
    try {
      clock.pass(span);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while time passed", e);
    }
  }
}
