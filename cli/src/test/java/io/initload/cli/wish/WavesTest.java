package io.initload.cli.wish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.hook.JobEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files under one migration name. */
@Tag("system")
class WavesTest {
  private static final String CUSTOMERS = "  - source: CUSTOMERS";

  @TempDir Path directory;

  @Test
  void eachWaveIsRunByItselfAndOneCertificateIsOverAll() throws IOException {
    try (Site site = Site.open(directory)) {
      Path first = first(site);
      Path second = second(site, UnaryOperator.identity());
      run("run", first).exits(0);
      assertThat(site.org().records("Account").count()).isZero();
      run("run", second).exits(0);
      int jobs = site.org().jobs().size();
      run("run", first).exits(0);
      assertThat(site.org().jobs()).as("nothing is loaded twice").hasSize(jobs);

      JsonNode alone = run("reconcile", second, "--json").exits(0).json();
      assertThat(alone.path("tables").findValuesAsText("source")).containsExactly("CUSTOMERS");
      assertThat(alone.path("notes").toString())
          .contains("Wave 1 of the migration (COUNTRIES) is not looked at here");

      JsonNode all = run("reconcile", List.of(first, second), "--json").exits(0).json();
      assertThat(all.path("booksClosed").asBoolean()).isTrue();
      assertThat(all.path("tables").findValuesAsText("source"))
          .containsExactly("COUNTRIES", "CUSTOMERS");
      assertThat(all.path("notes").toString()).doesNotContain("Wave");
      assertThat(all.at("/provenance/configurations")).hasSize(2);
      assertThat(all.at("/provenance/configurations").findValuesAsText("changed"))
          .as("each is the first of its wave")
          .allMatch(String::isEmpty);

      assertThat(run("undo", second, "--confirm", "crm-history").exits(3).out())
          .contains("UNDO_TABLE", "-c");
      run("undo", List.of(first, second), "--confirm", "crm-history").exits(0);
      assertThat(site.org().records("Account").count()).isZero();
      assertThat(site.org().records("Country__c").count()).isZero();
    }
  }

  @Test
  void commandsTakeTheTablesOfAWave() throws IOException {
    try (Site site = Site.open(directory)) {
      List<Path> both = List.of(first(site), second(site, UnaryOperator.identity()));
      run("run", both, "--wave", "1").exits(0);
      assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
      assertThat(site.org().records("Account").count()).isZero();
      assertThat(run("run", both, "--wave", "3").exits(1).err()).contains("USAGE", "1, 2");
      assertThat(run("run", both, "--wave", "1", "--table", "CUSTOMERS").exits(1).err())
          .contains("USAGE");

      Shell.Result ended = run("run", both).exits(0);
      assertThat(ended.out())
          .contains("next: initload reconcile -c " + both.get(0) + " -c " + both.get(1));
      assertThat(of("status", both)).containsExactly("CUSTOMERS");
      assertThat(of("reconcile", both)).containsExactly("CUSTOMERS");
      assertThat(of("report", both)).containsExactly("CUSTOMERS");
      JsonNode table = run("status", both, "--table", "COUNTRIES", "--json").exits(0).json();
      assertThat(table.path("tables")).hasSize(1);
      JsonNode phase = run("status", both, "--phase", "customers", "--json").exits(0).json();
      assertThat(phase.path("tables").findValuesAsText("table")).containsExactly("CUSTOMERS");
      run("undo", both, "--wave", "2", "--confirm", "crm-history").exits(0);
      assertThat(site.org().records("Account").count()).isZero();
      assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
    }
  }

