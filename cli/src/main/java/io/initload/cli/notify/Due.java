package io.initload.cli.notify;

import io.initload.config.notify.NotifyConfig.Event;
import io.initload.ledger.QuotaBook;
import io.initload.ledger.notices.NoticeBook.Told;
import io.initload.pipeline.MigrationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What people are to be told of how a migration stands, given what they were told already. */
final class Due {
  /** More than that in one round is told nobody: something is wrong that they know of by then. */
  static final int TOLD_MAX = 200;

  private Due() {}

  /**
   * What to tell now.
   *
   * @param told in the round
   * @param fresh whether a pass was stopped in this round, given its name and why
   */
  static List<Occasion> of(
      MigrationStatus status, List<Told> told, BiPredicate<String, String> fresh, Instant now) {
    List<Occasion> due = new ArrayList<>();
    if (told.size() >= TOLD_MAX) {
      return due;
    }
    status.stopped().entrySet().stream()
        .filter(stop -> fresh.test(stop.getKey(), stop.getValue()))
        .map(stop -> Occasion.stopped(stop.getKey(), code(stop.getValue())))
        .filter(stop -> told.stream().noneMatch(t -> t.occasion().equals(stop.key())))
        .forEach(due::add);
    person(status, told).ifPresent(due::add);
    status.quotaUntil().flatMap(until -> quota(told, until, now)).ifPresent(due::add);
    return due;
  }

  /** That rows need a person; empty where none does, or about as many were told of. */
  static Optional<Occasion> person(MigrationStatus status, List<Told> told) {
    long rows = heldBack(status);
    return rows == 0 || told.stream().anyMatch(t -> covers(t, rows))
        ? Optional.empty()
        : Optional.of(Occasion.person(rows));
  }

  /** That an allowance is used up; empty where that was told lately. */
  static Optional<Occasion> quota(List<Told> told, Instant until, Instant now) {
    return told.stream().anyMatch(t -> tellsQuota(t, now))
        ? Optional.empty()
        : Optional.of(Occasion.quota(1 + quotas(told), until));
  }

  static long heldBack(MigrationStatus status) {
    return status.activity().heldBack().values().stream().mapToLong(Long::longValue).sum();
  }

  /** A reason begins with its code, as TableBook.stop is given it. */
  static String code(String reason) {
    int end = reason.indexOf(": ");
    return end < 0 ? "" : reason.substring(0, end);
  }

  /** Whether so many rows, or more, were told. */
  private static boolean covers(Told told, long rows) {
    return told.event() == Event.NEEDS_A_PERSON
        && Occasion.decadeOf(told.occasion()) >= Occasion.decade(rows);
  }

  /** An allowance frees itself piece by piece: it is told once in its own time. */
  private static boolean tellsQuota(Told told, Instant now) {
    return told.event() == Event.QUOTA && told.at().plus(QuotaBook.WINDOW).isAfter(now);
  }

  private static int quotas(List<Told> told) {
    return (int) told.stream().filter(t -> t.event() == Event.QUOTA).count();
  }
}
