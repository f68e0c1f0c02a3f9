package io.initload.simulator;

import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may log in to an org.
 *
 * @param secret secret of its app; empty for a random one, which kept data keeps
 * @param keys public keys that sign assertions of the JWT bearer flow
 */
public record OrgAccess(Optional<String> secret, List<RSAPublicKey> keys) {
  public OrgAccess {
    keys = List.copyOf(keys);
  }

  static OrgAccess ownSecret() {
    return new OrgAccess(Optional.empty(), List.of());
  }

  OrgAccess withSecret(String given) {
    return new OrgAccess(Optional.of(given), keys);
  }

  OrgAccess withKey(RSAPublicKey key) {
    return new OrgAccess(secret, Stream.concat(keys.stream(), Stream.of(key)).toList());
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "OrgAccess[" + keys.size() + " keys]";
  }
}
