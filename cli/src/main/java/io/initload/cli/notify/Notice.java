package io.initload.cli.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.initload.config.notify.NotifyConfig.Event;
import io.initload.pipeline.MigrationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What people are told: how a migration stands, of rows nothing but their number.
 *
 * @param instance the org's host
 * @param status empty where the ledger has nothing of it, or cannot be asked
 * @param stopped codes by the passes that go no further
 * @param code of what ended the whole; empty where nothing did
 * @param until when it goes on
 */
record Notice(
    Event event,
    String migration,
    String instance,
    Instant at,
    Optional<MigrationStatus> status,
    Map<String, String> stopped,
    String code,
    Optional<Instant> until) {
  Notice {
    stopped = Map.copyOf(stopped);
  }

  /** The same for a program; {@code text} is what chats show. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Document(
      String text,
      String event,
      String migration,
      String instance,
      String at,
      OptionalLong snapshotRows,
      OptionalLong rowsLeft,
      Map<String, Long> heldBack,
      Map<String, String> stopped,
      String code,
      String until,
      String audit) {}

  /** Of several occasions of one event at one moment. */
  static Notice of(
      List<Occasion> occasions,
      String migration,
      String instance,
      Instant at,
      Optional<MigrationStatus> status) {
    Map<String, String> stopped = new TreeMap<>();
    occasions.stream()
        .filter(o -> !o.table().isEmpty())
        .forEach(o -> stopped.put(o.table(), o.code()));
    Occasion first = occasions.get(0);
    if (first.key().equals(Occasion.END)) {
      status
          .map(MigrationStatus::stopped)
          .orElse(Map.of())
          .forEach((table, reason) -> stopped.put(table, Due.code(reason)));
    }
    return new Notice(
        first.event(),
        migration,
        instance,
        at,
        status,
        stopped,
        first.table().isEmpty() ? first.code() : "",
        first.until());
  }
}
