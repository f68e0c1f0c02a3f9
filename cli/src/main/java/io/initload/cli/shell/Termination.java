package io.initload.cli.shell;

import io.initload.pipeline.work.Stop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns SIGINT and SIGTERM into the wish to stop, and lets the command end in its own way and with
 * its own exit code. Safe for several threads.
 */
public final class Termination {
  /** How long a command has to come to a good end after a signal. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long what a command does at the very last may take. */
  private static final Duration LAST_ACT = Duration.ofMillis(500);

  private final Stop stop = new Stop();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Duration patience;
  private volatile Runnable lastAct;
  private final AtomicInteger code = new AtomicInteger(ExitCode.INTERRUPTED.code());

  private Termination(Duration patience, Runnable lastAct) {
    this.patience = patience;
    this.lastAct = lastAct;
  }

  /** For the real process: hooks into its end. */
  public static Termination install() {
    return install(
        PATIENCE,
        () ->
            System.err.println(
                "error STOP: the command did not stop in time; it is ended as it is"));
  }

  /**
   * As {@link #install()}, for a process that must end sooner.
   *
   * @param patience for a good end after a signal
   * @param lastAct done when there was none; must be quick
   */
  public static Termination install(Duration patience, Runnable lastAct) {
    Termination termination = new Termination(patience, lastAct);
    Runtime.getRuntime().addShutdownHook(new Thread(termination::signalled, "termination"));
    return termination;
  }

  /** For a command inside another program: ends only when told. */
  public static Termination none() {
    return new Termination(PATIENCE, () -> {});
  }

  public Stop stop() {
    return stop;
  }

  /** What is done from now on when there was no good end in time; must be quick. */
  public void atLast(Runnable act) {
    lastAct = act;
  }

  /** Ends the process as a signal does. */
  public static void signal() {
    Runtime.getRuntime().exit(ExitCode.INTERRUPTED.code());
  }

  /** Waits for a signal. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /** Waits for a signal, and no longer than that. */
  public void await(Duration atMost) throws InterruptedException {
    boolean unused = asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void signalled() {
    stop.request();
    asked.countDown();
    try {
      if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        Thread act = new Thread(lastAct, "last-act");
        act.setDaemon(true);
        act.start();
        act.join(LAST_ACT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    // The only way to choose the exit code of a process that is being ended by a signal.
    Runtime.getRuntime().halt(code.get());
  }

  /** Ends the process with that code, whether a signal came meanwhile or not. */
  public void exit(int exitCode) {
    code.set(exitCode);
    boolean signalled = stop.requested();
    done.countDown();
    if (!signalled) {
      Runtime.getRuntime().exit(exitCode);
    }
  }
}
