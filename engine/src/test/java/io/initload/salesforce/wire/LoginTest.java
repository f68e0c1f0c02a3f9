package io.initload.salesforce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.initload.Failure;
import io.initload.config.AuthConfig;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import io.initload.salesforce.OrgFixture;
import io.initload.salesforce.ScriptedServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("system")
class LoginTest {
  private static final String TOKEN = "POST /services/oauth2/token";

  @Test
  void logsInByClientCredentials() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      assertThat(fixture.org.orgId()).isEqualTo("00D000000000001EAA");
      assertThat(fixture.org.userId()).isEqualTo("005000000000001AAA");
      assertThat(fixture.server.seen(TOKEN).get(0).body())
          .isEqualTo("grant_type=client_credentials&client_id=app&client_secret=hush");
    }
  }

  @Test
  void signsAnAssertionThatLivesThreeMinutes(@TempDir Path dir) throws Exception {
    KeyPair keys = rsa();
    Path pem = pem(dir, "PRIVATE KEY", keys.getPrivate().getEncoded());
    try (ScriptedServer server = new ScriptedServer()) {
      OrgFixture.connect(jwt(server, pem), wait -> {}).close();
      String form = server.seen(TOKEN).get(0).body();
      assertThat(form)
          .startsWith(
              "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
      SignedJWT assertion =
          SignedJWT.parse(
              URLDecoder.decode(form.substring(form.lastIndexOf('=') + 1), StandardCharsets.UTF_8));
      assertThat(assertion.verify(new RSASSAVerifier((RSAPublicKey) keys.getPublic()))).isTrue();
      assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
      var claims = assertion.getJWTClaimsSet();
      assertThat(claims.getIssuer()).isEqualTo("app");
      assertThat(claims.getSubject()).isEqualTo("loader@acme.com");
      assertThat(claims.getAudience()).containsExactly("https://login.salesforce.com");
      assertThat(claims.getExpirationTime())
          .isEqualTo(Date.from(OrgFixture.NOW.plus(Duration.ofMinutes(3))));
    }
  }

  @Test
  void tellsHowToConvertAKeyOfTheOldForm(@TempDir Path dir) throws Exception {
    Path pem = pem(dir, "RSA PRIVATE KEY", rsa().getPrivate().getEncoded());
    try (ScriptedServer server = new ScriptedServer()) {
      assertThatThrownBy(() -> OrgFixture.connect(jwt(server, pem), wait -> {}))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo("ORG_KEY");
                assertThat(failure.remedy()).contains("openssl pkcs8 -topk8");
              });
    }
  }

  @Test
  void tellsThatTheKeyFileIsMissing(@TempDir Path dir) throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      assertThatThrownBy(() -> OrgFixture.connect(jwt(server, dir.resolve("none.pem")), wait -> {}))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("ORG_KEY"))
          .hasMessageContaining("none.pem")
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void refusesATokenThatLeadsToAnotherOrg() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      TargetConfig config = OrgFixture.config(server.url(), Duration.ofSeconds(20));
      TargetConfig other =
          TargetConfigs.like(config, config.auth()).instance("acme.my.salesforce.com").build();
      assertThatThrownBy(() -> OrgFixture.connect(other, wait -> {}))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("ORG_INSTANCE"))
          .hasMessageContaining("acme.my.salesforce.com")
          .hasMessageContaining("Nothing was written");
    }
  }

  @Test
  void refusedCredentialsFailAtOnceAndWithoutTheSecret() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on(
          TOKEN,
          ScriptedServer.json(
              400,
              "{\"error\":\"invalid_client\",\"error_description\":\"invalid client"
                  + " credentials\"}"));
      assertThatThrownBy(
              () ->
                  OrgFixture.connect(
                      OrgFixture.config(server.url(), Duration.ofSeconds(20)), wait -> {}))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.code()).isEqualTo("ORG_LOGIN");
                assertThat(failure.kind()).isEqualTo(Failure.Kind.PLATFORM);
                assertThat(failure.remedy()).contains("clientId");
              })
          .hasMessageContaining("invalid client credentials")
          .hasMessageNotContaining("hush");
      assertThat(server.seen(TOKEN)).hasSize(1);
    }
  }

  @Test
  void aHostWithoutATokenEndpointIsToldAtOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on(TOKEN, ScriptedServer.html(404));
      assertThatThrownBy(
              () ->
                  OrgFixture.connect(
                      OrgFixture.config(server.url(), Duration.ofSeconds(20)), wait -> {}))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo("ORG_LOGIN"))
          .hasMessageContaining("404");
      assertThat(server.seen(TOKEN)).hasSize(1);
    }
  }

  @Test
  void anAwayLoginServerIsAskedAgain() throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on(
          TOKEN,
          ScriptedServer.html(503),
          ScriptedServer.reset(),
          ScriptedServer.error(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn"),
          server.token("T1"));
      OrgFixture.connect(OrgFixture.config(server.url(), Duration.ofSeconds(20)), wait -> {})
          .close();
      assertThat(server.seen(TOKEN)).hasSize(4);
    }
  }

  private static TargetConfig jwt(ScriptedServer server, Path key) {
    TargetConfig config = OrgFixture.config(server.url(), Duration.ofSeconds(20));
    return TargetConfigs.like(
            config,
            new AuthConfig.JwtBearer("app", "loader@acme.com", key, "https://login.salesforce.com"))
        .build();
  }

  private static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static Path pem(Path dir, String kind, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        dir.resolve("key.pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind));
  }
}
