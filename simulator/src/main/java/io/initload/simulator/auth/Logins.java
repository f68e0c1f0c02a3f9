package io.initload.simulator.auth;

import io.initload.simulator.clock.OrgClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives tokens to those who may have one and knows which are still good. Tokens live in memory: a
 * restart of the org ends all sessions. Safe for several threads.
 */
public final class Logins {
  private static final String TOKEN_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
  private static final String JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  private final OrgClock clock;
  private final AuthRules rules;
  private final String orgId;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, ConnectedApp> apps = new HashMap<>();
  private final Map<String, OrgUser> users = new HashMap<>();
  private final Map<String, Live> sessions = new HashMap<>();

  private static final class Live {
    final LoginSession session;
    Instant lastUsed;

    Live(LoginSession session) {
      this.session = session;
      this.lastUsed = session.issued();
    }
  }

  public Logins(OrgClock clock, AuthRules rules, String orgId) {
    this.clock = clock;
    this.rules = rules;
    this.orgId = orgId;
  }

  /** Adds an app, or changes the one with the same client id. */
  public synchronized void register(ConnectedApp app) {
    apps.put(app.clientId(), app);
  }

  /** Has an app accept assertions signed with one more key. */
  public synchronized void trust(String clientId, RSAPublicKey key) {
    apps.computeIfPresent(clientId, (id, app) -> app.withKey(key));
  }

  /** Adds a user. */
  public synchronized void register(OrgUser user) {
    users.put(user.username(), user);
  }

  /** The user with a username. */
  public synchronized Optional<OrgUser> byUsername(String username) {
    return Optional.ofNullable(users.get(username));
  }

  /** The usernames there are, in order. */
  public synchronized List<String> usernames() {
    return users.keySet().stream().sorted().toList();
  }

  /**
   * Logs somebody in.
   *
   * @param form the fields of the request, client id and secret of HTTP Basic among them
   * @param loginUrl the org's own login host
   * @throws LoginException if they may not
   */
  public synchronized LoginSession login(Map<String, String> form, String loginUrl)
      throws LoginException {
    String grant = form.getOrDefault("grant_type", "");
    OrgUser user =
        switch (grant) {
          case "client_credentials" -> byClientCredentials(form);
          case JWT -> byAssertion(form, loginUrl);
          default -> throw new LoginException("unsupported_grant_type", "grant type not supported");
        };
    return open(user);
  }

  /** Opens a session without asking for credentials. */
  public synchronized LoginSession open(OrgUser user) {
    StringBuilder token = new StringBuilder(orgId.substring(0, 15)).append("!AQ");
    for (int i = 0; i < 92; i++) {
      token.append(TOKEN_LETTERS.charAt(random.nextInt(TOKEN_LETTERS.length())));
    }
    LoginSession session = new LoginSession(token.toString(), user, clock.instant());
    sessions.put(session.token(), new Live(session));
    return session;
  }

  private ConnectedApp client(Map<String, String> form) throws LoginException {
    ConnectedApp app = apps.get(form.getOrDefault("client_id", ""));
    if (app == null) {
      throw new LoginException("invalid_client_id", "client identifier invalid");
    }
    if (!same(app.clientSecret(), form.getOrDefault("client_secret", ""))) {
      throw new LoginException("invalid_client", "invalid client credentials");
    }
    return app;
  }

  private OrgUser byClientCredentials(Map<String, String> form) throws LoginException {
    OrgUser user = users.get(client(form).runAs());
    if (user == null) {
      throw new LoginException("invalid_grant", "no client credentials user enabled");
    }
    return user;
  }

  private OrgUser byAssertion(Map<String, String> form, String loginUrl) throws LoginException {
    Assertion assertion = Assertion.parse(form.getOrDefault("assertion", ""));
    ConnectedApp app = apps.get(assertion.issuer());
    if (app == null) {
      throw new LoginException("invalid_client_id", "client identifier invalid");
    }
    assertion.checkSignature(app.keys());
    Instant now = clock.instant();
    if (!assertion.expires().isAfter(now)) {
      throw new LoginException("invalid_grant", "expired authorization code");
    }
    if (assertion.expires().isAfter(now.plus(rules.assertionLifetimeMax()))) {
      throw new LoginException("invalid_grant", "invalid assertion");
    }
    if (!audience(assertion.audience(), loginUrl)) {
      throw new LoginException("invalid_grant", "audience is invalid");
    }
    OrgUser user = users.get(assertion.subject());
    if (user == null) {
      throw new LoginException("invalid_grant", "user hasn't approved this consumer");
    }
    return user;
  }

  private boolean audience(List<String> given, String loginUrl) {
    boolean own = rules.ownAudience() == AuthRules.OwnAudience.ACCEPTED;
    return given.stream()
        .map(a -> a.endsWith("/") ? a.substring(0, a.length() - 1) : a)
        .anyMatch(a -> rules.audiences().contains(a) || (own && a.equals(loginUrl)));
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /** The session of a token, which this use keeps alive; empty if it is not good any more. */
  public synchronized Optional<LoginSession> use(String token) {
    Live live = sessions.get(token);
    if (live == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (now.isAfter(live.lastUsed.plus(rules.idleTimeout()))) {
      sessions.remove(token);
      return Optional.empty();
    }
    live.lastUsed = now;
    return Optional.of(live.session);
  }

  /** Ends one session. */
  public synchronized boolean revoke(String token) {
    return sessions.remove(token) != null;
  }

  /** Ends all sessions, as an administrator can. */
  public synchronized void revokeAll() {
    sessions.clear();
  }
}
