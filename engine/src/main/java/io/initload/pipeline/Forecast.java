package io.initload.pipeline;

import io.initload.ledger.ActivityBook.Activity;
import java.util.Optional;

/**
 * When the rest will be loaded, if things go on as they went lately.
 *
 * @param soonestSeconds from now, at the best pace of late
 * @param latestSeconds from now, at the worst pace of late; not below the soonest
 * @param boundBy what holds it up now
 */
public record Forecast(long soonestSeconds, long latestSeconds, Bound boundBy) {
  private static final long DAY_SECONDS = 86_400;

  /** What keeps a migration from being faster. */
  public enum Bound {
    /** Nothing waits to be sent: reading is the slowest part. */
    SOURCE,
    /** Most jobs still take their data. */
    LINE,
    /** The jobs wait for the org, or all slots are taken. */
    ORG,
    /** More rows are left than the daily allowance has. */
    QUOTA
  }

  /**
   * What the org may be sent.
   *
   * @param slots jobs at once
   * @param free records left of the last 24 hours' allowance
   * @param daily records in 24 hours; above 0
   */
  public record Room(int slots, long free, long daily) {}

  /**
   * The forecast; empty when nothing is left, or nothing ended lately.
   *
   * @param left rows that are neither loaded nor held back
   * @param pace rows a second over the last hour; 0 when no job ended in it
   * @param paceNow rows a second over the last minutes; 0 when no job ended in them
   */
  public static Optional<Forecast> of(
      long left, double pace, double paceNow, Activity activity, Room room) {
    double best = Math.max(pace, paceNow);
    if (left <= 0 || best <= 0) {
      return Optional.empty();
    }
    double worst = paceNow > 0 ? Math.min(pace, paceNow) : pace;
    long soonest = Math.round(left / best);
    long latest = Math.round(left / worst);
    long over = left - room.free();
    if (over <= 0) {
      return Optional.of(new Forecast(soonest, latest, bound(activity, room)));
    }
    // The allowance is a rolling day: what is beyond it leaves at the allowance's own pace.
    long days = (over + room.daily() - 1) / room.daily();
    long waiting = Math.round((double) over / room.daily() * DAY_SECONDS);
    Bound bound = waiting > soonest ? Bound.QUOTA : bound(activity, room);
    return Optional.of(
        new Forecast(Math.max(soonest, waiting), Math.max(latest, days * DAY_SECONDS), bound));
  }

  private static Bound bound(Activity activity, Room room) {
    if (activity.jobs() >= room.slots()) {
      return activity.jobsUploading() > activity.jobsRunning() ? Bound.LINE : Bound.ORG;
    }
    if (activity.partsWaiting() == 0 && activity.chunksLeft() + activity.chunksReading() > 0) {
      return Bound.SOURCE;
    }
    return activity.jobsUploading() > activity.jobsRunning() ? Bound.LINE : Bound.ORG;
  }
}
