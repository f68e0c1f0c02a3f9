package io.initload.cli.demo;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The rows of the demo that cannot go, known beforehand, against those that did not go. */
final class SeedRecords {
  private static final int PAGE = 1_000;

  private SeedRecords() {}

  /** What differs, one line each; empty when exactly the planted rows were held back. */
  static List<String> differences(Ledger ledger, long sales) {
    TreeMap<String, Integer> balance = new TreeMap<>();
    expected(sales).forEach(e -> balance.merge(e, -1, Integer::sum));
    long after = 0;
    for (List<ExceptionRow> page = ledger.deadLetters().page(DeadLetterFilter.ALL, after, PAGE);
        !page.isEmpty();
        page = ledger.deadLetters().page(DeadLetterFilter.ALL, after, PAGE)) {
      for (ExceptionRow row : page) {
        balance.merge(
            line(row.table(), row.externalId(), row.state().name(), row.code()), 1, Integer::sum);
        after = row.id();
      }
    }
    List<String> differences = new ArrayList<>();
    balance.forEach(
        (row, n) -> {
          if (n != 0) {
            differences.add((n < 0 ? "missing: " : "too much: ") + row);
          }
        });
    return differences;
  }

  private static List<String> expected(long sales) {
    List<String> rows = new ArrayList<>();
    for (int id = 701; id <= 703; id++) {
      rows.add(line("PRODUCTS", Integer.toString(id), "DEAD", "STRING_TOO_LONG"));
    }
    for (int id = 49901; id <= 49912; id++) {
      rows.add(line("CUSTOMERS", "C%07d".formatted(id), "DEAD", "INVALID_EMAIL_ADDRESS"));
    }
    for (int i = 0; i < 3; i++) {
      rows.add(line("CUSTOMERS", "", "QUARANTINED", "EXTERNAL_ID_NULL"));
    }
    for (int i = 0; i < 2; i++) {
      rows.add(line("CUSTOMERS", "C0TWICE", "QUARANTINED", "EXTERNAL_ID_DUPLICATE"));
    }
    for (long id = 1; id <= sales; id += 25_000) {
      rows.add(line("SALES", Long.toString(id), "DEAD", "INVALID_FIELD"));
    }
    for (long id = 7; id <= sales; id += 100_000) {
      rows.add(line("SALES", Long.toString(id), "DEAD", "REQUIRED_FIELD_MISSING"));
    }
    return rows;
  }

  private static String line(String table, String externalId, String state, String code) {
    return "%s %s %s %s".formatted(table, externalId, state, code);
  }
}
