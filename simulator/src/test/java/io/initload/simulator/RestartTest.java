package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.setup.OrgSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An org that keeps its data goes on where it was. */
@Tag("system")
class RestartTest {
  @TempDir private Path data;

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));

  private SimulatedOrg start() {
    return SimulatedOrg.start(
        OrgOptions.defaults()
            .data(data)
            .clock(clock)
            .cost(new CostModel(Duration.ZERO, Duration.ZERO, 1000, 2)));
  }

  @Test
  void recordsJobsResultsAndUsageAreThereAgain() {
    String done;
    String half;
    String open;
    String id;
    try (SimulatedOrg org = start()) {
      RawClient client = RawClient.of(org);
      done = client.start("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 300));
      clock.advance(Duration.ofSeconds(1));
      id = org.records("Account").byExternalId("External_ID__c", "a-7").orElseThrow().id();
      half =
          client.start("Account", "upsert", "External_ID__c", JobStatesTest.accounts(100, 25_000));
      clock.advance(Duration.ofSeconds(4));
      open = client.create("Account", "upsert", "externalIdFieldName", "External_ID__c");
      client.upload(open, JobStatesTest.accounts(0, 10));
    }

    try (SimulatedOrg org = start()) {
      RawClient client = RawClient.of(org);
      assertThat(org.records("Account").byId(id).orElseThrow().values())
          .containsEntry("External_ID__c", "a-7");
      assertThat(client.successful(done).lines()).hasSize(301);
      assertThat(client.job(half).path("state").asText()).isEqualTo("InProgress");
      assertThat(client.job(half).path("numberRecordsProcessed").asInt()).isEqualTo(8000);
      assertThat(org.usage().used(io.initload.simulator.limits.Usage.Counted.BATCHES))
          .isGreaterThanOrEqualTo(3);
      clock.advance(Duration.ofMinutes(1));

      assertThat(client.job(half).path("state").asText()).isEqualTo("JobComplete");
      assertThat(client.job(half).path("numberRecordsProcessed").asInt()).isEqualTo(24_900);
      assertThat(client.successful(half).lines().skip(1).map(l -> l.split(",", -1)[2]).distinct())
          .hasSize(24_900);
      assertThat(org.records("Account").count()).isEqualTo(25_000);
      assertThat(client.state(open, "UploadComplete").statusCode()).isEqualTo(200);
      clock.advance(Duration.ofMinutes(1));
      assertThat(client.job(open).path("numberRecordsProcessed").asInt()).isEqualTo(10);
    }
  }

  @Test
  void whatTheOrgLooksForIsFoundWheneverItWasWritten() {
    OrgOptions plain = OrgOptions.defaults().data(data);
    OrgOptions ruled =
        plain.setup(
            OrgSetup.yaml("objects: {Account: {duplicateRules: [{name: Same, fields: [Name]}]}}"));
    try (SimulatedOrg org = SimulatedOrg.start(plain)) {
      RawClient.of(org).load("Account", "insert", "", "Name\nOne\nTwo\n");
    }
    try (SimulatedOrg org = SimulatedOrg.start(ruled)) {
      assertThat(refused(org, "One")).isTrue();
      assertThat(
              RawClient.of(org)
                  .json("query?q=SELECT+COUNT()+FROM+Account+WHERE+Name='One'")
                  .path("totalSize")
                  .asInt())
          .isEqualTo(1);
    }
    try (SimulatedOrg org = SimulatedOrg.start(plain)) {
      String id = org.records("Account").stream().findFirst().orElseThrow().id();
      RawClient.of(org).load("Account", "update", "", "Id,Name\n" + id + ",Three\n");
    }
    try (SimulatedOrg org = SimulatedOrg.start(ruled)) {
      assertThat(refused(org, "Three")).isTrue();
      assertThat(refused(org, "One")).isFalse();
    }
  }

  private static boolean refused(SimulatedOrg org, String name) {
    RawClient client = RawClient.of(org);
    return client
        .failed(client.load("Account", "insert", "", "Name\n" + name + "\n"))
        .contains("DUPLICATES_DETECTED");
  }

  @Test
  void eachOrgHasASecretOfItsOwnAndKeptDataKeepsIt() {
    String first;
    try (SimulatedOrg org = start();
        SimulatedOrg other = SimulatedOrg.start()) {
      first = org.clientSecret();
      assertThat(first).matches("simulated-[0-9a-f]{32,}");
      assertThat(other.clientSecret()).isNotEqualTo(first);
    }
    try (SimulatedOrg again = start()) {
      assertThat(again.clientSecret()).isEqualTo(first);
    }
  }

  @Test
  void theSameDataCannotBeOpenTwice() {
    try (SimulatedOrg org = start()) {
      assertThat(org.records("Account").count()).isZero();
      assertThatThrownBy(this::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("another simulator");
    }
  }

  @Test
  void filesAreForTheOwnerOnly() throws IOException {
    Path kept = data.resolve("org");
    try (SimulatedOrg org = SimulatedOrg.start(OrgOptions.defaults().data(kept))) {
      RawClient client = RawClient.of(org);
      client.load("Account", "insert", "", "Name\nA\n");
      client.upload(client.create("Account", "insert"), "Name\nB\n");
      try (Stream<Path> files = Files.walk(kept.resolve("jobs"))) {
        assertThat(files)
            .allSatisfy(
                f ->
                    assertThat(Files.getPosixFilePermissions(f))
                        .noneMatch(p -> !p.name().startsWith("OWNER")));
      }
      assertThat(Files.getPosixFilePermissions(kept)).noneMatch(p -> !p.name().startsWith("OWNER"));
    }
  }
}
