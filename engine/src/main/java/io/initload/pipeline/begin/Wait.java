package io.initload.pipeline.begin;

import io.initload.config.Hours;
import io.initload.config.MigrationConfig;
import io.initload.ledger.ActivityBook.Activity;
import io.initload.ledger.Ledger;
import io.initload.ledger.wishes.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why nothing is begun now, or nothing of a table.
 *
 * @param table of the configuration, where it is about one alone
 * @param why in one sentence
 * @param until when it is begun by itself; empty where a person decides that
 */
public record Wait(Reason reason, Optional<String> table, String why, Optional<Instant> until) {

  /** What is waited for. */
  public enum Reason {
    /** The hours in which the source is read. */
    SOURCE_HOURS("source.hours", "Reading"),
    /** The hours in which the org is written. */
    TARGET_HOURS("target.hours", "Loading"),
    /** {@code initload resume}. */
    PAUSED("", ""),
    /** {@code initload run}, or {@code initload resume}. */
    ABORTED("", "");

    private final String setting;
    private final String act;

    Reason(String setting, String act) {
      this.setting = setting;
      this.act = act;
    }
  }

  /** For hours that open later. */
  static Wait of(Reason reason, Hours hours, Instant opens) {
    String why = "It is outside of %s (%s).".formatted(reason.setting, hours);
    return new Wait(reason, Optional.empty(), why, Optional.of(opens));
  }

  /** For a wish that is to be heeded. */
  static Wait of(Wish wish) {
    Reason reason = wish.kind() == Wish.Kind.PAUSE ? Reason.PAUSED : Reason.ABORTED;
    return new Wait(reason, wish.table(), wish.toString(), Optional.empty());
  }

  /**
   * What a migration waits for now.
   *
   * @param activity what there is to begin
   * @param unplanned whether tables are still to be planned
   */
  public static List<Wait> now(
      Ledger ledger, MigrationConfig config, Activity activity, boolean unplanned) {
    List<Wait> waits = new ArrayList<>(wished(ledger));
    Instant now = ledger.now();
    if (activity.chunksLeft() > 0 || unplanned) {
      hours(Reason.SOURCE_HOURS, config.source().hours(), now).ifPresent(waits::add);
    }
    if (activity.partsWaiting() > 0) {
      hours(Reason.TARGET_HOURS, config.target().hours(), now).ifPresent(waits::add);
    }
    return waits;
  }

  /** What of that people wish. */
  public static List<Wait> wished(Ledger ledger) {
    return ledger.wishes().open().stream().map(Wait::of).toList();
  }

  private static Optional<Wait> hours(Reason reason, Hours hours, Instant now) {
    Instant opens = hours.next(now);
    return opens.isAfter(now) ? Optional.of(of(reason, hours, opens)) : Optional.empty();
  }

  /** For people: why, and when or how it goes on. */
  @Override
  public String toString() {
    return switch (reason) {
      case SOURCE_HOURS, TARGET_HOURS ->
          "%s %s goes on at %s.".formatted(why, reason.act, until.orElseThrow());
      case PAUSED -> why + " It goes on after: initload resume" + option();
      case ABORTED -> why + " It goes on after: initload run";
    };
  }

  private String option() {
    return table.map(name -> " --table " + name).orElse("");
  }
}
