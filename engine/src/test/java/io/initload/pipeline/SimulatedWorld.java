package io.initload.pipeline;

import io.initload.Failure;
import io.initload.config.AuthConfig;
import io.initload.config.Chunking;
import io.initload.config.DataSize;
import io.initload.config.FieldMapping;
import io.initload.config.LedgerConfig;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.TargetConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.Worker;
import io.initload.ledger.WorkerBook;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.SourceDatabase;
import io.initload.staging.Codec;
import io.initload.staging.StagingArea;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A whole migration in one JVM on a virtual clock: the real engine, the real ledger and files, the
 * simulated org over real HTTP. One seed decides data, faults, crashes and the order of all acts.
 */
final class SimulatedWorld implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-01-02T20:00:00Z");

  /** Processes a migration may need in one world before it counts as one that never ends. */
  private static final int LIVES_MAX = 400;

  private static final int HOSTS = 3;

  private final Scenario scenario;
  private final Path directory;
  private final VirtualClock clock = OrgClock.virtual(START);
  private final Clock ourClock = new InstantClock(clock);
  private final Random random;
  private final SimulatedSource source;
  private final SimulatedOrg org;
  private final MigrationConfig config;
  private int lives;
  private int host;
  private boolean crashed;

  SimulatedWorld(Scenario scenario, Path parent) throws Exception {
    this.scenario = scenario;
    this.random = new Random(scenario.seed());
    this.directory = Files.createTempDirectory(parent, "world" + scenario.seed() + "-");
    this.source = new SimulatedSource(scenario);
    this.org =
        SimulatedOrg.start(
            OrgOptions.defaults()
                .seed(scenario.seed())
                .clock(clock)
                .cost(
                    new CostModel(
                        Duration.ofSeconds(random.nextInt(20)),
                        Duration.ofSeconds(1),
                        1 + random.nextInt(40),
                        1 + random.nextInt(4))));
    this.config = config();
  }

  /** Plays the world to its end and checks it. */
  WorldFigures play() throws Exception {
    if (scenario.faultShare() > 0) {
      org.faults(FaultPlan.drawn(scenario.seed(), scenario.faultShare()));
    }
    untilDone(this::migrate);
    org.faults(FaultPlan.none());
    WorldChecker checker = new WorldChecker(scenario, source, org, config);
    WorldFigures figures = checker.check(certificate(), lives);
    if (scenario.undo()) {
      if (scenario.faultShare() > 0) {
        org.faults(FaultPlan.drawn(scenario.seed() + 1, scenario.faultShare()));
      }
      untilDone(this::undo);
      checker.checkUndone();
    }
    return figures;
  }

  /** What a process is started for. */
  private interface Errand {
    List<Failure> run(Workbench bench) throws InterruptedException;
  }

  private List<Failure> migrate(Workbench bench) throws InterruptedException {
    return new MigrationRun(
            bench, sleeper(), random, RunOptions.all(), new SeededRunner(clock, random))
        .run(Preparation.of(config, bench.source(), bench.org()).require())
        .failures();
  }

  private List<Failure> undo(Workbench bench) throws InterruptedException {
    List<Prepared> tables = Preparation.of(config, bench.source(), bench.org()).requireTables();
    return new UndoRun(
            bench,
            sleeper(),
            random,
            RunOptions.WhenExhausted.WAIT,
            new SeededRunner(clock, random))
        .run(tables)
        .failures();
  }

  private void untilDone(Errand errand) throws Exception {
    while (!life(errand)) {
      if (++lives > LIVES_MAX) {
        throw new AssertionError("the migration does not end");
      }
      clock.advance(Duration.ofSeconds(random.nextInt(120)));
      if (random.nextDouble() < scenario.moveShare()) {
        host = random.nextInt(HOSTS);
        clock.advance(WorkerBook.LEASE);
      }
    }
  }

  /** One process, from start to its end or death; says whether it did what it was started for. */
  private boolean life(Errand errand) throws Exception {
    crashed = false;
    try (Opened opened = new Opened()) {
      List<Failure> failures = errand.run(opened.bench);
      if (!failures.isEmpty()) {
        throw new AssertionError("a table was stopped", failures.get(0));
      }
      return true;
    } catch (SimulatedCrash e) {
      return false;
    } catch (IllegalStateException e) {
      if (!crashed) {
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
      clock.advance(Duration.ofMinutes(10));
      return false;
    }
  }

  private Certificate certificate() throws Exception {
    try (Opened opened = new Opened()) {
      Preparation preparation = Preparation.of(config, opened.bench.source(), opened.bench.org());
      crashed = true; // no more deaths: the books are only read from here on
      return new Reconciliation(opened.bench, ReconcileConfig.Level.SAMPLE)
          .certify(preparation.require());
    }
  }

  private Sleeper sleeper() {
    return clock::advance;
  }

  /** What one process holds. */
  private final class Opened implements AutoCloseable {
    private final Workbench bench;

    Opened() throws Exception {
      Ledger ledger = LedgerTemplate.open(config.ledger(), config.name(), ourClock);
      Org client = null;
      try {
        client = Org.connect(config.target(), ourClock, sleeper(), random);
      } finally {
        if (client == null) {
          ledger.close();
        }
      }
      this.bench =
          new Workbench(
              config,
              ledger,
              SourceDatabase.open(config.source()),
              StagingArea.open(disk(), Codec.deflate()),
              client,
              new Worker("life" + lives, "host" + host, lives, lives),
              ourClock,
              new Stop(),
              this::perhapsDie);
    }

    /** Each host has a disk of its own. */
    private StagingConfig disk() {
      StagingConfig staging = config.staging();
      return new StagingConfig(
          staging.directory().resolve("host" + host),
          staging.maxBytes(),
          staging.partRows(),
          staging.partBytes());
    }

    private void perhapsDie(String label) {
      if (!crashed && random.nextDouble() < scenario.crashShare()) {
        crashed = true;
        bench.ledger().close();
        throw new SimulatedCrash(label);
      }
    }

    @Override
    public void close() {
      bench.org().close();
      bench.source().close();
      bench.staging().close();
      bench.ledger().close();
    }
  }

  private MigrationConfig config() {
    TargetConfig.Compression[] ways = TargetConfig.Compression.values();
    return new MigrationConfig(
        "world",
        new SourceConfig(
            source.url,
            "sa",
            Secret.NONE,
            1,
            0,
            DataSize.megabytes(1),
            SourceConfig.Consistency.SNAPSHOT),
        new TargetConfig(
            URI.create(org.loginUrl()),
            URI.create(org.instanceUrl()).getAuthority(),
            new AuthConfig.ClientCredentials(org.clientId(), new Secret(org.clientSecret())),
            "60.0",
            scenario.slots(),
            scenario.dailyRecords(),
            scenario.dailyBatches(),
            1,
            ways[random.nextInt(ways.length)],
            TargetConfig.Http.DEFAULT,
            TargetConfig.Poll.DEFAULT),
        new StagingConfig(
            directory.resolve("staging"),
            DataSize.gigabytes(1),
            10_000,
            new DataSize(scenario.partBytes())),
        new LedgerConfig("jdbc:sqlite:" + directory.resolve("ledger.db"), "", Secret.NONE),
        new ReconcileConfig(ReconcileConfig.Level.SAMPLE, 10),
        List.of("reference", "sales"),
        List.of(
            table(
                "CUSTOMERS",
                "Account",
                "reference",
                List.of(
                    column("CODE", "External_ID__c"),
                    column("NAME", "Name"),
                    column("EMAIL", "Email__c"))),
            table(
                "SALES",
                "Sale__c",
                "sales",
                List.of(
                    column("ID", "External_ID__c"),
                    column("CUSTOMER", "Account__r.External_ID__c"),
                    column("AMOUNT", "Amount__c"),
                    column("NOTE", "Comment__c")))));
  }

  private TableConfig table(String name, String object, String phase, List<FieldMapping> fields) {
    return new TableConfig(
        name,
        new SourceName("", name),
        object,
        phase,
        "External_ID__c",
        fields,
        new Chunking(Chunking.Strategy.AUTO, scenario.chunkRows(), 0),
        scenario.slots(),
        scenario.retries(),
        TableConfig.ErrorLimit.NEVER,
        TableConfig.Nulls.IGNORE,
        ZoneOffset.UTC,
        Map.of());
  }

  private static FieldMapping column(String column, String field) {
    return new FieldMapping(field, new FieldMapping.Column(column));
  }

  @Override
  public void close() throws SQLException, IOException {
    org.close();
    source.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
