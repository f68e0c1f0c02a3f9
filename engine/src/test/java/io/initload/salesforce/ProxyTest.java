package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.TargetConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProxyTest {
  @Test
  void callsGoThroughTheProxyThatTheSelectorNames() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer()) {
      String host = "http://org.example.test";
      proxy.on(
          "POST /services/oauth2/token",
          ScriptedServer.json(
              200,
              """
              {"access_token":"T","instance_url":"http://org.example.test",
               "id":"http://org.example.test/id/00D000000000001EAA/005000000000001AAA"}"""));
      proxy.on("GET " + OrgFixture.API + "/limits", ScriptedServer.json(200, "{}"));
      TargetConfig config = OrgFixture.config(host, Duration.ofSeconds(20));
      ProxySelector selector =
          ProxySelector.of(
              new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), URI.create(proxy.url()).getPort()));
      try (Org org =
          Org.connect(
              config,
              Clock.fixed(OrgFixture.NOW, ZoneOffset.UTC),
              wait -> {},
              new SplittableRandom(1),
              new HttpWire(config.http(), selector))) {
        assertThat(org.limits().allowances()).isEmpty();
      }
      assertThat(proxy.seen("GET " + OrgFixture.API + "/limits")).hasSize(1);
    }
  }
}
