package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.MigrationConfig.Wave;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.entry.Worker;
import io.initload.plan.Snapshot;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every process comes to the work: enters itself, and the migration if nobody has. */
public final class Enrolment implements Workers.Place {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

  private final Workbench bench;

  public Enrolment(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Enters this worker, takes over from those that are gone, and sweeps what they left on the disk.
   *
   * @throws Failure {@code LEDGER_GONE}, {@code LEDGER_OLDER}
   */
  public void join() {
    Worker me = bench.worker();
    new StrayFiles(bench).refuse();
    keep();
    MigrationConfig config = bench.config();
    for (Wave wave : config.waves()) {
      bench.ledger().configurations().use(wave.digest(), me.host(), wave.settings());
      bench.ledger().waves().use(wave.number(), wave.tables());
    }
    if (bench.ledger().workers().alone(me)) {
      // A crash left them between sealing and the entry of their chunk.
      bench.staging().sweepParts(bench.ledger().parts().neededFiles());
    }
  }

  @Override
  public void takeAnew() {
    bench.ledger().workers().leave(bench.worker());
    keep();
  }

  /** Tells the others that this worker lives, and takes over from those that do not. */
  @Override
  public void keep() {
    Worker me = bench.worker();
    bench.ledger().workers().beat(me);
    bench
        .ledger()
        .workers()
        .bury(me, Processes::runs)
        .forEach(w -> LOG.info("taking over from {} of {}, which is gone", w.id(), w.host()));
  }

  /** The snapshot that everybody reads at: taken now if the migration begins here. */
  public Snapshot begin() {
    if (bench.ledger().migrations().begun().isEmpty()) {
      begin(bench.source().snapshot());
    }
    return reading();
  }

  /**
   * As {@link #begin}, where the process that begins ends before the others read: a snapshot that
   * would end with it is none.
   */
  public Snapshot beginForOthers() {
    if (bench.ledger().migrations().begun().isEmpty()) {
      Snapshot snapshot = bench.source().snapshot();
      if (snapshot.kind() == Snapshot.Kind.EXPORTED) {
        LOG.warn(
            "a snapshot of this database ends with the process that took it: nobody may write to"
                + " the source until the migration is done");
        snapshot = snapshot.frozen();
      }
      begin(snapshot);
    }
    return reading();
  }

  /** Of two processes that begin at once, the ledger takes the snapshot of one for both. */
  private void begin(Snapshot snapshot) {
    bench
        .ledger()
        .migrations()
        .begin(
            bench.org().orgId(),
            bench.config().target().instance(),
            snapshot,
            Optional.of(bench.source().identity()));
    bench.checkpoint().reached("begin.entered");
  }

  /**
   * As {@link #begun}, for who reads the source.
   *
   * @throws Failure {@code LEDGER_OTHER_SOURCE}
   */
  public Snapshot reading() {
    Snapshot snapshot = begun();
    new SourceCheck(bench).hold();
    return snapshot;
  }

  /**
   * The snapshot of a migration that has begun.
   *
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code MIGRATION_UNDONE}
   */
  public Snapshot begun() {
    MigrationBook.Begun begun = known();
    if (begun.undone()) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "MIGRATION_UNDONE",
          "The migration %s was undone, or is being undone.".formatted(begun.id()),
          "Load again under a new name.");
    }
    return begun.snapshot();
  }

  /**
   * The migration, undone or not.
   *
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}
   */
  public MigrationBook.Begun known() {
    MigrationBook.Begun begun = NotBegun.require(bench.ledger(), bench.config().name());
    if (!begun.orgId().equals(bench.org().orgId())) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "LEDGER_OTHER_ORG",
          "The ledger has this migration for the org %s (%s), the configuration names another one (%s)."
              .formatted(begun.instance(), begun.orgId(), bench.org().orgId()),
          "Use another ledger or another name for the other org.");
    }
    return begun;
  }
}
