package io.initload.simulator.auth;

import java.time.Instant;

/**
 * What a good login gives.
 *
 * @param token access token, to be treated as a secret
 * @param issued org time of the login
 */
public record LoginSession(String token, OrgUser user, Instant issued) {
  /** Hides the token. */
  @Override
  public String toString() {
    return "LoginSession[" + user.username() + " since " + issued + "]";
  }
}