  @Test
  void aTableIsLeftOutWhenItsOwnWaveNamesItNoMoreAndForgettingItIsOnTheCertificate()
      throws IOException {
    try (Site site = Site.open(directory)) {
      AtomicBoolean failing = new AtomicBoolean(true);
      site.org()
          .hooks()
          .add(
              job ->
                  failing.get() && job.jobNumber() == 3
                      ? new JobEffect.FailJob("InvalidEntity : nothing goes")
                      : JobEffect.NONE);
      run("run", site.config()).exits(3);
      failing.set(false);
      Path second =
          second(
              site,
              text ->
                  text.replace("object: Account", "object: Contact")
                      .replace(CUSTOMERS, "  - name: PEOPLE\n    source: CUSTOMERS")
                      .replace("CUST_LAST_NAME: Name", "CUST_LAST_NAME: LastName")
                      .replace("COUNTRY_ID: Country__r.External_ID__c", "")
                      .replace("CUST_EMAIL: Email__c", ""));
      assertThat(run("forget CUSTOMERS", second, "--reason", "x").exits(1).err())
          .contains("FORGET_NAMED");
      Path first = first(site);
      assertThat(run("run", first).exits(1).out())
          .contains("TABLE_LEFT_OUT", "CUSTOMERS", "initload forget CUSTOMERS --reason");
      run("reconcile", first).exits(6);
      run("forget CUSTOMERS", first, "--reason", "stays where it is").exits(0);
      assertThat(run("forget CUSTOMERS", first, "--reason", "again").exits(0).out())
          .contains("was taken out before");
      run("run", first).exits(0);
      assertThat(run("status", first, "--json").exits(0).json().path("rowsLeft").asInt()).isZero();
      JsonNode certificate = run("reconcile", first, "--json").exits(0).json();
      assertThat(certificate.path("notes").toString())
          .contains(
              "CUSTOMERS was taken out of the migration at",
              System.getProperty("user.name"),
              "stays where it is",
              "created 0 records");
      assertThat(run("audit", first).exits(0).out()).contains("FORGET");
    }
  }

  @Test
  void whatIsWithTheOrgIsNotForgotten() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (Site site = Site.open(directory)) {
      site.org()
          .hooks()
          .add(
              job -> {
                if (job.jobNumber() < 3) {
                  return JobEffect.NONE;
                }
                running.countDown();
                return new JobEffect.Stall(Duration.ofMillis(50));
              });
      try (Launched run = site.start("run")) {
        assertThat(running.await(3, TimeUnit.MINUTES)).isTrue();
        run.kill();
      }
      Path first = first(site);
      assertThat(run("forget CUSTOMERS", first, "--reason", "x").exits(1).err())
          .contains("FORGET_UNDER_WAY");
      site.run("abort", "--confirm", "crm-history").exits(0);
      run("forget CUSTOMERS", first, "--reason", "x").exits(0);
      run("run", first).exits(0);
      run("reconcile", first).exits(0);
    }
  }

  @Test
  void filesThatAreNoWavesOfOneMigrationAreRefused() throws IOException {
    try (Site site = Site.open(directory)) {
      Path first = first(site);
      apart(first, site.config(), "is wave 1, and so is another one");
      apart(
          first,
          second(site, text -> text.replace("name: crm-history", "name: other")),
          "another name");
      apart(
          first, second(site, text -> text.replace("ledger.db", "other.db")), "another ledger.url");
      apart(
          first,
          second(
              site,
              text ->
                  text.replace("[reference, customers]", "[customers, reference]")
                      .replace("wave: 2", "wave: 3")),
          "has the phase reference behind customers");
      Path all = directory.resolve("all.yaml");
      Files.writeString(all, text(site).replace("name:", "wave: 4\nname:"));
      apart(first, all, "has the table COUNTRIES, and so has another one");
    }
  }

  private static void apart(Path one, Path other, String why) {
    assertThat(run("validate", List.of(one, other)).exits(1).err()).contains("WAVES_APART", why);
  }

  /** The names of the tables that a command tells of, given the second wave. */
  private static List<String> of(String command, List<Path> files) {
    JsonNode told = run(command, files, "--wave", "2", "--json").exits(0).json();
    String name = command.equals("status") ? "table" : "source";
    List<String> names = new ArrayList<>();
    told.path("tables").forEach(table -> names.add(table.path(name).asText()));
    return names;
  }

  /** A file with the countries alone. */
  private Path first(Site site) throws IOException {
    String text = text(site);
    return Files.writeString(
        directory.resolve("first.yaml"), text.substring(0, text.indexOf(CUSTOMERS)));
  }

  /** A file with the customers alone, as wave 2, changed. */
  private Path second(Site site, UnaryOperator<String> change) throws IOException {
    String text = text(site);
    String customers =
        text.substring(0, text.indexOf("  - source: COUNTRIES"))
            + text.substring(text.indexOf(CUSTOMERS));
    return Files.writeString(
        directory.resolve("second.yaml"),
        change.apply(customers.replace("name: crm-history", "name: crm-history\nwave: 2")));
  }

  private static String text(Site site) throws IOException {
    return Files.readString(site.config());
  }

  private static Shell.Result run(String command, Path file, String... options) {
    return run(command, List.of(file), options);
  }

  private static Shell.Result run(String command, List<Path> files, String... options) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    files.forEach(file -> words.addAll(List.of("-c", file.toString())));
    words.addAll(List.of(options));
    return Shell.run(words.toArray(String[]::new));
  }
}
