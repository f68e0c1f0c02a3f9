package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.AuthConfig;
import io.initload.salesforce.errors.ErrorClass;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.Upload;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.NamedAnswers;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.journal.RequestEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the simulated org, over real HTTP. */
class SimulatedOrgTest {
  private static final JobRequest UPSERT = JobRequest.upsert("Account", "External_ID__c");

  @TempDir Path dir;

  @Test
  void logsInWithAKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    Path pem =
        Files.writeString(
            dir.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
    OrgOptions options = OrgOptions.defaults().trust((RSAPublicKey) keys.getPublic());
    try (SimulatedFixture fixture = new SimulatedFixture(options)) {
      AuthConfig jwt =
          new AuthConfig.JwtBearer(
              fixture.simulator.clientId(),
              fixture.simulator.username(),
              pem,
              fixture.simulator.loginUrl());
      try (Org org = fixture.connect(jwt)) {
        assertThat(org.orgId()).isEqualTo(fixture.simulator.orgId());
        assertThat(org.userId()).isEqualTo(fixture.org.userId());
      }
    }
  }

  @Test
  void loadsAndBooksEachRowByItsKey() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      JobInfo first = fixture.load("External_ID__c,Name\na,Alpha\nb,Beta\nc,\n");
      assertThat(first.state().isComplete()).isTrue();
      assertThat(first.counters().processed()).isEqualTo(3);
      assertThat(first.counters().succeeded()).isEqualTo(2);
      assertThat(fixture.results(first.id(), ResultKind.SUCCESSFUL, dir))
          .allMatch(RowResult::created)
          .extracting(RowResult::key)
          .containsExactlyInAnyOrder("a", "b");
      RowResult failed = fixture.results(first.id(), ResultKind.FAILED, dir).get(0);
      assertThat(failed.key()).isEqualTo("c");
      assertThat(failed.error().code()).isEqualTo("REQUIRED_FIELD_MISSING");
      assertThat(failed.error().fields()).containsExactly("Name");
      assertThat(failed.error().known().errorClass()).isEqualTo(ErrorClass.DATA);
      assertThat(fixture.results(first.id(), ResultKind.UNPROCESSED, dir)).isEmpty();

