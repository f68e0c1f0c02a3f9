package io.initload.pipeline;

import io.initload.config.AuthConfig;
import io.initload.config.DataSize;
import io.initload.config.Hours;
import io.initload.config.LedgerConfig;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig;
import io.initload.config.SampleSize;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import io.initload.config.Trial;
import io.initload.config.ValuePolicy;
import io.initload.evidence.rows.DataProfile;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.Worker;
import io.initload.mapping.Finding;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.Checkpoint;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.Stop;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.Sleeper;
import io.initload.salesforce.Org;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.SimulatedOrg;
import io.initload.source.SourceDatabase;
import io.initload.staging.StagingArea;
import io.initload.staging.gzip.Codec;
import io.initload.staging.gzip.Codecs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A migration of a test's own tables into a simulated org, with the real steps on their threads. A
 * run is what one process does: each has sessions of its own and leaves ledger and files behind.
 */
final class LocalMigration implements AutoCloseable {
  private final SimulatedOrg org;
  private final Path directory;
  private SourceConfig source;
  private List<TableConfig> tables;
  private Sleeper sleeper = duration -> Thread.sleep(Math.min(20, duration.toMillis()));
  private Checkpoint checkpoint = Checkpoint.NONE;
  private LedgerConfig ledger;
  private TargetConfig.Compression compression = TargetConfig.Compression.IDENTITY;
  private Clock clock = Clock.systemUTC();
  private Codec codec = Codecs.fastest();
  private String host = "here";
  private int partRows = 250_000;
  private long dailyBatches = 15_000;
  private Optional<String> apiVersion = Optional.empty();
  private SampleSize sample = new SampleSize.Rows(20);
  private Map<String, Map<String, String>> exempt = Map.of();
  private int uploads = 2;
  private String targetHours = "";
  private int lives;
  private Optional<Trial> trial = Optional.empty();

  LocalMigration(Path directory, SourceConfig source, TableConfig... tables) {
    this(OrgOptions.defaults(), directory, source, tables);
  }

  LocalMigration(OrgOptions options, Path directory, SourceConfig source, TableConfig... tables) {
    this.org = SimulatedOrg.start(options);
    this.directory = directory;
    this.ledger =
        new LedgerConfig("jdbc:sqlite:" + directory.resolve("ledger.db"), "", Secret.NONE);
    this.source = source;
    this.tables = List.of(tables);
  }

  /** A table into Account, by its columns {@code id} and {@code name} and further ones. */
  static TableConfig table(String name, long chunkRows, String... columnsAndFields) {
    TableConfigs table =
        TableConfigs.of(name)
            .chunkRows(chunkRows)
            .field("id", "External_ID__c")
            .field("name", "Name");
    for (int i = 0; i < columnsAndFields.length; i += 2) {
      table.field(columnsAndFields[i], columnsAndFields[i + 1]);
    }
    return table.build();
  }

  /** The table with other bounds. */
  static TableConfig bounded(
      TableConfig t, int concurrency, int retries, TableConfig.ErrorLimit limit) {
    return TableConfigs.like(t)
        .concurrency(concurrency)
        .retries(retries)
        .stopAfterErrors(limit)
        .build();
  }

  /** Waits this way when trouble passes. */
  LocalMigration sleeper(Sleeper other) {
    sleeper = other;
    return this;
  }

  LocalMigration apiVersion(String version) {
    apiVersion = Optional.of(version);
    return this;
  }

  LocalMigration values(Map<String, ValuePolicy> values) {
    return tables(t -> TableConfigs.like(t).values(values).build());
  }

  LocalMigration checkpoint(Checkpoint other) {
    checkpoint = other;
    return this;
  }

