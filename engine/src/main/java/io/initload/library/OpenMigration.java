package io.initload.library;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.SourceConfig;
import io.initload.config.StagingConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Worker;
import io.initload.pipeline.FirstLook;
import io.initload.pipeline.work.Checkpoint;
import io.initload.pipeline.work.Processes;
import io.initload.pipeline.work.Stop;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import io.initload.staging.StagingArea;
import io.initload.staging.gzip.Codec;
import io.initload.staging.gzip.Codecs;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything a migration works with, opened in the order in which a fault is told best, closed in
 * reverse.
 */
public final class OpenMigration implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenMigration.class);

  private final Deque<Runnable> closers = new ArrayDeque<>();
  private final Workbench bench;

  private OpenMigration(
      MigrationConfig config, Stop stop, BiFunction<SourceConfig, Audit, SourceDatabase> opener)
      throws InterruptedException {
    Clock clock = Clock.systemUTC();
    boolean opened = false;
    try {
      Ledger ledger = Ledger.open(config.ledger(), config.name(), clock);
      closers.push(ledger::close);
      Worker worker = Processes.self();
      closers.push(() -> ledger.workers().leave(worker));
      Audit audit = ledger.audit().by(worker.host());
      boolean spare = Runtime.getRuntime().availableProcessors() > config.source().sessions();
      Codec codec = spare ? Codecs.beside(Codecs.fastest()) : Codecs.fastest();
      LOG.debug("compressing with {}", codec.name());
      StagingArea staging = StagingArea.open(own(config), codec);
      closers.push(staging::close);
      SourceDatabase source = opener.apply(config.source(), audit);
      closers.push(source::close);
      Org org = Org.connect(config.target(), clock, Sleeper.system(), new SecureRandom(), audit);
      closers.push(org::close);
      this.bench =
          new Workbench(config, ledger, source, staging, org, worker, clock, stop, Checkpoint.NONE);
      opened = true;
    } finally {
      if (!opened) {
        close();
      }
    }
  }

  /**
   * For all that reads the source.
   *
   * @throws Failure {@code LEDGER_OTHER_SOURCE} before anything is read from it
   */
  public static OpenMigration open(MigrationConfig config, Stop stop) throws InterruptedException {
    OpenMigration migration = new OpenMigration(config, stop, SourceDatabase::open);
    try {
      FirstLook.at(migration.bench);
      return migration;
    } catch (RuntimeException e) {
      migration.close();
      throw e;
    }
  }

  /** For work of ledger and org alone: the source may be gone by then. */
  public static OpenMigration withoutSource(MigrationConfig config, Stop stop)
      throws InterruptedException {
    return new OpenMigration(config, stop, SourceDatabase::unopened);
  }

  /** Each migration stages in a directory of its own, so that two of them never mix. */
  private static StagingConfig own(MigrationConfig config) {
    StagingConfig staging = config.staging();
    return new StagingConfig(
        staging.directory().resolve(config.name()),
        staging.maxBytes(),
        staging.partRows(),
        staging.partBytes());
  }

  /** Enters into a ledger's audit log what this process does to the two systems. */
  public static Audit audit(Ledger ledger) {
    return ledger.audit().by(Processes.self().host());
  }

  public Workbench bench() {
    return bench;
  }

  /** Gives back what this process holds, in the middle of whatever it does; it must end then. */
  public void abandon() {
    bench.ledger().workers().leave(bench.worker());
    bench.ledger().close();
  }

  @Override
  public void close() {
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (Failure e) {
        LOG.warn("{} {}", e.getMessage(), e.remedy());
      }
    }
  }
}
