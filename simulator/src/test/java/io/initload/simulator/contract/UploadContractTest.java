package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.http.WireRules.UploadGzip;
import io.initload.simulator.limits.Allocations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 8 to 12: bytes on the wire. */
@ExtendWith(Rows.class)
@Tag("system")
class UploadContractTest {
  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static HttpResponse<String> uploadGzip(Org org, String job, byte[] body) {
    return org.send(
        org.request("jobs/ingest/" + job + "/batches")
            .header("Content-Type", "text/csv")
            .header("Content-Encoding", "gzip")
            .PUT(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void row08_uploadsBeyondTheLimitAreRefused() {
    Allocations small = Allocations.fullSandbox().withUploadBytes(10_000);
    try (Org org = Org.simulated(OrgOptions.defaults().allocations(small))) {
      String job = org.open("Account", "insert");
      HttpResponse<String> large = org.upload(job, "Name\n" + "0123456789\n".repeat(1_000));
      assertThat(large.statusCode()).isEqualTo(400);
      assertThat(Org.error(large).path("message").asText())
          .contains("Exceeded max size limit of 10000");
      assertThat(org.job(job).path("state").asText()).isEqualTo("Open");
      assertThat(
              org.upload(org.open("Account", "insert"), "Name\n" + "0123456789\n".repeat(900))
                  .statusCode())
          .isEqualTo(201);
    }
  }

  /** 400,000 characters a row; the euro sign is one of them and three bytes. */
  @Test
  void aRowMayBe400000CharactersLong() {
    try (Org org = Org.simulated(OrgOptions.defaults())) {
      String header = "Name,Description\n";
      String fits = "A," + "\u20ac".repeat(399_998) + "\n";
      String longer = "A," + "x".repeat(399_999) + "\n";
      JsonNode taken = org.job(org.load("Account", "insert", "", header + fits));
      assertThat(taken.path("state").asText()).isEqualTo("JobComplete");
      JsonNode refused = org.job(org.load("Account", "insert", "", header + "B,b\n" + longer));
      assertThat(refused.path("state").asText()).isEqualTo("Failed");
      assertThat(refused.path("errorMessage").asText())
          .isEqualTo("ClientInputError : A row is longer than 400000 characters");
    }
  }

  /** The probe of a careful client: one row with an id that does not exist. */
  private static JsonNode probe(Org org, byte[] body) {
    String job = org.open("Account", "update");
    HttpResponse<String> put = uploadGzip(org, job, body);
    if (put.statusCode() != 201) {
      return Org.error(put);
    }
    org.state(job, "UploadComplete");
    return org.await("jobs/ingest/" + job);
  }

  @Test
  void row09_gzipUploadsAreDecodedRejectedOrStoredRaw() throws IOException {
    byte[] body = gzip("Id,Name\n001000000000001AAA,probe\n");
    WireRules usual = WireRules.defaults();
    for (UploadGzip mode : UploadGzip.values()) {
      WireRules rules =
          new WireRules(
              mode,
              usual.createStatus(),
              usual.limitInfo(),
              usual.multipartMax(),
              usual.recordCountLag());
      try (Org org = Org.simulated(OrgOptions.defaults().wire(rules))) {
        JsonNode outcome = probe(org, body);
        switch (mode) {
          case DECODE -> {
            assertThat(outcome.path("state").asText()).isEqualTo("JobComplete");
            assertThat(outcome.path("numberRecordsProcessed").asInt()).isEqualTo(1);
            assertThat(outcome.path("numberRecordsFailed").asInt()).isEqualTo(1);
            List<List<String>> failed = org.results(outcome.path("id").asText(), "failedResults");
            assertThat(Csv.column(failed, "Name")).containsExactly("probe");
          }
          case REJECT -> assertThat(outcome.path("errorCode").asText()).isNotEmpty();
          case STORE_RAW -> {
            boolean failed = outcome.path("state").asText().equals("Failed");
            assertThat(failed || outcome.path("numberRecordsProcessed").asInt() == 0).isTrue();
          }
        }
      }
    }
  }

  @Test
  void row10_gzipThatIsNoneIsNamed() {
    try (Org org = Org.open()) {
      HttpResponse<String> refused =
          org.send(
              org.request("jobs/ingest")
                  .header("Content-Type", "application/json")
                  .header("Content-Encoding", "gzip")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"object\":\"Account\",\"operation\":\"insert\"}")));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(Org.error(refused).path("errorCode").asText()).isEqualTo("UNKNOWN_EXCEPTION");
      assertThat(Org.error(refused).path("message").asText())
          .isEqualTo(
              "The Content-Encoding of the message specifices GZIP, but the data is not in valid GZIP format");
    }
  }

  @Test
  void row10_gzipJsonIsAccepted() throws IOException {
    try (Org org = Org.open()) {
      HttpResponse<String> created =
          org.send(
              org.request("jobs/ingest")
                  .header("Content-Type", "application/json")
                  .header("Content-Encoding", "gzip")
                  .POST(
                      BodyPublishers.ofByteArray(
                          gzip("{\"object\":\"Account\",\"operation\":\"insert\"}"))));
      assertThat(created.statusCode()).isBetween(200, 201);
      org.state(Org.json(created).path("id").asText(), "Aborted");
    }
  }

  @Test
  void row11_answersAreCompressedWhenAskedFor() throws IOException {
    try (Org org = Org.open()) {
      String job = org.upsert("Account", "External_ID__c,Name\n" + org.key("row11") + ",x\n");
      String path = "jobs/ingest/" + job + "/successfulResults";
      HttpResponse<byte[]> plain = org.sendForBytes(org.request(path).GET());
      HttpResponse<byte[]> packed =
          org.sendForBytes(org.request(path).header("Accept-Encoding", "gzip").GET());
      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(packed.headers().firstValue("Content-Length")).as("chunked").isEmpty();
      byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
      assertThat(new String(unpacked, StandardCharsets.UTF_8))
          .isEqualTo(new String(plain.body(), StandardCharsets.UTF_8));
      assertThat(plain.headers().firstValue("Content-Type").orElse(""))
          .isEqualToIgnoringCase("text/csv; charset=UTF-8");
    }
  }

  private static void assertFailed(Org org, String job, int rows) {
    JsonNode info = org.job(job);
    assertThat(info.path("state").asText()).isEqualTo("Failed");
    assertThat(info.path("numberRecordsProcessed").asInt()).isZero();
    assertThat(info.path("numberRecordsFailed").asInt()).isZero();
    assertThat(org.results(job, "successfulResults")).hasSize(1);
    assertThat(org.results(job, "failedResults")).hasSize(1);
    if (!Org.isReal()) {
      assertThat(org.results(job, "unprocessedrecords")).hasSize(rows + 1);
    }
  }

  @Test
  void row12_headersMustFitTheObject() {
    try (Org org = Org.open()) {
      String unknown = org.load("Account", "insert", "", "Name,Nope__c\nx,1\ny,2\n");
      assertFailed(org, unknown, 2);
      assertThat(org.job(unknown).path("errorMessage").asText())
          .isEqualTo("InvalidBatch : InvalidBatch : Field name not found : Nope__c");
      String marked = org.load("Account", "insert", "", "\uFEFFName\nx\n");
      if (!Org.isReal()) {
        assertFailed(org, marked, 1);
        assertThat(org.job(marked).path("errorMessage").asText())
            .startsWith("InvalidBatch : InvalidBatch : Field name not found : ");
      }
    }
  }

  @Test
  void row12_lineEndingsMustBeTheJobs() {
    try (Org org = Org.open()) {
      String crlf = org.load("Account", "insert", "", "Name\r\nx\r\n");
      assertFailed(org, crlf, 1);
      assertThat(org.job(crlf).path("errorMessage").asText())
          .isEqualTo(
              "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF");
      String lf = org.load("Account", "insert", "\"lineEnding\":\"CRLF\"", "Name\nx\n");
      assertFailed(org, lf, 1);
      assertThat(org.job(lf).path("errorMessage").asText())
          .isEqualTo(
              "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF");
    }
  }
}
