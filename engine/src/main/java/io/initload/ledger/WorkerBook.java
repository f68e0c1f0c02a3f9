package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;

/**
 * Who works on this ledger. A worker beats while it lives; what a dead one held is free again.
 *
 * <p>A worker of another host is dead when it has not beaten for {@link #LEASE}. One of this host
 * is dead as soon as its process is gone, so that a killed run can be started again at once.
 */
public final class WorkerBook {
  /** How long a worker that does not beat keeps what it holds. */
  public static final Duration LEASE = Duration.ofMinutes(2);

  private final LedgerDatabase database;
  private final Clock clock;

  WorkerBook(LedgerDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Enters or refreshes a worker. */
  public void beat(Worker worker) {
    database.transact(
        h -> {
          // The clocks of several hosts may differ by more than a lease.
          long now = database.now(h, clock);
          int known = h.execute("UPDATE worker SET beat_at = ? WHERE id = ?", now, worker.id());
          if (known == 0) {
            h.execute(
                "INSERT INTO worker (id, host, pid, pid_started, beat_at) VALUES (?, ?, ?, ?, ?)",
                worker.id(),
                worker.host(),
                worker.pid(),
                worker.pidStarted(),
                now);
          }
          return known;
        });
  }

  /** Gives back all that the worker holds; what it was in the middle of is taken up by others. */
  public void leave(Worker worker) {
    database.transact(
        h -> {
          release(h, worker.id());
          return worker;
        });
  }

  /**
   * Frees what dead workers hold.
   *
   * @param self never dead
   * @param runs whether a process of this host with that id and start time still runs
   * @return the workers found dead
   */
  public List<Worker> bury(Worker self, BiPredicate<Long, Long> runs) {
    return database.transact(
        h -> {
          long oldest = database.now(h, clock) - LEASE.toMillis();
          List<Worker> dead =
              h
                  .select(
                      "SELECT id, host, pid, pid_started, beat_at FROM worker WHERE id <> ?",
                      self.id())
                  .map(
                      (r, c) ->
                          new Seen(
                              new Worker(
                                  r.getString("id"),
                                  r.getString("host"),
                                  r.getLong("pid"),
                                  r.getLong("pid_started")),
                              r.getLong("beat_at")))
                  .list()
                  .stream()
                  .filter(
                      s ->
                          s.beatAt() < oldest
                              || (s.worker().host().equals(self.host())
                                  && !runs.test(s.worker().pid(), s.worker().pidStarted())))
                  .map(Seen::worker)
                  .toList();
          dead.forEach(w -> release(h, w.id()));
          return dead;
        });
  }

  /** Whether no other worker of this host is entered. */
  public boolean alone(Worker self) {
    return database.read(
        h ->
            h.select(
                        "SELECT COUNT(*) FROM worker WHERE host = ? AND id <> ?",
                        self.host(),
                        self.id())
                    .mapTo(Integer.class)
                    .one()
                == 0);
  }

  /** How many other workers are entered, on any host. */
  public int others(Worker self) {
    return database.read(
        h ->
            h.select("SELECT COUNT(*) FROM worker WHERE id <> ?", self.id())
                .mapTo(Integer.class)
                .one());
  }

  static int beating(Handle h, long now) {
    return h.select("SELECT COUNT(*) FROM worker WHERE beat_at >= ?", now - LEASE.toMillis())
        .mapTo(Integer.class)
        .one();
  }

  private record Seen(Worker worker, long beatAt) {}

  private void release(Handle h, String worker) {
    h.execute(
        "UPDATE chunk SET state = 'PLANNED', owner = NULL WHERE owner = ? AND state = 'EXTRACTING'",
        worker);
    h.execute("UPDATE part SET owner = NULL WHERE owner = ?", worker);
    // Nobody will hear the answer to these creates any more.
    h.execute("UPDATE job SET state = 'DOUBT' WHERE owner = ? AND state = 'INTENT'", worker);
    h.execute("UPDATE job SET owner = '' WHERE owner = ? AND state = 'PROBE'", worker);
    h.execute("DELETE FROM worker WHERE id = ?", worker);
  }
}
