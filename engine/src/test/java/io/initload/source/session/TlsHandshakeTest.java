package io.initload.source.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.simulator.tls.TlsIdentity;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceFailure;
import io.initload.source.SourceFailure.Action;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drivers of Oracle and PostgreSQL say of all of it that it is recoverable. */
@Tag("system")
class TlsHandshakeTest {
  private static final String ORACLE =
      "jdbc:oracle:thin:@tcps://127.0.0.1:%d/FREE?oracle.net.ssl_server_dn_match=false";

  private static final String POSTGRES =
      "jdbc:postgresql://127.0.0.1:%d/x?sslmode=verify-ca"
          + "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";

  /** What a server does with a client that wants to talk TLS. */
  private interface Answer {
    void to(Socket client) throws IOException;
  }

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {ORACLE, POSTGRES})
  void aCertificateThatNobodyTrustsIsConfiguration(String url) throws GeneralSecurityException {
    SSLContext context = context();
    SourceFailure failure = open(url, client -> handshake(context, client));
    isConfiguration(failure);
    assertThat(failure).hasMessageContaining("unable to find valid certification path");
  }

  @ParameterizedTest
  @ValueSource(strings = {ORACLE, POSTGRES})
  void aServerWithoutTlsIsConfiguration(String url) {
    isConfiguration(
        open(
            url,
            client -> {
              client.getInputStream().read();
              client.getOutputStream().write("this is no TLS".getBytes(StandardCharsets.US_ASCII));
              client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }));
  }

  @ParameterizedTest
  @ValueSource(strings = {ORACLE, POSTGRES})
  void aConnectionThatBreaksMeanwhilePasses(String url) {
    SourceFailure failure = open(url, client -> client.getInputStream().read());
    assertThat(failure.action()).isEqualTo(Action.READ_AGAIN);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.TRANSIENT);
  }

  @Test
  void aPostgresThatDeclinesTlsIsConfiguration() {
    listening(
        client -> {
          client.getInputStream().readNBytes(8);
          client.getOutputStream().write('N');
          client.getInputStream().read();
        });
    isConfiguration(opening(POSTGRES));
  }

  @Test
  void filesOfTlsThatAreNotThereAreConfiguration() {
    String nowhere = "jdbc:postgresql://127.0.0.1:%d/x?sslmode=verify-ca&sslrootcert=/no/such.crt";
    SourceFailure failure = open(nowhere, client -> client.getInputStream().read());
    isConfiguration(failure);
    assertThat(failure).hasMessageContaining("/no/such.crt");
  }

  private static void isConfiguration(SourceFailure failure) {
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo("SOURCE_CONNECT");
    assertThat(failure.action()).isEqualTo(Action.STOP);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.CONFIGURATION);
    assertThat(failure.reach()).isEqualTo(Failure.Reach.RUN);
    assertThat(failure.remedy()).contains("source.url");
  }

  /** PostgreSQL asks in plain text first whether TLS may begin. */
  private SourceFailure open(String url, Answer answer) {
    listening(
        client -> {
          if (!url.equals(ORACLE)) {
            client.getInputStream().readNBytes(8);
            client.getOutputStream().write('S');
          }
          answer.to(client);
        });
    return opening(url);
  }

  private void listening(Answer answer) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  answer.to(client);
                } catch (IOException e) {
                  // The client went away, or the test is over.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private SourceFailure opening(String url) {
    SourceConfig config =
        SourceConfigs.of(url.formatted(server.getLocalPort()), "scott", "t1ger")
            .sessions(1)
            .build();
    SourceFailure[] failure = new SourceFailure[1];
    assertThatThrownBy(() -> SourceDatabase.open(config))
        .isInstanceOfSatisfying(SourceFailure.class, f -> failure[0] = f);
    return failure[0];
  }

  private static void handshake(SSLContext context, Socket client) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(client, "127.0.0.1", client.getPort(), false);
    tls.setUseClientMode(false);
    tls.startHandshake();
  }

  private static SSLContext context() throws GeneralSecurityException {
    char[] password = "unimportant".toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(TlsIdentity.create(Clock.systemUTC()).keyStore(password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
