package io.initload.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.fault.Fault.Moment;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.hook.JobFacts;
import io.initload.simulator.hook.RequestFacts;
import io.initload.simulator.hook.RequestHook.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActiveFaultsTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private final List<String> done = new ArrayList<>();
  private final OrgControls org =
      new OrgControls() {
        @Override
        public void revokeSessions() {
          done.add("revoke");
        }

        @Override
        public void setLimit(String name, long max) {
          done.add(name + "=" + max);
        }
      };
  private long requests = 100;

  @Test
  void rulesAreMatchedByActionAndStrikeSoOften() {
    ActiveFaults faults =
        started(FaultPlan.on("ingest.state", 2, Fault.Answered.of(NamedAnswers.UNAVAILABLE)));
    assertThat(outcome(faults, "PATCH", "/x", "ingest.state")).isEqualTo("START 503");
    assertThat(outcome(faults, "GET", "/x", "ingest.get")).isEqualTo("fine");
    assertThat(outcome(faults, "PATCH", "/x", "ingest.state")).isEqualTo("START 503");
    assertThat(outcome(faults, "PATCH", "/x", "ingest.state")).isEqualTo("fine");
    assertThat(faults.counts()).containsEntry("ingest.state", 2);
    assertThat(faults.strikes())
        .extracting(ActiveFaults.Strike::target)
        .containsExactly("PATCH /x", "PATCH /x");
  }

  @Test
  void theLostReplyComesAfterTheCommit() {
    ActiveFaults faults =
        started(FaultPlan.on("*", 0, new Fault.ConnectionReset(Moment.AFTER_COMMIT)));
    assertThat(outcome(faults, "POST", "/x", "ingest.create")).isEqualTo("AFTER_COMMIT reset");
    ActiveFaults before =
        started(FaultPlan.on("*", 0, new Fault.ConnectionReset(Moment.BEFORE_COMMIT)));
    assertThat(outcome(before, "POST", "/x", "ingest.create")).isEqualTo("BEFORE_COMMIT reset");
    ActiveFaults answered =
        started(
            FaultPlan.on(
                "*", 0, Fault.Answered.of(NamedAnswers.INTERNAL_ERROR, Moment.AFTER_COMMIT)));
    assertThat(outcome(answered, "POST", "/x", "ingest.create")).isEqualTo("AFTER_COMMIT 500");
  }

  @Test
  void numbersCountFromTheMomentThePlanIsLaidOn() {
    ActiveFaults faults =
        started(FaultPlan.yaml("faults: [{when: {numbers: '2,4-'}, then: {answer: edge}}]"));
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      outcomes.add(outcome(faults, "GET", "/x", "limits"));
    }
    assertThat(outcomes).containsExactly("fine", "START 420", "fine", "START 420", "START 420");
  }

  @Test
  void pathsAndTimesAreMatched() {
    ActiveFaults faults =
        started(
            FaultPlan.yaml(
                "faults: [{when: {path: '/a/*/c.d*', method: get, after: 10s, until: 1m}, then:"
                    + " {answer: edge}}]"));
    assertThat(outcome(faults, "GET", "/a/b/c.d", "x", START.plusSeconds(9))).isEqualTo("fine");
    assertThat(outcome(faults, "GET", "/a/b/c.d", "x", START.plusSeconds(10)))
        .isEqualTo("START 420");
    assertThat(outcome(faults, "GET", "/a/b/cxd", "x", START.plusSeconds(10))).isEqualTo("fine");
    assertThat(outcome(faults, "PUT", "/a/b/c.d", "x", START.plusSeconds(10))).isEqualTo("fine");
    assertThat(outcome(faults, "GET", "/a/b/c.dd", "x", START.plusSeconds(60))).isEqualTo("fine");
  }

  @Test
  void whatIsDrawnDependsOnTheNumberAloneNotOnTheOrderOfThreads() {
    FaultPlan plan =
        new FaultPlan(
            5,
            List.of(
                new FaultRule(
                    "r", Trigger.sometimes("*", 0.3), Fault.Answered.of(NamedAnswers.EDGE))));
    List<String> first = draws(started(plan));
    assertThat(draws(started(plan))).isEqualTo(first);
    assertThat(first.stream().filter("START 420"::equals).count()).isBetween(230L, 370L);
    assertThat(draws(started(new FaultPlan(6, plan.rules())))).isNotEqualTo(first);
  }

  @Test
  void uploadsAreStruckOnceAfterTheirBytes() {
    ActiveFaults faults = started(FaultPlan.on("ingest.upload", 1, new Fault.TokenRevoked(1_000)));
    RequestFacts upload = request("PUT", "/x", "ingest.upload", START);
    assertThat(name(faults.at(Point.START, upload, 0))).isEqualTo("");
    assertThat(name(faults.at(Point.UPLOAD, upload, 999))).isEqualTo("");
    assertThat(done).isEmpty();
    assertThat(name(faults.at(Point.UPLOAD, upload, 1_500))).isEqualTo("act+401");
    assertThat(done).containsExactly("revoke");
    assertThat(name(faults.at(Point.UPLOAD, upload, 2_500))).isEqualTo("");
  }

  @Test
  void bodiesLimitsAndDelaysAreStruckAtTheirPoints() {
    assertThat(outcome(started(FaultPlan.on("*", 0, new Fault.TruncatedBody(5))), "GET", "/x", "x"))
        .isEqualTo("BODY truncate 5");
    assertThat(outcome(started(FaultPlan.on("*", 0, new Fault.SlowBody(9))), "GET", "/x", "x"))
        .isEqualTo("BODY slow 9");
    assertThat(
            outcome(
                started(FaultPlan.on("*", 0, new Fault.Delayed(Duration.ofSeconds(3)))),
                "GET",
                "/x",
                "x"))
        .isEqualTo("START wait PT3S");
    assertThat(
            outcome(
                started(FaultPlan.on("*", 0, new Fault.LimitSet("DailyApiRequests", 3))),
                "GET",
                "/x",
                "x"))
        .isEqualTo("START act");
    assertThat(done).containsExactly("DailyApiRequests=3");
  }

  @Test
  void theAdministrationIsNeverStruck() {
    ActiveFaults faults = started(FaultPlan.on("*", 0, Fault.Answered.of(NamedAnswers.EDGE)));
    assertThat(outcome(faults, "POST", "/admin/faults", "unknown")).isEqualTo("fine");
  }

  @Test
  void jobsFailStallAndMissLocks() {
    ActiveFaults faults =
        started(
            FaultPlan.yaml(
                """
                faults:
                  - when: {numbers: "2"}
                    then: {failJob: {message: "Timeout : x", afterRows: 400}}
                  - when: {object: contact, times: 1}
                    then: {stallJob: {for: 5m, afterRows: 200}}
                  - when: {object: Order}
                    then: {lockStorm: 0.5}
                """));
    assertThat(job(faults, "A", "Contact", 0)).isEqualTo("fine");
    assertThat(job(faults, "B", "Contact", 0)).isEqualTo("fine");
    assertThat(job(faults, "C", "Order", 0)).isEqualTo("locks 0.5");
    assertThat(job(faults, "A", "Contact", 1)).isEqualTo("stall PT5M");
    assertThat(job(faults, "A", "Contact", 1)).as("asked for again").isEqualTo("fine");
    assertThat(job(faults, "A", "Contact", 2)).isEqualTo("fine");
    assertThat(job(faults, "B", "Contact", 1)).isEqualTo("fine");
    assertThat(job(faults, "B", "Contact", 2)).isEqualTo("fail Timeout : x");
    assertThat(job(faults, "D", "Contact", 0)).isEqualTo("fine");
    assertThat(job(faults, "D", "Contact", 5)).as("only one job stalls").isEqualTo("fine");
  }

  @Test
  void requestFaultsNeverStrikeJobsNorTheOtherWayRound() {
    ActiveFaults faults =
        started(
            FaultPlan.of(
                new FaultRule("r", Trigger.always(), Fault.Answered.of(NamedAnswers.EDGE)),
                new FaultRule("j", Trigger.always(), new Fault.LockStorm(1))));
    assertThat(job(faults, "A", "Contact", 0)).isEqualTo("locks 1.0");
    assertThat(outcome(faults, "GET", "/x", "x")).isEqualTo("START 420");
  }

  private ActiveFaults started(FaultPlan plan) {
    return new ActiveFaults(plan, org, START);
  }

  private List<String> draws(ActiveFaults faults) {
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      outcomes.add(outcome(faults, "GET", "/x", "x"));
    }
    return outcomes;
  }

  private String outcome(ActiveFaults faults, String method, String path, String action) {
    return outcome(faults, method, path, action, START);
  }

  /** Takes a request through all points of its life up to the first effect. */
  private String outcome(
      ActiveFaults faults, String method, String path, String action, Instant at) {
    RequestFacts request = request(method, path, action, at);
    for (Point point : Point.values()) {
      Effect effect = faults.at(point, request, 0);
      if (!(effect instanceof Effect.None)) {
        return point + " " + name(effect);
      }
    }
    return "fine";
  }

  private RequestFacts request(String method, String path, String action, Instant at) {
    return new RequestFacts(++requests, at, method, path, "", action, "");
  }

  private static String name(@Nullable Effect effect) {
    if (effect instanceof Effect.Answer answer) {
      return String.valueOf(answer.status());
    } else if (effect instanceof Effect.Reset) {
      return "reset";
    } else if (effect instanceof Effect.Truncate truncate) {
      return "truncate " + truncate.bytes();
    } else if (effect instanceof Effect.Slow slow) {
      return "slow " + slow.bytesPerSecond();
    } else if (effect instanceof Effect.Wait wait) {
      return "wait " + wait.span();
    } else if (effect instanceof Effect.Act act) {
      act.act().run();
      return "act";
    } else if (effect instanceof Effect.Sequence sequence) {
      return String.join("+", sequence.effects().stream().map(ActiveFaultsTest::name).toList());
    }
    return "";
  }

  private static String job(ActiveFaults faults, String jobId, String object, int transaction) {
    JobEffect effect =
        faults.before(new JobFacts(1, jobId, object, 0, transaction, transaction * 200L, START));
    if (effect instanceof JobEffect.FailJob fail) {
      return "fail " + fail.errorMessage();
    } else if (effect instanceof JobEffect.Stall stall) {
      return "stall " + stall.span();
    } else if (effect instanceof JobEffect.LockRows lock) {
      return "locks " + lock.share();
    }
    return "fine";
  }
}
