package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.Upload;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.NamedAnswers;
import io.initload.simulator.journal.RequestEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against a simulated org in trouble: lost replies, ended sessions, broken bodies. */
@Tag("system")
class OrgMishapsTest {
  private static final JobRequest UPSERT = JobRequest.upsert("Account", "External_ID__c");

  @TempDir Path dir;

  @Test
  void aProbeInTroubleSaysNothingForGood() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      fixture.simulator.faults(
          FaultPlan.on("ingest.upload", 1, new Fault.ConnectionReset(Fault.Moment.AFTER_COMMIT)));
      CompressionProbe.Answer answer = fixture.probe(dir).ask("Account", id -> {});
      assertThat(answer.finding()).isEqualTo(CompressionProbe.Finding.UNCLEAR);
      assertThat(answer.finding().isLasting()).isFalse();
      assertThat(answer.finding().encoding()).isEqualTo(Upload.Encoding.IDENTITY);
      assertThat(fixture.simulator.jobs()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest.create", "ingest.upload", "ingest.state"})
  void aLostReplyIsInDoubtWhetherOrNotTheOrgHasActed(String action) throws Exception {
    for (Fault.Moment moment : Fault.Moment.values()) {
      try (SimulatedFixture fixture = new SimulatedFixture()) {
        IngestJobs jobs = fixture.org.jobs();
        JobInfo job = jobs.create(UPSERT);
        if (action.equals("ingest.state")) {
          jobs.upload(job.id(), Upload.text("External_ID__c,Name\na,Alpha\n"));
        }
        fixture.simulator.faults(FaultPlan.on(action, 1, new Fault.ConnectionReset(moment)));
        assertThatThrownBy(
                () -> {
                  switch (action) {
                    case "ingest.create" -> jobs.create(UPSERT);
                    case "ingest.upload" ->
                        jobs.upload(job.id(), Upload.text("External_ID__c,Name\na,Alpha\n"));
                    default -> jobs.submit(job.id());
                  }
                })
            .isInstanceOf(OrgException.UnknownOutcome.class);
      }
    }
  }

  @Test
  void anOrphanIsFoundAndOthersAreLeftAlone() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      IngestJobs jobs = fixture.org.jobs();
      Instant intent = Instant.now();
      JobInfo known = jobs.create(UPSERT);
      jobs.create(JobRequest.upsert("Contact", "External_ID__c"));
      fixture.simulator.faults(
          FaultPlan.on("ingest.create", 1, new Fault.ConnectionReset(Fault.Moment.AFTER_COMMIT)));
      assertThatThrownBy(() -> jobs.create(UPSERT)).isInstanceOf(OrgException.UnknownOutcome.class);
      List<JobInfo> orphans =
          Orphans.among(jobs.list(), fixture.org.userId(), UPSERT, intent, Set.of(known.id()));
      assertThat(orphans).hasSize(1);
      jobs.discard(orphans.get(0).id());
      assertThat(jobs.list()).hasSize(2).allMatch(job -> job.state().isOpen());
    }
  }

  @Test
  void recentClockSkewOfTheOrgDoesNotHideAnOrphan() {
    JobInfo early =
        new JobInfo(
            "750000000000001AAA",
            "Account",
            "upsert",
            JobState.OPEN,
            "005000000000001AAA",
            Instant.parse("2026-11-23T11:57:00Z"),
            "",
            new JobInfo.Counters(0, 0, 0, Duration.ZERO, Duration.ZERO),
            "");
    assertThat(
            Orphans.among(
                List.of(early),
                "005000000000001AAA",
                UPSERT,
                Instant.parse("2026-11-23T12:00:00Z"),
                Set.of()))
        .hasSize(1);
  }

  @Test
  void lostRepliesToSubmitAndAbortAreSettledByAsking() throws Exception {
    for (Fault.Moment moment : Fault.Moment.values()) {
      try (SimulatedFixture fixture = new SimulatedFixture()) {
        IngestJobs jobs = fixture.org.jobs();
        JobInfo job = jobs.create(UPSERT);
        jobs.upload(job.id(), Upload.text("External_ID__c,Name\na,Alpha\n"));
        fixture.simulator.faults(
            FaultPlan.on("ingest.state", 2, new Fault.ConnectionReset(moment)));
        assertThat(jobs.ensureSubmitted(job.id()).state().isOpen()).isFalse();
        assertThat(fixture.ended(job.id()).counters().succeeded()).isEqualTo(1);
        assertThat(jobs.ensureSubmitted(job.id()).state()).isEqualTo(JobState.JOB_COMPLETE);

        JobInfo other = jobs.create(UPSERT);
        fixture.simulator.faults(
            FaultPlan.on("ingest.state", 2, new Fault.ConnectionReset(moment)));
        assertThat(jobs.ensureEnded(other.id()).state()).isEqualTo(JobState.ABORTED);
        assertThat(jobs.ensureEnded(other.id()).state()).isEqualTo(JobState.ABORTED);
      }
    }
  }

  @Test
  void aSessionThatEndsInTheMiddleOfAnUploadCostsOneLogin() throws Exception {
    String rows = "External_ID__c,Name\na,Alpha\n";
    String large =
        rows
            + IntStream.range(0, 60_000)
                .mapToObj(i -> "k%d,%s\n".formatted(i, "n".repeat(40)))
                .collect(Collectors.joining());
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      IngestJobs jobs = fixture.org.jobs();
      JobInfo job = jobs.create(UPSERT);
      fixture.simulator.faults(FaultPlan.on("ingest.upload", 1, new Fault.TokenRevoked(500_000)));
      boolean doubt = false;
      try {
        jobs.upload(job.id(), Upload.text(large));
      } catch (OrgException.UnknownOutcome e) {
        // the refusal may be lost when the org hangs up on the rest of the body
        doubt = true;
      }
      if (doubt) {
        assertThat(jobs.job(job.id()).state().isOpen()).isTrue();
        jobs.discard(job.id());
        job = jobs.create(UPSERT);
        jobs.upload(job.id(), Upload.text(large));
      }
      jobs.submit(job.id());
      assertThat(fixture.ended(job.id()).counters().processed()).isEqualTo(60_001);
    }
  }

  @Test
  void anExpiredSessionIsFoundBeforeALargeBodyIsSent() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      JobInfo job = fixture.org.jobs().create(UPSERT);
      fixture.simulator.revokeTokens();
      fixture.org.jobs().upload(job.id(), Upload.text("External_ID__c\n" + "k\n".repeat(900_000)));
      assertThat(uploads(fixture, 2))
          .extracting(request -> request.status() + " after " + request.requestBytes() + " bytes")
          .containsExactly("401 after 0 bytes", "201 after 1800015 bytes");
    }
  }

  @Test
  void brokenDownloadsAreFetchedAgain() throws Exception {
    String rows =
        IntStream.range(0, 8_000)
            .mapToObj(i -> "k%d,Name %d\n".formatted(i, i))
            .collect(Collectors.joining("", "External_ID__c,Name\n", ""));
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      JobInfo job = fixture.load(rows);
      for (Fault fault :
          List.of(
              new Fault.TruncatedBody(10),
              new Fault.TruncatedBody(15_000),
              Fault.Answered.of(NamedAnswers.BAD_GATEWAY),
              Fault.Answered.of(NamedAnswers.NOT_ACCEPTABLE),
              Fault.Answered.of(NamedAnswers.EDGE),
              Fault.Answered.of(NamedAnswers.LONG_REQUESTS),
              Fault.Answered.of(NamedAnswers.SESSION_EXPIRED),
              new Fault.ConnectionReset(Fault.Moment.BEFORE_COMMIT))) {
        fixture.simulator.faults(FaultPlan.on("ingest.successfulResults", 2, fault));
        // a second 401 in a row would be final, so that fault strikes once
        if (fault.equals(Fault.Answered.of(NamedAnswers.SESSION_EXPIRED))) {
          fixture.simulator.faults(FaultPlan.on("ingest.successfulResults", 1, fault));
        }
        assertThat(fixture.results(job.id(), ResultKind.SUCCESSFUL, dir))
            .as("%s", fault)
            .hasSize(8_000);
      }
    }
  }

  /** The uploads the org has noted; it does so shortly after it has answered them. */
  private static List<RequestEntry> uploads(SimulatedFixture fixture, int expected)
      throws InterruptedException {
    List<RequestEntry> uploads = List.of();
    for (int i = 0; i < 1_000 && uploads.size() < expected; i++) {
      Thread.sleep(SimulatedFixture.SHORT.toMillis());
      uploads =
          fixture.simulator.log().requests().stream()
              .filter(request -> request.action().equals("ingest.upload"))
              .toList();
    }
    return uploads;
  }
}
