package io.initload.simulator.auth;

import java.time.Duration;
import java.util.Set;

/**
 * How logins behave where it is a setting of the org or not confirmed. Immutable.
 *
 * @param idleTimeout a token dies when it was not used for so long
 * @param assertionLifetimeMax how far in the future a JWT may expire
 * @param audiences accepted {@code aud} values besides the org's own
 * @param ownAudience whether the org's own login URL is accepted as {@code aud}
 */
public record AuthRules(
    Duration idleTimeout,
    Duration assertionLifetimeMax,
    Set<String> audiences,
    OwnAudience ownAudience) {
  public AuthRules {
    audiences = Set.copyOf(audiences);
  }

  /** Whether the org's own login URL is accepted as audience. */
  public enum OwnAudience {
    ACCEPTED,
    REFUSED
  }

  /** Sessions of two hours, assertions of five minutes. */
  public static AuthRules defaults() {
    return new AuthRules(
        Duration.ofHours(2),
        Duration.ofMinutes(5),
        Set.of("https://login.salesforce.com", "https://test.salesforce.com"),
        OwnAudience.ACCEPTED);
  }
}
