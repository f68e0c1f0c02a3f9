package io.initload.salesforce;

import static io.initload.salesforce.OrgFixture.API;
import static io.initload.salesforce.ScriptedServer.csv;
import static io.initload.salesforce.ScriptedServer.error;
import static io.initload.salesforce.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.Sha256;
import io.initload.salesforce.errors.ErrorClass;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.RowError;
import io.initload.salesforce.wire.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("system")
class IngestJobsTest {
  private static final String JOB = "7500000000000001AA";
  private static final String BASE = API + "/jobs/ingest";
  private static final String DATA = "PUT " + BASE + "/" + JOB + "/batches";
  private static final String FAILED = "GET " + BASE + "/" + JOB + "/failedResults";
  private static final String DONE = "GET " + BASE + "/" + JOB + "/successfulResults";

  @TempDir Path dir;

  @Test
  void createsAnUpsertJob() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "POST " + BASE,
          json(
              200,
              """
              {"id":"7500000000000001AA","operation":"upsert","object":"Account",
               "createdById":"005000000000001AAA","createdDate":"2022-01-02T21:33:43.000+0000",
               "systemModstamp":"2022-01-02T21:33:43.000+0000","state":"Open",
               "externalIdFieldName":"Ext__c","concurrencyMode":"Parallel","contentType":"CSV",
               "apiVersion":60.0,"lineEnding":"LF","columnDelimiter":"COMMA",
               "contentUrl":"services/data/v60.0/jobs/ingest/7500000000000001AA/batches"}\
              """));
      JobInfo job = fixture.org.jobs().create(JobRequest.upsert("Account", "Ext__c"));
      assertThat(job.state()).isEqualTo(JobState.OPEN);
      assertThat(job.createdDate()).isEqualTo(Instant.parse("2022-01-02T21:33:43Z"));
      assertThat(job.externalIdField()).isEqualTo("Ext__c");
      assertThat(fixture.server.seen("POST " + BASE).get(0).body())
          .isEqualTo(
              "{\"object\":\"Account\",\"operation\":\"upsert\",\"contentType\":\"CSV\","
                  + "\"lineEnding\":\"LF\",\"columnDelimiter\":\"COMMA\","
                  + "\"externalIdFieldName\":\"Ext__c\"}");
    }
  }

  @Test
  void readsTheCountersOfAFailedJob() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + BASE + "/" + JOB,
          json(
              200,
              """
              {"id":"7500000000000001AA","state":"Failed","jobType":"V2Ingest","retries":2,
               "numberRecordsProcessed":7,"numberRecordsFailed":3,"totalProcessingTime":900,
               "apiActiveProcessingTime":650,"apexProcessingTime":0,"future":{"a":[1]},
               "errorMessage":"InvalidBatch : InvalidBatch : Field name not found : Email"}\
              """));
      JobInfo job = fixture.org.jobs().job(JOB);
      assertThat(job.state().isTerminal()).isTrue();
      assertThat(job.counters().succeeded()).isEqualTo(4);
      assertThat(ErrorCodes.job(job.errorMessage()).errorClass())
          .isEqualTo(ErrorClass.CONFIGURATION);
    }
  }

  @Test
  void uploadsAFileInEachWay() throws Exception {
    String text = "Name\n" + "x".repeat(3_000_000) + "\n";
    Path plain = Files.writeString(dir.resolve("part.csv"), text);
    Path packed = dir.resolve("part.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(DATA, json(201, ""));
      fixture.org.jobs().upload(JOB, Upload.plain(plain));
      fixture.org.jobs().upload(JOB, Upload.inflated(packed, text.length(), Sha256.of(packed)));
      fixture.org.jobs().upload(JOB, Upload.gzip(packed, Sha256.of(packed)));
      List<ScriptedServer.Seen> seen = fixture.server.seen(DATA);
      for (int i = 0; i < 2; i++) {
        assertThat(seen.get(i).header("Content-Length")).isEqualTo("3000006");
        assertThat(seen.get(i).header("Content-Encoding")).isEmpty();
        assertThat(seen.get(i).header("Expect")).isEqualToIgnoringCase("100-continue");
        assertThat(seen.get(i).header("Content-Type")).startsWith("text/csv");
        assertThat(seen.get(i).body()).isEqualTo(text);
      }
      assertThat(seen.get(2).header("Content-Encoding")).isEqualTo("gzip");
      assertThat(seen.get(2).header("Content-Length")).isEqualTo(Long.toString(Files.size(packed)));
      byte[] body = seen.get(2).body().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(new GZIPInputStream(new java.io.ByteArrayInputStream(body)).readAllBytes())
          .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void anEmptyAnswerMayCallItselfGzip() throws Exception {
    Path part = Files.writeString(dir.resolve("part.csv"), "Name\nx\n");
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          DATA,
          exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(201, -1);
          });
      fixture.org.jobs().upload(JOB, Upload.plain(part));
      assertThat(fixture.server.seen(DATA)).hasSize(1);
    }
  }

  @Test
  void anUploadStartsFromTheFirstByteAfterTheSessionEnded() throws Exception {
    Path plain = Files.writeString(dir.resolve("part.csv"), "y".repeat(2_000_000));
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          DATA, error(401, "INVALID_SESSION_ID", "Session expired or invalid"), json(201, ""));
      fixture.server.on("POST /services/oauth2/token", fixture.server.token("T2"));
      fixture.org.jobs().upload(JOB, Upload.plain(plain));
      assertThat(fixture.server.seen(DATA))
          .extracting(seen -> seen.body().length())
          .containsExactly(2_000_000, 2_000_000);
    }
  }

  @Test
  void aStagedFileThatLostItsEndIsOurFault() throws Exception {
    Path packed = dir.resolve("part.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    String sealed = Sha256.of(packed);
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(DATA, json(201, ""));
      for (long wrong : new long[] {7, 9}) {
        assertThatThrownBy(
                () -> fixture.org.jobs().upload(JOB, Upload.inflated(packed, wrong, sealed)))
            .isInstanceOfSatisfying(
                Failure.class, e -> assertThat(e.code()).isEqualTo("UPLOAD_SOURCE"));
      }
      assertThat(fixture.server.seen(DATA)).extracting(ScriptedServer.Seen::body).isEmpty();
    }
    byte[] whole = Files.readAllBytes(packed);
    Files.write(packed, java.util.Arrays.copyOf(whole, whole.length - 9));
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(DATA, json(201, ""));
      assertThatThrownBy(() -> fixture.org.jobs().upload(JOB, Upload.inflated(packed, 8, sealed)))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("UPLOAD_SOURCE"));
      assertThatThrownBy(
              () ->
                  fixture
                      .org
                      .jobs()
                      .upload(JOB, Upload.inflated(dir.resolve("nothing.gz"), 8, sealed)))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("UPLOAD_SOURCE"));
    }
  }

  /** As many bytes, other ones: its end is not sent, whichever way it travels. */
  @Test
  void aStagedFileThatIsAnotherOneIsNotSentWhole() throws Exception {
    Path packed = dir.resolve("part.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    String sealed = Sha256.of(packed);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("a,b\n2,1\n".getBytes(StandardCharsets.UTF_8));
    }
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(DATA, json(201, ""));
      for (Upload other :
          List.of(Upload.gzip(packed, sealed), Upload.inflated(packed, 8, sealed))) {
        assertThatThrownBy(() -> fixture.org.jobs().upload(JOB, other))
            .isInstanceOfSatisfying(
                Failure.class, e -> assertThat(e.code()).isEqualTo("UPLOAD_SOURCE"));
      }
      assertThat(fixture.server.seen(DATA)).extracting(ScriptedServer.Seen::body).isEmpty();
    }
  }

  @Test
  void readsRowsByColumnNameWhateverTheOrder() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          DONE,
          csv(
              """
              "sf__Id","sf__Created",Name,ext__C
              "001000000000001AAA","true","a ""quoted""
              name","k-1"
              "001000000000002AAA","false","b","k-2"
              """));
      fixture.server.on(
          FAILED,
          csv(
              """
              "sf__Id","sf__Error",Name,Ext__c
              "","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","k-3"
              """));
      fixture.server.on("GET " + BASE + "/" + JOB + "/unprocessedrecords", csv("Name,Ext__c\n"));
      assertThat(read(fixture, ResultKind.SUCCESSFUL))
          .containsExactly(
              new RowResult("k-1", "001000000000001AAA", true, RowError.NONE),
              new RowResult("k-2", "001000000000002AAA", false, RowError.NONE));
      assertThat(read(fixture, ResultKind.FAILED))
          .containsExactly(
              new RowResult(
                  "k-3",
                  "",
                  false,
                  new RowError(
                      "REQUIRED_FIELD_MISSING",
                      "Required fields are missing: [Name]",
                      List.of("Name"))));
      assertThat(read(fixture, ResultKind.UNPROCESSED)).isEmpty();
      try (Stream<Path> left = Files.list(dir)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void aBrokenDownloadStartsAgain() throws Exception {
    StringBuilder rows = new StringBuilder("\"sf__Id\",\"sf__Created\",Ext__c\n");
    for (int i = 0; i < 5_000; i++) {
      rows.append("\"001%015d\",\"true\",\"k%d\"%n".formatted(i, i));
    }
    String all = rows.toString();
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          DONE,
          ScriptedServer.torn(all, 1_000),
          ScriptedServer.gzip(all, 2_000),
          ScriptedServer.gzip(all, Integer.MAX_VALUE));
      assertThat(read(fixture, ResultKind.SUCCESSFUL)).hasSize(5_000);
      assertThat(fixture.server.seen(DONE)).hasSize(3);
      assertThat(fixture.server.seen(DONE).get(0).header("Accept-Encoding")).isEqualTo("gzip");
    }
  }

  @Test
  void aFileCutOffInTheMiddleOfARowIsNotTakenForWhole() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      for (String cut : List.of("\"001\",\"true\",\"k", "\"001\",\"tr")) {
        fixture.server.on(DONE, csv("\"sf__Id\",\"sf__Created\",Ext__c\n" + cut));
        assertThatThrownBy(() -> read(fixture, ResultKind.SUCCESSFUL))
            .isInstanceOf(OrgException.Unavailable.class);
      }
    }
  }

  @Test
  void saysWhichColumnTheResultsLack() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(DONE, csv("\"sf__Id\",\"sf__Created\",Name\n\"1\",\"true\",\"x\"\n"));
      assertThatThrownBy(() -> read(fixture, ResultKind.SUCCESSFUL))
          .hasMessageContaining("no column Ext__c");
      try (Stream<Path> left = Files.list(dir)) {
        assertThat(left).isEmpty();
      }
    }
  }

  /** Such a row would be booked as one that was there before, and be nobody's to take back. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sf__Id,Ext__c\n001000000000001AAA,k\n",
        "sf__Created,Ext__c\ntrue,k\n",
        "sf__Id,sf__Created,Ext__c\n001000000000001AAA,,k\n",
        "sf__Id,sf__Created,Ext__c\n001000000000001AAA,perhaps,k\n",
        "sf__Id,sf__Created,Ext__c\n,true,k\n",
        "sf__Id,sf__Created,Ext__c\n../001000000001,true,k\n"
      })
  void aWrittenRowThatNamesNoRecordIsNoResult(String file) throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(DONE, csv(file));
      assertThatThrownBy(() -> read(fixture, ResultKind.SUCCESSFUL))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo("ORG_RESULT"));
    }
  }

  @Test
  void listsJobsOverAllPages() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "GET " + BASE,
          json(
              200,
              "{\"done\":false,\"records\":[{\"id\":\"750000000000001AAA\",\"state\":\"Open\"},{\"odd\":1}],"
                  + "\"nextRecordsUrl\":\""
                  + BASE
                  + "?queryLocator=01g-1000\"}"),
          json(
              200,
              "{\"done\":true,\"records\":[{\"id\":\"750000000000002AAA\",\"state\":\"Novel\"}],"
                  + "\"nextRecordsUrl\":null}"));
      List<JobInfo> jobs = fixture.org.jobs().list();
      assertThat(jobs)
          .extracting(JobInfo::id)
          .containsExactly("750000000000001AAA", "750000000000002AAA");
      assertThat(jobs.get(1).state().isTerminal()).isFalse();
    }
  }

  /** What is no answer about this job is asked for again, and nothing of it is kept. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"../../steal\",\"state\":\"JobComplete\"}",
        "{\"id\":\"750000000000002AAA\",\"state\":\"JobComplete\"}",
        "{\"id\":\"7500000000000001AA\"}",
        "{\"id\":\"7500000000000001AA\",\"state\":\"JobComplete\","
            + "\"numberRecordsProcessed\":-1}",
        "[]"
      })
  void anAnswerThatIsNotAboutTheJobIsNone(String answer) throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on("GET " + BASE + "/" + JOB, json(200, answer));
      assertThatThrownBy(() -> fixture.org.jobs().job(JOB))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo("ORG_ANSWER"));
    }
  }

  @Test
  void deletingAJobThatIsGoneIsFine() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      String call = "DELETE " + BASE + "/" + JOB;
      fixture.server.on(call, error(404, "NOT_FOUND", "The requested resource does not exist"));
      fixture.org.jobs().delete(JOB);
      fixture.server.on(call, error(400, "API_ERROR", "the job is not terminated"));
      assertThatThrownBy(() -> fixture.org.jobs().delete(JOB))
          .isInstanceOf(OrgException.Refused.class);
    }
  }

  private List<RowResult> read(OrgFixture fixture, ResultKind kind)
      throws InterruptedException, IOException {
    List<RowResult> rows = new ArrayList<>();
    try (ResultReader reader = fixture.org.jobs().results(JOB, kind, "Ext__c", dir, 1 << 20)) {
      reader.forEachRemaining(rows::add);
      assertThat(reader.rows()).isEqualTo(rows.size());
    }
    return rows;
  }
}
