package io.initload.cli.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Build;
import io.initload.Failure;
import io.initload.Tool;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.ledger.DeadLetterBook.Group;
import io.initload.ledger.Ledger;
import io.initload.ledger.audit.Chain;
import io.initload.ledger.audit.Chain.Broken;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.pages.PageBook;
import io.initload.ledger.pages.PageBook.JobLine;
import io.initload.pipeline.MigrationStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a bundle says of a migration, in numbers and codes. */
final class Figures {
  private Figures() {}

  /** What runs here. */
  static Map<String, Object> versions(Clock clock) {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("madeAt", clock.instant().toString());
    versions.put("tool", Tool.NAME + " " + Tool.VERSION);
    versions.put("build", Build.digest());
    versions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    versions.put("processors", runtime.availableProcessors());
    versions.put("heapMax", runtime.maxMemory());
    return versions;
  }

  /** As {@code status --json}, but why tables are stopped by its code alone. */
  static Map<String, Object> status(Ledger ledger, MigrationConfig config) {
    Map<String, Object> status =
        new LinkedHashMap<>(Console.tree(MigrationStatus.of(ledger, config)));
    Map<String, String> stopped = new TreeMap<>();
    MigrationStatus.of(ledger, config)
        .stopped()
        .forEach((table, why) -> stopped.put(table, code(why.split(":", 2)[0])));
    status.put("stopped", stopped);
    status.remove("reasons");
    return status;
  }

  /** Jobs, refused rows by code, and the audit log, of rows nothing but their number. */
  static Map<String, Object> ledger(Ledger ledger) {
    List<Map<String, Object>> jobs = new ArrayList<>();
    for (JobLine job : ledger.pages().jobs(Optional.empty(), Long.MAX_VALUE, PageBook.ROWS_MAX)) {
      Map<String, Object> line = new LinkedHashMap<>(Console.tree(job));
      line.remove("error");
      jobs.add(line);
    }
    List<Map<String, Object>> held = new ArrayList<>();
    for (Group group : ledger.deadLetters().groups(DeadLetterFilter.ALL)) {
      held.add(
          Map.of(
              "table", group.table(),
              "state", group.state(),
              "code", code(group.code()),
              "rows", group.rows()));
    }
    Map<String, Long> acts = new TreeMap<>();
    Optional<Broken> broken =
        ledger.audit().verify(List.of(), line -> acts.merge(Chain.act(line), 1L, Long::sum));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("newestJobs", jobs);
    all.put("rowsThatNeedAPerson", held);
    all.put("acts", acts);
    all.put("auditHead", ledger.audit().head().toString());
    all.put("auditIntact", broken.isEmpty());
    return all;
  }

  /** What was looked at and how it came out; what was seen may be a value. */
  static List<Map<String, String>> doctor(JsonNode examined) {
    List<Map<String, String>> verdicts = new ArrayList<>();
    for (JsonNode one : examined.path("observed")) {
      Map<String, String> verdict = new LinkedHashMap<>();
      verdict.put("assumption", one.path("assumption").path("name").asText());
      verdict.put("verdict", code(one.path("sight").path("verdict").asText()));
      verdict.put("remedy", Redaction.text(one.path("sight").path("remedy").asText()));
      verdicts.add(verdict);
    }
    return verdicts;
  }

  /** What stands in the place of what cannot be had. */
  static Map<String, String> away(Failure e) {
    return Map.of("away", e.code());
  }

  /** Codes come from orgs and databases: what does not look like one is none. */
  private static String code(String text) {
    return text.matches("[A-Z][A-Z0-9_-]{0,79}") ? text : "OTHER";
  }
}
