package io.initload.salesforce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.salesforce.OrgFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Large uploads ask before they send, over a socket whose every byte is in the test's hand. */
@Tag("system")
class ExpectTest {
  private static final int SIZE = 3_000_000;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final HttpWire wire =
      new HttpWire(OrgFixture.config("http://127.0.0.1:1", Duration.ofSeconds(20)).http());
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    wire.close();
    server.close();
  }

  @Test
  void aRefusalComesBeforeTheBodyAndIsRead() throws Exception {
    serve("HTTP/1.1 401 Unauthorized\r\nContent-Length: 5\r\n\r\nhello", 0);
    assertThat(put()).isEqualTo("401 hello");
    assertThat(received()).contains("Expect: 100-continue").contains("Content-Length: 3000000");
    assertThat(received()).isEqualTo("body 0");
  }

  @Test
  void aRefusalThatHangsUpIsReadToo() throws Exception {
    serve("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", 0);
    assertThat(put()).isEqualTo("400 hello");
  }

  @Test
  void theBodyFollowsTheGoAhead() throws Exception {
    serve("HTTP/1.1 100 Continue\r\n\r\n", SIZE);
    assertThat(put()).isEqualTo("201 ");
    received();
    assertThat(received()).isEqualTo("body " + SIZE);
  }

  @Test
  void aServerThatHangsUpInTheMiddleLeavesTheOutcomeOpen() throws Exception {
    serve("HTTP/1.1 100 Continue\r\n\r\n", 100_000);
    assertThatThrownBy(this::put)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Wire.UnsentException.class);
  }

  /** What the server read next; it may still be at it when the client has its answer. */
  private String received() throws InterruptedException {
    return received.poll(60, TimeUnit.SECONDS);
  }

  private String put() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x");
    Upload body = Upload.bytes(new byte[SIZE], Upload.Encoding.IDENTITY);
    return wire.exchange(
        new Wire.Request("PUT", uri, Map.of(), body),
        answer ->
            answer.status()
                + " "
                + new String(answer.body().readAllBytes(), StandardCharsets.US_ASCII));
  }

  /** Answers one request's head, reads so much of the body, and answers 201 when that was all. */
  private void serve(String toTheHead, int bodyBytes) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                received.add(head(in));
                socket.getOutputStream().write(toTheHead.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                received.add("body " + in.readNBytes(bodyBytes).length);
                if (bodyBytes == SIZE) {
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
                              .getBytes(StandardCharsets.US_ASCII));
                } else if (bodyBytes == 0) {
                  // stay until the client has read and gone, so that nothing is reset too early
                  socket.shutdownOutput();
                  in.readAllBytes();
                }
              } catch (IOException e) {
                received.add(String.valueOf(e));
              }
            },
            "expect-test-server");
    thread.setDaemon(true);
    thread.start();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int one = in.read();
      if (one < 0) {
        break;
      }
      head.append((char) one);
    }
    return head.toString();
  }
}
