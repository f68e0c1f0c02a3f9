package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.PrivateFile;
import io.initload.Sha256;
import io.initload.config.AuthConfig;
import io.initload.salesforce.errors.ErrorClass;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.Upload;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.http.WireRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against the simulated org, over real HTTP. */
@Tag("system")
class SimulatedOrgTest {
  private static final JobRequest UPSERT = JobRequest.upsert("Account", "External_ID__c");

  @TempDir Path dir;

  @Test
  void logsInWithAKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    Path pem = dir.resolve("key.pem");
    PrivateFile.write(
        pem,
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
          fixture.org.jobs().results(job.id(), ResultKind.SUCCESSFUL, "Id", dir, 1 << 26)) {
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
  void gzipUploadsLoadTheSameRows() throws Exception {
    Path part = dir.resolve("part.csv.gz");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(part))) {
      out.write("External_ID__c,Name\na,Alpha\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    try (SimulatedFixture fixture = new SimulatedFixture()) {
      String sealed = Sha256.of(part);
      for (Upload body : List.of(Upload.gzip(part, sealed), Upload.inflated(part, 28, sealed))) {
        JobInfo job = fixture.org.jobs().create(UPSERT);
        fixture.org.jobs().upload(job.id(), body);
        fixture.org.jobs().submit(job.id());
        assertThat(fixture.ended(job.id()).counters().succeeded()).isEqualTo(1);
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
}
