package io.initload.pipeline.load;

import io.initload.Failure;
import io.initload.pipeline.work.OrgAway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a run bears an org that gives no answer to go on by. Its jobs run on meanwhile, and a
 * maintenance window takes hours; but a run that waits for ever tells nobody. Safe for several
 * threads.
 */
final class OrgPatience {
  static final Duration AWAY_MAX = Duration.ofHours(6);

  private final Clock clock;
  private Optional<Instant> since = Optional.empty();
  private Instant last = Instant.EPOCH;

  OrgPatience(Clock clock) {
    this.clock = clock;
  }

  /**
   * Bears one more trouble.
   *
   * @throws OrgAway when there was nothing else for too long
   */
  synchronized void bear(Failure trouble) {
    Instant now = clock.instant();
    // Nobody knows how the org was while it was not asked, for a quota perhaps.
    Instant first = since.filter(s -> !now.isAfter(last.plus(AWAY_MAX))).orElse(now);
    since = Optional.of(first);
    last = now;
    if (now.isAfter(first.plus(AWAY_MAX))) {
      throw new OrgAway(trouble);
    }
  }

  /** The org has answered. */
  synchronized void answered() {
    since = Optional.empty();
  }
}
