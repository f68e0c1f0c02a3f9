package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bad input is answered and never ends the org. Goal: whatever arrives, the next good request still
 * works, every job still ends, and all its rows are accounted for. Method: bytes drawn from a seed,
 * which failures print; {@code -Dseed=N} replays one.
 */
@Tag("system")
class FuzzTest {
  private static final long SEED = Long.getLong("seed", 8817L);
  private static final int ROUNDS = 150;

  private static SimulatedOrg org;
  private static RawClient client;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void open() {
    org = SimulatedOrg.start();
    client = RawClient.of(org);
  }

  @AfterAll
  static void close() {
    org.close();
  }

  private static void assertAlive(String after) {
    assertThat(client.get("limits").statusCode())
        .as("after %s, seed %d", after, SEED)
        .isEqualTo(200);
  }

  private byte[] garbage(int most) {
    byte[] bytes = new byte[random.nextInt(most) + 1];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String exchange(byte[] request) {
    URI instance = URI.create(org.instanceUrl());
    try (Socket socket = new Socket(instance.getHost(), instance.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(1 << 16), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void garbageOnTheSocketIsSurvived() {
    for (int i = 0; i < ROUNDS; i++) {
      exchange(garbage(2000));
    }
    for (String line :
        List.of("GET", "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "PUT /x HTTP/1.1\r\n\r\n")) {
      exchange(line.getBytes(StandardCharsets.ISO_8859_1));
    }
    assertAlive("garbage");
  }

  @Test
  void giantHeadersAndAddressesAreRefused() {
    String header =
        "GET /services/data/v60.0/limits HTTP/1.1\r\nHost: x\r\nX-Big: "
            + "a".repeat(20_000)
            + "\r\n\r\n";
    assertThat(exchange(header.getBytes(StandardCharsets.ISO_8859_1))).startsWith("HTTP/1.1 431 ");
    String address = "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    assertThat(exchange(address.getBytes(StandardCharsets.ISO_8859_1))).startsWith("HTTP/1.1 414 ");
    assertAlive("giant headers");
  }

  @Test
  void pathTricksLeadNowhere() {
    for (String path :
        List.of(
            "/services/data/v60.0/../../../etc/passwd",
            "/services/data/v60.0/jobs/ingest/..%2f..%2fseed",
            "/services/data/v60.0/jobs/ingest/%2e%2e/batches",
            "/services/data/v60.0/sobjects/%00/describe",
            "/services/data/v60.0/sobjects/Account%2fdescribe",
            "/services/data/v999999999999.0/limits",
            "/services/data/v60.0/%zz",
            "/services/data/v60.0/jobs/ingest/750" + "z".repeat(15),
            "//services//..//data;x=1",
            "*")) {
      String answer =
          exchange(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                      + org.accessToken()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
      assertThat(answer).as(path).doesNotContain("root:");
    }
    assertAlive("path tricks");
  }

  @Test
  void brokenGzipIsNamed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(JobStatesTest.accounts(0, 1000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    for (int i = 0; i < 20; i++) {
      byte[] bad = whole.clone();
      if (i % 2 == 0) {
        bad = Arrays.copyOf(bad, 1 + random.nextInt(bad.length - 1));
      } else {
        bad[10 + random.nextInt(bad.length - 18)] ^= (byte) (1 + random.nextInt(255));
      }
      String job = client.create("Account", "insert");
      HttpResponse<String> response =
          client.send(
              client
                  .request("jobs/ingest/" + job + "/batches")
                  .header("Content-Type", "text/csv")
                  .header("Content-Encoding", "gzip")
                  .PUT(BodyPublishers.ofByteArray(bad))
                  .build());
      assertThat(response.statusCode()).as("round %d, seed %d", i, SEED).isEqualTo(400);
      assertThat(response.body()).contains("UNKNOWN_EXCEPTION", "specifices GZIP");
      assertThat(client.state(job, "Aborted").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyJobEndsAndItsRowsAreAccountedFor() {
    String alphabet = "a,\"\n\r;\t #N/A0.\u00e9\u20ac\u0000";
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder csv = new StringBuilder("External_ID__c,Name\n");
      int length = random.nextInt(3000);
      for (int c = 0; c < length; c++) {
        csv.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      checkEnd(i, csv.toString().getBytes(StandardCharsets.UTF_8));
      checkEnd(i, garbage(3000));
    }
    assertAlive("drawn uploads");
  }

  private void checkEnd(int round, byte[] upload) {
    String job = client.create("Account", "upsert", "externalIdFieldName", "External_ID__c");
    assertThat(client.upload(job, BodyPublishers.ofByteArray(upload)).statusCode()).isEqualTo(201);
    client.state(job, "UploadComplete");
    JsonNode info = client.await(job);
    String as = "round " + round + ", seed " + SEED + ": " + info;
    assertThat(info.path("errorMessage").asText()).as(as).doesNotContain("InternalServerError");
    if (info.path("state").asText().equals("JobComplete")) {
      long rows =
          org.jobs().stream().filter(j -> j.id().equals(job)).findFirst().orElseThrow().rows();
      assertThat(info.path("numberRecordsProcessed").asLong()).as(as).isEqualTo(rows);
    }
    client.delete("jobs/ingest/" + job);
  }

  @Test
  void aQuoteThatIsNeverClosedFailsItsRow() {
    String job =
        client.load(
            "Account",
            "upsert",
            "External_ID__c",
            "External_ID__c,Name\nopen-1,Good\nopen-2,\"never\nopen-3,lost\n");
    assertThat(client.job(job).path("numberRecordsProcessed").asInt()).isEqualTo(2);
    assertThat(client.job(job).path("numberRecordsFailed").asInt()).isEqualTo(1);
    assertThat(client.failed(job)).contains("Found unescaped quote");
  }

  @Test
  void tenThousandColumnsFailTheJob() {
    String header =
        IntStream.range(0, 10_000).mapToObj(i -> "C" + i).collect(Collectors.joining(","));
    String job = client.load("Account", "insert", "", header + "\n" + ",".repeat(9_999) + "\n");
    assertThat(client.job(job).path("state").asText()).isEqualTo("Failed");
    assertThat(client.job(job).path("errorMessage").asText()).startsWith("ClientInputError : ");
    assertAlive("ten thousand columns");
  }

  @Test
  void invalidUtf8IsReplaced() {
    byte[] csv = "External_ID__c,Name\nutf,A?B\n".getBytes(StandardCharsets.UTF_8);
    csv[new String(csv, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xff;
    String job = client.create("Account", "upsert", "externalIdFieldName", "External_ID__c");
    client.upload(job, BodyPublishers.ofByteArray(csv));
    client.state(job, "UploadComplete");
    client.await(job);
    assertThat(org.records("Account").byExternalId("External_ID__c", "utf").orElseThrow().values())
        .containsEntry("Name", "A\uFFFDB");
  }

  @Test
  void garbageJsonIsRefused() {
    for (int i = 0; i < ROUNDS; i++) {
      HttpResponse<String> response =
          client.send("POST", "jobs/ingest", new String(garbage(300), StandardCharsets.UTF_8));
      assertThat(response.statusCode()).as("round %d, seed %d", i, SEED).isEqualTo(400);
    }
    for (String json : List.of("", "[]", "null", "{", "[".repeat(5000), "{\"object\":{}}")) {
      assertThat(client.send("POST", "jobs/ingest", json).statusCode()).as(json).isEqualTo(400);
    }
    assertAlive("garbage JSON");
  }
}
