package io.initload.ledger.entry;

import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Planned tables of tests, into {@code Sale__c} by {@code External_ID__c}. */
public final class Passes {
  private Passes() {}

  /** A table with so many rows at its snapshot. */
  public static Pass of(String name, long rows) {
    return new Pass(
        PassKind.ROWS,
        name,
        name,
        "Sale__c",
        "External_ID__c",
        "sales",
        1,
        "digest",
        List.of("External_ID__c", "Name"),
        "KEY",
        "a numeric key",
        Snapshot.UNMARKED,
        rows,
        OptionalLong.of(0),
        Optional.empty());
  }
}
