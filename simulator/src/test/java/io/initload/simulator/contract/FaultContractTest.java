package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.Fault.Moment;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.NamedAnswers;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 25 and 26: what goes wrong, and what is true afterwards. */
@ExtendWith(Rows.class)
@Tag("system")
class FaultContractTest {
  private static final Fault LOST = new Fault.ConnectionReset(Moment.AFTER_COMMIT);
  private static final Fault REFUSED = new Fault.ConnectionReset(Moment.BEFORE_COMMIT);

  private Org org;

  @BeforeEach
  void open() {
    org = Org.simulated(OrgOptions.defaults());
  }

  @AfterEach
  void close() {
    org.close();
  }

  private void once(String action, Fault fault) {
    org.simulator().faults(FaultPlan.on(action, 1, fault));
  }

  @Test
  void row25_answersOfMachinesInBetween() {
    for (NamedAnswers answer : NamedAnswers.values()) {
      once("limits", Fault.Answered.of(answer));
      HttpResponse<String> response = org.get("limits");
      assertThat(response.statusCode())
          .as(answer.planName())
          .isEqualTo(Fault.Answered.of(answer).status());
      assertThat(response.body()).isEqualTo(Fault.Answered.of(answer).body());
      assertThat(org.get("limits").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void row25_resetsBeforeTheCommitChangeNothing() {
    once("ingest.create", REFUSED);
    assertThatThrownBy(() -> org.open("Account", "insert"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(org.simulator().jobs()).isEmpty();
    String job = org.open("Account", "insert");
    once("ingest.upload", REFUSED);
    assertThatThrownBy(() -> org.upload(job, "Name\nx\n")).isInstanceOf(UncheckedIOException.class);
    assertThat(org.upload(job, "Name\nx\n").statusCode()).as("nothing was stored").isEqualTo(201);
    once("ingest.state", REFUSED);
    assertThatThrownBy(() -> org.state(job, "UploadComplete"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(org.job(job).path("state").asText()).isEqualTo("Open");
  }

  @Test
  void row25_bodiesBreakOffAndFlowSlowly() {
    String job = org.upsert("Account", "External_ID__c,Name\nx,y\n");
    once("ingest.successfulResults", new Fault.TruncatedBody(40));
    assertThatThrownBy(() -> org.get("jobs/ingest/" + job + "/successfulResults"))
        .isInstanceOf(UncheckedIOException.class);
    String whole = org.get("jobs/ingest/" + job + "/successfulResults").body();
    once("ingest.successfulResults", new Fault.SlowBody(10_000));
    assertThat(org.get("jobs/ingest/" + job + "/successfulResults").body()).isEqualTo(whole);
  }

  @Test
  void row26_lostRepliesHideWhatWasDone() {
    once("ingest.create", LOST);
    assertThatThrownBy(() -> org.open("Account", "insert"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(org.simulator().jobs()).as("an orphan").hasSize(1);
    String job = Org.json(org.get("jobs/ingest")).path("records").get(0).path("id").asText();

    once("ingest.upload", LOST);
    assertThatThrownBy(() -> org.upload(job, "Name,External_ID__c\nx,row26\n"))
        .isInstanceOf(UncheckedIOException.class);
    HttpResponse<String> again = org.upload(job, "Name,External_ID__c\nx,row26\n");
    assertThat(Org.error(again).path("errorCode").asText()).isEqualTo("BULK_API_ERROR");

    once("ingest.state", LOST);
    assertThatThrownBy(() -> org.state(job, "UploadComplete"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(org.await("jobs/ingest/" + job).path("state").asText()).isEqualTo("JobComplete");
    assertThat(org.state(job, "UploadComplete").statusCode()).isEqualTo(400);
    assertThat(
            org.query("SELECT COUNT() FROM Account WHERE External_ID__c = 'row26'")
                .path("totalSize")
                .asInt())
        .isEqualTo(1);

    once("ingest.delete", LOST);
    assertThatThrownBy(() -> org.delete("jobs/ingest/" + job))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(org.delete("jobs/ingest/" + job).statusCode()).isEqualTo(404);
  }
}
