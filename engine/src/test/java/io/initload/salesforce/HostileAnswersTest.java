package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.Failure;
import io.initload.salesforce.ScriptedServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in place of an org's answer ends within a bound, with a code, on small memory. */
@Tag("system")
class HostileAnswersTest {
  private static final String JOB = "750000000000001AAA";
  private static final String JOB_CALL = OrgFixture.API + "/jobs/ingest/" + JOB;
  private static final String LIMITS = "GET " + OrgFixture.API + "/limits";
  private static final String QUERY = OrgFixture.API + "/query";
  private static final int BOMB_BYTES = 60_000_000;

  @TempDir private Path dir;

  /** What a test asks the org for. */
  @FunctionalInterface
  private interface Question {
    Object ask(Org org) throws InterruptedException;
  }

  private static Failure answered(String call, Question question, Reply... replies)
      throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(call, replies);
      return catchThrowableOfType(Failure.class, () -> question.ask(fixture.org));
    }
  }

  private static Failure job(String json) throws Exception {
    return answered("GET " + JOB_CALL, org -> org.jobs().job(JOB), ScriptedServer.json(200, json));
  }

  private static void strange(Failure failure, String word) {
    assertThat(failure.code()).isEqualTo("ORG_ANSWER");
    assertThat(failure.kind()).isEqualTo(Failure.Kind.PLATFORM);
    assertThat(failure.reach()).isEqualTo(Failure.Reach.RUN);
    assertThat(failure.getMessage()).contains(word);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "0,", "{},", "a", "1"})
  void whatUnpacksToMuchIsRefusedBeforeItFillsTheMemory(String piece) throws Exception {
    String text = "[" + (piece.equals("a") ? "\"" : "") + piece.repeat(BOMB_BYTES / piece.length());
    Reply bomb = packed(text);
    strange(answered(LIMITS, Org::limits, bomb), "its answer is");
    Question rows = org -> org.query("SELECT Id FROM Account").rest();
    strange(answered("GET " + QUERY, rows, bomb), "its answer is");
  }

  @Test
  void aBodyThatDoesNotEndIsNotReadToItsEnd() throws Exception {
    Reply endless = endless("{\"state\":\"Open\",\"id\":\"" + JOB + "\"}", ' ');
    strange(answered("GET " + JOB_CALL, org -> org.jobs().job(JOB), endless), "1,048,576 bytes");
    strange(answered("PATCH " + JOB_CALL, org -> org.jobs().submit(JOB), endless), "1,048,576");
    Question describe = org -> org.describe("Account");
    strange(
        answered("GET " + OrgFixture.API + "/sobjects/Account/describe", describe, endless),
        "67,108,864 bytes");
  }

  @Test
  void anErrorOrATokenThatDoesNotEndIsCut() throws Exception {
    Reply error =
        exchange -> {
          exchange.sendResponseHeaders(400, 0);
          pour(exchange.getResponseBody(), "[{\"errorCode\":\"ODD\",\"message\":\"", 'x');
        };
    assertThat(answered(LIMITS, Org::limits, error).code()).isEqualTo("ORG_REFUSED");
    try (ScriptedServer server = new ScriptedServer()) {
      server.on("POST /services/oauth2/token", endless("{\"access_token\":\"", 'x'));
      Failure failure =
          catchThrowableOfType(Failure.class, () -> new OrgFixture(server, Duration.ofSeconds(9)));
      assertThat(failure.code()).isEqualTo("ORG_ANSWER");
    }
  }

  @Test
  void aResultThatDoesNotEndFillsNoDisk() throws Exception {
    Question results =
        org ->
            org.jobs()
                .results(
                    JOB, ResultKind.SUCCESSFUL, "Key__c", dir, ResultReader.bytesMax(100, 1_000));
    strange(
        answered(
            "GET " + JOB_CALL + "/successfulResults", results, endless("Key__c,sf__Id\n", 'x')),
        "is larger than 1,877,968 bytes");
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void headersThatDoNotEndAreNotRead() throws Exception {
    Reply many =
        exchange -> {
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseHeaders().add("X-Odd-" + i, "odd");
          }
          exchange.sendResponseHeaders(200, -1);
        };
    Reply longOne =
        exchange -> {
          exchange.getResponseHeaders().add("X-Odd", "odd".repeat(100_000));
          exchange.sendResponseHeaders(200, -1);
        };
    assertThat(answered(LIMITS, Org::limits, many).code()).isEqualTo("ORG_UNAVAILABLE");
    assertThat(answered(LIMITS, Org::limits, longOne).code()).isEqualTo("ORG_UNAVAILABLE");
  }

  @Test
  void aBodyThatOnlyDripsEnds() throws Exception {
    Duration patience = Duration.ofMillis(300);
    try (OrgFixture fixture = new OrgFixture(new ScriptedServer(), patience)) {
      fixture.server.on(
          LIMITS,
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!Thread.currentThread().isInterrupted()) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
              sleep(patience.dividedBy(6));
            }
          });
      Failure failure = catchThrowableOfType(Failure.class, fixture.org::limits);
      assertThat(failure.code()).isEqualTo("ORG_UNAVAILABLE");
      assertThat(failure.getMessage()).contains("bytes have moved in");
    }
  }

  @Test
  void pagesThatComeAgainOrDoNotEndAreLeft() throws Exception {
    Reply again = page(QUERY + "/01g-2000");
    Question rows = org -> org.query("SELECT Id FROM Account").rest();
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on("GET " + QUERY, again);
      fixture.server.on("GET " + QUERY + "/01g-2000", again);
      strange(
          catchThrowableOfType(Failure.class, () -> rows.ask(fixture.org)), "the same page again");
    }
    Reply more = exchange -> page(QUERY + "?next=" + System.nanoTime()).to(exchange);
    strange(answered("GET " + QUERY, rows, more), "more than 1,000 pages");
    strange(
        answered(
            "GET " + OrgFixture.API + "/jobs/ingest",
            org -> org.jobs().list(),
            exchange ->
                page(OrgFixture.API + "/jobs/ingest?next=" + System.nanoTime()).to(exchange)),
        "more than 1,000 pages");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/steal", "@127.0.0.1:1/", "//127.0.0.1:1/", "http://127.0.0.1:1/", ""})
  void aPageOfAnotherOriginIsNotAskedFor(String next) throws Exception {
    Question rows = org -> org.query("SELECT Id FROM Account").rest();
    assertThat(answered("GET " + QUERY, rows, page(next)).code()).isEqualTo("ORG_ADDRESS");
    if (!next.isEmpty()) {
      Question jobs = org -> org.jobs().list();
      assertThat(answered("GET " + OrgFixture.API + "/jobs/ingest", jobs, page(next)).code())
          .isEqualTo("ORG_ADDRESS");
    }
  }

  @Test
  void ajobThatCannotBeIsNone() throws Exception {
    String head = "{\"id\":\"" + JOB + "\",\"state\":\"JobComplete\",";
    for (String count : List.of("-1", "1e3", "9223372036854775808", "\"many\"", "{}", "1.5")) {
      strange(job(head + "\"numberRecordsProcessed\":" + count + "}"), "numberRecordsProcessed");
    }
    strange(
        job(head + "\"numberRecordsProcessed\":1,\"numberRecordsFailed\":2}"), "more rows failed");
    strange(job(head + "\"apiActiveProcessingTime\":-1}"), "apiActiveProcessingTime");
    strange(job(head + "\"retries\":1e999999999}"), "digits");
    strange(job("{\"id\":\"" + JOB + "\"}"), "not a job");
    strange(job("{\"id\":\"../limits\",\"state\":\"Open\"}"), "not a job");
    strange(job("{\"id\":\"750000000000002AAA\",\"state\":\"Open\"}"), "another job");
    for (String nothing : List.of("", "{}", "[]", "null", "0", "\"Open\"")) {
      strange(job(nothing), "not a job");
    }
  }

  @Test
  void nothingIsNotAnEmptyList() throws Exception {
    Question rows = org -> org.query("SELECT Id FROM Account").rest();
    Question count = org -> org.count("SELECT COUNT() FROM Account");
    for (String nothing : List.of("", "{}", "[]", "null", "{\"records\":{}}")) {
      Reply reply = ScriptedServer.json(200, nothing);
      strange(answered("GET " + QUERY, rows, reply), "no list of records");
      strange(answered("GET " + QUERY, count, reply), "no count");
      strange(
          answered("GET " + OrgFixture.API + "/jobs/ingest", org -> org.jobs().list(), reply),
          "no list of records");
    }
    for (String odd : List.of("-1", "1e999999999", "\"7\"", "9223372036854775808")) {
      Reply reply = ScriptedServer.json(200, "{\"totalSize\":" + odd + "}");
      strange(answered("GET " + QUERY, count, reply), "its answer");
    }
  }

  @Test
  void limitsThatCannotBeAreUnknown() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          LIMITS,
          ScriptedServer.json(
              200,
              """
              {"A":{"Max":-1,"Remaining":5},"B":{"Max":5,"Remaining":-9223372036854775808},
               "C":{"Max":5,"Remaining":9},"D":{"Max":9223372036854775808,"Remaining":1},"E":[]}\
              """));
      assertThat(fixture.org.limits().allowances())
          .containsOnlyKeys("C")
          .containsValue(new OrgLimits.Allowance(5, 5));
    }
  }

  @Test
  void anAnswerThatIsCutAnywhereIsNotTakenForAWholeOne() throws Exception {
    String whole =
        "{\"id\":\"%s\",\"state\":\"JobComplete\",\"numberRecordsProcessed\":12}".formatted(JOB);
    try (OrgFixture fixture = new OrgFixture()) {
      for (int kept = 0; kept < whole.length(); kept++) {
        fixture.server.on("GET " + JOB_CALL, ScriptedServer.json(200, whole.substring(0, kept)));
        Failure ended = catchThrowableOfType(Failure.class, () -> fixture.org.jobs().job(JOB));
        assertThat(ended.code()).isEqualTo(kept == 0 ? "ORG_ANSWER" : "ORG_UNAVAILABLE");
        fixture.server.on("GET " + JOB_CALL, ScriptedServer.torn(whole, kept));
        Failure torn = catchThrowableOfType(Failure.class, () -> fixture.org.jobs().job(JOB));
        assertThat(torn.code()).isEqualTo("ORG_UNAVAILABLE");
      }
      fixture.server.on("GET " + JOB_CALL, ScriptedServer.json(200, whole));
      assertThat(fixture.org.jobs().job(JOB).counters().processed()).isEqualTo(12);
    }
  }

  private static Reply packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(200, packed.size());
      packed.writeTo(exchange.getResponseBody());
    };
  }

  private static Reply page(String next) {
    return ScriptedServer.json(
        200, "{\"done\":false,\"records\":[],\"nextRecordsUrl\":\"%s\"}".formatted(next));
  }

  private static Reply endless(String head, char rest) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      pour(exchange.getResponseBody(), head, rest);
    };
  }

  /** Writes until nobody reads any more. */
  private static void pour(OutputStream body, String head, char rest) throws IOException {
    body.write(head.getBytes(StandardCharsets.UTF_8));
    byte[] block = String.valueOf(rest).repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    while (!Thread.currentThread().isInterrupted()) {
      body.write(block);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
