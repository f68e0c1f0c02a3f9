package io.initload.salesforce.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.initload.salesforce.OrgFixture;
import io.initload.salesforce.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the wire does with what its receiver leaves of a body. */
@Tag("system")
class HttpWireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int HEAD = 1_000;

  private ScriptedServer server;
  private HttpWire wire;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    wire = new HttpWire(OrgFixture.config(server.url(), PATIENCE).http());
  }

  @AfterEach
  void stop() {
    wire.close();
    server.close();
  }

  @Test
  void whatIsLeftOfAnEndlessBodyIsNotRead() throws Exception {
    server.on("GET /endless", HttpWireTest::pour);
    assertThat(this.<byte[]>get("/endless", body -> body.readNBytes(HEAD))).hasSize(HEAD);
    assertThatThrownBy(() -> get("/endless", HttpWireTest::refuse)).hasMessage("enough");
    server.on("GET /well", ScriptedServer.json(200, "{}"));
    assertThat(text("/well")).isEqualTo("{}");
  }

  @Test
  void aConnectionIsUsedAgainWhenNothingIsLeft() throws Exception {
    server.on("GET /announced", ScriptedServer.json(200, "x".repeat(HEAD)));
    server.on("GET /empty", ScriptedServer.json(200, ""));
    for (int i = 0; i < 3; i++) {
      // to its last byte, and not to its end
      assertThat(this.<byte[]>get("/announced", body -> body.readNBytes(HEAD))).hasSize(HEAD);
      assertThatThrownBy(() -> get("/announced", HttpWireTest::refuse)).hasMessage("enough");
      assertThat(text("/announced")).hasSize(HEAD);
      String none = get("/empty", body -> "not looked at");
      assertThat(none).isEqualTo("not looked at");
    }
    assertThat(server.ports()).hasSize(1);
  }

  private static void pour(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(400, 0);
    byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    while (!Thread.currentThread().isInterrupted()) {
      exchange.getResponseBody().write(block);
    }
  }

  private static Object refuse(InputStream body) throws IOException {
    assertThat(body.readNBytes(HEAD)).hasSize(HEAD);
    throw new IOException("enough");
  }

  private String text(String path) throws Exception {
    return get(path, body -> new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }

  private <T> T get(String path, RestClient.Sink<T> sink) throws Exception {
    Wire.Request request =
        new Wire.Request("GET", URI.create(server.url() + path), Map.of(), Upload.NONE);
    return wire.exchange(request, answer -> sink.take(answer.body()));
  }
}
