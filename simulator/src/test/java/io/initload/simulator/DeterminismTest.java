package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Same seed, same requests, same moves of the clock: the same org, byte by byte. */
@Tag("system")
class DeterminismTest {
  private static List<String> story(long seed) {
    VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));
    List<String> story = new ArrayList<>();
    try (SimulatedOrg org =
        SimulatedOrg.start(
            OrgOptions.defaults().clock(clock).seed(seed).cost(CostModel.realistic()))) {
      RawClient client = RawClient.of(org);
      List<String> jobs = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        jobs.add(
            client.start(
                "Account",
                "upsert",
                "External_ID__c",
                JobStatesTest.accounts(j * 300, j * 300 + 12_000)));
        clock.advance(Duration.ofMillis(2500));
      }
      client.state(jobs.get(3), "Aborted");
      clock.advance(Duration.ofHours(1));
      for (String job : jobs) {
        story.add(client.get("jobs/ingest/" + job).body());
        story.add(client.successful(job));
        story.add(client.unprocessed(job));
      }
      story.add(client.get("jobs/ingest").body().replaceAll("127.0.0.1:\\d+", "host"));
      org.log().jobs().forEach(entry -> story.add(entry.toString()));
      org.log().usage().forEach(entry -> story.add(entry.toString()));
    }
    return story;
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    assertThat(story(7)).isEqualTo(story(7));
  }

  @Test
  void anotherSeedGivesOtherIdsAndAnotherOrder() {
    List<String> one = story(7);
    List<String> other = story(8);
    assertThat(other.get(1)).isNotEqualTo(one.get(1));
    assertThat(other.get(1).lines().count()).isEqualTo(one.get(1).lines().count());
  }

  @Test
  void manyOrgsLiveSideBySideAndLeaveNothingBehind() {
    long threadsBefore = orgThreads();
    List<SimulatedOrg> orgs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      orgs.add(SimulatedOrg.start(OrgOptions.defaults().seed(i)));
    }
    for (SimulatedOrg org : orgs) {
      RawClient.of(org).load("Country__c", "insert", "", "Name\nHere\n");
      assertThat(org.records("Country__c").count()).isEqualTo(1);
    }
    orgs.forEach(SimulatedOrg::close);
    assertThat(orgThreads()).isLessThanOrEqualTo(threadsBefore);
  }

  private static long orgThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.isAlive() && t.getName().startsWith("org-"))
        .count();
  }
}
