package io.initload.cli.wish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.hook.JobEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A table is loaded anew, by the same mapping or another one. */
@Tag("system")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ResetTest {
  private static final String CONFIRMED = "crm-history";
  private static final int CUSTOMERS = 2_000;
  private static final String BAD = "nobody(at)nowhere";

  @TempDir Path directory;

  @Test
  void aTableIsLoadedAnewAsUpdatesAndUndoStillDeletesWhatWasCreated() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      assertThat(site.run("reset CUSTOMERS").exits(0).out())
          .contains("2,000", "Nothing was forgotten.", "reset CUSTOMERS -c", "--confirm");
      JsonNode forgotten = reset(site).exits(0).json();
      assertThat(forgotten.at("/tables/0/created").asInt()).isEqualTo(CUSTOMERS);
      assertThat(reset(site).exits(0).json().path("tables")).as("given again").isEmpty();
      assertThat(site.run("reconcile").exits(6).out())
          .contains("CUSTOMERS: nothing of it was migrated yet");

      site.run("run").exits(0);
      JsonNode certificate = closed(site);
      assertThat(certificate.at("/tables/0/created").asInt()).isEqualTo(Site.COUNTRIES);
      assertThat(certificate.at("/tables/1/created").asInt()).isZero();
      assertThat(certificate.at("/tables/1/updated").asInt()).isEqualTo(CUSTOMERS);
      assertThat(certificate.path("notes").toString())
          .contains(
              "CUSTOMERS was reset at",
              System.getProperty("user.name"),
              "2,000 of 2,000 rows had been read",
              "2,000 had created a record");
      assertThat(site.run("audit").exits(0).out()).contains("RESET");
      undone(site);
    }
  }

  @Test
  void recordsThatWereThereBeforeTheMigrationStayKnown() {
    try (Site site = Site.open(directory)) {
      site.with("name: crm-history", "name: earlier");
      site.source().run("DELETE FROM CUSTOMERS WHERE CUST_ID > 500");
      site.run("run").exits(0);
      site.config(UnaryOperator.identity());
      site.source()
          .run(
              "INSERT INTO CUSTOMERS SELECT X, 'Late', 1 + MOD(X, 20), NULL FROM SYSTEM_RANGE(501, 2000)");
      site.run("run").exits(0);
      for (int i = 0; i < 2; i++) {
        reset(site).exits(0);
        site.run("run").exits(0);
        JsonNode customers = closed(site).at("/tables/1");
        assertThat(customers.path("targetBefore").asInt()).isEqualTo(500);
        assertThat(customers.path("updated").asInt()).isEqualTo(CUSTOMERS);
      }
      site.run("undo", "--confirm", CONFIRMED).exits(0);
      assertThat(site.org().records("Account").count()).isEqualTo(500);
    }
  }

  @Test
  void aChangedMappingIsRefusedByNameAndTakenAfterTheResetForThatTableOnly() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      int jobs = site.org().jobs().size();
      site.with("CUST_EMAIL: Email__c", "CUST_EMAIL: Site");
      Shell.Result refused = site.run("run").exits(1);
      assertThat(refused.out())
          .contains(
              "MAPPING_CHANGED",
              "tables[CUSTOMERS].columns.CUST_EMAIL: Email__c -> Site",
              "initload reset CUSTOMERS");
      assertThat(site.org().jobs()).hasSize(jobs);

      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'Bregenz'");
      reset(site).exits(0);
      site.run("run").exits(0);
      assertThat(site.org().records("Account").stream().flatMap(r -> r.value("Site").stream()))
          .hasSize(CUSTOMERS)
          .containsOnly("Bregenz");
      assertThat(site.org().jobs()).as("countries are not sent again").hasSize(jobs + 1);
      JsonNode certificate = closed(site);
      assertThat(certificate.at("/provenance/configurations")).hasSize(2);
      assertThat(certificate.at("/provenance/configurations/1/changed").toString())
          .contains("tables[CUSTOMERS].columns.CUST_EMAIL: Email__c -> Site");
      undone(site);
    }
  }

  @Test
  void aTableThatIsAddedLaterJoins() {
    try (Site site = Site.open(directory)) {
      site.config(text -> text.substring(0, text.indexOf("  - source: CUSTOMERS")));
      site.run("run").exits(0);
      assertThat(site.org().records("Account").count()).isZero();
      site.config(UnaryOperator.identity());
      site.run("run").exits(0);
      JsonNode certificate = closed(site);
      assertThat(certificate.at("/tables/1/created").asInt()).isEqualTo(CUSTOMERS);
      assertThat(certificate.at("/provenance/configurations/1/changed").toString())
          .contains("tables[CUSTOMERS].object: (not set) -> Account")
          .doesNotContain("COUNTRIES");
    }
  }

  @Test
  void halfOfATableIsForgottenAndTheRecordsOfBothLoadsAreKnown() {
    int customers = 20_000;
    try (Site site = Site.open(directory, OrgOptions.defaults(), customers)) {
      AtomicBoolean failing = new AtomicBoolean(true);
      site.org()
          .hooks()
          .add(
              job ->
                  failing.get() && job.jobNumber() > 3
                      ? new JobEffect.FailJob("InvalidEntity : nothing goes")
                      : JobEffect.NONE);
      site.with("auth:", "maxConcurrentJobs: 1\n  auth:");
      site.run("run").exits(3);
      failing.set(false);
      JsonNode half = reset(site).exits(0).json().at("/tables/0");
      assertThat(half.path("created").asInt()).isEqualTo(10_000);
      site.run("undo").exits(0);
      site.run("run").exits(0);
      JsonNode loaded = closed(site).at("/tables/1");
      assertThat(loaded.path("created").asInt()).isEqualTo(10_000);
      assertThat(loaded.path("updated").asInt()).isEqualTo(10_000);
      undone(site);
    }
  }

  @Test
  void undoDeletesWhatWasCreatedThoughTheTableIsNotLoadedAnewOrLeftOut() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      reset(site).exits(0);
      site.config(text -> text.substring(0, text.indexOf("  - source: CUSTOMERS")));
      site.run("run").exits(0);
      assertThat(site.run("reconcile").exits(6).out())
          .contains("CUSTOMERS was reset to be loaded anew and is not in the configuration");
      site.config(UnaryOperator.identity());
      undone(site);
    }
  }

  @Test
  void whatIsWithTheOrgIsBookedBefore() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean held = new AtomicBoolean(true);
    try (Site site = Site.open(directory)) {
      site.org()
          .hooks()
          .add(
              job -> {
                if (!held.get() || job.jobNumber() < 3) {
                  return JobEffect.NONE;
                }
                running.countDown();
                return new JobEffect.Stall(Duration.ofMillis(50));
              });
      try (Launched run = site.start("run")) {
        assertThat(running.await(3, TimeUnit.MINUTES)).isTrue();
        assertThat(reset(site).exits(75).err()).contains("RESET_BUSY");
        run.kill();
      }
      assertThat(reset(site).exits(1).err()).contains("RESET_UNDER_WAY", "initload abort");
      site.run("abort", "--confirm", CONFIRMED).exits(0);
      reset(site).exits(0);
      held.set(false);
      site.run("run").exits(0);
      closed(site);
      undone(site);
    }
  }

  @Test
  void whatWasInsertedIsNotLoadedAnew() {
    UnaryOperator<String> inserted =
        text ->
            text.replace("object: Account", "object: Account\n    operation: insert")
                .replace("CUST_ID: External_ID__c", "CUST_ID: AccountNumber")
                .replace(
                    "phase: customers\n    externalId: External_ID__c",
                    "phase: customers\n    externalId: AccountNumber");
    try (Site site = Site.open(directory)) {
      site.config(inserted);
      site.run("run").exits(0);
      assertThat(reset(site).exits(1).err()).contains("RESET_INSERTED", "initload undo");
      assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
      undone(site);
      site.config(text -> inserted.apply(text).replace("name: crm-history", "name: again"));
      site.run("run").exits(0);
      assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    }
  }

  @Test
  void anotherObjectOrExternalIdIsAnotherMigration() {
    UnaryOperator<String> other =
        text ->
            text.replace("object: Account", "object: Country__c")
                .replace("COUNTRY_ID: Country__r.External_ID__c", "")
                .replace("CUST_EMAIL: Email__c", "");
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.config(other);
      assertThat(reset(site).exits(1).err()).contains("RESET_OTHER_RECORDS", "Country__c");
      site.config(UnaryOperator.identity());
      reset(site).exits(0);
      site.config(other);
      assertThat(site.run("run").exits(1).out()).contains("RESET_OTHER_RECORDS");
      site.config(UnaryOperator.identity());
      site.run("run").exits(0);
      closed(site);
    }
  }

  @Test
  void correctionsByHandAreNotForgottenUnasked() throws IOException {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = '%s' WHERE CUST_ID = 7".formatted(BAD));
      site.run("run").exits(4);
      Path file = directory.resolve("letters").resolve("CUSTOMERS.csv");
      correct(site, file);
      assertThat(reset(site).exits(1).err())
          .contains("RESET_CORRECTED", "1 rows of CUSTOMERS", file.toString(), "--corrections-too");
      site.run("reset CUSTOMERS", "--confirm", CONFIRMED, "--corrections-too").exits(0);
      site.run("run").exits(4);
      correct(site, file);
      closed(site);
    }
  }

  @Test
  void otherNamesAreRefused() {
    try (Site site = Site.open(directory)) {
      assertThat(site.run("reset CUSTOMERS").exits(1).err()).contains("NOT_BEGUN");
      site.run("run").exits(0);
      assertThat(site.run("reset NOBODY").exits(1).err()).contains("USAGE", "CUSTOMERS");
      assertThat(site.run("reset CUSTOMERS", "--confirm", "other").exits(1).err())
          .contains("USAGE", CONFIRMED);
    }
  }

  private static Shell.Result reset(Site site) {
    return site.run("reset CUSTOMERS", "--confirm", CONFIRMED, "--json");
  }

  private static void correct(Site site, Path file) throws IOException {
    Path folder = file.getParent();
    Files.deleteIfExists(file);
    site.run("dead-letters export", "-o", folder.toString()).exits(0);
    Files.writeString(file, Files.readString(file).replace(BAD, "seven@nowhere.example"));
    site.run("dead-letters replay", "--from", file.toString()).exits(0);
  }

  private static JsonNode closed(Site site) {
    JsonNode certificate = site.run("reconcile", "--level", "full", "--json").exits(0).json();
    assertThat(certificate.path("booksClosed").asBoolean())
        .as("%s", certificate.path("findings"))
        .isTrue();
    return certificate;
  }

  /** Nothing of the migration is left, and the certificate of the deletion says so. */
  private static void undone(Site site) {
    JsonNode undone = site.run("undo", "--confirm", CONFIRMED, "--json").exits(0).json();
    assertThat(undone.path("complete").asBoolean()).isTrue();
    assertThat(site.org().records("Account").count()).isZero();
    assertThat(site.org().records("Country__c").count()).isZero();
    JsonNode proof = site.run("report", "--undo", "--json").exits(0).json();
    assertThat(proof.path("findings")).as("%s", proof).isEmpty();
    assertThat(site.run("reset CUSTOMERS", "--confirm", CONFIRMED).exits(1).err())
        .contains("MIGRATION_UNDONE");
  }
}
