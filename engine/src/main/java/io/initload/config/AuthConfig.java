package io.initload.config;

import java.nio.file.Path;
import java.util.function.Function;

/** How a token is obtained (docs/reference/salesforce.md, "Logging in"). */
public sealed interface AuthConfig {
  String clientId();

  /**
   * What is made of the flow that is configured. Whoever asks has an answer for each: a flow more
   * is an argument more, so that none can be forgotten.
   */
  <T> T either(Function<JwtBearer, T> jwt, Function<ClientCredentials, T> credentials);

  /**
   * JWT bearer flow.
   *
   * @param privateKeyFile PKCS#8 PEM of the RSA key whose certificate the app holds
   * @param audience {@code aud} of the assertion; by default the login URL's origin
   */
  record JwtBearer(String clientId, String username, Path privateKeyFile, String audience)
      implements AuthConfig {
    @Override
    public <T> T either(Function<JwtBearer, T> jwt, Function<ClientCredentials, T> credentials) {
      return jwt.apply(this);
    }
  }

  /** Client-credentials flow. */
  record ClientCredentials(String clientId, Secret clientSecret) implements AuthConfig {
    @Override
    public <T> T either(Function<JwtBearer, T> jwt, Function<ClientCredentials, T> credentials) {
      return credentials.apply(this);
    }
  }
}
