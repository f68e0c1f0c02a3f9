package io.initload.pipeline.begin;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.ledger.wishes.Wish;
import io.initload.pipeline.work.Processes;
import io.initload.pipeline.work.Workbench;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people wish of the migration, heard by this process: of a pause it tells, since {@link
 * io.initload.pipeline.work.Tables} and {@link Opening} keep to it; after an abort it ends as after
 * a signal. Used by one thread.
 */
public final class Wishes {
  private static final Logger LOG = LoggerFactory.getLogger(Wishes.class);

  private final Workbench bench;
  private List<Wish> heard = List.of();

  public Wishes(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Hears what is wished now; requests a stop when that is an abort.
   *
   * @return whether it is
   */
  public boolean aborted() {
    List<Wish> open = bench.ledger().wishes().open();
    open.stream().filter(wish -> !heard.contains(wish)).forEach(w -> LOG.info("{}", Wait.of(w)));
    heard.stream()
        .filter(wish -> !open.contains(wish))
        .forEach(wish -> LOG.info("{} goes on.", wish.table().orElse("The migration")));
    heard = open;
    boolean abort = abort(open).isPresent();
    if (abort) {
      bench.stop().request();
    }
    return abort;
  }

  /** A person who starts a run means it to go on, whoever aborted the one before. */
  public void lift() {
    if (abort(bench.ledger().wishes().open()).isPresent()) {
      String host = bench.worker().host();
      bench.ledger().audit().by(host).about(Audit.Act.RESUME, bench.config().name());
      bench.ledger().wishes().lift(Wish.Kind.ABORT, Processes.person(host));
    }
  }

  /**
   * For an orchestrator, who runs the same step again whatever people wish.
   *
   * @throws Failure {@code ABORTED}
   */
  public void refuseAborted() {
    abort(bench.ledger().wishes().open())
        .ifPresent(
            abort -> {
              throw new Failure(
                  Failure.Reach.RUN,
                  Failure.Kind.FAILED,
                  "ABORTED",
                  abort.toString(),
                  "To go on: `initload resume`, then the same step again; or `initload run`.");
            });
  }

  private static Optional<Wish> abort(List<Wish> wishes) {
    return wishes.stream().filter(wish -> wish.kind() == Wish.Kind.ABORT).findFirst();
  }
}