      JobInfo second = fixture.load("External_ID__c,Name\na,Alpha 2\n");
      RowResult updated = fixture.results(second.id(), ResultKind.SUCCESSFUL, dir).get(0);
      assertThat(updated.created()).isFalse();
      assertThat(fixture.org.count("SELECT COUNT() FROM Account")).isEqualTo(2);
    }
  }

  @Test
  void anUnknownColumnFailsTheJobForAReasonThatIsNotRetried() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      JobInfo job = fixture.load("External_ID__c,Nome\na,Alpha\n");
      assertThat(job.state()).isEqualTo(JobState.FAILED);
      ErrorCode why = ErrorCodes.job(job.errorMessage());
      assertThat(why.errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
      assertThat(why.text()).isEqualTo("Field name not found");
    }
  }

  @Test
  void deletesByRecordId() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      JobInfo load = fixture.load("External_ID__c,Name\na,Alpha\nb,Beta\n");
      String ids =
          fixture.results(load.id(), ResultKind.SUCCESSFUL, dir).stream()
              .map(RowResult::id)
              .collect(Collectors.joining("\n", "Id\n", "\n"));
      JobInfo job = fixture.org.jobs().create(JobRequest.delete("Account"));
      fixture.org.jobs().upload(job.id(), Upload.text(ids));
      fixture.org.jobs().submit(job.id());
      assertThat(fixture.ended(job.id()).counters().succeeded()).isEqualTo(2);
      try (ResultReader rows =
          fixture.org.jobs().results(job.id(), ResultKind.SUCCESSFUL, "Id", dir)) {
        assertThat(rows.next().key()).hasSize(18);
      }
      assertThat(fixture.simulator.records("Account").count()).isZero();
    }
  }

  @Test
  void readsBackWhateverText() throws Exception {
    String odd = "O'Brien \"x\" \\ , é €\nline 2";
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      fixture.load(
          "External_ID__c,Name\n\"it's \\ a_k%ey\",\"" + odd.replace("\"", "\"\"") + "\"\n");
      assertThat(
              fixture
                  .org
                  .query(
                      "SELECT Name, External_ID__c FROM Account WHERE External_ID__c = "
                          + Soql.quote("it's \\ a_k%ey"))
                  .rest())
          .singleElement()
          .satisfies(row -> assertThat(row).containsEntry("Name", odd));
    }
  }

  @Test
  void queriesMoreThanOnePage() throws Exception {
    String rows =
        IntStream.range(0, 4_100)
            .mapToObj(i -> "k%d,Name %d\n".formatted(i, i))
            .collect(Collectors.joining("", "External_ID__c,Name\n", ""));
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      fixture.load(rows);
      QueryRows query = fixture.org.query("SELECT External_ID__c FROM Account");
      Set<String> keys =
          query.rest().stream().map(r -> r.get("External_ID__c")).collect(Collectors.toSet());
      assertThat(keys).hasSize(4_100);
      assertThat(query.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"DECODE, DECODES", "REJECT, REFUSES", "STORE_RAW, STORES_RAW"})
  void theProbeTellsHowTheOrgTakesGzipAndLeavesNothingBehind(
      WireRules.UploadGzip behaviour, CompressionProbe.Finding finding) throws Exception {
    WireRules usual = WireRules.defaults();
    OrgOptions options =
        OrgOptions.defaults()
            .wire(
                new WireRules(
                    behaviour,
                    usual.createStatus(),
                    usual.limitInfo(),
                    usual.multipartMax(),
                    usual.recordCountLag()));
    try (SimulatedFixture fixture = new SimulatedFixture(options)) {
      CompressionProbe.Answer answer = fixture.probe(dir).ask("Account", id -> {});
      assertThat(answer.finding()).as(answer.evidence()).isEqualTo(finding);
      assertThat(fixture.simulator.jobs()).isEmpty();
      assertThat(fixture.simulator.records("Account").count()).isZero();
      try (Stream<Path> left = Files.list(dir)) {
        assertThat(left).isEmpty();
      }
    }
  }

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

  @Test
  void gzipUploadsLoadTheSameRows() throws Exception {
    Path part = dir.resolve("part.csv.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(part))) {
      out.write("External_ID__c,Name\na,Alpha\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      for (Upload body : List.of(Upload.gzip(part), Upload.inflated(part, 28))) {
        JobInfo job = fixture.org.jobs().create(UPSERT);
        fixture.org.jobs().upload(job.id(), body);
        fixture.org.jobs().submit(job.id());
        assertThat(fixture.ended(job.id()).counters().succeeded()).isEqualTo(1);
      }
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
              NamedAnswers.BAD_GATEWAY.fault(),
              NamedAnswers.NOT_ACCEPTABLE.fault(),
              NamedAnswers.EDGE.fault(),
              NamedAnswers.LONG_REQUESTS.fault(),
              NamedAnswers.SESSION_EXPIRED.fault(),
              new Fault.ConnectionReset(Fault.Moment.BEFORE_COMMIT))) {
        fixture.simulator.faults(FaultPlan.on("ingest.successfulResults", 2, fault));
        // a second 401 in a row would be final, so that fault strikes once
        if (fault.equals(NamedAnswers.SESSION_EXPIRED.fault())) {
          fixture.simulator.faults(FaultPlan.on("ingest.successfulResults", 1, fault));
        }
        assertThat(fixture.results(job.id(), ResultKind.SUCCESSFUL, dir))
            .as("%s", fault)
            .hasSize(8_000);
      }
    }
  }

  @Test
  void theDayHasAnEnd() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      OrgLimits limits = fixture.org.limits();
      long left = limits.dailyApiRequests().orElseThrow().remaining();
      assertThat(fixture.org.requests().remaining().orElseThrow()).isBetween(left - 2, left);
      fixture.simulator.changeAllocations(all -> all.withDailyApiRequests(1));
      assertThatThrownBy(fixture.org::limits).isInstanceOf(OrgException.LimitReached.class);
    }
  }

  @Test
  void anUnknownObjectIsTold() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      assertThatThrownBy(() -> fixture.org.describe("Acount"))
          .hasMessageContaining("did you mean Account?");
      assertThat(fixture.org.describe("account").field("External_ID__c").orElseThrow().externalId())
          .isTrue();
    }
  }

  @Test
  void manyJobsAreWatchedByTheList() throws Exception {
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      List<String> ids = new java.util.ArrayList<>();
      for (int i = 0; i < 5; i++) {
        JobInfo job = fixture.org.jobs().create(UPSERT);
        fixture.org.jobs().upload(job.id(), Upload.text("External_ID__c,Name\nk" + i + ",Name\n"));
        if (i < 3) {
          fixture.org.jobs().submit(job.id());
          fixture.ended(job.id());
        }
        ids.add(job.id());
      }
      fixture.org.jobs().delete(ids.get(0));
      JobWatch.Look look = new JobWatch(fixture.org.jobs()).look(ids);
      assertThat(look.ended())
          .extracting(JobInfo::id)
          .containsExactlyInAnyOrder(ids.get(1), ids.get(2));
      assertThat(look.ended()).allMatch(job -> job.counters().processed() == 1);
      assertThat(look.gone()).containsExactly(ids.get(0));
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
            Instant.EPOCH,
            "",
            "",
            new JobInfo.Counters(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
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
