package io.initload.simulator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.OrgAddress;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class TlsIdentityTest {
  @Test
  void clientsThatTrustTheCertificateTalkToTheOrg() throws Exception {
    try (SimulatedOrg org =
        SimulatedOrg.start(OrgOptions.defaults().tls(OrgAddress.Tls.SELF_SIGNED))) {
      assertThat(org.instanceUrl()).startsWith("https://127.0.0.1:");
      assertThat(org.loginUrl()).startsWith("https://127.0.0.1:");
      TlsIdentity identity = org.tls().orElseThrow();
      HttpRequest versions =
          HttpRequest.newBuilder(URI.create(org.instanceUrl() + "/services/data")).build();
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(trusting(identity.pem()))
              .build()
              .send(versions, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"version\":\"60.0\"");
      HttpRequest byName =
          HttpRequest.newBuilder(
                  URI.create(
                      org.instanceUrl().replace("127.0.0.1", "localhost") + "/services/data"))
              .build();
      assertThat(
              HttpClient.newBuilder()
                  .sslContext(trusting(identity.pem()))
                  .build()
                  .send(byName, BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> HttpClient.newHttpClient().send(versions, BodyHandlers.ofString()))
          .isInstanceOf(SSLException.class);
    }
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "org",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
