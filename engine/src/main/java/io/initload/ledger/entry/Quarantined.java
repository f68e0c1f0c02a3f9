package io.initload.ledger.entry;

import java.util.List;

/** A row that was read but cannot be staged. */
public record Quarantined(String externalId, String code, String message, List<String> data) {
  public Quarantined {
    data = List.copyOf(data);
  }
}
