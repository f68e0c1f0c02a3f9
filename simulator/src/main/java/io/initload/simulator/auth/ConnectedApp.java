package io.initload.simulator.auth;

import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * An app through which clients log in. Immutable.
 *
 * @param clientId consumer key
 * @param clientSecret consumer secret, for the client-credentials flow
 * @param runAs username of the user that flow logs in
 * @param keys public keys that may sign assertions of the JWT bearer flow
 */
public record ConnectedApp(
    String clientId, String clientSecret, String runAs, List<RSAPublicKey> keys) {
  public ConnectedApp {
    keys = List.copyOf(keys);
  }

  /** The same app with one more key. */
  public ConnectedApp withKey(RSAPublicKey key) {
    List<RSAPublicKey> more = new ArrayList<>(keys);
    more.add(key);
    return new ConnectedApp(clientId, clientSecret, runAs, more);
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "ConnectedApp[" + clientId + " as " + runAs + "]";
  }
}
