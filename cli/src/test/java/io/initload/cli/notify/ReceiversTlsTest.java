package io.initload.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.tls.TlsIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Word over TLS goes to receivers whose certificates Java trusts, and to no others. */
@Tag("system")
class ReceiversTlsTest {
  private static final String STORE_PASSWORD = "changeit";

  /** The mail server reads its keys once in a process. */
  @TempDir static Path kept;

  private static Path trusted;
  private static TlsIdentity identity;

  private final AtomicInteger posts = new AtomicInteger();

  @TempDir Path directory;
  private GreenMail mail;
  private HttpsServer web;

  @BeforeAll
  static void keys() throws Exception {
    identity = TlsIdentity.create(InstantSource.system());
    Path keys = kept.resolve("mail.p12");
    write(identity.keyStore(STORE_PASSWORD.toCharArray()), keys);
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("mail", identity.certificate());
    trusted = kept.resolve("trusted.p12");
    write(anchors, trusted);
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_FILE_PROPERTY, keys.toString());
    System.setProperty(
        DummySSLServerSocketFactory.GREENMAIL_KEYSTORE_PASSWORD_PROPERTY, STORE_PASSWORD);
  }

  @BeforeEach
  void start() throws Exception {
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    mail.setUser("etl@example.com", "etl", "tiger-mail");
    mail.start();
    web = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setHttpsConfigurator(new HttpsConfigurator(keysOfTheWeb()));
    web.createContext("/hook", this::take);
    web.start();
  }

  private static SSLContext keysOfTheWeb() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    char[] password = STORE_PASSWORD.toCharArray();
    keys.init(identity.keyStore(password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    posts.incrementAndGet();
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static void write(KeyStore store, Path file)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, STORE_PASSWORD.toCharArray());
    }
  }

  @AfterEach
  void stop() {
    mail.stop();
    web.stop(0);
  }

  @Test
  void whoIsNotTrustedGetsNothing() throws Exception {
    try (Site site = site()) {
      Shell.Result run = Launched.start(directory, Map.of(), site.arguments("run")).end().exits(0);
      assertThat(run.err())
          .contains("Nobody could be told by mail", "Nobody could be told by webhook");
      assertThat(posts).hasValue(0);
      assertThat(mail.getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void whoIsTrustedGetsIt() throws Exception {
    try (Site site = site()) {
      String trust =
          "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
              .formatted(trusted, STORE_PASSWORD);
      Launched.start(directory, Map.of("JAVA_TOOL_OPTIONS", trust), site.arguments("run"))
          .end()
          .exits(0);
      assertThat(mail.getReceivedMessages())
          .extracting(message -> message.getSubject())
          .containsExactly("initload crm-history: started", "initload crm-history: done");
      assertThat(posts).hasValue(2);
    }
  }

  private Site site() {
    return Site.open(directory)
        .config(
            text ->
                text
                    + """
                    notify:
                      webhook: {url: "https://127.0.0.1:%d/hook"}
                      mail:
                        host: 127.0.0.1
                        port: %d
                        encryption: tls
                        user: etl
                        password: tiger-mail
                        from: etl@example.com
                        to: etl@example.com
                    """
                        .formatted(web.getAddress().getPort(), mail.getSmtps().getPort()));
  }
}
