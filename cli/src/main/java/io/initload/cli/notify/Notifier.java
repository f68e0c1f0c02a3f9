package io.initload.cli.notify;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.config.MigrationConfig;
import io.initload.config.notify.NotifyConfig;
import io.initload.ledger.Ledger;
import io.initload.pipeline.RunOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people how a migration stands, as far as the configuration names any. All of it is done by
 * a thread of its own with a connection to the ledger of its own: what cannot be told is one line
 * of the log, and neither stops a run nor slows it. Only the end of the process waits, and not for
 * long.
 */
public final class Notifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final MigrationConfig config;
  private final Clock clock;
  private final List<Channel> channels;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "notify");
            made.setDaemon(true);
            return made;
          });
  private final Stale stale = new Stale();
  private boolean troubled;

  private Notifier(MigrationConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.channels = channels(config.notifications(), clock);
  }

  /** For those whom the configuration names; when it names nobody, nothing happens. */
  public static Notifier of(MigrationConfig config, Clock clock) {
    return new Notifier(config, clock);
  }

  private static List<Channel> channels(NotifyConfig notify, Clock clock) {
    List<Channel> channels = new ArrayList<>();
    notify.webhook().ifPresent(w -> channels.add(new WebhookChannel(w, notify.timeout())));
    notify.mail().ifPresent(m -> channels.add(new MailChannel(m, notify.timeout(), clock)));
    return List.copyOf(channels);
  }

  /** Work begins, or goes on; told unless it was under way already, or nothing is left to do. */
  public void begin() {
    later(Telling::begin);
  }

  /** From now on looks now and then whether there is something to tell. */
  public void watch() {
    if (!channels.isEmpty()) {
      var unused =
          thread.scheduleWithFixedDelay(
              () -> attempt(telling -> telling.look(stale::isNot), messages -> {}),
              EVERY.toMillis(),
              EVERY.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  /** A piece of work on these tables is at its end: tells what has become of them. */
  public void look(Predicate<String> tables) {
    later(telling -> telling.look((pass, reason) -> tables.test(pass)));
  }

  /** A table goes no further; of another step than those that stop it in the ledger. */
  public void stopped(String table, String code) {
    later(telling -> telling.stopped(table, code));
  }

  /** A daily allowance is used up until then. */
  public void quota(Instant until) {
    later(telling -> telling.quota(until));
  }

  /** A run is at its end. */
  public void ended(RunOutcome outcome) {
    if (outcome.stopped()) {
      ended(Occasion.ON_REQUEST);
    } else if (!outcome.failures().isEmpty()) {
      ended(outcome.failures().get(0).code());
    } else if (!outcome.blocked().isEmpty()) {
      ended(Occasion.BLOCKED);
    } else {
      done();
    }
  }

  /** The whole is at its end by something that went wrong. */
  public void failed(RuntimeException e) {
    if (e instanceof TryLater later && later.kind() == Failure.Kind.QUOTA) {
      end(Occasion.endedUntil(later.at()));
    } else {
      ended(e instanceof Failure failure ? failure.code() : "BUG");
    }
  }

  /** The whole is at its end, and not all of it is loaded. */
  public void ended(String code) {
    end(Occasion.ended(code));
  }

  /** What was asked for is loaded. */
  public void done() {
    end(Occasion.done());
  }

  /** An end is told even when the ledger cannot be asked what was told before. */
  private void end(Occasion end) {
    later(telling -> telling.end(end), messages -> messages.send(List.of(end)));
  }

  private void later(Consumer<Telling> act) {
    later(act, messages -> {});
  }

  private void later(Consumer<Telling> act, Consumer<Messages> withoutLedger) {
    if (!channels.isEmpty()) {
      thread.execute(() -> attempt(act, withoutLedger));
    }
  }

  private void attempt(Consumer<Telling> act, Consumer<Messages> withoutLedger) {
    Messages messages = new Messages(config, clock, channels);
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), clock)) {
      act.accept(new Telling(config, clock, ledger, stale, messages));
    } catch (Failure e) {
      trouble(e);
      if (!messages.spoken()) {
        withoutLedger.accept(messages);
      }
    } catch (RuntimeException e) {
      LOG.warn("nobody can be told how the migration stands; it goes on", e);
    }
  }

  private void trouble(Failure e) {
    if (!troubled) {
      troubled = true;
      LOG.warn("Nobody is told how the migration stands: {} It goes on.", e.getMessage());
    }
  }

  /** Waits until all is told, but not long. */
  @Override
  public void close() {
    thread.shutdown();
    if (channels.isEmpty()) {
      return;
    }
    try {
      Duration patience = config.notifications().timeout().multipliedBy(1L + channels.size());
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a notification did not go out in {}; it is given up", patience);
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
