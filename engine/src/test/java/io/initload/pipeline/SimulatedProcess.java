package io.initload.pipeline;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.WorkerBook;
import io.initload.ledger.entry.Worker;
import io.initload.pipeline.drain.AbortRun;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.reset.ResetRun;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.StepRunner;
import io.initload.pipeline.work.Stop;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.simulator.clock.VirtualClock;
import io.initload.source.SourceDatabase;
import io.initload.staging.StagingArea;
import io.initload.staging.gzip.Codecs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the processes of a world: dies at labelled points and is started again, now and then on
 * another host, until its errand is done.
 */
final class SimulatedProcess {
  static final Errand MIGRATE =
      life -> {
        RunOutcome outcome =
            new MigrationRun(
                    life.bench,
                    life.process.sleeper(),
                    life.random(),
                    RunOptions.all(),
                    life.runner())
                .run(life.prepared().require());
        if (outcome.stopped()) {
          life.bench.ledger().workers().leave(life.bench.worker());
          throw new Failure(Failure.Kind.TRANSIENT, "STOPPED", "It was aborted.", "Run it again.");
        }
        return outcome.failures();
      };

  static final Errand ABORT =
      life -> new AbortRun(life.bench, life.random(), life.runner()).run().failures();

  static Errand reset(String table) {
    return life -> {
      new ResetRun(life.bench, life.table(table), false).run();
      return List.of();
    };
  }

  static final Errand UNDO =
      life ->
          new UndoRun(
                  life.bench,
                  life.process.sleeper(),
                  life.random(),
                  RunOptions.all(),
                  UndoRun.Receipts.PROVEN,
                  life.runner())
              .run()
              .failures();

  /** Lives a process may need before it counts as one that never ends. */
  private static final int LIVES_MAX = 400;

  private static final int HOSTS = 3;

  /** Labels that few worlds come to: there a death is likelier, so that some happen. */
  private static final Set<String> SELDOM =
      Set.of(
          "abort.ended",
          "abort.wished",
          "adopt.submitted",
          "recover.lost",
          "retry.entered",
          "reset.entered",
          "reset.written",
          "retry.sealed",
          "settle.untouched",
          "undo.claimed",
          "undo.staged");

  private static final int SELDOM_FACTOR = 10;

  private final int number;
  private final Scenario scenario;
  private MigrationConfig config;
  private final VirtualClock clock;
  private final Clock ourClock;
  private final Random random;
  private final Map<String, Integer> deaths = new HashMap<>();
  private int lives;
  private int host;
  private Instant beatAt = Instant.MIN;
  private @Nullable Life living;
  private Turns.@Nullable Seat seat;

  /** What a process is started for; the failures of tables, if any. */
  interface Errand {
    List<Failure> run(Life life) throws InterruptedException;
  }

  SimulatedProcess(
      int number, Scenario scenario, MigrationConfig config, VirtualClock clock, Random random) {
    this.number = number;
    this.scenario = scenario;
    this.config = config;
    this.clock = clock;
    this.ourClock = new InstantClock(clock);
    this.random = random;
  }

  /** Works by another configuration from its next life on. */
  void configure(MigrationConfig other) {
    config = other;
  }

  /** How often it died, by the label it died at. */
  Map<String, Integer> deaths() {
    return deaths;
  }

  /** Starts the process anew until it has done its errand. */
  void untilDone(Errand errand, Turns.Seat place) throws Exception {
    seat = place;
    while (!live(errand, place)) {
      if (++lives > LIVES_MAX) {
        throw new AssertionError("the migration does not end");
      }
      place.sleep(Duration.ofSeconds(random.nextInt(120)));
      if (random.nextDouble() < scenario.moveShare()) {
        host = random.nextInt(HOSTS);
        place.sleep(WorkerBook.LEASE);
      }
    }
    seat = null;
  }

