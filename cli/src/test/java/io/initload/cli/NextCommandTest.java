package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command ends with the one to type next, and typing that works. */
@Tag("system")
class NextCommandTest {
  private static final String NEXT = "next: initload ";

  @TempDir Path directory;

  @Test
  void followingThemLeadsFromTheFirstCheckToTheVerifiedCertificate() {
    try (Site site = Site.open(directory)) {
      assertThat(followed(site, "validate -c " + site.config()))
          .containsExactly("validate", "plan", "run", "reconcile", "report", "report");
    }
  }

  @Test
  void aTrialIsNamedInEachOfThem() {
    try (Site site = Site.open(directory)) {
      List<String> typed = new ArrayList<>();
      String command = "plan -c " + site.config() + " --rows 50";
      for (int i = 0; i < 3; i++) {
        typed.add(command);
        command = next(Shell.run(command.split(" ", -1)).exits(0).out());
      }
      assertThat(typed.get(1)).startsWith("run ").endsWith(" --rows 50");
      assertThat(typed.get(2)).startsWith("reconcile ").endsWith(" --trial 50");
      assertThat(command).startsWith("report ").contains(" --trial 50");
    }
  }

  @Test
  void rowsThatNeedAPersonLeadToTheirCorrectionAndADeletionToItsCertificate() {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 7");
      String list = next(site.run("run").exits(4).out());
      assertThat(list).isEqualTo("dead-letters list -c " + site.config());
      assertThat(next(site.run("status").exits(0).out())).isEqualTo(list);
      String export = next(Shell.run(list.split(" ", -1)).exits(0).out());
      assertThat(export).startsWith("dead-letters export ");
      Path files = directory.resolve("dead");
      assertThat(next(site.run("dead-letters export", "-o", files.toString()).exits(0).out()))
          .isEqualTo(
              "dead-letters replay -c %s --from %s"
                  .formatted(site.config(), files.resolve("CUSTOMERS.csv")));
      assertThat(next(site.run("trace", "7").exits(0).out())).isEqualTo(list);
      assertThat(
              next(
                  site.run("export-keys", "-o", directory.resolve("keys").toString())
                      .exits(0)
                      .out()))
          .startsWith("reconcile ");
      assertThat(
              next(site.run("describe", "-o", directory.resolve("org").toString()).exits(0).out()))
          .startsWith("simulator --describe ");
      String undo = next(site.run("undo").exits(0).out());
      assertThat(undo).endsWith(" --confirm crm-history");
      assertThat(next(Shell.run(undo.split(" ", -1)).exits(0).out())).startsWith("report ");
    }
  }

  @Test
  void nothingIsSaidTwiceNorToProgramsNorUnderQuiet() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      assertThat(site.run("reconcile", "--json").exits(0).out()).doesNotContain(NEXT);
      assertThat(site.run("reconcile", "--quiet").exits(0).out()).doesNotContain(NEXT);
      site.config(text -> text.replace("COUNTRY_NAME: Name", "COUNTRY_NAME: Nowhere__c"));
      Shell.Result wrong = site.run("validate").exits(1);
      assertThat(wrong.out()).contains("  next: ").doesNotContain("\n" + NEXT);
    }
  }

  /** The names of the commands, each typed as the one before it said. */
  private List<String> followed(Site site, String first) {
    List<String> names = new ArrayList<>();
    String command = first;
    while (!command.isEmpty()) {
      names.add(command.split(" ", -1)[0]);
      assertThat(command).contains(site.config().toString());
      String typed =
          command
              .replace(" report.html", " " + directory.resolve("report.html"))
              .replace(" certificate.json", " " + directory.resolve("certificate.json"));
      command = nextOrNone(Shell.run(typed.split(" ", -1)).exits(0).out());
    }
    return names;
  }

  private static String next(String said) {
    assertThat(nextOrNone(said)).as(said).isNotEmpty();
    return nextOrNone(said);
  }

  private static String nextOrNone(String said) {
    List<String> lines = said.lines().toList();
    String last = lines.get(lines.size() - 1);
    return last.startsWith(NEXT) ? last.substring(NEXT.length()) : "";
  }
}
