package io.initload.simulator.hook;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is done to a request or its answer. Values. */
public sealed interface Effect {
  /** Nothing: the request goes on. */
  Effect NONE = new None();

  /** Nothing: the request goes on. */
  record None() implements Effect {}

  /**
   * An answer in place of the org's.
   *
   * @param contentType may be empty
   */
  record Answer(int status, String contentType, String body, Map<String, String> headers)
      implements Effect {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /** The connection is reset; the client gets no answer. */
  record Reset() implements Effect {}

  /** Org time passes before the request goes on. */
  record Wait(Duration span) implements Effect {}

  /** The answer's body breaks off after so many bytes and the connection is reset. */
  record Truncate(long bytes) implements Effect {}

  /** The body flows at so many bytes per second of org time. */
  record Slow(long bytesPerSecond) implements Effect {}

  /** Something is done to the org, then the request goes on. */
  record Act(Runnable act) implements Effect {}

  /** Several effects, one after the other. */
  record Sequence(List<Effect> effects) implements Effect {
    public Sequence {
      effects = List.copyOf(effects);
    }
  }
}
