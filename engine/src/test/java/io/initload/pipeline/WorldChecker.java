package io.initload.pipeline;

import io.initload.config.MigrationConfig;
import io.initload.pipeline.LedgerTables.Held;
import io.initload.pipeline.WorldWrong.Finding;
import io.initload.pipeline.WorldWrong.Kind;
import io.initload.pipeline.prove.Certificate;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.SimulatedOrg;
import java.math.BigDecimal;
import java.sql.SQLException;
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
 * own log with the slots and the allowances. Shares nothing with the engine but the tables of its
 * ledger, which it reads by plain SQL.
 */
final class WorldChecker {
  private static final Set<String> LOCKS = Set.of("UNABLE_TO_LOCK_ROW", "TooManyLockFailure");

  private static final String LINKS = "CUSTOMERS:links";

  private final Scenario scenario;
  private final SimulatedSource source;
  private final SimulatedOrg org;
  private final MigrationConfig config;
  private final boolean remapped;
  private final JobChecker jobs;
  private final List<Finding> wrong = new ArrayList<>();
  private final Generations generations;
  private final ExpectedOrphans orphans;

  /**
   * @param remapped whether the amount of a sale was mapped to its comment in the end
   */
  WorldChecker(
      Scenario scenario,
      SimulatedSource source,
      SimulatedOrg org,
      MigrationConfig config,
      boolean remapped) {
    this.scenario = scenario;
    this.source = source;
    this.org = org;
    this.config = config;
    this.remapped = remapped;
    this.jobs = new JobChecker(scenario, org, this::wrong);
    this.orphans = new ExpectedOrphans(scenario, source);
    this.generations = new Generations(scenario, source, orphans);
  }

