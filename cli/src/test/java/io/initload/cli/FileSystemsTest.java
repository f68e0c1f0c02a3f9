package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems that are mounted to be read, or not to be found. */
@Tag("system")
class FileSystemsTest {
  @TempDir Path directory;

  @BeforeEach
  void mayMount() throws InterruptedException {
    assumeTrue(Mounts.possible(), "no mounts for this user");
  }

  /** A ledger that was closed has its one file alone: its log cannot be made beside it. */
  @Test
  void aLedgerThatCannotBeWrittenSaysSo() throws Exception {
    try (Site site = Site.open(directory)) {
      Path books = Files.createDirectory(directory.resolve("books"));
      site.with(site.ledger().toString(), books.resolve("ledger.db").toString());
      site.run("plan").exits(0);
      said(run(site, Mounts.readOnly(books)), "LEDGER_READ_ONLY", "mount", books);
      assertThat(site.org().jobs()).isEmpty();
      site.run("run").exits(0);
    }
  }

  @Test
  void aLedgerThatCannotBeMadeSaysSo() throws Exception {
    try (Site site = Site.open(directory)) {
      Path books = Files.createDirectory(directory.resolve("books"));
      site.with(site.ledger().toString(), books.resolve("of/ledger.db").toString());
      said(run(site, Mounts.readOnly(books)), "LEDGER_READ_ONLY", "mount", books);
    }
  }

  @Test
  void aStagingDirectoryThatCannotBeWrittenSaysSo() throws Exception {
    try (Site site = Site.open(directory)) {
      Files.createDirectory(site.staging());
      said(
          run(site, Mounts.readOnly(site.staging())),
          "STAGING_DIRECTORY",
          "Read-only file system",
          site.staging());
      site.run("run").exits(0);
    }
  }

  private static void said(Shell.Result result, String code, String word, Path place) {
    assertThat(result.exits(2).err())
        .contains(code, word, place.toString())
        .doesNotContain("\tat ");
  }

  /** As in a chroot, or some containers: nothing tells how much room there is. */
  @Test
  void whereTheSpaceOfADiskCannotBeToldItIsTried() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    try (Site site = Site.open(Files.createDirectory(root.resolve("site")))) {
      site.config(text -> text.replace(root.toString(), ""));
      run(Mounts.chroot(root), "/site/migration.yaml").exits(0);
      assertThat(site.org().records("Account").count()).isEqualTo(2_000);
    }
  }

  private Shell.Result run(Site site, List<String> mounted) {
    return run(mounted, site.config().toString());
  }

  private Shell.Result run(List<String> mounted, String config) {
    List<String> command = new ArrayList<>(mounted);
    command.addAll(Launched.command("run", "-c", config));
    try (Launched run = Launched.start(directory, Map.of(), command)) {
      return run.end();
    }
  }
}
