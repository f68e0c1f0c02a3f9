package io.initload.pipeline;

import io.initload.config.MigrationConfig;
import io.initload.ledger.DeadLetterFilter;
import io.initload.ledger.ExceptionRow;
import io.initload.ledger.Ledger;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.bulk.JobInfo;
import io.initload.simulator.journal.JobEntry;
import io.initload.simulator.journal.UsageEntry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the org's content with the source's rows, the ledger's books with both, and the org's
 * own log with the slots and the allowances. Shares nothing with the engine but the ledger it
 * reads.
 */
final class WorldChecker {
  private static final Set<String> LOCKS = Set.of("UNABLE_TO_LOCK_ROW", "TooManyLockFailure");

  private final Scenario scenario;
  private final SimulatedSource source;
  private final SimulatedOrg org;
  private final MigrationConfig config;
  private final List<String> wrong = new ArrayList<>();

  WorldChecker(
      Scenario scenario, SimulatedSource source, SimulatedOrg org, MigrationConfig config) {
    this.scenario = scenario;
    this.source = source;
    this.org = org;
    this.config = config;
  }

  /**
   * Checks everything.
   *
   * @throws AssertionError naming all that is wrong
   */
  WorldFigures check(Certificate certificate, int lives) {
    Map<String, OrgRecord> accounts = records("Account");
    Map<String, OrgRecord> sales = records("Sale__c");
    Map<String, List<ExceptionRow>> held = held();
    customers(accounts, held.getOrDefault("CUSTOMERS", List.of()));
    sales(sales, accounts, held.getOrDefault("SALES", List.of()));
    doubles(accounts.size() + sales.size());
    slots();
    allowances();
    if (!certificate.booksClosed()) {
      wrong.add("the certificate does not close: " + certificate.findings());
    }
    complain();
    long dead = held.values().stream().mapToLong(List::size).sum();
    return new WorldFigures(
        source.customers.size() + source.sales.size(),
        accounts.size() + sales.size(),
        dead,
        org.jobs().size(),
        lives);
  }

