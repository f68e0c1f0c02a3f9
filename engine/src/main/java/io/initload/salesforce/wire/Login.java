package io.initload.salesforce.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.initload.Failure;
import io.initload.SfId;
import io.initload.config.AuthConfig;
import io.initload.config.TargetConfig;
import io.initload.retry.Retry;
import io.initload.salesforce.errors.OrgError;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.StrangeAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks for tokens (docs/reference/salesforce.md, "Logging in") and refuses one that leads to
 * another org than the configured one.
 */
public final class Login {
  private static final Duration ASSERTION_LIFE = Duration.ofMinutes(3);

  /** What may stand in a header. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,20000}");

  private static final Pattern IDENTITY =
      Pattern.compile("(?<address>.+)/id/(?<org>[^/]+)/(?<user>[^/]+)");

  private final TargetConfig config;
  private final Clock clock;
  private final Wire wire;
  private final Retry retry;

  public Login(TargetConfig config, Clock clock, Wire wire, Retry retry) {
    this.config = config;
    this.clock = clock;
    this.wire = wire;
    this.retry = retry;
  }

  /**
   * A new token.
   *
   * @throws Failure {@code ORG_LOGIN} when the org gives none, {@code ORG_INSTANCE} when it leads
   *     elsewhere, {@code ORG_ADDRESS} when it leads nowhere, {@code ORG_ANSWER}
   */
  AccessToken token() throws InterruptedException {
    try {
      return retry.call(this::ask, RetryAdvice::mayPass);
    } catch (OrgException.Unavailable e) {
      if (e.getCause() instanceof StrangeAnswer strange) {
        throw strange.failure("POST " + config.loginUrl());
      }
      throw e;
    }
  }

  private AccessToken ask() throws InterruptedException {
    String base = config.loginUrl().toString().replaceAll("/+$", "");
    URI uri = URI.create(base + "/services/oauth2/token");
    Map<String, String> headers =
        Map.of(
            "Accept", "application/json",
            "Content-Type", "application/x-www-form-urlencoded",
            "User-Agent", Call.CLIENT);
    String form =
        form().entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String call = "POST " + uri;
    Wire.Request request = new Wire.Request("POST", uri, headers, Upload.text(form));
    try {
      return wire.exchange(request, answer -> receive(call, answer));
    } catch (IOException e) {
      throw new OrgException.Unavailable(call, RetryAdvice.words(e), Duration.ZERO, e);
    }
  }

  private AccessToken receive(String call, Wire.Answer answer) throws IOException {
    int status = answer.status();
    if (status == 200) {
      return read(call, answer.body());
    }
    byte[] body = answer.body().readNBytes(Bounds.SMALL_ANSWER_BYTES_MAX);
    Optional<OrgError> refusal = OrgError.ofLogin(body);
    if (refusal.isPresent() && status < 500) {
      throw refused(status, refusal.get());
    }
    if (status < 400 || status == 404 || status == 405 || status == 410) {
      throw refused(status, new OrgError("no token endpoint", "is this a login host?"));
    }
    // anything else comes from something in front of the token endpoint
    throw new OrgException.Unavailable(
        call, "HTTP " + status, RetryAdvice.retryAfter(answer, clock), null);
  }

  private Map<String, String> form() {
    return config.auth().either(this::bearer, Login::credentials);
  }

  private Map<String, String> bearer(AuthConfig.JwtBearer jwt) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    form.put("assertion", assertion(jwt));
    return form;
  }

  private static Map<String, String> credentials(AuthConfig.ClientCredentials app) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", app.clientId());
    form.put("client_secret", app.clientSecret().reveal());
    return form;
  }

  private String assertion(AuthConfig.JwtBearer jwt) {
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.RS256),
            new JWTClaimsSet.Builder()
                .issuer(jwt.clientId())
                .subject(jwt.username())
                .audience(jwt.audience())
                .expirationTime(Date.from(clock.instant().plus(ASSERTION_LIFE)))
                .build());
    try {
      signed.sign(new RSASSASigner(PrivateKeyFile.read(jwt.privateKeyFile())));
    } catch (JOSEException e) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "ORG_KEY",
          "The key in " + jwt.privateKeyFile() + " cannot sign: " + e.getMessage(),
          "Use an RSA key of at least 2048 bits.",
          e);
    }
    return signed.serialize();
  }

  private AccessToken read(String call, InputStream body) throws IOException {
    JsonNode json = AnswerJson.small(body);
    String value = json.path("access_token").asText("");
    String instance = json.path("instance_url").asText("").replaceAll("/+$", "");
    Matcher id = IDENTITY.matcher(json.path("id").asText(""));
    if (!TOKEN.matcher(value).matches()
        || instance.isEmpty()
        || !id.matches()
        || !SfId.valid(id.group("org"))
        || !SfId.valid(id.group("user"))) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.PLATFORM,
          "ORG_LOGIN",
          call + " answered without access_token, instance_url or id, or with what cannot be one.",
          "Check that target.loginUrl is the login host of a Salesforce org.");
    }
    URI uri = Origin.read(instance);
    Instance.check(uri, config.instance());
    Origin.read(id.group("address"));
    return new AccessToken(value, uri, id.group("org"), id.group("user"));
  }

  private Failure refused(int status, OrgError error) {
    String who = config.auth().either(jwt -> "user " + jwt.username(), app -> "the app's own user");
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "ORG_LOGIN",
        "%s gives no token for %s: HTTP %d %s: %s"
            .formatted(config.loginUrl(), who, status, error.code(), error.message()),
        remedy(error.code()));
  }

  private static String remedy(String code) {
    return switch (code) {
      case "invalid_client_id", "invalid_client" ->
          "Check target.auth.clientId (and the client secret) against the app in the org's setup.";
      case "invalid_app_access" ->
          "Let an administrator approve the app for the user (profile or permission set).";
      case "unsupported_grant_type" -> "Enable the flow of target.auth.flow in the app.";
      default ->
          "Check user name, key or client secret and login URL, that the app is approved for the"
              + " user, that the flow is enabled in the app, and that this machine's clock is"
              + " right.";
    };
  }
}
