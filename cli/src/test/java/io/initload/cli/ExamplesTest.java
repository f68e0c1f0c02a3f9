package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.setup.OrgSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what their pages say, by a shell that is given every command of the page. */
@Tag("system")
class ExamplesTest {
  private static final Pattern SHELL = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Path EXAMPLES = Path.of("..", "examples");
  private static final String KEY = "External_ID__c";

  @TempDir private Path directory;

  @Test
  void aSalesOrgIsMigratedFromOneFile() throws IOException {
    Shell.Result said = run("sales").exits(0);
    assertThat(said.out())
        .contains("FIRMS:links", "COMPLAINTS:level1", "INVALID_EMAIL_ADDRESS", "ORPHAN")
        .contains("The books close: every row of the snapshot is accounted for.");

    JsonNode certificate =
        Shell.parse(Files.readString(directory.resolve("data/sales/certificate.json")));
    assertThat(certificate.path("booksClosed").asBoolean()).isTrue();
    assertThat(certificate.path("findings")).isEmpty();
    assertThat(created(certificate)).isEqualTo(wanted());
    assertThat(certificate.path("controls").findValuesAsText("agreement"))
        .containsExactly("EQUAL", "EQUAL");
    try (SimulatedOrg org = org()) {
      records(org);
    }
  }

  /** Rows of the snapshot that became records, by table; passes that only link make none. */
  private static Map<String, Long> wanted() {
    Map<String, Long> wanted =
        new TreeMap<>(Map.of("ARTICLES", 60L, "PRICE_LISTS", 3L, "CAMPAIGNS", 24L, "FIRMS", 300L));
    wanted.putAll(Map.of("standard-prices", 60L, "other-prices", 120L, "PEOPLE", 902L));
    wanted.putAll(Map.of("leads-of-sellers", 100L, "leads-of-nobody", 100L, "DEALS", 800L));
    wanted.putAll(Map.of("ORDERS", 950L, "order-lines", 2850L, "COMPLAINTS", 400L));
    wanted.putAll(Map.of("COMPLAINTS:level1", 100L, "COMPLAINTS:level2", 0L));
    wanted.putAll(Map.of("calls-about-deals", 500L, "calls-about-complaints", 500L));
    wanted.putAll(Map.of("calls-to-inquirers", 500L, "other-calls", 500L));
    wanted.putAll(Map.of("FIRMS:links", 0L, "PEOPLE:links", 0L, "CAMPAIGNS:links", 0L));
    return wanted;
  }

  private static Map<String, Long> created(JsonNode certificate) {
    return StreamSupport.stream(certificate.path("tables").spliterator(), false)
        .collect(
            Collectors.toMap(
                table -> table.path("source").asText(),
                table -> table.path("created").asLong(),
                Long::sum,
                TreeMap::new));
  }

  /** What one record of each kind must be, told by the source's own rules. */
  private static void records(SimulatedOrg org) {
    assertThat(lookup(org, "Account", "57", "ParentId", "Account", KEY)).isEqualTo("5");
    assertThat(lookup(org, "Account", "5", "RecordTypeId", "RecordType", "DeveloperName"))
        .isEqualTo("Partner");
    assertThat(lookup(org, "Account", "2", "OwnerId", "User", "Username"))
        .as("of a seller who has left")
        .isEqualTo("archive@example.com");
    assertThat(value(org, "Account", "6", "Segments__c")).isEqualTo("Retail;Online");
    assertThat(value(org, "Account", "4", "Industry")).isEqualTo("Energy");
    assertThat(value(org, "Account", "7", "Industry")).as("a code that no map has").isEmpty();
    assertThat(value(org, "Account", "4", "Phone")).isEqualTo("+43 1 500004");
    assertThat(value(org, "Account", "4", "Customer_Since__c")).isEqualTo("2002-05-05");
    assertThat(lookup(org, "Contact", "901", "AccountId", "Account", KEY))
        .as("corrected in the source")
        .isEqualTo("3");
    assertThat(lookup(org, "Contact", "345", "ReportsToId", "Contact", KEY)).isEqualTo("3");
    assertThat(lookup(org, "Lead", "1", "OwnerId", "Group", "DeveloperName"))
        .isEqualTo("New_leads");
    assertThat(value(org, "Opportunity", "6", "CampaignId")).as("of a deleted one").isEmpty();
    assertThat(value(org, "Opportunity", "3", "StageName")).isEqualTo("Closed Won");
    assertThat(lookup(org, "OrderItem", "7-2", "PricebookEntryId", "PricebookEntry", KEY))
        .isEqualTo("partner:A-0024");
    assertThat(lookup(org, "Case", "450", "ParentId", "Case", KEY)).isEqualTo("225");
    assertThat(value(org, "Case", "450", "LastModifiedDate")).isEqualTo("2021-01-20T01:30:00.000Z");
    assertThat(lookup(org, "Task", "8", "WhoId", "Contact", KEY)).isEqualTo("9");
    assertThat(lookup(org, "Task", "8", "WhatId", "Opportunity", KEY)).isEqualTo("9");
    assertThat(lookup(org, "Task", "9", "WhatId", "Case", KEY)).isEqualTo("10");
    assertThat(lookup(org, "Task", "10", "WhoId", "Lead", KEY)).isEqualTo("11");
    assertThat(value(org, "Task", "11", "WhoId")).isEmpty();
  }

