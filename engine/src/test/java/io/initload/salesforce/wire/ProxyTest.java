package io.initload.salesforce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.AuthConfig;
import io.initload.config.Secret;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import io.initload.salesforce.Org;
import io.initload.salesforce.OrgFixture;
import io.initload.salesforce.ScriptedServer;
import io.initload.simulator.OrgAddress;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("system")
class ProxyTest {
  @Test
  void callsGoThroughTheProxyThatTheSelectorNames() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer()) {
      // Nothing listens there: who passes the proxy by reaches nobody.
      String host = "http://127.0.0.1:1";
      proxy.on(
          "POST /services/oauth2/token",
          ScriptedServer.json(
              200,
              """
              {"access_token":"T","instance_url":"http://127.0.0.1:1",
               "id":"http://127.0.0.1:1/id/00D000000000001EAA/005000000000001AAA"}\
              """));
      proxy.on("GET " + OrgFixture.API + "/limits", ScriptedServer.json(200, "{}"));
      TargetConfig config = OrgFixture.config(host, Duration.ofSeconds(20));
      ProxySelector selector =
          ProxySelector.of(
              InetSocketAddress.createUnresolved("127.0.0.1", URI.create(proxy.url()).getPort()));
      try (Org org =
          Org.connect(
              config,
              Clock.fixed(OrgFixture.NOW, ZoneOffset.UTC),
              wait -> {},
              new SplittableRandom(1),
              Audit.NONE,
              new HttpWire(config.http(), selector))) {
        assertThat(org.limits().allowances()).isEmpty();
      }
      assertThat(proxy.seen("GET " + OrgFixture.API + "/limits")).hasSize(1);
    }
  }

  @Test
  void encryptedCallsGoThroughATunnelAndUseItAgain() throws Exception {
    try (SimulatedOrg simulator =
            SimulatedOrg.start(OrgOptions.defaults().tls(OrgAddress.Tls.SELF_SIGNED));
        TunnelProxy proxy = new TunnelProxy()) {
      URI login = URI.create(simulator.loginUrl());
      URI instance = URI.create(simulator.instanceUrl());
      TargetConfig config =
          TargetConfigs.of(
                  simulator.loginUrl(),
                  new AuthConfig.ClientCredentials(
                      simulator.clientId(), new Secret(simulator.clientSecret())))
              .instance(instance.getAuthority())
              .build();
      try (Org org =
          Org.connect(
              config,
              Clock.systemUTC(),
              wait -> {},
              new SplittableRandom(1),
              Audit.NONE,
              trusting(simulator, config, ProxySelector.of(proxy.address())))) {
        for (int i = 0; i < 3; i++) {
          assertThat(org.limits().allowances()).isNotEmpty();
        }
      }
      assertThat(proxy.asked())
          .containsExactlyInAnyOrder(
              "CONNECT " + login.getAuthority() + " HTTP/1.1",
              "CONNECT " + instance.getAuthority() + " HTTP/1.1");
    }
  }

  /** A wire of a process that trusts the simulator's own certificate, and nothing else. */
  private static HttpWire trusting(
      SimulatedOrg simulator, TargetConfig config, ProxySelector selector) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("org", simulator.tls().orElseThrow().certificate());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    SSLContext before = SSLContext.getDefault();
    SSLContext.setDefault(context);
    try {
      return new HttpWire(config.http(), selector);
    } finally {
      SSLContext.setDefault(before);
    }
  }

  @Test
  void oneConnectionServesOneCallAfterTheOther() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + OrgFixture.API + "/limits",
          ScriptedServer.json(200, "{}"),
          ScriptedServer.error(503, "SERVER_UNAVAILABLE", "busy"),
          ScriptedServer.json(200, "{}"));
      for (int i = 0; i < 4; i++) {
        fixture.org.limits();
      }
      assertThat(fixture.server.seen("GET " + OrgFixture.API + "/limits")).hasSize(5);
      assertThat(fixture.server.ports()).as("login, answers and refusals").hasSize(1);
    }
  }

  @ParameterizedTest(name = "{0}={1}, not {2}: {3} by {4}")
  @CsvSource({
    "HTTPS_PROXY, http://proxy:3128, '', https://acme.my.salesforce.com/, proxy:3128",
    "https_proxy, proxy:3128, '', https://acme.my.salesforce.com/, proxy:3128",
    "HTTPS_PROXY, http://proxy, '', https://acme.my.salesforce.com/, proxy:80",
    "ALL_PROXY, http://proxy:1, '', https://acme.my.salesforce.com/, proxy:1",
    "HTTP_PROXY, http://proxy:1, '', https://acme.my.salesforce.com/, direct",
    "HTTP_PROXY, http://proxy:1, '', http://acme.my.salesforce.com/, proxy:1",
    "HTTPS_PROXY, http://proxy:1, salesforce.com, https://acme.my.salesforce.com/, direct",
    "HTTPS_PROXY, http://proxy:1, '*.salesforce.com', https://acme.my.salesforce.com/, direct",
    "HTTPS_PROXY, http://proxy:1, 'force.com, .other', https://acme.my.salesforce.com/, proxy:1",
    "HTTPS_PROXY, http://proxy:1, '*', https://acme.my.salesforce.com/, direct",
    "HTTP_PROXY, http://proxy:1, '', http://127.0.0.1:8080/, direct",
    "HTTP_PROXY, http://proxy:1, '', http://localhost:8080/, direct"
  })
  void theEnvironmentIsReadAsOtherToolsReadIt(
      String name, String value, String noProxy, String address, String expected) {
    Proxy proxy =
        Proxies.ofEnvironment(Map.of(name, value, "NO_PROXY", noProxy))
            .select(URI.create(address))
            .get(0);
    String found =
        proxy.address() instanceof InetSocketAddress there
            ? there.getHostString() + ":" + there.getPort()
            : "direct";
    assertThat(found).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://proxy:1080",
        "http://pro xy:1",
        "http://proxy:99999",
        "http://",
        "%",
        "http://me:word@proxy:1"
      })
  void aProxyThatCannotBeUsedIsRefusedAndNotPassedBy(String proxy) {
    ProxySelector selector = Proxies.ofEnvironment(Map.of("ALL_PROXY", proxy));
    assertThatThrownBy(() -> selector.select(URI.create("https://acme.my.salesforce.com/")))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo("ORG_PROXY"));
  }
}
