package io.initload.cli.console;

import io.initload.Failure;
import io.initload.cli.text.Console;
import io.initload.cli.text.FailureJson;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the ledger for the facts while somebody listens, once for all who do, and tells them. The
 * longer an answer takes the less often it is asked for, so that looking never is a load. Safe for
 * several threads.
 */
final class LiveFacts implements AutoCloseable {
  /** Browsers at once. */
  static final int LISTENERS_MAX = 32;

  private static final Logger LOG = LoggerFactory.getLogger(LiveFacts.class);

  /** Of each so many nanoseconds the ledger is asked for one at the most. */
  private static final int REST = 9;

  private final Supplier<String> facts;
  private final Duration every;
  private final Set<EventStream> listeners = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "console-facts");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param facts as one line
   * @param every the shortest time between two of them
   */
  LiveFacts(Supplier<String> facts, Duration every) {
    this.facts = facts;
    this.every = every;
    next(every.toNanos());
  }

  private void next(long nanos) {
    if (!timer.isShutdown()) {
      Future<?> unused = timer.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void tick() {
    long begun = System.nanoTime();
    if (!listeners.isEmpty()) {
      tell(listeners);
    }
    next(Math.max(every.toNanos(), REST * (System.nanoTime() - begun)));
  }

  private void tell(Set<EventStream> to) {
    try {
      String line = facts.get();
      to.forEach(one -> one.send("facts", line));
    } catch (Failure e) {
      String line = Console.compact(FailureJson.json(e));
      to.forEach(one -> one.send("trouble", line));
    } catch (RuntimeException e) {
      LOG.error("The facts of the console could not be read", e);
    }
  }

  /**
   * Tells one more browser, from now on.
   *
   * @return whether there is room for it
   */
  boolean listen(Response response, Callback done) {
    if (listeners.size() >= LISTENERS_MAX) {
      return false;
    }
    EventStream stream = new EventStream(response, done, listeners::remove);
    listeners.add(stream);
    Future<?> unused = timer.submit(() -> tell(Set.of(stream)));
    return true;
  }

  /** Tells nobody anything more, and ends their exchanges as they should end. */
  void end() {
    timer.shutdownNow();
    listeners.forEach(EventStream::close);
  }

  @Override
  public void close() {
    end();
  }
}