  private static String value(SimulatedOrg org, String object, String key, String field) {
    OrgRecord found = org.records(object).byExternalId(KEY, key).orElseThrow();
    return found.value(field).orElse("");
  }

  /** A field of the record that a lookup leads to. */
  private static String lookup(
      SimulatedOrg org, String object, String key, String lookup, String parent, String field) {
    String id = value(org, object, key, lookup);
    try (Stream<OrgRecord> records = org.records(parent).stream()) {
      return records
          .filter(record -> record.id().equals(id))
          .map(record -> record.value(field).orElse(""))
          .findFirst()
          .orElse("(no " + parent + ")");
    }
  }

  /** The org of the example, as the simulator left it. */
  private SimulatedOrg org() {
    Path example = directory.resolve("examples/sales");
    return SimulatedOrg.start(
        OrgOptions.defaults()
            .data(directory.resolve("data/sales/org"))
            .describes(example.resolve("org"))
            .set("rows.auditFields", "granted")
            .setup(OrgSetup.file(example.resolve("setup.yaml"))));
  }

  /** All commands of the page, by bash, in a copy of the folder. */
  private Shell.Result run(String example) throws IOException {
    copy(EXAMPLES, directory.resolve("examples"));
    String page = Files.readString(EXAMPLES.resolve(example).resolve("README.md"));
    String commands =
        SHELL.matcher(page).results().map(r -> r.group(1)).collect(Collectors.joining());
    assertThat(commands).contains("initload run", "initload reconcile", "initload undo");
    Path script = directory.resolve("commands");
    Files.writeString(
        script,
        "set -euo pipefail\ntrap 'kill ${ORG:-} 2> /dev/null || true; wait' EXIT\n" + commands);
    Path programs = Files.createDirectory(directory.resolve("bin"));
    program(programs.resolve("initload"), Launched.command(), "\"$@\"");
    program(programs.resolve("java"), Launched.command().subList(0, 1), ofOurClasses());
    Map<String, String> path = Map.of("PATH", programs + ":" + System.getenv("PATH"));
    try (Launched shell =
        Launched.start(directory, path, List.of("bash", "-e", script.toString()))) {
      return shell.end();
    }
  }

  /** Where the page has the classes of the distribution, which is not built yet: ours. */
  private static String ofOurClasses() {
    return "-cp '" + System.getProperty("java.class.path") + "' \"${@:3}\"";
  }

  private static void program(Path file, List<String> words, String arguments) throws IOException {
    String command =
        words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ", "exec ", " "));
    Files.writeString(file, "#!/usr/bin/env bash\n" + command + arguments + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      Function<Path, Path> there = file -> to.resolve(from.relativize(file).toString());
      files.forEach(
          file -> {
            try {
              Files.copy(file, there.apply(file), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
              throw new UncheckedIOException(file.toString(), e);
            }
          });
    }
  }
}