  /**
   * Checks that a migration that was taken back left nothing behind, but for records that the org
   * kept locked to the last.
   */
  void checkUndone() {
    Set<String> locked;
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      locked =
          ledger.undo().deadLetters().page(DeadLetterFilter.ALL, 0, 1_000_000).stream()
              .filter(r -> LOCKS.contains(r.code()))
              .map(ExceptionRow::externalId)
              .collect(Collectors.toSet());
    }
    for (String object : List.of("Account", "Sale__c")) {
      records(object)
          .forEach(
              (key, record) -> {
                if (!locked.contains(record.id())) {
                  wrong.add(object + " " + key + " is still there");
                }
              });
    }
    slots();
    allowances();
    complain();
  }

  private void complain() {
    if (!wrong.isEmpty()) {
      throw new AssertionError(String.join(System.lineSeparator(), wrong));
    }
  }

  private Map<String, OrgRecord> records(String object) {
    try (Stream<OrgRecord> records = org.records(object).stream()) {
      return records
          .filter(r -> r.value("External_ID__c").isPresent())
          .collect(Collectors.toMap(r -> r.value("External_ID__c").orElseThrow(), r -> r));
    }
  }

  private Map<String, List<ExceptionRow>> held() {
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 1_000_000).stream()
          .collect(Collectors.groupingBy(ExceptionRow::table));
    }
  }

  private void customers(Map<String, OrgRecord> found, List<ExceptionRow> held) {
    Map<String, ExceptionRow> dead = byKey(held);
    long nameless = 0;
    Set<String> expected = new HashSet<>();
    for (SimulatedSource.Customer c : source.customers) {
      if (c.code() == null) {
        nameless++;
        continue;
      }
      OrgRecord record = found.get(c.code());
      ExceptionRow row = dead.get(c.code());
      boolean bad = "no mail".equals(c.email());
      one("CUSTOMERS " + c.code(), record, row, bad ? "INVALID_EMAIL_ADDRESS" : "", false);
      if (record != null) {
        expected.add(c.code());
        equal("CUSTOMERS " + c.code(), "Name", c.name(), record);
      }
    }
    long quarantined =
        held.stream().filter(r -> r.state() == ExceptionRow.State.QUARANTINED).count();
    if (quarantined != nameless) {
      wrong.add(nameless + " customers without a code, but " + quarantined + " quarantined");
    }
    surplus("Account", found.keySet(), expected);
  }

  private void sales(
      Map<String, OrgRecord> found, Map<String, OrgRecord> accounts, List<ExceptionRow> held) {
    Map<String, ExceptionRow> dead = byKey(held);
    Set<String> expected = new HashSet<>();
    for (SimulatedSource.Sale s : source.sales) {
      String key = Integer.toString(s.id());
      OrgRecord record = found.get(key);
      String code =
          s.customer() == null
              ? "REQUIRED_FIELD_MISSING"
              : accounts.containsKey(s.customer()) ? "" : "INVALID_FIELD";
      one("SALES " + key, record, dead.get(key), code, true);
      if (record != null) {
        expected.add(key);
        equal("SALES " + key, "Comment__c", s.note(), record);
        BigDecimal there = new BigDecimal(record.value("Amount__c").orElse("0"));
        if (there.compareTo(new BigDecimal(s.amount())) != 0) {
          wrong.add("SALES " + key + ": amount " + there + " instead of " + s.amount());
        }
        OrgRecord parent = accounts.get(s.customer());
        if (parent == null || !record.value("Account__c").orElse("").equals(parent.id())) {
          wrong.add("SALES " + key + " has the wrong parent");
        }
      }
    }
    surplus("Sale__c", found.keySet(), expected);
  }

  /** A row is in the org or among the dead letters, never in both and never in none. */
  private void one(
      String name,
      @Nullable OrgRecord record,
      @Nullable ExceptionRow dead,
      String code,
      boolean child) {
    if (record != null && dead != null) {
      wrong.add(name + " is in the org and a dead letter: " + dead.code());
    } else if (record == null && dead == null) {
      wrong.add(name + " is lost");
    } else if (record != null && !code.isEmpty()) {
      wrong.add(name + " is in the org, but must be refused with " + code);
    } else if (dead != null && !dead.code().equals(code) && !LOCKS.contains(dead.code())) {
      wrong.add(
          name
              + " was refused with "
              + dead.code()
              + " "
              + dead.message()
              + (child ? " (child)" : ""));
    }
  }

  private void equal(String name, String field, @Nullable String sent, OrgRecord record) {
    String there = record.value(field).orElse("");
    if (!there.equals(Optional.ofNullable(sent).orElse(""))) {
      wrong.add(name + "." + field + " is " + there + " instead of " + sent);
    }
  }

  private void surplus(String object, Set<String> found, Set<String> expected) {
    Set<String> more = new HashSet<>(found);
    more.removeAll(expected);
    if (!more.isEmpty()) {
      wrong.add(object + " has records that nobody sent: " + more);
    }
  }

  private static Map<String, ExceptionRow> byKey(List<ExceptionRow> held) {
    Map<String, ExceptionRow> byKey = new HashMap<>();
    held.stream()
        .filter(r -> r.state() == ExceptionRow.State.DEAD)
        .forEach(r -> byKey.put(r.externalId(), r));
    return byKey;
  }

  /** Every record was written exactly once: nothing was loaded twice. */
  private void doubles(long records) {
    long written = org.jobs().stream().mapToLong((JobInfo j) -> j.processed() - j.failed()).sum();
    if (written != records) {
      wrong.add("the org wrote " + written + " rows for " + records + " records");
    }
  }

  private void slots() {
    Set<String> open = new HashSet<>();
    int most = 0;
    for (JobEntry entry : org.log().jobs()) {
      switch (entry.state()) {
        case "JobComplete", "Failed", "Aborted", "Deleted" -> open.remove(entry.jobId());
        default -> open.add(entry.jobId());
      }
      most = Math.max(most, open.size());
    }
    if (most > scenario.slots()) {
      wrong.add(most + " jobs at once, allowed are " + scenario.slots());
    }
  }

  private void allowances() {
    List<UsageEntry> usage = org.log().usage();
    for (int end = 0; end < usage.size(); end++) {
      long records = 0;
      long batches = 0;
      var from = usage.get(end).at().minus(Duration.ofHours(24));
      for (int i = end; i >= 0 && usage.get(i).at().isAfter(from); i--) {
        records += usage.get(i).records();
        batches += usage.get(i).batches();
      }
      if (records > scenario.dailyRecords() || batches > scenario.dailyBatches()) {
        wrong.add(
            "%d records and %d batches in the 24 h to %s, allowed are %d and %d"
                .formatted(
                    records,
                    batches,
                    usage.get(end).at(),
                    scenario.dailyRecords(),
                    scenario.dailyBatches()));
        return;
      }
    }
  }
}
