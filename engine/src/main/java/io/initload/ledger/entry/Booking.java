package io.initload.ledger.entry;

import java.util.Optional;
import java.util.Set;

/**
 * What settling a part gave. Each of its rows is in exactly one of the four.
 *
 * @param createdKeys external ids of records created; only needed for {@code RETRY} parts
 * @param rest the rows never attempted, sealed as a part of their own
 * @param lost rows never attempted, of a part whose file cannot be reached: they are read again
 * @param receipt the kept list of the records created; empty when there are none
 */
public record Booking(
    long created,
    long updated,
    Set<String> createdKeys,
    Set<String> updatedKeys,
    Refusals refused,
    Optional<NewPart> rest,
    long lost,
    Optional<Receipt> receipt) {
  public Booking {
    createdKeys = Set.copyOf(createdKeys);
    updatedKeys = Set.copyOf(updatedKeys);
  }

  /**
   * A kept list.
   *
   * @param sha256 of its file, lower-case hex
   */
  public record Receipt(String name, String sha256) {}

  public long rows() {
    return created + updated + refused.count() + moved();
  }

  public long moved() {
    return lost + rest.map(NewPart::rows).orElse(0L);
  }
}
