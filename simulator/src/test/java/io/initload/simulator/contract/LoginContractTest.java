package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.clock.VirtualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 1 to 3: logins. */
@ExtendWith(Rows.class)
@Tag("system")
class LoginContractTest {
  private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");
  private static final String LOGIN = "https://login.salesforce.com";

  private final VirtualClock clock = new VirtualClock(NOW);

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static String assertion(
      KeyPair keys, String issuer, String subject, String audience, Instant expires)
      throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.RS256),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience(audience)
                .expirationTime(Date.from(expires))
                .build());
    jwt.sign(new RSASSASigner(keys.getPrivate()));
    return jwt.serialize();
  }

  private static HttpResponse<String> token(SimulatedOrg org, String form) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(org.loginUrl() + "/services/oauth2/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> bearer(SimulatedOrg org, String assertion) throws Exception {
    return token(
        org,
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + assertion);
  }

  private static void assertRefused(HttpResponse<String> response, String error) {
    JsonNode body = Org.json(response);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(body.isObject()).isTrue();
    assertThat(body.path("error").asText()).isEqualTo(error);
    assertThat(body.path("error_description").asText()).isNotEmpty();
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void row01_assertionsAreCheckedInAllTheirParts() throws Exception {
    KeyPair ours = keys();
    KeyPair theirs = keys();
    try (SimulatedOrg org =
        SimulatedOrg.start(
            OrgOptions.defaults().clock(clock).trust((RSAPublicKey) ours.getPublic()))) {
      Instant soon = NOW.plusSeconds(170);
      String id = org.clientId();
      String user = org.username();
      JsonNode good = Org.json(bearer(org, assertion(ours, id, user, LOGIN, soon)));
      assertThat(good.path("access_token").asText()).startsWith(org.orgId().substring(0, 15) + "!");
      assertThat(good.path("token_type").asText()).isEqualTo("Bearer");
      assertThat(good.path("id").asText())
          .isEqualTo(org.loginUrl() + "/id/" + org.orgId() + "/" + org.user().id());
      assertThat(good.has("scope")).isTrue();
      assertThat(good.has("refresh_token")).isFalse();
      assertThat(good.has("expires_in")).isFalse();

      assertRefused(bearer(org, assertion(theirs, id, user, LOGIN, soon)), "invalid_grant");
      assertRefused(
          bearer(org, assertion(ours, id, user, "https://example.com", soon)), "invalid_grant");
      assertRefused(
          bearer(org, assertion(ours, id, user, LOGIN, NOW.minusSeconds(1))), "invalid_grant");
      assertRefused(
          bearer(org, assertion(ours, id, "nobody@example.com", LOGIN, soon)), "invalid_grant");
      assertRefused(
          bearer(org, assertion(ours, "3MVG9unknown", user, LOGIN, soon)), "invalid_client_id");
      assertRefused(bearer(org, "no.jwt.at-all"), "invalid_grant");
      assertRefused(token(org, "grant_type=magic"), "unsupported_grant_type");
    }
  }

  @Test
  void row02_tokensExpireWhenIdleAndWhenRevoked() {
    try (Org org = Org.simulated(OrgOptions.defaults().clock(clock))) {
      assertThat(org.get("limits").statusCode()).isEqualTo(200);
      clock.advance(Duration.ofMinutes(110));
      assertThat(org.get("limits").statusCode()).as("used in time, so extended").isEqualTo(200);
      clock.advance(Duration.ofMinutes(110));
      assertThat(org.get("limits").statusCode()).isEqualTo(200);
      clock.advance(Duration.ofMinutes(121));
      HttpResponse<String> expired = org.get("limits");
      assertThat(expired.statusCode()).isEqualTo(401);
      assertThat(Org.json(expired).toString())
          .isEqualTo(
              "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]");

      Org again = org.with(org.simulator().accessToken());
      assertThat(again.get("limits").statusCode()).isEqualTo(200);
      org.simulator().revokeTokens();
      assertThat(again.get("limits").statusCode()).isEqualTo(401);
      assertThat(org.with("00Dgarbage!x").get("limits").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void row03_dataLivesAtTheInstanceNotAtTheLoginHost() throws Exception {
    try (SimulatedOrg org = SimulatedOrg.start()) {
      JsonNode login =
          Org.json(
              token(
                  org,
                  "grant_type=client_credentials&client_id=%s&client_secret=%s"
                      .formatted(org.clientId(), org.clientSecret())));
      assertThat(login.path("instance_url").asText())
          .isEqualTo(org.instanceUrl())
          .isNotEqualTo(org.loginUrl());
      HttpRequest.Builder request =
          HttpRequest.newBuilder()
              .header("Authorization", "Bearer " + login.path("access_token").asText());
      HttpClient http = HttpClient.newHttpClient();
      String path = "/services/data/v60.0/limits";
      assertThat(
              http.send(
                      request.uri(URI.create(org.instanceUrl() + path)).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
      assertThat(
              http.send(
                      request.uri(URI.create(org.loginUrl() + path)).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(404);
    }
  }
}
