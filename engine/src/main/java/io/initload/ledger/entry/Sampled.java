package io.initload.ledger.entry;

import java.util.List;

/** A row chosen for the field by field comparison. */
public record Sampled(String externalId, List<String> keyValues) {
  public Sampled {
    keyValues = List.copyOf(keyValues);
  }
}
