package io.initload.pipeline.load;

import io.initload.ledger.entry.Allowance.OrgReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether what the org said last is current, may be taken from somebody else who asked, or
 * is asked for again. Only computes. Not thread-safe.
 */
final class KnownCount {
  private Optional<OrgReading> last = Optional.empty();
  private Instant silentUntil = Instant.EPOCH;

  /** What was said last; empty when the org says nothing. */
  Optional<OrgReading> last() {
    return last;
  }

  /**
   * Whether nobody need be asked now.
   *
   * @param age that a reading may have
   */
  boolean current(Instant now, Duration age) {
    return now.isBefore(silentUntil)
        || last.filter(reading -> reading.at().isAfter(now.minus(age))).isPresent();
  }

  /**
   * Takes what somebody else was told, if that is current.
   *
   * @return whether it was taken; a reading of the future is not
   */
  boolean take(OrgReading others, Instant now, Duration age) {
    boolean fits = others.at().isAfter(now.minus(age)) && !others.at().isAfter(now);
    if (fits) {
      last = Optional.of(others);
    }
    return fits;
  }

  /**
   * Takes the org's answer.
   *
   * @param pause how long it is not asked again when it said nothing
   */
  void answered(Optional<OrgReading> reading, Instant now, Duration pause) {
    last = reading;
    if (reading.isEmpty()) {
      silentUntil = now.plus(pause);
    }
  }
}
