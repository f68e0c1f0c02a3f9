package io.initload.draft;

import java.util.Locale;

/** How sure a match is, from the least to the most. */
public enum Confidence {
  /** Somebody has to say so; it is only written down. */
  POSSIBLE,
  /** It is taken, and somebody should look at it. */
  LIKELY,
  /** The names are the same, of table and object too, and the types fit; or a person said so. */
  CERTAIN;

  Confidence atMost(Confidence other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Confidence lower() {
    return this == CERTAIN ? LIKELY : POSSIBLE;
  }

  /** As people read it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
