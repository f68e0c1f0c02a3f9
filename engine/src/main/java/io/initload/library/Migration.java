package io.initload.library;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.read.ConfigException;
import io.initload.config.read.ConfigFile;
import io.initload.pipeline.MigrationRun;
import io.initload.pipeline.MigrationStatus;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.Reconciliation;
import io.initload.pipeline.RunOutcome;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.Stop;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.Sleeper;
import io.initload.source.Dialects;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A migration inside a program: what {@code initload run}, {@code reconcile} and {@code status} do.
 *
 * <p>It may be killed anywhere: the next one that is opened by the same configuration goes on. What
 * the caller must act on is a {@link Failure}, with a code of docs/runbook.md. One thread at a time
 * works with it; {@link #stop} is for any other.
 */
public final class Migration implements AutoCloseable {
  private final Stop stop = new Stop();
  private final OpenMigration opened;

  private Migration(MigrationConfig config) throws InterruptedException {
    this.opened = OpenMigration.open(config, stop);
  }

  /**
   * Opens ledger, staging, source and org, in this order; the caller closes them by {@link #close}.
   *
   * @param file the configuration (docs/configuration.md); {@code ${NAME}} is taken from the
   *     environment of this process
   * @throws ConfigException with everything that is wrong in the file
   * @throws Failure when one of the four cannot be reached or is not the one it must be
   */
  public static Migration open(Path file) throws InterruptedException {
    return open(ConfigFile.read(file, System.getenv(), Dialects.ALL));
  }

  /** As {@link #open(Path)}, with a configuration that was read otherwise. */
  public static Migration open(MigrationConfig config) throws InterruptedException {
    return new Migration(config);
  }

  /**
   * Runs the whole of it, or the rest of one that stopped; waits for jobs and allowances for as
   * long as they take, days if need be.
   *
   * @return how it ended; a table that failed is named there and kept no other from its work
   * @throws Failure what ended the whole run
   */
  public RunOutcome run() throws InterruptedException {
    return new MigrationRun(bench(), Sleeper.system(), new SecureRandom(), RunOptions.all())
        .run(prepared());
  }

  /**
   * Compares source and org afresh, as deep as the configuration says.
   *
   * @return the certificate; {@code CertificateJson} and {@code ReportPage} of {@code
   *     io.initload.report} write it down
   * @throws Failure when one of the sides cannot be asked
   */
  public Certificate reconcile() throws InterruptedException {
    return new Reconciliation(bench(), bench().config().reconcile().level()).certify(prepared());
  }

  /** How far it has come, from the ledger alone. */
  public MigrationStatus status() {
    return MigrationStatus.of(bench().ledger(), bench().config());
  }

  /** Lets {@link #run} end soon, at a point from which it goes on. Safe from any thread. */
  public void stop() {
    stop.request();
  }

  @Override
  public void close() {
    opened.close();
  }

  private Workbench bench() {
    return opened.bench();
  }

  /** Both sides held against the configuration; nothing is touched before that. */
  private Phases prepared() throws InterruptedException {
    return Preparation.of(bench().config(), bench().source(), bench().org()).require();
  }
}
