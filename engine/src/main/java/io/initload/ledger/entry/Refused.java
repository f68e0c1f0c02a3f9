package io.initload.ledger.entry;

import java.time.Instant;
import java.util.List;

/**
 * How a row of a settled part that did not become a record is booked.
 *
 * @param sent its CSV fields in header order, as they were sent
 * @param data the same as they are to be sent from now on
 * @param leftOut the fields that were emptied in it, because its record is there and does not let
 *     them be changed
 */
public record Refused(
    String externalId,
    ExceptionRow.State state,
    int attempts,
    Instant dueAt,
    String code,
    String message,
    List<String> sent,
    List<String> data,
    List<String> leftOut) {
  public Refused {
    sent = List.copyOf(sent);
    data = List.copyOf(data);
    leftOut = List.copyOf(leftOut);
  }
}
