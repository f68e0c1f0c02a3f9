package io.initload.cli.notify;

import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.config.notify.NotifyConfig.Event;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.notices.NoticeBook;
import io.initload.ledger.notices.NoticeBook.Told;
import io.initload.pipeline.MigrationStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** One look into the ledger, and what is told of it. What was told is entered before it is sent. */
final class Telling {
  private final MigrationConfig config;
  private final Clock clock;
  private final Ledger ledger;
  private final NoticeBook book;
  private final Stale stale;
  private final Messages messages;

  Telling(MigrationConfig config, Clock clock, Ledger ledger, Stale stale, Messages messages) {
    this.config = config;
    this.clock = clock;
    this.ledger = ledger;
    this.book = ledger.notices();
    this.stale = stale;
    this.messages = messages;
  }

  /** Opens a round unless one is open, or nothing is left to do. */
  void begin() {
    List<Told> told = book.newest();
    Optional<MigrationStatus> status = status();
    status.ifPresent(s -> stale.begun(s.stopped()));
    if (!open(told) && status.filter(this::complete).isEmpty()) {
      tell(next(told), List.of(Occasion.started()), status);
      status.map(Due::heldBack).filter(rows -> rows > 0).ifPresent(rows -> known(told, rows));
    }
  }

  /** What needed a person in an earlier round was told then. */
  private void known(List<Told> before, long rows) {
    Occasion person = Occasion.person(rows);
    long round = next(before);
    if (!before.isEmpty() && book.enter(round, person.event(), person.key())) {
      book.sent(round, person.key(), "");
    }
  }

  /**
   * Tells what there is to tell.
   *
   * @param fresh whether a pass was stopped in this round, given its name and why
   */
  void look(BiPredicate<String, String> fresh) {
    List<Told> told = book.newest();
    Optional<MigrationStatus> status = status();
    if (!open(told) || status.isEmpty()) {
      return;
    }
    stale.seen(status.get().stopped());
    tell(round(told), Due.of(status.get(), told, fresh, clock.instant()), status);
  }

  /** Tells that a table goes no further, unless that was told, by whatever code. */
  void stopped(String table, String code) {
    List<Told> told = book.newest();
    Optional<MigrationStatus> status = status();
    if (open(told) && told.stream().noneMatch(t -> Occasion.isStop(t.occasion(), table))) {
      tell(round(told), List.of(Occasion.stopped(table, code)), status);
    }
  }

  /** Tells that a daily allowance is used up, if that was not told lately. */
  void quota(Instant until) {
    List<Told> told = book.newest();
    if (open(told)) {
      Due.quota(told, until, clock.instant())
          .ifPresent(quota -> tell(round(told), List.of(quota), status()));
    }
  }

  /**
   * Tells the end of a round, also of one that ended before it had begun; before it what else there
   * is to say.
   */
  void end(Occasion end) {
    List<Told> told = book.newest();
    if (!open(told)) {
      if (end.event() != Event.DONE) {
        tell(next(told), List.of(end), status());
      }
      return;
    }
    Optional<MigrationStatus> status = status();
    List<Occasion> last = new ArrayList<>();
    status.flatMap(s -> Due.person(s, told)).ifPresent(last::add);
    if (end.until().filter(until -> Due.quota(told, until, clock.instant()).isEmpty()).isEmpty()) {
      last.add(end);
    } else if (book.enter(round(told), end.event(), end.key())) {
      book.sent(round(told), end.key(), "");
    }
    tell(round(told), last, status);
  }

  private void tell(long round, List<Occasion> occasions, Optional<MigrationStatus> status) {
    Map<Event, List<Occasion>> byEvent =
        occasions.stream()
            .filter(o -> book.enter(round, o.event(), o.key()))
            .collect(
                Collectors.groupingBy(Occasion::event, LinkedHashMap::new, Collectors.toList()));
    for (List<Occasion> alike : byEvent.values()) {
      String known =
          book.newest().stream().flatMap(t -> t.trouble().stream()).collect(Collectors.joining());
      String trouble = messages.send(alike, status, known);
      alike.forEach(o -> book.sent(round, o.key(), trouble));
    }
  }

  private static boolean open(List<Told> told) {
    return !told.isEmpty() && told.stream().noneMatch(t -> t.occasion().equals(Occasion.END));
  }

  private static long round(List<Told> told) {
    return told.get(0).round();
  }

  private static long next(List<Told> told) {
    return told.isEmpty() ? 1 : round(told) + 1;
  }

  /** Empty before the migration has begun. */
  private Optional<MigrationStatus> status() {
    return ledger.migrations().begun().map(begun -> MigrationStatus.of(ledger, config));
  }

  private boolean complete(MigrationStatus status) {
    Set<String> planned =
        status.tables().stream().map(TableBooks::table).collect(Collectors.toSet());
    return status.stopped().isEmpty()
        && status.tables().stream().allMatch(TableBooks::closed)
        && config.tables().stream().map(TableConfig::name).allMatch(planned::contains);
  }
}
