package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.codes.CodeEntry;
import io.initload.codes.CodeTable;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.Hooks;
import io.initload.simulator.hook.RequestHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that the table of rows' errors tells to type: one row is refused for each, by its
 * code and words, and loaded by the command when its cause is gone.
 */
@Tag("system")
class RowRemediesTest {
  private static final Pattern COMMAND = Pattern.compile("`initload (dead-letters replay[^`]*)`");
  private static final String AS_IT_IS = "dead-letters replay";
  private static final String FROM_SOURCE = "dead-letters replay --from-source";
  private static final String FROM_FILE = "dead-letters replay --from FILE.csv";

  /** Countries are known up to 20. */
  private static final int MISSING = Site.COUNTRIES + 1;

  @TempDir Path directory;

  private record Refusal(int customer, CodeEntry entry, String command) {
    String error() {
      String words = entry.text().isEmpty() ? "the org has its reasons" : entry.text();
      return entry.codes().get(0) + ":" + words + ":--";
    }
  }

  private static List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    for (CodeEntry entry : CodeTable.read("rows").entries()) {
      Matcher command = COMMAND.matcher(entry.remedy());
      while (command.find()) {
        refusals.add(new Refusal(refusals.size() + 1, entry, command.group(1)));
      }
    }
    return refusals;
  }

  @Test
  void whoFollowsThemLoadsTheRow() throws IOException {
    List<Refusal> refusals = refusals();
    assertThat(refusals).extracting(Refusal::command).contains(AS_IT_IS, FROM_SOURCE, FROM_FILE);
    try (Site site = site(refusals)) {
      advised(site, refusals);
      follow(site, of(refusals, FROM_SOURCE), this::correctedInTheSource, FROM_SOURCE, 4);
      Path file = directory.resolve("letters/CUSTOMERS.csv");
      follow(
          site,
          of(refusals, FROM_FILE),
          this::correctedInAFile,
          FROM_FILE.replace("FILE.csv", file.toString()),
          4);
      follow(site, of(refusals, AS_IT_IS), RowRemediesTest::mendedInTheOrg, AS_IT_IS, 0);
      assertThat(site.run("dead-letters list").exits(0).out()).contains("No row needs a person.");
      site.run("run").exits(0);
    }
  }

  /** What is wrong with all of them is their country; what the org says of it is the table's. */
  private Site site(List<Refusal> refusals) {
    Site site = Site.open(directory, OrgOptions.defaults(), refusals.size() + 10);
    site.source()
        .run(
            "UPDATE CUSTOMERS SET CUST_LAST_NAME = 'Name ' || CUST_ID",
            "UPDATE CUSTOMERS SET COUNTRY_ID = %d WHERE CUST_ID <= %d"
                .formatted(MISSING, refusals.size()));
    site.with(
        "chunking: {rows: 10000}",
        "chunking: {rows: 10000}\n    retries: 0\n    stopAfterErrors: never");
    String results =
        refusals.stream()
            .map(r -> "\"\",\"%s\",%d\n".formatted(r.error(), r.customer()))
            .collect(Collectors.joining("", "sf__Id,sf__Error,External_ID__c\n", ""));
    Hooks.Installed words = site.org().hooks().add(saying(site, results));
    site.run("run").exits(4);
    words.close();
    return site;
  }

  private static RequestHook saying(Site site, String results) {
    return (point, request, bytes) ->
        point == RequestHook.Point.START
                && request.action().equals("ingest.failedResults")
                && site.org().jobs().stream()
                    .anyMatch(
                        j -> j.id().equals(request.jobId()) && j.spec().object().equals("Account"))
            ? new Effect.Answer(200, "text/csv", results, Map.of())
            : Effect.NONE;
  }

  private static void advised(Site site, List<Refusal> refusals) {
    List<String> listed = site.run("dead-letters list").exits(0).out().lines().toList();
    for (Refusal refusal : refusals) {
      assertThat(listed).contains(refusal.entry().codes().get(0) + ": " + refusal.entry().remedy());
    }
  }

  private static List<Refusal> of(List<Refusal> refusals, String command) {
    return refusals.stream().filter(r -> r.command().equals(command)).toList();
  }

  /** Takes the cause of some refusals away. */
  private interface Mending {
    void mend(Site site, List<Refusal> refusals) throws IOException;
  }

  private static void follow(
      Site site, List<Refusal> refusals, Mending mending, String command, int exit)
      throws IOException {
    assertThat(missing(site, refusals)).hasSameSizeAs(refusals);
    mending.mend(site, refusals);
    String[] words = command.split(" ", 3);
    String[] options = words.length > 2 ? words[2].split(" ", 2) : new String[0];
    site.run(words[0] + " " + words[1], options).exits(exit);
    assertThat(missing(site, refusals)).as(command).isEmpty();
  }

  private static List<String> missing(Site site, List<Refusal> refusals) {
    return refusals.stream()
        .filter(
            r ->
                site.org()
                    .records("Account")
                    .byExternalId("External_ID__c", Integer.toString(r.customer()))
                    .isEmpty())
        .map(Refusal::error)
        .toList();
  }

  private void correctedInTheSource(Site site, List<Refusal> refusals) {
    site.source()
        .run(
            "UPDATE CUSTOMERS SET COUNTRY_ID = 1 WHERE CUST_ID IN (%s)"
                .formatted(
                    refusals.stream()
                        .map(r -> Integer.toString(r.customer()))
                        .collect(Collectors.joining(", "))));
  }

  private void correctedInAFile(Site site, List<Refusal> refusals) throws IOException {
    Path letters = directory.resolve("letters");
    site.run("dead-letters export", "-o", letters.toString()).exits(0);
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(letters.resolve("CUSTOMERS.csv"))) {
      if (kept.isEmpty()) {
        kept.add(line);
      }
      for (Refusal refusal : refusals) {
        String row = ",%1$d,Name %1$d,".formatted(refusal.customer());
        if (line.contains(row + MISSING)) {
          kept.add(line.replace(row + MISSING, row + 1));
        }
      }
    }
    assertThat(kept).hasSize(1 + refusals.size());
    Files.write(letters.resolve("CUSTOMERS.csv"), kept);
  }

  private static void mendedInTheOrg(Site site, List<Refusal> refusals) {
    OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret())
        .insert("Country__c", "External_ID__c,Name\n" + MISSING + ",Late\n");
  }
}
