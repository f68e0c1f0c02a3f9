package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.OrgApi;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration is tried on a simulated org with the fields of the org that it is meant for. */
@Tag("system")
class RehearsalTest {
  private static final int CONFIGURATION = 1;
  private static final int PLATFORM = 2;

  @TempDir Path directory;

  @Test
  void loadsIntoTheFieldsThatWereFetched() throws IOException {
    Path describes = directory.resolve("fetched");
    OrgOptions meant = OrgOptions.defaults().hide("Account.Site");
    try (Site site = Site.open(directory, meant, 200)) {
      JsonNode fetched = site.run("describe", "-o", describes.toString(), "--json").exits(0).json();
      assertThat(fetched.path("objects").toString())
          .as("the objects of the configuration and their parents")
          .isEqualTo("[\"Account\",\"Country__c\"]");
      assertThat(files(describes))
          .containsExactly("Account.json rw-------", "Country__c.json rw-------");
      try (Launched simulator =
          Launched.start(directory, "simulator", "--describe", describes.toString())) {
        JsonNode ready = Shell.parse(simulator.firstLine());
        site.aimedAt(ready).run("run").exits(0);
        site.run("reconcile").exits(0);
        OrgApi rehearsed = OrgApi.login(ready);
        assertThat(rehearsed.count("Account")).isEqualTo(200);
        assertThatThrownBy(() -> rehearsed.query("SELECT Site FROM Account"))
            .hasMessageContaining("No such column 'Site'");
      }
      assertThat(site.org().records("Account").count()).as("the org that was meant").isZero();
    }
  }

  @Test
  void fetchesNamedObjectsOnly() throws IOException {
    Path describes = directory.resolve("new/fetched");
    try (Site site = Site.open(directory)) {
      site.run("describe", "-o", describes.toString(), "--object", "Task", "--object", "User")
          .exits(0);
      assertThat(files(describes)).containsExactly("Task.json rw-------", "User.json rw-------");
    }
  }

  @Test
  void saysWhatCannotBeFetchedOrWritten() throws IOException {
    try (Site site = Site.open(directory)) {
      Path describes = directory.resolve("fetched");
      Shell.Result unknown =
          site.run("describe", "-o", describes.toString(), "--object", "Acount")
              .exits(CONFIGURATION);
      assertThat(unknown.err()).contains("ORG_OBJECT", "Acount", "Account");
      assertThat(describes).doesNotExist();

      Path file = Files.writeString(directory.resolve("file"), "");
      Shell.Result unwritable =
          site.run("describe", "-o", file.resolve("below").toString()).exits(PLATFORM);
      assertThat(unwritable.err()).contains("DESCRIBE_FILES", file.toString());
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(RehearsalTest::described).sorted().toList();
    }
  }

  private static String described(Path file) {
    try {
      return file.getFileName()
          + " "
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
