package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.LogContext;
import io.initload.ledger.Ledger;
import io.initload.ledger.LostClaim;
import io.initload.ledger.PartBook.Taken;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Worker;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A piece of the ledger in this worker's hands. Whatever ends the work on it before it has moved
 * gives it back as it is, so that somebody takes it up again. A claim that was lost is not given
 * back: the piece is another's.
 */
public final class Claim {
  private final Runnable place;
  private final Runnable release;
  private final Consumer<Failure> after;

  /**
   * @param place takes the log there
   */
  private Claim(Runnable place, Runnable release, Consumer<Failure> after) {
    this.place = place;
    this.release = release;
    this.after = after;
  }

  /** The work on a piece. */
  @FunctionalInterface
  public interface Act {
    /**
     * Moves the piece.
     *
     * @return false when it cannot be moved now
     */
    boolean move() throws InterruptedException;
  }

  /** Takes the next chunk to read of the tables that may go on; empty when there is none. */
  public static Optional<Chunk> chunk(Ledger ledger, Worker worker, Tables tables) {
    List<String> unread = tables.unread();
    return unread.isEmpty() ? Optional.empty() : ledger.chunks().claim(unread, worker);
  }

  /** A chunk that was claimed. */
  public static Claim of(Ledger ledger, Worker worker, Chunk chunk) {
    Runnable release = () -> ledger.chunks().release(chunk, worker);
    return new Claim(
        () -> LogContext.chunk(chunk.table(), chunk.no()), release, e -> release.run());
  }

  /** A part that was claimed to be loaded by a job. */
  public static Claim of(Ledger ledger, Worker worker, Part part, Job job) {
    Runnable release = () -> ledger.parts().release(part, job, worker);
    return new Claim(place(part, job), release, e -> release.run());
  }

  /**
   * A part whose job was begun: after lasting trouble it stays in hand, so that this run does not
   * try it over and over; the next one does.
   *
   * @param tables learns of the part that stays
   */
  public static Claim ofBegun(Ledger ledger, Worker worker, Tables tables, Taken begun) {
    Part part = begun.part();
    Runnable release = () -> ledger.parts().release(part, begun.job(), worker);
    return new Claim(
        place(part, begun.job()),
        release,
        e -> {
          if (e.kind().passes()) {
            release.run();
          } else {
            tables.stuck(part.id());
          }
        });
  }

  private static Runnable place(Part part, Job job) {
    return () -> LogContext.part(part.table(), part.chunk(), job.sfId());
  }

  /**
   * Does the work.
   *
   * @param trouble is told what went wrong when the piece is out of hand; may throw it on
   * @return whether the piece was moved
   * @throws LostClaim when the piece turned out to be another worker's
   */
  public boolean work(Act act, Consumer<Failure> trouble) throws InterruptedException {
    place.run();
    try {
      if (act.move()) {
        return true;
      }
      release.run();
    } catch (LostClaim e) {
      throw e;
    } catch (Stop.Stopped e) {
      release.run();
    } catch (Failure e) {
      after.accept(e);
      trouble.accept(e);
    }
    return false;
  }
}
