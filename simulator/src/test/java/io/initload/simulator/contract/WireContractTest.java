package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 33 and 34: HTTP itself. */
@ExtendWith(Rows.class)
@Tag("system")
class WireContractTest {
  @Test
  void row33_uploadsMayBeChunkedOrHaveALength() {
    try (Org org = Org.open()) {
      byte[] csv = "Name\nx\n".getBytes(StandardCharsets.UTF_8);
      String sized = org.open("Account", "insert");
      assertThat(org.upload(sized, BodyPublishers.ofByteArray(csv)).statusCode()).isEqualTo(201);
      org.state(sized, "Aborted");
      String chunked = org.open("Account", "insert");
      assertThat(
              org.upload(chunked, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(csv)))
                  .statusCode())
          .isEqualTo(201);
      org.state(chunked, "Aborted");
      String waiting = org.open("Account", "insert");
      HttpResponse<String> continued =
          org.send(
              org.request("jobs/ingest/" + waiting + "/batches")
                  .header("Content-Type", "text/csv")
                  .expectContinue(true)
                  .PUT(BodyPublishers.ofByteArray(csv)));
      assertThat(continued.statusCode()).isEqualTo(201);
      org.state(waiting, "Aborted");
    }
  }

  @Test
  void row33_anExpiredTokenIsToldBeforeTheBodyIsSent() throws IOException {
    try (Org org = Org.open()) {
      String job = org.open("Account", "insert");
      try (RawSocket socket = new RawSocket(URI.create(org.instanceUrl()))) {
        socket.send(
            "PUT /services/data/v60.0/jobs/ingest/%s/batches HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer garbage\r\nContent-Type: text/csv\r\nExpect: 100-continue\r\nContent-Length: 90000000\r\n\r\n"
                .formatted(job, URI.create(org.instanceUrl()).getHost()));
        assertThat(socket.statusLine()).contains(" 401 ");
      }
      org.state(job, "Aborted");
    }
  }

  @Test
  void row33_aTokenThatDiesInTheMiddleLeavesTheJobAsItWas() {
    if (Org.isReal()) {
      return;
    }
    try (Org org = Org.simulated(OrgOptions.defaults())) {
      String job = org.open("Account", "insert");
      org.simulator().faults(FaultPlan.on("ingest.upload", 1, new Fault.TokenRevoked(300_000)));
      byte[] csv = ("Name\n" + "x\n".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
      try {
        assertThat(org.upload(job, BodyPublishers.ofByteArray(csv)).statusCode()).isEqualTo(401);
      } catch (UncheckedIOException reset) {
        assertThat(org.get("limits").statusCode())
            .as("reset instead of the answer: ask again")
            .isEqualTo(401);
      }
      Org again = org.with(org.simulator().accessToken());
      assertThat(again.job(job).path("state").asText()).isEqualTo("Open");
      assertThat(again.upload(job, BodyPublishers.ofByteArray(csv)).statusCode())
          .as("from byte 0")
          .isEqualTo(201);
    }
  }

  @Test
  void row34_wrongMethodsVersionsAndHeadersAreRefused() throws IOException {
    try (Org org = Org.open()) {
      HttpResponse<String> method = org.send("PUT", "limits", "{}");
      assertThat(method.statusCode()).isEqualTo(405);
      assertThat(Org.error(method).path("errorCode").asText()).isEqualTo("METHOD_NOT_ALLOWED");
      assertThat(Org.error(method).path("message").asText())
          .contains("not allowed. Allowed are ")
          .contains("GET");
      assertThat(org.get("/services/data/v30.0/limits").statusCode()).isEqualTo(410);
      assertThat(org.get("/services/data/v999.0/limits").statusCode()).isEqualTo(404);
      assertThat(org.get("no/such/thing").statusCode()).isEqualTo(404);
      assertThat(org.get("//services//data//v60.0//limits").statusCode())
          .as("doubled slashes")
          .isEqualTo(200);
      try (RawSocket socket = new RawSocket(URI.create(org.instanceUrl()))) {
        socket.send(
            "GET /services/data/v60.0/limits HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nX-Large: %s\r\n\r\n"
                .formatted(
                    URI.create(org.instanceUrl()).getHost(), org.token(), "x".repeat(20_000)));
        assertThat(socket.statusLine()).contains(" 431 ");
      }
    }
  }

  /** A body that comes when its request is answered must not take the connection with it. */
  @Test
  void aBodyThatNobodyAskedForLeavesTheConnectionOpen() throws Exception {
    try (Org org = Org.open();
        RawSocket socket = new RawSocket(URI.create(org.instanceUrl()))) {
      String head =
          "HEAD /services/data/v60.0/limits HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: 2\r\n\r\n"
              .formatted(URI.create(org.instanceUrl()).getHost(), org.token());
      for (int request = 0; request < 5; request++) {
        socket.send(head);
        TimeUnit.MILLISECONDS.sleep(20); // enough for an answer that does not wait for the body
        socket.send("{}");
        assertThat(socket.statusLine()).as("request " + request).contains(" 200 ");
      }
    }
  }
}
