package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --quiet} leaves out and {@code --verbose} adds. */
@Tag("system")
class VolumeTest {
  @TempDir Path directory;

  @Test
  void quietLeavesWarningsErrorsAndTheResult() {
    try (Site site = Site.open(directory)) {
      Shell.Result usual = site.run("run", "--phase", "reference").exits(0);
      assertThat(usual.err()).contains(" INFO ");
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 7");
      Shell.Result quiet = site.run("run", "--quiet").exits(4);
      assertThat(quiet.err()).doesNotContain(" INFO ", " DEBUG ");
      assertThat(quiet.out()).contains("1 rows need a person");
      site.org().close();
      assertThat(site.run("reconcile", "-q").exits(75).err())
          .contains("error ", "  next: ")
          .doesNotContain(" INFO ");
    }
  }

  @Test
  void verboseNamesEachCallChunkAndJob() {
    try (Site site = Site.open(directory)) {
      Shell.Result said = site.run("run", "-v", "--json").exits(0);
      assertThat(said.json().path("exitCode").asInt()).isZero();
      assertThat(said.err())
          .contains("CUSTOMERS-00001 is read: 2000 rows", "/jobs/ingest: HTTP 200");
      for (var job : site.org().jobs()) {
        assertThat(said.err()).contains("job " + job.id() + " has ended JobComplete");
      }
      assertThat(said.err()).contains("is booked: 2000 rows, 2000 created, 0 updated");
      assertThat(site.run("status").exits(0).err())
          .as("the next command is as loud as ever")
          .doesNotContain(" DEBUG ");
    }
  }

  @Test
  void bothTogetherAreAMistake() {
    try (Site site = Site.open(directory)) {
      assertThat(site.run("plan", "--quiet", "--verbose").exits(1).err())
          .contains("error USAGE", "--quiet", "--verbose", "mutually exclusive");
    }
  }
}
