package io.initload.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.salesforce.errors.RowError;
import io.initload.salesforce.wire.Upload;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows refused for every reason there is, by orgs whose users read different languages. */
@Tag("system")
class LanguageTest {
  private static final String DATA = "Geheim";

  /** By what goes wrong: the columns beside key and name, and their values in a row. */
  private static final Map<String, List<String>> REFUSED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("required", List.of("Name", "#N/A")),
              Map.entry("long", List.of("AccountNumber", DATA.repeat(20))),
              Map.entry("integer", List.of("NumberOfEmployees", "250.0")),
              Map.entry("range", List.of("NumberOfEmployees", "1234567890")),
              Map.entry("number", List.of("AnnualRevenue", DATA)),
              Map.entry("date", List.of("Customer_Since__c", DATA)),
              Map.entry("calendar", List.of("Customer_Since__c", "9999-12-31")),
              Map.entry("picklist", List.of("Active__c", DATA)),
              Map.entry("email", List.of("Email__c", DATA)),
              Map.entry("malformed", List.of("ParentId", "001")),
              Map.entry("gone", List.of("ParentId", "001000000000001AAA")),
              Map.entry("orphan", List.of("Parent.External_ID__c", DATA)),
              Map.entry("readonly", List.of("CreatedDate", "2019-01-01T00:00:00Z")),
              Map.entry("trigger", List.of("Site", "poison")),
              Map.entry("twice", List.of("Site", "x\n" + DATA + ",x,x\n" + DATA + ",x,x")),
              Map.entry("keyless", List.of("Site", "x\n,x,x")),
              Map.entry("lock", List.of("Site", "x"))));

  /** What the engine makes of a refused row, and what it says of it in a log. */
  private record Verdict(
      String code, List<String> fields, boolean again, boolean isLock, boolean stopsRun) {
    static Verdict of(RowError error) {
      return new Verdict(
          error.code(),
          error.fields(),
          error.known().errorClass().isRetried(),
          error.known().isLock(),
          error.known().stopsRun());
    }
  }

  @TempDir Path dir;

  private Map<String, List<RowError>> refused(String language) throws InterruptedException {
    OrgOptions options =
        OrgOptions.defaults()
            .set("rows.language", language)
            .set("rows.triggers", "Account.Site:poison");
    Map<String, List<RowError>> errors = new TreeMap<>();
    try (SimulatedFixture fixture = new SimulatedFixture(options)) {
      for (Map.Entry<String, List<String>> row : REFUSED.entrySet()) {
        fixture.simulator.clearFaults();
        if (row.getKey().equals("lock")) {
          fixture.simulator.faults(FaultPlan.on("job", 1, new Fault.LockStorm(1)));
        }
        errors.put(row.getKey(), errors(fixture, row.getKey(), row.getValue()));
      }
      fixture.simulator.clearFaults();
      fixture.simulator.changeAllocations(a -> a.withDataStorage(0));
      errors.put("full", errors(fixture, "full", List.of("Site", "x")));
    }
    return errors;
  }

  private List<RowError> errors(SimulatedFixture fixture, String key, List<String> cell)
      throws InterruptedException {
    boolean name = cell.get(0).equals("Name");
    String csv =
        name
            ? "External_ID__c,Name\n%s,%s\n".formatted(key, cell.get(1))
            : "External_ID__c,Name,%s\n%s,x,%s\n".formatted(cell.get(0), key, cell.get(1));
    JobInfo job = fixture.org.jobs().create(JobRequest.upsert("Account", "External_ID__c"));
    fixture.org.jobs().upload(job.id(), Upload.text(csv));
    fixture.org.jobs().submit(job.id());
    fixture.ended(job.id());
    List<RowError> errors = new ArrayList<>();
    fixture.results(job.id(), ResultKind.FAILED, dir).forEach(r -> errors.add(r.error()));
    errors.sort(Comparator.comparing(RowError::code));
    return errors;
  }

  @Test
  void noVerdictOnARowHangsOnAText() throws Exception {
    Map<String, List<RowError>> english = refused("english");
    Map<String, List<RowError>> german = refused("german");
    assertThat(german.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (what, errors) -> {
          List<RowError> others = german.getOrDefault(what, List.of());
          assertThat(errors).as(what).isNotEmpty();
          assertThat(others.stream().map(Verdict::of).toList())
              .as(what)
              .isEqualTo(errors.stream().map(Verdict::of).toList());
          assertThat(others.get(0).message()).as(what).isNotEqualTo(errors.get(0).message());
        });
    assertThat(english.values().stream().flatMap(List::stream).map(RowError::code).distinct())
        .hasSizeGreaterThanOrEqualTo(14);
  }

  @Test
  void noLanguageBringsDataIntoALog() throws Exception {
    for (String language : List.of("english", "german")) {
      refused(language)
          .forEach(
              (what, errors) ->
                  assertThat(errors)
                      .as(what)
                      .allSatisfy(e -> assertThat(e.forLog()).doesNotContain(DATA)));
    }
  }
}
