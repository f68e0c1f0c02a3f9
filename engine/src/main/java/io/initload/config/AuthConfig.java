package io.initload.config;

import java.nio.file.Path;

/** How a token is obtained (docs/reference/salesforce.md, "Logging in"). */
public sealed interface AuthConfig {
  String clientId();

  /**
   * JWT bearer flow.
   *
   * @param privateKeyFile PKCS#8 PEM of the RSA key whose certificate the app holds
   * @param audience {@code aud} of the assertion; by default the login URL's origin
   */
  record JwtBearer(String clientId, String username, Path privateKeyFile, String audience)
      implements AuthConfig {}

  /** Client-credentials flow. */
  record ClientCredentials(String clientId, Secret clientSecret) implements AuthConfig {}
}
