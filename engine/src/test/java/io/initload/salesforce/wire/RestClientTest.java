package io.initload.salesforce.wire;

import static io.initload.salesforce.OrgFixture.API;
import static io.initload.salesforce.ScriptedServer.error;
import static io.initload.salesforce.ScriptedServer.html;
import static io.initload.salesforce.ScriptedServer.json;
import static io.initload.salesforce.ScriptedServer.reset;
import static io.initload.salesforce.ScriptedServer.torn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.initload.salesforce.JobRequest;
import io.initload.salesforce.OrgFixture;
import io.initload.salesforce.OrgLimits;
import io.initload.salesforce.ScriptedServer;
import io.initload.salesforce.errors.OrgException;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of calls whose answers are late, broken, refused or lost. */
@Tag("system")
class RestClientTest {
  private static final String LIMITS = "{\"DailyBulkApiBatches\":{\"Max\":15000,\"Remaining\":7}}";
  private static final String GET_LIMITS = "GET " + API + "/limits";
  private static final String CREATE = "POST " + API + "/jobs/ingest";
  private static final String JOB = "7500000000000001AA";
  private static final String GET_JOB = "GET " + API + "/jobs/ingest/" + JOB;
  private static final String PATCH_JOB = "PATCH " + API + "/jobs/ingest/" + JOB;
  private static final String JOB_JSON = "{\"id\":\"" + JOB + "\",\"state\":\"Open\"}";

