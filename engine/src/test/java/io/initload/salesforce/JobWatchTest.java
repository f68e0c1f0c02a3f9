package io.initload.salesforce;

import static io.initload.salesforce.OrgFixture.API;
import static io.initload.salesforce.ScriptedServer.error;
import static io.initload.salesforce.ScriptedServer.html;
import static io.initload.salesforce.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.salesforce.errors.OrgException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class JobWatchTest {
  private static final String BASE = API + "/jobs/ingest";
  private static final String LIST = "GET " + BASE;
  private static final String A = "75000000000000AAAA";
  private static final String B = "75000000000000BAAA";
  private static final String C = "75000000000000CAAA";

  @Test
  void oneJobIsAskedForDirectly() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on("GET " + BASE + "/" + A, job(A, "InProgress"), job(A, "JobComplete"));
      JobWatch watch = new JobWatch(fixture.org.jobs());
      assertThat(watch.look(Set.of(A)).ended()).isEmpty();
      assertThat(watch.look(Set.of(A)).ended()).extracting(JobInfo::id).containsExactly(A);
      assertThat(fixture.server.seen(LIST)).isEmpty();
    }
  }

  @Test
  void manyJobsShareOneRequestAndEndedOnesBringTheirCounters() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          LIST, json(200, page("", entry(A, "InProgress"), entry(B, "Failed"), entry(C, "Open"))));
      fixture.server.on(
          "GET " + BASE + "/" + B,
          json(200, "{\"id\":\"" + B + "\",\"state\":\"Failed\",\"numberRecordsProcessed\":5}"));
      JobWatch.Look look = new JobWatch(fixture.org.jobs()).look(List.of(A, B, C));
      assertThat(look.ended()).extracting(JobInfo::id).containsExactly(B);
      assertThat(look.ended().get(0).counters().processed()).isEqualTo(5);
      assertThat(look.gone()).isEmpty();
      assertThat(fixture.server.seen(LIST)).hasSize(1);
      assertThat(fixture.server.seen("GET " + BASE + "/" + A)).isEmpty();
    }
  }

  @Test
  void aListLongerThanTheJobsIsGivenUpForDirectRequests() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      String other = entry("75000000000000XAAA", "JobComplete");
      fixture.server.on(
          LIST,
          json(200, page(BASE + "?queryLocator=1", other)),
          json(200, page(BASE + "?queryLocator=2", other)),
          json(200, page("", entry(A, "InProgress"), entry(B, "InProgress"))));
      fixture.server.on("GET " + BASE + "/" + A, job(A, "InProgress"));
      fixture.server.on("GET " + BASE + "/" + B, job(B, "InProgress"));
      JobWatch watch = new JobWatch(fixture.org.jobs());
      assertThat(watch.requests(2)).isEqualTo(1);
      watch.look(List.of(A, B));
      assertThat(fixture.server.seen(LIST)).hasSize(3);
      assertThat(watch.requests(2)).isEqualTo(2);
      watch.look(List.of(A, B));
      assertThat(fixture.server.seen(LIST)).hasSize(3);
    }
  }

  @Test
  void aJobTheListDoesNotShowIsAskedForBeforeItCountsAsGone() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(LIST, json(200, page("", entry(A, "InProgress"))));
      fixture.server.on("GET " + BASE + "/" + B, job(B, "InProgress"));
      fixture.server.on(
          "GET " + BASE + "/" + C,
          error(404, "NOT_FOUND", "The requested resource does not exist"));
      JobWatch.Look look = new JobWatch(fixture.org.jobs()).look(List.of(A, B, C));
      assertThat(look.ended()).isEmpty();
      assertThat(look.gone()).containsExactly(C);
    }
  }

  @Test
  void aLookThatFailsSaysNothingOfTheJobs() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on("GET " + BASE + "/" + A, html(404));
      assertThatThrownBy(() -> new JobWatch(fixture.org.jobs()).look(Set.of(A)))
          .isInstanceOf(OrgException.Refused.class);
      fixture.server.on("GET " + BASE + "/" + A, html(503));
      assertThatThrownBy(() -> new JobWatch(fixture.org.jobs()).look(Set.of(A)))
          .isInstanceOf(OrgException.Unavailable.class);
    }
  }

  @Test
  void aSubmitWhoseReplyIsLostIsSettledByAsking() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      String patch = "PATCH " + BASE + "/" + A;
      String get = "GET " + BASE + "/" + A;
      // not done: done again
      fixture.server.on(patch, html(502), job(A, "UploadComplete"));
      fixture.server.on(get, job(A, "Open"));
      assertThat(fixture.org.jobs().ensureSubmitted(A).state()).isEqualTo(JobState.UPLOAD_COMPLETE);
      assertThat(fixture.server.seen(patch)).hasSize(2);
      // done: not done again
      fixture.server.on(patch, html(502));
      fixture.server.on(get, job(A, "JobComplete"));
      assertThat(fixture.org.jobs().ensureSubmitted(A).state()).isEqualTo(JobState.JOB_COMPLETE);
      assertThat(fixture.server.seen(patch)).hasSize(3);
      // somebody was there before
      fixture.server.on(patch, error(400, "INVALIDJOBSTATE", "Closing already Completed Job"));
      fixture.server.on(get, job(A, "InProgress"));
      assertThat(fixture.org.jobs().ensureSubmitted(A).state()).isEqualTo(JobState.IN_PROGRESS);
      // never done
      fixture.server.on(patch, html(502));
      fixture.server.on(get, job(A, "Open"));
      assertThatThrownBy(() -> fixture.org.jobs().ensureSubmitted(A))
          .isInstanceOf(OrgException.UnknownOutcome.class);
    }
  }

  @Test
  void endingAJobThatJustCompletedSaysSo() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      fixture.server.on(
          "PATCH " + BASE + "/" + A,
          error(400, "INVALIDJOBSTATE", "Aborting already Completed Job not allowed"));
      fixture.server.on("GET " + BASE + "/" + A, job(A, "JobComplete"));
      assertThat(fixture.org.jobs().ensureEnded(A).state()).isEqualTo(JobState.JOB_COMPLETE);
    }
  }

  @Test
  void orphansAreOnlyOurOwnOpenUnknownJobsOfTheSameKindAndTime() throws Exception {
    try (OrgFixture fixture = new OrgFixture()) {
      String me = "005000000000001AAA";
      String day = "2026-11-23T12:00:00.000+0000";
      fixture.server.on(
          LIST,
          json(
              200,
              page(
                  "",
                  orphan("750000000000001AAA", "Open", me, "Account", "upsert", day),
                  orphan("750000000000002AAA", "InProgress", me, "Account", "upsert", day),
                  orphan(
                      "750000000000003AAA", "Open", "005000000000009AAA", "Account", "upsert", day),
                  orphan("750000000000004AAA", "Open", me, "Contact", "upsert", day),
                  orphan("750000000000005AAA", "Open", me, "Account", "delete", day),
                  orphan(
                      "750000000000006AAA",
                      "Open",
                      me,
                      "Account",
                      "upsert",
                      "2026-11-23T11:00:00.000+0000"),
                  orphan("750000000000007AAA", "Open", me, "Account", "upsert", day),
                  orphan(
                      "750000000000008AAA",
                      "Open",
                      me,
                      "Account",
                      "upsert",
                      "2026-11-23T15:00:00.000+0000"))));
      assertThat(
              Orphans.among(
                  fixture.org.jobs().list(),
                  fixture.org.userId(),
                  JobRequest.upsert("Account", "Ext__c"),
                  Instant.parse("2026-11-23T12:01:00Z"),
                  Set.of("750000000000007AAA")))
          .extracting(JobInfo::id)
          .containsExactly("750000000000001AAA");
    }
  }

  private static ScriptedServer.Reply job(String id, String state) {
    return json(200, entry(id, state));
  }

  private static String entry(String id, String state) {
    return "{\"id\":\"%s\",\"state\":\"%s\"}".formatted(id, state);
  }

  private static String orphan(
      String id, String state, String user, String object, String operation, String date) {
    return """
        {"id":"%s","state":"%s","createdById":"%s","object":"%s","operation":"%s",
         "createdDate":"%s"}"""
        .formatted(id, state, user, object, operation, date);
  }

  private static String page(String next, String... entries) {
    return "{\"done\":%s,\"records\":[%s],\"nextRecordsUrl\":%s}"
        .formatted(
            next.isEmpty(), String.join(",", entries), next.isEmpty() ? "null" : '"' + next + '"');
  }
}