  /** A job is under way before the one before it is booked; then the table is stopped. */
  void jobsWaitForTheVerdict(String table) {
    CountDownLatch second = new CountDownLatch(2);
    checkpoint(
        label -> {
          try {
            if (label.startsWith("settle.")) {
              second.await();
            } else if (label.equals("load.submitted")) {
              second.countDown();
              holdBehindFirst(second, table);
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void holdBehindFirst(CountDownLatch second, String table) throws InterruptedException {
    try (Ledger books = ledger()) {
      while (second.getCount() == 0
          && books.tables().pass(table).orElseThrow().stopped().isEmpty()) {
        Thread.sleep(10);
      }
    }
  }

  LocalMigration ledger(LedgerConfig other) {
    ledger = other;
    return this;
  }

  LocalMigration source(UnaryOperator<SourceConfig> change) {
    source = change.apply(source);
    return this;
  }

  /** Reads with so many sessions: with one, in the order of the tables. */
  LocalMigration sessions(int sessions) {
    return source(s -> SourceConfigs.like(s).sessions(sessions).build());
  }

  LocalMigration tables(UnaryOperator<TableConfig> change) {
    tables = tables.stream().map(change).toList();
    return this;
  }

  LocalMigration compression(TargetConfig.Compression other) {
    compression = other;
    return this;
  }

  LocalMigration codec(Codec other) {
    codec = other;
    return this;
  }

  LocalMigration clock(Clock other) {
    clock = other;
    return this;
  }

  /** Runs on that host from now on; the files of another are out of its reach. */
  LocalMigration host(String other) {
    host = other;
    return this;
  }

  LocalMigration partRows(int rows) {
    partRows = rows;
    return this;
  }

  /** Begins chunks and jobs within these hours. */
  LocalMigration hours(String ofSource, String ofTarget) {
    targetHours = ofTarget;
    return source(s -> SourceConfigs.like(s).hours(ofSource).build());
  }

  LocalMigration uploads(int atOnce) {
    uploads = atOnce;
    return this;
  }

  LocalMigration trial(Trial some) {
    trial = Optional.of(some);
    return this;
  }

  LocalMigration sampleRows(int rows) {
    return sample(new SampleSize.Rows(rows));
  }

  LocalMigration sample(SampleSize size) {
    sample = size;
    return this;
  }

  /** Does not compare these fields. */
  LocalMigration exempt(Map<String, Map<String, String>> reasons) {
    exempt = reasons;
    return this;
  }

  LocalMigration dailyBatches(long batches) {
    dailyBatches = batches;
    return this;
  }

  RunOutcome run() throws InterruptedException {
    return run(RunOptions.all());
  }

  RunOutcome run(RunOptions options) throws InterruptedException {
    try (Opened opened = new Opened()) {
      return new MigrationRun(opened.bench, sleeper, new Random(1), options).run(opened.prepared());
    }
  }

  /** Lets all rows that need a person be tried again as the source has them now. */
  Replay.Revived fromSource() throws InterruptedException {
    return replay(replay -> replay.fromSource(DeadLetterFilter.ALL));
  }

  /** Lets rows that need a person be tried again. */
  Replay.Revived replay(Way way) throws InterruptedException {
    try (Opened opened = new Opened()) {
      return way.by(new Replay(opened.bench, opened.prepared().tables(), "tester"));
    }
  }

  /** How rows are tried again. */
  @FunctionalInterface
  interface Way {
    Replay.Revived by(Replay replay) throws InterruptedException;
  }

  UndoRun.Outcome undo(RunOptions options) throws InterruptedException {
    try (Opened opened = new Opened()) {
      return new UndoRun(opened.bench, sleeper, new Random(1), options, UndoRun.Receipts.PROVEN)
          .run();
    }
  }

  MigrationPlan plan() throws InterruptedException {
    try (Opened opened = new Opened()) {
      return MigrationPlan.of(config(), opened.bench.source(), opened.prepared());
    }
  }

  List<Finding> preflight() throws InterruptedException {
    try (Opened opened = new Opened()) {
      return Preparation.of(config(), opened.bench.source(), opened.bench.org()).preflight();
    }
  }

  /** What its rows will meet; of larger tables a sample of so many rows, 0 for all. */
  DataProfile data(long sampleRows) throws InterruptedException {
    try (Opened opened = new Opened()) {
      return Examination.data(
          config(), opened.bench.source(), opened.bench.org(), sampleRows, clock);
    }
  }

  Certificate certificate() throws InterruptedException {
    return certificate(ReconcileConfig.Level.FULL);
  }

  Certificate certificate(ReconcileConfig.Level level) throws InterruptedException {
    try (Opened opened = new Opened()) {
      return new Reconciliation(opened.bench, level).certify(opened.prepared());
    }
  }

  Ledger ledger() {
    return Ledger.open(config().ledger(), config().name(), clock);
  }

  SimulatedOrg org() {
    return org;
  }

  /** A field of the loaded records, by external id. */
  Map<String, String> loaded(String field) {
    Map<String, String> found = new TreeMap<>();
    try (Stream<OrgRecord> records = org.records("Account").stream()) {
      records.forEach(
          r -> r.value("External_ID__c").ifPresent(id -> found.put(id, r.value(field).orElse(""))));
    }
    return found;
  }

  Opened opened() throws InterruptedException {
    return new Opened();
  }

  final class Opened implements AutoCloseable {
    final Workbench bench;

    Opened() throws InterruptedException {
      MigrationConfig config = config();
      lives++;
      this.bench =
          new Workbench(
              config,
              ledger(),
              SourceDatabase.open(config.source()),
              StagingArea.open(config.staging(), codec),
              Org.connect(config.target(), clock, sleeper, new Random(2)),
              new Worker("life" + lives, host, lives, lives),
              clock,
              new Stop(),
              checkpoint);
    }

    Phases prepared() throws InterruptedException {
      return Preparation.of(bench.config(), bench.source(), bench.org()).require();
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
    return trial.map(whole()::tried).orElse(whole());
  }

  private MigrationConfig whole() {
    return new MigrationConfig(
        "local",
        source,
        TargetConfigs.of(
                org.loginUrl(),
                new AuthConfig.ClientCredentials(org.clientId(), new Secret(org.clientSecret())))
            .instance(URI.create(org.instanceUrl()).getAuthority())
            .apiVersion(apiVersion)
            .dailyBatches(dailyBatches)
            .uploads(uploads)
            .hours(targetHours.isEmpty() ? Hours.ALWAYS : Hours.parse(targetHours))
            .compression(compression)
            .poll(
                new TargetConfig.Poll(
                    Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofMinutes(5)))
            .build(),
        new StagingConfig(
            directory.resolve(host.equals("here") ? "staging" : "staging-" + host),
            DataSize.gigabytes(1),
            partRows,
            DataSize.megabytes(95)),
        ledger,
        new ReconcileConfig(ReconcileConfig.Level.SAMPLE, sample, exempt),
        List.of("only"),
        tables);
  }

  @Override
  public void close() {
    org.close();
  }
}
