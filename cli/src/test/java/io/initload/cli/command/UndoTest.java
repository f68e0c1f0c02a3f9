package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.OracleFile;
import io.initload.cli.OrgApi;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.hook.JobEffect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration that is taken back. */
@Tag("system")
class UndoTest {
  @TempDir Path directory;

  @Test
  void deletesWhatTheMigrationCreatedAndNothingElse() {
    try (Site site = Site.open(directory)) {
      OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret())
          .insert("Account", "External_ID__c,Name\n3,Here before\nother,Not ours\n");
      site.run("run").exits(0);

      JsonNode preview = site.run("undo", "--json").exits(0).json();
      assertThat(preview.path("tables").findValuesAsText("created")).containsExactly("1999", "20");
      assertThat(site.org().records("Account").count()).isEqualTo(2_001);
      assertThat(site.run("undo", "--confirm", "crm-other").exits(1).err()).contains("USAGE");

      JsonNode undone = site.run("undo", "--confirm", "crm-history", "--json").exits(0).json();
      assertThat(undone.path("complete").asBoolean()).isTrue();
      assertThat(undone.path("tables").findValuesAsText("deleted")).containsExactly("1999", "20");
      assertThat(site.org().records("Account").count()).isEqualTo(2);
      assertThat(site.org().records("Account").byExternalId("External_ID__c", "3")).isPresent();
      assertThat(site.org().records("Country__c").count()).isZero();

      int jobs = site.org().jobs().size();
      site.run("undo", "--confirm", "crm-history").exits(0);
      assertThat(site.org().jobs()).as("what is gone is not deleted again").hasSize(jobs);
      assertThat(site.run("run").exits(1).err()).contains("MIGRATION_UNDONE");
    }
  }

  @Test
  void oneTableOrPhaseAtATime() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      assertThat(
              site.run("undo", "--table", "COUNTRIES", "--confirm", "crm-history").exits(1).err())
          .contains("UNDO_CHILDREN", "2,000 records that CUSTOMERS created", "--table CUSTOMERS");
      assertThat(site.run("undo", "--phase", "customers").exits(0).out())
          .contains("CUSTOMERS", " --phase customers --confirm crm-history")
          .doesNotContain("COUNTRIES");
      site.run("undo", "--phase", "customers", "--confirm", "crm-history").exits(0);
      assertThat(site.org().records("Account").count()).isZero();
      assertThat(site.org().records("Country__c").count()).isEqualTo(20);
      site.run("undo", "--table", "COUNTRIES", "--confirm", "crm-history").exits(0);
      assertThat(site.org().records("Country__c").count()).isZero();
    }
  }

  @Test
  void aTableTakenOutOfTheConfigurationIsNamed() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      String whole = Files.readString(site.config());
      site.config(
          text ->
              text.substring(0, text.indexOf("  - source: CUSTOMERS"))
                  .replace("phases: [reference, customers]", "phases: [reference]"));
      assertThat(site.run("undo", "--confirm", "crm-history").exits(3).out())
          .contains("UNDO_TABLE", "CUSTOMERS");
      assertThat(site.org().records("Country__c").count()).as("parents wait").isEqualTo(20);

      Files.writeString(site.config(), whole);
      site.run("undo", "--confirm", "crm-history").exits(0);
      assertThat(site.run("dead-letters list", "--undo").exits(0).out())
          .contains("No row needs a person.");
      assertThat(site.org().records("Account").count()).isZero();
    }
  }

  @Test
  void aLostListStopsTheTableUntilItIsBack() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Path list = receipt(site);
      Path aside = Files.move(list, directory.resolve("aside"));
      assertThat(site.run("undo", "--confirm", "crm-history").exits(3).out())
          .contains("UNDO_RECEIPT", list.getFileName().toString());
      assertThat(site.org().records("Account").count()).isEqualTo(2_000);
      assertThat(site.org().records("Country__c").count()).as("parents wait").isEqualTo(20);
      Files.move(aside, list);
      site.run("undo", "--confirm", "crm-history").exits(0);
      assertThat(site.org().records("Account").count()).isZero();
    }
  }

  /** One id is that of a record which was there before. */
  @Test
  void aListThatWasChangedDeletesNothing() throws IOException {
    try (Site site = Site.open(directory)) {
      OrgApi org =
          OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret());
      org.insert("Account", "External_ID__c,Name\nother,Here before\n");
      String before = org.query("SELECT Id FROM Account").get(0).path("Id").asText();
      site.run("run").exits(0);
      Path list = receipt(site);
      byte[] written = Files.readAllBytes(list);
      String text = new String(unpacked(written), StandardCharsets.UTF_8);
      String created = text.lines().skip(1).findFirst().orElseThrow();
      Files.write(list, packed(text.replace(created, before)));

      assertThat(site.run("undo", "--confirm", "crm-history").exits(3).out())
          .contains("UNDO_RECEIPT", list.getFileName().toString(), "SHA-256");
      assertThat(site.org().records("Account").count()).isEqualTo(2_001);

      Files.write(list, written);
      site.run("undo", "--confirm", "crm-history").exits(0);
      assertThat(org.query("SELECT Id FROM Account"))
          .singleElement()
          .satisfies(record -> assertThat(record.path("Id").asText()).isEqualTo(before));
    }
  }

  /** The org fails the job in the middle, and the file that tells what is left is cut off. */
  @Test
  void aDamagedPartOfADeletionIsGatheredAgain() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      AtomicInteger transactions = new AtomicInteger();
      site.org()
          .hooks()
          .add(
              job ->
                  switch (transactions.incrementAndGet()) {
                    case 1 -> cutOff(site.staging().resolve("crm-history/undo"));
                    case 4 -> new JobEffect.FailJob("InternalServerError");
                    default -> JobEffect.NONE;
                  });
      JsonNode undone = site.run("undo", "--confirm", "crm-history", "--json").exits(0).json();
      assertThat(undone.path("tables").findValuesAsText("deleted")).containsExactly("2000", "20");
      assertThat(site.org().records("Account").count()).isZero();
    }
  }

  private static JobEffect cutOff(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Path part = files.filter(f -> f.toString().endsWith(".gz")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(part);
      Files.write(part, Arrays.copyOf(bytes, bytes.length / 2));
      return JobEffect.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] unpacked(byte[] gzip) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static Path receipt(Site site) throws IOException {
    try (Stream<Path> files = Files.walk(site.staging())) {
      return files
          .filter(f -> f.toString().contains("receipts/CUSTOMERS"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void nothingIsAskedOfTheSource() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.config(text -> text.replace(OracleFile.PASSWORD, "withdrawn"));
      assertThat(site.run("plan").err()).contains("SOURCE_LOGIN");
      site.run("undo", "--confirm", "crm-history").exits(0);
      assertThat(site.org().records("Account").count()).isZero();
      assertThat(site.org().records("Country__c").count()).isZero();
    }
  }

  /** Records that were deleted and left the recycle bin too: the org knows no such id any more. */
  @Test
  void whatTheOrgRefusesToDeleteIsListed() {
    try (Site site =
        Site.open(directory, OrgOptions.defaults().set("ingest.hardDelete", "granted"), 2_000)) {
      site.run("run").exits(0);
      List<String> ids = somebodyElse(site, "hardDelete");

      JsonNode undone = site.run("undo", "--confirm", "crm-history", "--json").exits(4).json();
      assertThat(undone.path("complete").asBoolean()).isTrue();
      assertThat(undone.path("tables").findValuesAsText("refused")).containsExactly("5", "0");
      assertThat(site.org().records("Account").count()).isZero();
      JsonNode list = site.run("dead-letters list", "--undo", "--json").exits(0).json();
      JsonNode group = list.path("groups").get(0);
      assertThat(group.path("table").asText()).isEqualTo("CUSTOMERS");
      assertThat(group.path("code").asText()).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
      assertThat(group.path("rows").asLong()).isEqualTo(5);
      String text = site.run("dead-letters list", "--undo", "--rows", "5").exits(0).out();
      assertThat(ids).allSatisfy(id -> assertThat(text).contains("record " + id));
    }
  }

  @Test
  void whatSomebodyElseDeletedIsGoneAsItShouldBe() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      somebodyElse(site, "delete");
      JsonNode undone = site.run("undo", "--confirm", "crm-history", "--json").exits(0).json();
      assertThat(undone.path("tables").findValuesAsText("deleted")).containsExactly("2000", "20");
      assertThat(undone.path("tables").findValuesAsText("refused")).containsExactly("0", "0");
      assertThat(site.org().records("Account").count()).isZero();
    }
  }

  /** Removes five accounts behind our back. */
  private static List<String> somebodyElse(Site site, String operation) {
    OrgApi org =
        OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret());
    List<String> ids =
        org.query("SELECT Id FROM Account LIMIT 5").stream()
            .map(record -> record.path("Id").asText())
            .toList();
    org.load("Account", operation, "Id\n" + String.join("\n", ids) + "\n");
    return ids;
  }
}
