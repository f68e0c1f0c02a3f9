package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.journal.RequestEntry;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a checker outside may rely on. */
@Tag("system")
class JournalTest {
  @Test
  void whoHasTheAnswerFindsTheRequest() {
    try (SimulatedOrg org = SimulatedOrg.start(OrgOptions.defaults())) {
      RawClient client = RawClient.of(org);
      int before = org.log().requests().size();
      for (int i = 1; i <= 300; i++) {
        client.json("limits");
        List<RequestEntry> requests = org.log().requests();
        assertThat(requests).hasSize(before + i);
        assertThat(requests.get(before + i - 1).status()).isEqualTo(200);
      }
    }
  }
}
