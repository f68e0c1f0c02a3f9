package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is gone, or that a backup made older than what was done. */
@Tag("system")
class LostLedgerTest {
  @TempDir Path directory;

  @Test
  void withoutItsLedgerNothingIsLoadedAgainUntilAPersonSaysSo() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      int jobs = site.org().jobs().size();
      Files.delete(site.ledger());

      assertThat(site.run("run").exits(1).err()).contains("LEDGER_GONE", "--begin-anew");
      for (String step : List.of("plan", "finish", "cleanup")) {
        JsonNode failed = Task.run(site, step, Map.of(), 1).result().path("failure");
        assertThat(failed.path("code").asText()).as(step).isEqualTo("LEDGER_GONE");
      }
      assertThat(site.org().jobs()).hasSize(jobs);
      assertThat(receipts(site, "")).hasSize(2);

      JsonNode anew = site.run("run", "--begin-anew", "--json").exits(0).json();
      assertThat(anew.path("tables").findValuesAsText("updated"))
          .containsExactlyInAnyOrder("20", "2000");
      assertThat(receipts(site, "before-")).as("they are kept").hasSize(2);
      site.run("run").exits(0);
      site.run("reconcile").exits(0);
    }
  }

  @Test
  void aStepIsToldByItsRequest() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Files.delete(site.ledger());
      Task.run(site, "plan", Map.of("beginAnew", true), 0);
      Task.run(site, "finish", Map.of(), 0);
      site.run("reconcile").exits(0);
    }
  }

  /** Without a ledger nobody needs the staged files; they are not swept all the same. */
  @Test
  void stagedFilesAreLeftAsTheyAre() throws IOException {
    try (Site site = Site.open(directory)) {
      Path staged = Files.createDirectories(site.staging().resolve("crm-history"));
      Path part = Files.writeString(staged.resolve("CUSTOMERS-00001-001.csv.gz"), "rows");
      assertThat(site.run("run").exits(1).err()).contains("LEDGER_GONE", "1 staged files");
      assertThat(part).exists();
    }
  }

  @Test
  void anOlderLedgerIsKnownByTheListsThatItDoesNotKnow() throws IOException {
    try (Site site = Site.open(directory)) {
      Path newest = restoredAfterMore(site);
      assertThat(site.run("run").exits(1).err()).contains("LEDGER_OLDER", "CUSTOMERS-00001-001");

      Files.copy(newest, site.ledger(), StandardCopyOption.REPLACE_EXISTING);
      JsonNode done = site.run("run", "--json").exits(0).json();
      assertThat(done.path("tables").findValuesAsText("updated")).containsOnly("0");
    }
  }

  @Test
  void anOlderLedgerIsKnownByTheJobsThatItDoesNotKnow() throws IOException {
    try (Site site = Site.open(directory)) {
      restoredAfterMore(site);
      for (Path list : receipts(site, "")) {
        Files.delete(list);
      }
      int jobs = site.org().jobs().size();
      assertThat(site.run("run").exits(1).err()).contains("LEDGER_OLDER", "1 jobs of this user");
      assertThat(site.org().jobs()).hasSize(jobs);

      JsonNode anew = site.run("run", "--begin-anew", "--json").exits(0).json();
      assertThat(anew.path("tables").findValuesAsText("updated"))
          .containsExactlyInAnyOrder("0", "2000");
      site.run("run").exits(0);
      site.run("reconcile").exits(0);
    }
  }

  /** The newest ledger; in its place is one of before the customers were loaded. */
  private Path restoredAfterMore(Site site) throws IOException {
    site.run("run", "--phase", "reference").exits(0);
    Path backup = Files.copy(site.ledger(), directory.resolve("backup.db"));
    site.run("run").exits(0);
    Path newest = Files.copy(site.ledger(), directory.resolve("newest.db"));
    Files.copy(backup, site.ledger(), StandardCopyOption.REPLACE_EXISTING);
    return newest;
  }

  private static List<Path> receipts(Site site, String folder) throws IOException {
    try (Stream<Path> files = Files.walk(site.staging())) {
      return files
          .filter(f -> f.toString().endsWith(".csv.gz"))
          .filter(
              f ->
                  f.getParent()
                      .getFileName()
                      .toString()
                      .startsWith(folder.isEmpty() ? "receipts" : folder))
          .toList();
    }
  }
}