  /** One life, from start to end or death; says whether the errand was done. */
  private boolean live(Errand errand, Turns.Seat place) throws Exception {
    Life life = null;
    try {
      life = new Life();
      living = life;
      List<Failure> failures = errand.run(life);
      for (Failure failure : failures) {
        if (!failure.code().equals("JOB_FAILED")) {
          throw new AssertionError("a table was stopped", failure);
        }
      }
      if (!failures.isEmpty()) {
        // Its jobs failed too often in a row; the operator runs it again.
        place.sleep(Duration.ofMinutes(10));
        return false;
      }
      life.bench.ledger().workers().leave(life.bench.worker());
      return true;
    } catch (SimulatedCrash e) {
      return false;
    } catch (IllegalStateException e) {
      if (life == null || !life.crashed) {
        throw e;
      }
      return false;
    } catch (Failure e) {
      // Two ended sessions in a row look like a lasting refusal; the operator runs it again.
      if (e.kind() != Failure.Kind.TRANSIENT
          && e.kind() != Failure.Kind.QUOTA
          && !e.code().equals("ORG_SESSION")) {
        throw e;
      }
      place.sleep(Duration.ofMinutes(10));
      return false;
    } finally {
      living = null;
      place.died();
      if (life != null) {
        life.close();
      }
    }
  }

  /** What a living process says every few seconds, even in the middle of an act. */
  void beat() {
    Life life = living;
    if (life != null && scenario.workers() > 1 && clock.instant().isAfter(beatAt.plusSeconds(20))) {
      beatAt = clock.instant();
      life.bench.ledger().workers().beat(life.bench.worker());
    }
  }

  /** The certificate, every field of every row compared, however often its maker dies over it. */
  Certificate certificate() throws Exception {
    for (int i = 0; i < LIVES_MAX; i++) {
      Life life = new Life();
      try {
        return new Reconciliation(life.bench, ReconcileConfig.Level.FULL)
            .certify(life.prepared().require());
      } catch (SimulatedCrash e) {
        lives++;
      } finally {
        life.close();
      }
    }
    throw new AssertionError("the certificate is never made");
  }

  private Sleeper sleeper() {
    return span -> {
      Turns.Seat place = seat;
      if (place == null) {
        clock.advance(span);
      } else {
        place.sleep(span);
      }
    };
  }

  /** What a process holds from its start to its end. */
  final class Life {
    private final SimulatedProcess process = SimulatedProcess.this;
    private final Workbench bench;
    private boolean crashed;

    private Life() throws Exception {
      Ledger ledger = LedgerTemplate.open(config.ledger(), config.name(), ourClock);
      Org client = null;
      try {
        client = Org.connect(config.target(), ourClock, sleeper(), random, audit(ledger));
      } finally {
        if (client == null) {
          ledger.close();
        }
      }
      this.bench =
          new Workbench(
              config,
              ledger,
              SourceDatabase.open(config.source(), audit(ledger)),
              StagingArea.open(disk(), Codecs.deflate()),
              client,
              new Worker(
                  "worker" + number + "-" + lives, hostName(), number * 1000L + lives, lives),
              ourClock,
              new Stop(),
              this::reached);
    }

    private Audit audit(Ledger ledger) {
      return ledger.audit().by(hostName());
    }

    private Preparation prepared() throws InterruptedException {
      return Preparation.of(config, bench.source(), bench.org());
    }

    private TableConfig table(String name) {
      return config.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private StepRunner runner() {
      return new SeededRunner(ourClock, random, seat, new Enrolment(bench));
    }

    private Random random() {
      return random;
    }

    private String hostName() {
      return "host" + number + "-" + host;
    }

    /** Each host has a disk of its own. */
    private StagingConfig disk() {
      StagingConfig staging = config.staging();
      return new StagingConfig(
          staging.directory().resolve(hostName()),
          staging.maxBytes(),
          staging.partRows(),
          staging.partBytes());
    }

    /** Between two acts a process may die, and others may act. */
    private void reached(String label) {
      double share = scenario.crashShare() * (SELDOM.contains(label) ? SELDOM_FACTOR : 1);
      if (!crashed && random.nextDouble() < share) {
        crashed = true;
        deaths.merge(label, 1, Integer::sum);
        bench.ledger().close();
        throw new SimulatedCrash(label);
      }
      if (!crashed && seat != null && !seat.alone() && random.nextBoolean()) {
        try {
          seat.sleep(Duration.ZERO);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private void close() {
      bench.org().close();
      bench.source().close();
      bench.staging().close();
      bench.ledger().close();
    }
  }
}
