package io.initload.ledger.wishes;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody wishes of all processes that work on a migration.
 *
 * @param table of the configuration, with all its passes; empty for the whole migration
 * @param by who, and on which machine
 * @param liftedAt when it was taken back; empty while it is to be heeded
 * @param liftedBy who took it back; present when {@code liftedAt} is
 */
public record Wish(
    Kind kind,
    Optional<String> table,
    Instant at,
    String by,
    Optional<Instant> liftedAt,
    Optional<String> liftedBy) {

  /** What is wished. */
  public enum Kind {
    /** To begin nothing new, and to wait. */
    PAUSE,
    /** To end. */
    ABORT
  }

  /** Whether it is about a table, by itself or with all others. */
  public boolean isOf(String name) {
    return table.isEmpty() || table.get().equals(name);
  }

  /** As a sentence. */
  @Override
  public String toString() {
    String lifted =
        liftedAt
            .map(when -> ", and let go on at %s by %s".formatted(when, liftedBy.orElse("?")))
            .orElse("");
    return "%s was %s at %s by %s%s."
        .formatted(
            table.orElse("The migration"),
            kind == Kind.PAUSE ? "paused" : "aborted",
            at,
            by,
            lifted);
  }
}
