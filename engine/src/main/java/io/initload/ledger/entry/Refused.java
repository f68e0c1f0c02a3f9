package io.initload.ledger.entry;

import java.time.Instant;
import java.util.List;

/** How a row of a settled part that did not become a record is booked. */
public record Refused(
    String externalId,
    ExceptionRow.State state,
    int attempts,
    Instant dueAt,
    String code,
    String message,
    List<String> data) {
  public Refused {
    data = List.copyOf(data);
  }
}
