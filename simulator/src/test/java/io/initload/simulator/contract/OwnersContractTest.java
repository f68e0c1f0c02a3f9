package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.setup.OrgSetup;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may own a record: who made it, active users, and queues of the object. */
@Tag("system")
class OwnersContractTest {
  private static final String SETUP =
      """
      users:
        - {username: here@example.com}
        - {username: gone@example.com, inactive: true}
      queues:
        - {developerName: Leads, objects: [Lead]}
        - {developerName: Sales, objects: [Sale__c]}
      """;
  private static final String LEAD = "External_ID__c,LastName,Company,OwnerId\n";

  private static String user(Written written, String name) {
    return written.value("SELECT Id FROM User WHERE Username = '%s@example.com'".formatted(name));
  }

  private static String queue(Written written, String name) {
    return written.value(
        "SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = '%s'".formatted(name));
  }

  @Test
  void aRecordBelongsToWhoMadeIt() {
    try (Written written = Written.into(SETUP)) {
      assertThat(written.upsert("Lead", LEAD + "a,A,C,\n")).isEmpty();
      assertThat(written.value("SELECT OwnerId FROM Lead"))
          .isEqualTo(written.value("SELECT CreatedById FROM Lead"))
          .startsWith("005");
    }
  }

  @Test
  void anActiveUserMayOwnIt() {
    try (Written written = Written.into(SETUP)) {
      String here = user(written, "here");
      assertThat(written.upsert("Lead", LEAD + "a,A,C," + here + "\n")).isEmpty();
      assertThat(written.value("SELECT OwnerId FROM Lead")).isEqualTo(here);
      assertThat(
              written.upsert(
                  "Account", "External_ID__c,Name,Owner.Username\na,A,here@example.com\n"))
          .isEmpty();
      assertThat(written.value("SELECT OwnerId FROM Account")).isEqualTo(here);
    }
  }

  @Test
  void oneWhoHasLeftMayNot() {
    try (Written written = Written.into(SETUP)) {
      String gone = user(written, "gone");
      String refused =
          "INACTIVE_OWNER_OR_USER:operation performed with inactive user [%s] as owner of lead:--"
              .formatted(gone);
      assertThat(written.upsert("Lead", LEAD + "a,A,C," + gone + "\nb,B,C,\n"))
          .containsExactly(refused);
      assertThat(written.upsert("Lead", LEAD + "b,B,C," + gone + "\n")).containsExactly(refused);
    }
    try (Written written = Written.into(SETUP, "rows.inactiveOwners=allowed")) {
      String gone = user(written, "gone");
      assertThat(written.upsert("Lead", LEAD + "a,A,C," + gone + "\n")).isEmpty();
    }
  }

  @Test
  void whatTheyOwnedStaysWritable() {
    try (Written written = Written.into(SETUP)) {
      String here = user(written, "here");
      written.upsert("Lead", LEAD + "a,A,C," + here + "\n");
      written.load("User", "update", "Id,IsActive\n%s,false\n".formatted(here));
      assertThat(written.upsert("Lead", LEAD + "a,B,C," + here + "\n")).isEmpty();
      assertThat(written.upsert("Lead", LEAD + "b,B,C," + here + "\n")).hasSize(1);
    }
  }

  @Test
  void aQueueOwnsRecordsOfItsObjects() {
    try (Written written = Written.into(SETUP)) {
      String leads = queue(written, "Leads");
      String sales = queue(written, "Sales");
      assertThat(leads).startsWith("00G");
      assertThat(written.upsert("Lead", LEAD + "a,A,C," + leads + "\n")).isEmpty();
      assertThat(written.value("SELECT OwnerId FROM Lead")).isEqualTo(leads);
      assertThat(written.upsert("Lead", LEAD + "b,B,C," + sales + "\n"))
          .containsExactly("INVALID_OPERATION:Queue not associated with this SObject type:--");
      assertThat(written.upsert("Account", "External_ID__c,Name,OwnerId\na,A," + leads + "\n"))
          .singleElement()
          .asString()
          .startsWith("MALFORMED_ID:");
      assertThat(written.count("QueueSobject WHERE QueueId = '" + leads + "'")).isEqualTo(1);
    }
  }

  @Test
  void keptDataGetsNoneTwice(@TempDir Path data) {
    OrgOptions kept = OrgOptions.defaults().data(data.resolve("org")).setup(OrgSetup.yaml(SETUP));
    for (int opened = 0; opened < 2; opened++) {
      try (SimulatedOrg org = SimulatedOrg.start(kept)) {
        assertThat(org.records("User").count()).isEqualTo(4);
        assertThat(org.records("Group").count()).isEqualTo(2);
      }
    }
  }

  @Test
  void aQueueForWhatNoneCanOwnIsNamed() {
    OrgSetup setup = OrgSetup.yaml("queues: [{developerName: Q, objects: [Account]}]");
    assertThatThrownBy(() -> SimulatedOrg.start(OrgOptions.defaults().setup(setup)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("queues: no queue can own records of Account");
    assertThatThrownBy(() -> OrgSetup.yaml("users: [{username: nobody}]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("users[0]: a user needs a username like");
  }
}