  @Test
  void repeatsWhatMayBeRepeatedThroughEveryKindOfTrouble() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      for (ScriptedServer.Reply trouble :
          List.of(
              html(502),
              error(503, "SERVER_UNAVAILABLE", "busy"),
              json(420, ""),
              html(429),
              html(406),
              json(408, ""),
              html(200),
              torn(LIMITS, 10),
              ScriptedServer.gzip(LIMITS, 12))) {
        fixture.server.on(GET_LIMITS, trouble, json(200, LIMITS));
        assertThat(fixture.org.limits().dailyBulkApiBatches().orElseThrow().remaining())
            .isEqualTo(7);
      }
      assertThat(fixture.waits).hasSize(9).allMatch(wait -> wait.toMillis() <= 100);
    }
  }

  @Test
  void aResetConnectionIsNoReasonToFail() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(GET_LIMITS, reset(), reset(), json(200, LIMITS));
      assertThat(fixture.org.limits().allowances()).hasSize(1);
    }
  }

  @Test
  void givesUpAfterTheConfiguredTriesWithGrowingWaits() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(GET_LIMITS, html(503));
      assertThatThrownBy(fixture.org::limits)
          .isInstanceOf(OrgException.Unavailable.class)
          .hasMessageContaining(GET_LIMITS)
          .hasMessageContaining("HTTP 503");
      assertThat(fixture.server.seen(GET_LIMITS)).hasSize(4);
      assertThat(fixture.waits).hasSize(3);
      assertThat(fixture.waits.get(2)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
    }
  }

  @Test
  void honoursRetryAfterWithinBounds() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          GET_LIMITS,
          withHeader("Retry-After", "7", html(503)),
          withHeader("Retry-After", "Mon, 23 Nov 2026 12:00:30 GMT", html(429)),
          withHeader("Retry-After", "999999", html(429)),
          json(200, LIMITS));
      fixture.org.limits();
      assertThat(fixture.waits)
          .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30), Duration.ofMinutes(10));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 405, 409, 410, 414, 415, 431})
  void refusalsAreFinal(int status) throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(GET_LIMITS, error(status, "SOME_CODE", "some words"));
      assertThatThrownBy(fixture.org::limits)
          .isInstanceOfSatisfying(
              OrgException.Refused.class,
              refused -> {
                assertThat(refused.status()).isEqualTo(status);
                assertThat(refused.orgCode()).isEqualTo("SOME_CODE");
                assertThat(refused.isNotFound()).isFalse();
              });
      assertThat(fixture.server.seen(GET_LIMITS)).hasSize(1);
    }
  }

  @Test
  void aBare404DoesNotMeanThatAJobIsGone() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(GET_JOB, html(404), error(404, "NOT_FOUND", "gone"));
      assertThatThrownBy(() -> fixture.org.jobs().job(JOB))
          .isInstanceOfSatisfying(
              OrgException.Refused.class, e -> assertThat(e.isNotFound()).isFalse());
      assertThatThrownBy(() -> fixture.org.jobs().job(JOB))
          .isInstanceOfSatisfying(
              OrgException.Refused.class, e -> assertThat(e.isNotFound()).isTrue());
    }
  }

  @Test
  void aCallThatMayHaveBeenDoneIsNeverRepeated() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      List<ScriptedServer.Reply> lost =
          List.of(html(500), html(502), html(503), torn(JOB_JSON, 5), html(200), reset());
      for (ScriptedServer.Reply trouble : lost) {
        fixture.server.on(CREATE, trouble, json(200, JOB_JSON));
        fixture.server.on(PATCH_JOB, trouble, json(200, JOB_JSON));
        assertThatThrownBy(() -> fixture.org.jobs().create(JobRequest.upsert("Account", "X__c")))
            .isInstanceOf(OrgException.UnknownOutcome.class)
            .hasMessageContaining(CREATE);
        assertThatThrownBy(() -> fixture.org.jobs().submit(JOB))
            .isInstanceOf(OrgException.UnknownOutcome.class)
            .hasMessageContaining(PATCH_JOB);
      }
      assertThat(fixture.server.seen(CREATE)).hasSize(lost.size());
      assertThat(fixture.waits).isEmpty();
    }
  }

  @Test
  void aCallThatWasCertainlyNotDoneIsRepeated() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(CREATE, html(429), json(420, ""), json(200, JOB_JSON));
      assertThat(fixture.org.jobs().create(JobRequest.upsert("Account", "X__c")).id())
          .isEqualTo(JOB);
      assertThat(fixture.server.seen(CREATE)).hasSize(3);
    }
  }

  @Test
  void nobodyListeningIsUnavailableEvenForACallThatMustNotBeRepeated() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.close();
      // uses up the connection that was kept
      assertThatThrownBy(fixture.org::limits).isInstanceOf(OrgException.Unavailable.class);
      fixture.waits.clear();
      assertThatThrownBy(() -> fixture.org.jobs().submit(JOB))
          .isInstanceOf(OrgException.Unavailable.class);
      assertThat(fixture.waits).hasSize(3);
    }
  }

  @Test
  void anExpiredSessionIsReplacedOnceAndTheCallReplayed() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on("POST /services/oauth2/token", fixture.server.token("T2"));
      fixture.server.on(
          CREATE,
          error(401, "INVALID_SESSION_ID", "Session expired or invalid"),
          json(200, JOB_JSON));
      fixture.org.jobs().create(JobRequest.upsert("Account", "X__c"));
      assertThat(fixture.server.seen(CREATE))
          .extracting(seen -> seen.header("Authorization"))
          .containsExactly("Bearer T1", "Bearer T2");
    }
  }

  @Test
  void aSessionThatStaysLostIsNotAskedForForever() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(GET_LIMITS, error(401, "INVALID_SESSION_ID", "Session expired or invalid"));
      assertThatThrownBy(fixture.org::limits)
          .isInstanceOf(OrgException.SessionLost.class)
          .hasMessageContaining("INVALID_SESSION_ID");
      assertThat(fixture.server.seen(GET_LIMITS)).hasSize(2);
      assertThat(fixture.server.seen("POST /services/oauth2/token")).hasSize(2);
    }
  }

  @Test
  void manyThreadsThatLoseTheSessionShareOneLogin() throws Exception {
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on("POST /services/oauth2/token", fixture.server.token("T2"));
      fixture.server.on(
          GET_LIMITS,
          exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization").equals("Bearer T2")) {
              json(200, LIMITS).to(exchange);
              return;
            }
            await(together);
            error(401, "INVALID_SESSION_ID", "Session expired or invalid").to(exchange);
          });
      List<Future<OrgLimits>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(fixture.org::limits));
      }
      for (Future<OrgLimits> one : all) {
        assertThat(one.get().allowances()).hasSize(1);
      }
      assertThat(fixture.server.seen("POST /services/oauth2/token")).hasSize(2);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void usedUpAllowancesAreTheirOwnKindOfFailure() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          GET_LIMITS, error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
      assertThatThrownBy(fixture.org::limits)
          .isInstanceOfSatisfying(
              OrgException.LimitReached.class, e -> assertThat(e.kind().exitCode()).isEqualTo(76));
      fixture.server.on(
          CREATE, error(400, "EXCEEDEDQUOTA", "ExceededQuota : ApiBatchItems Limit exceeded."));
      assertThatThrownBy(() -> fixture.org.jobs().create(JobRequest.delete("Account")))
          .isInstanceOf(OrgException.LimitReached.class);
      assertThat(fixture.waits).isEmpty();
    }
  }

  @Test
  void tooManyLongRequestsAtOncePassByThemselves() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          CREATE,
          error(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded."),
          json(200, JOB_JSON));
      fixture.org.jobs().create(JobRequest.delete("Account"));
      assertThat(fixture.waits).hasSize(1);
    }
  }

  @Test
  void inAnotherLanguageTheFiguresTellWhichLimitWasReached() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      String words = "Grenzwert für Anfragen überschritten.";
      fixture.server.on(
          CREATE,
          withHeader(
              "Sforce-Limit-Info", "api-usage=17/100", error(403, "REQUEST_LIMIT_EXCEEDED", words)),
          json(200, JOB_JSON),
          withHeader(
              "Sforce-Limit-Info",
              "api-usage=100/100",
              error(403, "REQUEST_LIMIT_EXCEEDED", words)));
      fixture.org.jobs().create(JobRequest.delete("Account"));
      assertThat(fixture.waits).hasSize(1);
      assertThatThrownBy(() -> fixture.org.jobs().create(JobRequest.delete("Account")))
          .isInstanceOf(OrgException.LimitReached.class);
      assertThat(fixture.waits).hasSize(1);
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleOrNeverComesIsGivenUp() throws Exception {
    ScriptedServer server = new ScriptedServer();
    try (OrgFixture fixture = new OrgFixture(server, Duration.ofMillis(150))) {
      server.on(GET_LIMITS, server.stalled(LIMITS, 10), server.silent(), json(200, LIMITS));
      assertThat(fixture.org.limits().allowances()).hasSize(1);
      server.on(PATCH_JOB, server.silent());
      assertThatThrownBy(() -> fixture.org.jobs().submit(JOB))
          .isInstanceOf(OrgException.UnknownOutcome.class);
    }
  }

  @Test
  void anInterruptEndsACall() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(GET_LIMITS, fixture.server.silent());
      Thread.currentThread().interrupt();
      assertThatThrownBy(fixture.org::limits).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @Test
  void theBudgetFollowsWhatTheOrgSays() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      assertThat(fixture.org.requests().remaining()).isEmpty();
      fixture.server.on(
          GET_LIMITS, withHeader("Sforce-Limit-Info", "api-usage=10018/100000", json(200, LIMITS)));
      fixture.org.limits();
      assertThat(fixture.org.requests().remaining()).hasValue(89_982);
    }
  }

  @Test
  void anotherHostIsNeverContactedForARedirect() throws Exception {
    try (OrgFixture fixture = new OrgFixture();
        ServerSocket elsewhere = new ServerSocket(0)) {
      fixture.server.on(
          GET_LIMITS,
          withHeader("Location", "http://127.0.0.1:" + elsewhere.getLocalPort(), html(302)));
      assertThatThrownBy(fixture.org::limits)
          .isInstanceOfSatisfying(
              OrgException.Refused.class, e -> assertThat(e.status()).isEqualTo(302));
    }
  }

  private static ScriptedServer.Reply withHeader(
      String name, String value, ScriptedServer.Reply reply) {
    return (HttpExchange exchange) -> {
      exchange.getResponseHeaders().set(name, value);
      reply.to(exchange);
    };
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
