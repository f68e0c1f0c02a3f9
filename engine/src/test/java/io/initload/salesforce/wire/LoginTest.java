package io.initload.salesforce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.config.AuthConfig;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import io.initload.salesforce.OrgFixture;
import io.initload.salesforce.ScriptedServer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aKeyThatEverybodyMayReadIsRefused(@TempDir Path dir) throws Exception {
    Path pem = pem(dir, "PRIVATE KEY", rsa().getPrivate().getEncoded());
    Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-r--r--"));
    Failure failure = badKey(pem);
    assertThat(failure.getMessage()).contains("every user of this machine");
    assertThat(failure.remedy()).contains("chmod 600 " + pem);
  }

  @Test
  void aShortKeyIsRefused(@TempDir Path dir) throws Exception {
    Path pem = pem(dir, "PRIVATE KEY", rsa(1024).getPrivate().getEncoded());
    Failure failure = badKey(pem);
    assertThat(failure.getMessage()).contains("an RSA key of 1,024 bits");
    assertThat(failure.remedy()).contains("2,048 bits");
  }

  @Test
  void aPipeIsNoKey(@TempDir Path dir) throws Exception {
    Path pipe = dir.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start().waitFor())
        .isZero();
    assertThat(badKey(pipe).getMessage()).contains("it is no file of that kind");
  }

  private static Failure badKey(Path key) throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> OrgFixture.connect(jwt(server, key), wait -> {}));
      assertThat(failure.code()).isEqualTo("ORG_KEY");
      assertThat(server.seen(TOKEN)).isEmpty();
      return failure;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://acme.my.salesforce.com",
        "http://127.0.0.1.acme.com",
        "https://acme my.salesforce.com",
        "https://user:word@acme.my.salesforce.com",
        "acme.my.salesforce.com",
        "ftp://acme.my.salesforce.com",
        "https://"
      })
  void refusesATokenForAnAddressThatIsNotSafe(String instance) throws Exception {
    try (ScriptedServer server = new ScriptedServer()) {
      server.on(
          TOKEN,
          ScriptedServer.json(
              200,
              "{\"access_token\":\"T1\",\"instance_url\":\"%s\",\"id\":\"%s/id/00D000000000001EAA/005000000000001AAA\"}"
                  .formatted(instance, server.url())));
      Failure failure =
          catchThrowableOfType(
              Failure.class,
              () ->
                  OrgFixture.connect(
                      OrgFixture.config(server.url(), Duration.ofSeconds(20)), wait -> {}));
      assertThat(failure.code()).isEqualTo("ORG_ADDRESS");
      assertThat(failure.getMessage()).doesNotContain("word");
      assertThat(server.seen(TOKEN)).hasSize(1);
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
    return rsa(2048);
  }

  private static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static Path pem(Path dir, String kind, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Path file = dir.resolve("key.pem");
    PrivateFile.write(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, body, kind));
    return file;
  }
}