  /** Checks everything; throws an AssertionError naming all that is wrong. */
  WorldFigures check(Certificate certificate) throws SQLException {
    Map<String, OrgRecord> accounts = records("Account");
    Map<String, OrgRecord> sales = records("Sale__c");
    Map<String, List<Held>> held;
    Map<String, OrgRecord> accountsNow;
    Map<String, OrgRecord> salesNow;
    long linked;
    long before;
    try (LedgerTables ledger = new LedgerTables(config.ledger())) {
      held = ledger.held(config.name()).stream().collect(Collectors.groupingBy(Held::table));
      accountsNow = loadedNow(accounts, generations.held(held));
      salesNow = loadedNow(sales, held.getOrDefault("SALES", List.of()));
      customers(accountsNow, accounts, generations.held(held));
      sales(salesNow, accounts, held.getOrDefault("SALES", List.of()));
      for (Generations.Pass pass : generations.passes(accountsNow.keySet())) {
        books(ledger, pass.name(), pass.rows(), pass.records());
      }
      linked =
          scenario.linkedLater()
              ? links(accountsNow, accounts, held.getOrDefault(LINKS, List.of()))
              : 0;
      if (scenario.linkedLater()) {
        long heads = source.customers.stream().filter(c -> orphans.head(c) != null).count();
        books(ledger, LINKS, heads, linked);
      }
      books(ledger, "SALES", source.sales.size(), salesNow.size());
      before = ledger.writtenBefore(config.name());
      jobs.known(ledger);
      ledger.auditWrongs().forEach(text -> wrong(Kind.OTHER, text));
    }
    jobs.writtenOnce(accountsNow.size() + salesNow.size() + linked + before);
    new LimitChecker(scenario, org).crossed().forEach(text -> wrong(Kind.LIMIT_CROSSED, text));
    if (!certificate.booksClosed()) {
      wrong(Kind.OTHER, "the certificate does not close: " + certificate.findings());
    }
    complain();
    long dead =
        held.values().stream()
            .flatMap(List::stream)
            .filter(h -> h.state().equals("DEAD") || h.state().equals("QUARANTINED"))
            .count();
    return new WorldFigures(
        1,
        source.customers.size() + source.sales.size(),
        accountsNow.size() + salesNow.size(),
        dead,
        org.jobs().size(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  /**
   * Checks that a migration that was taken back left nothing behind, but for records that the org
   * kept locked to the last.
   */
  void checkUndone() throws SQLException {
    Set<String> locked;
    try (LedgerTables ledger = new LedgerTables(config.ledger())) {
      locked =
          ledger.held(config.name() + "~undo").stream()
              .filter(h -> h.state().equals("DEAD") && LOCKS.contains(h.code()))
              .map(Held::key)
              .collect(Collectors.toSet());
      jobs.known(ledger);
    }
    for (String object : List.of("Account", "Sale__c")) {
      records(object)
          .forEach(
              (key, record) -> {
                if (!locked.contains(record.id())) {
                  wrong(Kind.OTHER, object + " " + key + " is still there");
                }
              });
    }
    new LimitChecker(scenario, org).crossed().forEach(text -> wrong(Kind.LIMIT_CROSSED, text));
    complain();
  }

  private void complain() {
    if (!wrong.isEmpty()) {
      throw new WorldWrong(wrong);
    }
  }

  /** By what they are known by; a second one of the same key is told, and left out. */
  private Map<String, OrgRecord> records(String object) {
    String key = object.equals("Sale__c") ? scenario.saleKey() : "External_ID__c";
    Map<String, OrgRecord> found = new HashMap<>();
    try (Stream<OrgRecord> records = org.records(object).stream()) {
      records
          .filter(r -> r.value(key).isPresent())
          .filter(r -> found.putIfAbsent(r.value(key).orElseThrow(), r) != null)
          .forEach(r -> wrong(Kind.DOUBLED, object + " " + r.id() + " is there already"));
    }
    return found;
  }

  private void wrong(Kind kind, String text) {
    wrong.add(new Finding(kind, text));
  }

  /**
   * The records but for those that an earlier load made, of a table that was reset since, and whose
   * row the org kept locked to the last in the load that counts.
   */
  private Map<String, OrgRecord> loadedNow(Map<String, OrgRecord> found, List<Held> held) {
    Map<String, OrgRecord> now = new HashMap<>(found);
    held.stream()
        .filter(h -> scenario.resets() > 0 && LOCKS.contains(h.code()) && h.state().equals("DEAD"))
        .forEach(h -> now.remove(h.key()));
    return now;
  }

  private void customers(
      Map<String, OrgRecord> found, Map<String, OrgRecord> all, List<Held> held) {
    Map<String, Held> dead = byKey(held);
    long unstaged = 0;
    Set<String> expected = new HashSet<>();
    for (SimulatedSource.Customer c : source.customers) {
      if (c.code() == null || orphans.heldBack(c)) {
        unstaged++;
        continue;
      }
      OrgRecord record = found.get(c.code());
      Held row = dead.get(c.code());
      one("CUSTOMERS " + c.code(), record, row, generations.refusal(c, all.keySet(), row), false);
      if (record != null) {
        expected.add(c.code());
        if (!generations.headed(c, record, all)) {
          wrong(Kind.LOST, "CUSTOMERS " + c.code() + " has not the head " + c.head());
        }
        equal("CUSTOMERS " + c.code(), "Name", c.name(), record);
      }
    }
    quarantined("CUSTOMERS", held, unstaged);
    surplus("Account", found.keySet(), expected);
  }

  /** Every customer with a head has it set, or the reason why not among the dead letters. */
  private long links(Map<String, OrgRecord> accounts, Map<String, OrgRecord> all, List<Held> held) {
    Map<String, String> byId = new HashMap<>();
    all.forEach((code, record) -> byId.put(record.id(), code));
    Map<String, Held> dead = byKey(held);
    long linked = 0;
    for (SimulatedSource.Customer c : source.customers) {
      OrgRecord record = c.code() == null ? null : accounts.get(c.code());
      if (record == null) {
        continue;
      }
      String there = record.value("ParentId").map(byId::get).orElse("");
      Held row = dead.get(c.code());
      String head = orphans.head(c);
      if (head == null ? !there.isEmpty() : !there.equals(head) && row == null) {
        wrong(Kind.LOST, "CUSTOMERS " + c.code() + " has the head " + there + ", not " + head);
      } else if (row != null && !LOCKS.contains(row.code()) && all.containsKey(c.head())) {
        wrong(Kind.OTHER, "CUSTOMERS " + c.code() + " was not linked: " + row.message());
      } else if (row != null && !there.isEmpty() && scenario.resets() == 0) {
        wrong(Kind.DOUBLED, "CUSTOMERS " + c.code() + " is linked and a dead letter");
      }
      linked += there.isEmpty() || row != null ? 0 : 1;
    }
    return linked;
  }

  private void sales(
      Map<String, OrgRecord> found, Map<String, OrgRecord> accounts, List<Held> held) {
    Map<String, Held> dead = byKey(held);
    quarantined("SALES", held, source.sales.stream().filter(orphans::heldBack).count());
    Set<String> expected = new HashSet<>();
    for (SimulatedSource.Sale s : source.sales) {
      if (orphans.heldBack(s)) {
        continue;
      }
      String key = Integer.toString(s.id());
      OrgRecord record = found.get(key);
      String code =
          s.customer() == null
              ? "REQUIRED_FIELD_MISSING"
              : accounts.containsKey(s.customer()) ? "" : "INVALID_FIELD";
      one("SALES " + key, record, dead.get(key), code, true);
      if (record != null) {
        expected.add(key);
        if (!remapped) {
          equal("SALES " + key, "Comment__c", s.note(), record);
        }
        String amount = remapped ? "Comment__c" : "Amount__c";
        BigDecimal there = new BigDecimal(record.value(amount).orElse("0"));
        if (there.compareTo(new BigDecimal(s.amount())) != 0) {
          wrong(Kind.OTHER, "SALES " + key + ": amount " + there + " instead of " + s.amount());
        }
        OrgRecord parent = accounts.get(s.customer());
        if (parent == null || !record.value("Account__c").orElse("").equals(parent.id())) {
          wrong(Kind.OTHER, "SALES " + key + " has the wrong parent");
        }
      }
    }
    surplus("Sale__c", found.keySet(), expected);
  }

  private void quarantined(String table, List<Held> held, long expected) {
    long there = held.stream().filter(h -> h.state().equals("QUARANTINED")).count();
    if (there != expected) {
      wrong(Kind.OTHER, "%s: %d rows are quarantined, not %d".formatted(table, there, expected));
    }
  }

  /** A row is in the org or among the dead letters, never in both and never in none. */
  private void one(
      String name, @Nullable OrgRecord record, @Nullable Held dead, String code, boolean child) {
    if (record != null && dead != null) {
      wrong(Kind.DOUBLED, name + " is in the org and a dead letter: " + dead.code());
    } else if (record == null && dead == null) {
      wrong(Kind.LOST, name + " is lost");
    } else if (record != null && !code.isEmpty()) {
      wrong(Kind.OTHER, name + " is in the org, but must be refused with " + code);
    } else if (dead != null && !dead.code().equals(code) && !LOCKS.contains(dead.code())) {
      wrong(
          Kind.OTHER,
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
      wrong(Kind.OTHER, name + "." + field + " is " + there + " instead of " + sent);
    }
  }

  private void surplus(String object, Set<String> found, Set<String> expected) {
    Set<String> more = new HashSet<>(found);
    more.removeAll(expected);
    if (!more.isEmpty()) {
      wrong(Kind.DOUBLED, object + " has records that nobody sent: " + more);
    }
  }

  private Map<String, Held> byKey(List<Held> held) {
    Map<String, Held> byKey = new HashMap<>();
    held.stream()
        .filter(h -> h.state().equals("DEAD"))
        .forEach(
            h -> {
              if (byKey.put(h.key(), h) != null) {
                wrong(Kind.DOUBLED, h.table() + " " + h.key() + " is a dead letter twice");
              }
            });
    return byKey;
  }

  /** The ledger's own sums, by table: every row read is in one place. */
  private void books(LedgerTables ledger, String table, long rows, long records)
      throws SQLException {
    String chunks = " FROM chunk WHERE migration = ? AND table_name = ?";
    long read = sum(ledger, "SELECT SUM(rows_read)" + chunks, table);
    long quarantined = sum(ledger, "SELECT SUM(quarantined)" + chunks, table);
    long staged = sum(ledger, "SELECT SUM(rows_staged)" + chunks, table);
    String parts = " FROM part WHERE migration = ? AND table_name = ?";
    long loaded =
        sum(ledger, "SELECT SUM(created + updated)" + parts + " AND chunk_no IS NOT NULL", table);
    String exceptions =
        "SELECT COUNT(*) FROM exception_row WHERE migration = ? AND table_name = ? AND state ";
    long later = sum(ledger, exceptions + "IN ('CREATED', 'UPDATED')", table);
    long dead = sum(ledger, exceptions + "= 'DEAD'", table);
    long open = sum(ledger, exceptions + "IN ('PENDING', 'RETRYING')", table);
    if (read != rows || staged + quarantined != read) {
      wrong(
          Kind.OTHER,
          "%s: the ledger has %d of %d rows as read, %d staged and %d quarantined"
              .formatted(table, read, rows, staged, quarantined));
    }
    if (loaded + later != records || loaded + later + dead != staged || open != 0) {
      wrong(
          Kind.OTHER,
          "%s: the ledger has %d rows loaded, %d after a refusal, %d dead, %d open of %d staged; the org has %d"
              .formatted(table, loaded, later, dead, open, staged, records));
    }
    long unbalanced =
        sum(
            ledger,
            "SELECT COUNT(*)"
                + parts
                + " AND state <> 'LOST'"
                + " AND (state <> 'SETTLED' OR created + updated + excepted + moved <> row_count)",
            table);
    if (unbalanced != 0) {
      wrong(Kind.OTHER, "%s: %d parts do not add up".formatted(table, unbalanced));
    }
  }

  private long sum(LedgerTables ledger, String sql, String table) throws SQLException {
    return ledger.number(sql, config.name(), table);
  }
}
