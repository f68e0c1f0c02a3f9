package io.initload.pipeline;

import io.initload.config.AuthConfig;
import io.initload.config.DataSize;
import io.initload.config.Hierarchy;
import io.initload.config.LedgerConfig;
import io.initload.config.MigrationConfig;
import io.initload.config.MigrationConfig.Wave;
import io.initload.config.OrphanPolicy;
import io.initload.config.ReconcileConfig;
import io.initload.config.Secret;
import io.initload.config.SourceConfigs;
import io.initload.config.StagingConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Whole;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.fault.ActiveFaults;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.limits.Allocations;
import io.initload.simulator.limits.Usage;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A whole migration in one JVM on a virtual clock: the real engine, the real ledger and files, the
 * simulated org over real HTTP. One seed decides data, faults, crashes and the order of all acts.
 */
final class SimulatedWorld implements AutoCloseable {
  /** More than the customers' heads are deep. */
  static final int LEVELS = 5;

  private static final Instant START = Instant.parse("2026-01-02T20:00:00Z");

  private final Scenario scenario;
  private final Path directory;
  private final VirtualClock clock = new VirtualClock(START);
  private final Random random;
  private final SimulatedSource source;
  private final SimulatedOrg org;
  private final MigrationConfig config;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Map<String, Integer> faults = new HashMap<>();
  private int othersLeft;

  SimulatedWorld(Scenario scenario, Path parent) throws Exception {
    this(scenario, parent, new SimulatedSource(scenario));
  }

  /** Reads from that source, and closes it. */
  SimulatedWorld(Scenario scenario, Path parent, SimulatedSource source) throws Exception {
    this.scenario = scenario;
    this.random = new Random(scenario.seed());
    this.directory = Files.createTempDirectory(parent, "world" + scenario.seed() + "-");
    this.source = source;
    this.org = SimulatedOrg.start(options());
    this.othersLeft = scenario.othersBursts();
    this.config = config(sales().field("AMOUNT", "Amount__c").field("NOTE", "Comment__c"));
    for (int i = 0; i < scenario.workers(); i++) {
      processes.add(new SimulatedProcess(i, scenario, config, clock, random));
    }
  }

  /** The objects have the fields that are used and no others: each process reads all of them. */
  private OrgOptions options() throws URISyntaxException {
    Scenario.Stray stray = scenario.stray();
    return OrgOptions.defaults()
        .describes(Path.of(SimulatedWorld.class.getResource("world").toURI()))
        .seed(scenario.seed())
        .clock(clock)
        .allocations(
            Allocations.fullSandbox()
                .withDailyRecords(scenario.dailyRecords())
                .withDailyBatches(scenario.dailyBatches()))
        .set("ingest.transactionRows", Integer.toString(scenario.transactionRows()))
        .set("ingest.batchesExhausted", setting(stray.batchesExhausted()))
        .set("ingest.brokenUpload", setting(stray.brokenUpload()))
        .set("ingest.repeatedClose", setting(stray.repeatedClose()))
        .set("wire.uploadGzip", setting(stray.uploadGzip()))
        .cost(
            new CostModel(
                Duration.ofSeconds(random.nextInt(20)),
                Duration.ofSeconds(1),
                1 + random.nextInt(40),
                1 + random.nextInt(4)));
  }

  /** A value as options name it. */
  private static String setting(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Plays the world to its end and checks it. */
  WorldFigures play() throws Exception {
    Optional<SimulatedPerson> person =
        scenario.wishes() == 0 ? Optional.empty() : Optional.of(person());
    if (scenario.waves()) {
      wave(config.tables().get(0), 1, person);
      wave(config.tables().get(1), 2, Optional.empty());
      processes.forEach(process -> process.configure(together()));
    } else {
      troubled(0, processes, SimulatedProcess.MIGRATE, person);
    }
    if (person.filter(SimulatedPerson::resetSome).isPresent()) {
      troubled(2, processes, SimulatedProcess.MIGRATE, Optional.empty());
    }
    Map<String, Integer> resets = new HashMap<>();
    boolean remapped = reset(resets);
    if (scenario.waves()) {
      resets.merge("waves", 1, Integer::sum);
    }
    WorldChecker checker = new WorldChecker(scenario, source, org, config, remapped);
    Certificate certificate = processes.get(0).certificate();
    WorldFigures figures = checker.check(certificate);
    whole(certificate, figures.loaded());
    if (scenario.undo()) {
      troubled(1, processes.subList(0, 1), SimulatedProcess.UNDO, Optional.empty());
      checker.checkUndone();
    }
    Map<String, Integer> deaths = new HashMap<>();
    person.ifPresent(p -> p.deaths().forEach((label, n) -> deaths.merge(label, n, Integer::sum)));
    for (SimulatedProcess process : processes) {
      process.deaths().forEach((label, n) -> deaths.merge(label, n, Integer::sum));
    }
    person.ifPresent(p -> p.wishes().forEach((kind, n) -> resets.merge(kind, n, Integer::sum)));
    return figures.with(deaths, faults, resets);
  }

  /** Runs a file that has one of the tables. */
  private void wave(TableConfig table, int number, Optional<SimulatedPerson> person)
      throws Exception {
    processes.forEach(process -> process.configure(config(List.of(table)).wave(number)));
    troubled(10 + number, processes, SimulatedProcess.MIGRATE, person);
  }

  /** The files of both waves, as the command reads them. */
  private MigrationConfig together() {
    List<Wave> waves = new ArrayList<>();
    for (TableConfig table : config.tables()) {
      waves.addAll(config(List.of(table)).wave(waves.size() + 1).waves());
    }
    return config.together(config.phases(), config.tables(), Map.of(), waves);
  }

  /**
   * Lets tables be loaded anew, one after another.
   *
   * @param done is added to
   * @return whether the sales were, by another mapping
   */
  private boolean reset(Map<String, Integer> done) throws Exception {
    for (int i = 1; i <= scenario.resets(); i++) {
      String table = resettable(scenario, random);
      boolean remapped = i == scenario.resets() && scenario.remapped() && table.equals("SALES");
      if (remapped) {
        MigrationConfig other = config(sales().field("AMOUNT", "Comment__c"));
        processes.forEach(process -> process.configure(other));
      }
      done.merge(remapped ? "changed mapping" : "reset", 1, Integer::sum);
      SimulatedProcess one = processes.get(random.nextInt(processes.size()));
      troubled(2 * i + 1, List.of(one), SimulatedProcess.reset(table), Optional.empty());
      troubled(2 * i + 2, processes, SimulatedProcess.MIGRATE, Optional.empty());
      if (remapped) {
        return true;
      }
    }
    return false;
  }

  /** A table that can be loaded anew: not one whose rows are inserted. */
  static String resettable(Scenario scenario, Random random) {
    return !scenario.inserted() && random.nextBoolean() ? "SALES" : "CUSTOMERS";
  }

  private SimulatedPerson person() {
    SimulatedProcess own =
        new SimulatedProcess(scenario.workers(), scenario, config, clock, random);
    return new SimulatedPerson(scenario, config, clock, random, own);
  }

  /** Every field of every record was compared, and none differs. */
  private static void whole(Certificate certificate, long records) {
    long compared =
        certificate.whole().stream().filter(w -> !w.links()).mapToLong(Whole::records).sum();
    if (compared != records
        || certificate.whole().stream().anyMatch(w -> w.differences() + w.changed() > 0)) {
      String what = "not all are compared, or not all are equal: " + certificate.whole();
      throw new WorldWrong(List.of(new WorldWrong.Finding(WorldWrong.Kind.OTHER, what)));
    }
  }

  /** What the org has seen and done so far. */
  List<String> log() {
    return Stream.of(org.log().requests(), org.log().jobs(), org.log().usage())
        .flatMap(List::stream)
        .map(Object::toString)
        .toList();
  }

  /** An errand while things go wrong in the org. */
  private void troubled(
      int number,
      List<SimulatedProcess> workers,
      SimulatedProcess.Errand errand,
      Optional<SimulatedPerson> person)
      throws Exception {
    ActiveFaults active =
        org.faults(
            scenario.faultShare() > 0
                ? FaultPlan.drawn(scenario.seed() + number, scenario.faultShare())
                : FaultPlan.none());
    together(workers, errand, person);
    active
        .counts()
        .forEach(
            (kind, n) -> {
              if (n > 0) {
                faults.merge(kind, n, Integer::sum);
              }
            });
    org.faults(FaultPlan.none());
  }

  /** Whenever time has passed: whoever lives says so, and others may use the org. */
  private void moved(List<SimulatedProcess> workers) {
    workers.forEach(SimulatedProcess::beat);
    if (othersLeft > 0 && random.nextInt(20) == 0) {
      othersLeft--;
      org.usage()
          .takeUpTo(
              Usage.Counted.RECORDS,
              1 + random.nextInt((int) scenario.dailyRecords()),
              clock.instant());
      org.usage()
          .takeUpTo(
              Usage.Counted.BATCHES,
              1 + random.nextInt((int) scenario.dailyBatches()),
              clock.instant());
    }
  }

  /** What somebody does in a world from a seat. */
  private interface Play {
    void at(Turns.Seat seat) throws Exception;
  }

  /**
   * Lets the processes do an errand side by side, until each of them says it is done, and a person
   * interfere.
   */
  private void together(
      List<SimulatedProcess> workers,
      SimulatedProcess.Errand errand,
      Optional<SimulatedPerson> person)
      throws Exception {
    Turns turns = new Turns(clock, random, () -> moved(workers));
    AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    List<Play> plays = new ArrayList<>();
    workers.forEach(worker -> plays.add(seat -> worker.untilDone(errand, seat)));
    person.ifPresent(p -> plays.add(p::interfere));
    for (Play play : plays) {
      Turns.Seat seat = turns.seat();
      threads.add(
          new Thread(
              () -> {
                try {
                  seat.await();
                  play.at(seat);
                } catch (Throwable e) {
                  wrong.compareAndSet(null, e);
                } finally {
                  seat.leave();
                }
              },
              Thread.currentThread().getName() + "-process"));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable e = wrong.get();
    if (e != null) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private MigrationConfig config(TableConfigs sales) {
    return config(List.of(customers(), sales.build()));
  }

  private MigrationConfig config(List<TableConfig> tables) {
    return new MigrationConfig(
        "world",
        SourceConfigs.like(source.config).sessions(1).fetchBytes(DataSize.megabytes(1)).build(),
        TargetConfigs.of(
                org.loginUrl(),
                new AuthConfig.ClientCredentials(org.clientId(), new Secret(org.clientSecret())))
            .instance(URI.create(org.instanceUrl()).getAuthority())
            .slots(scenario.slots())
            .dailyRecords(scenario.dailyRecords())
            .dailyBatches(scenario.dailyBatches())
            .uploads(1)
            .compression(scenario.stray().compression())
            .poll(
                new TargetConfig.Poll(
                    Duration.ofSeconds(4 + random.nextInt(12)),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5)))
            .build(),
        new StagingConfig(
            directory.resolve("staging"),
            DataSize.gigabytes(1),
            10_000,
            new DataSize(scenario.partBytes())),
        new LedgerConfig("jdbc:sqlite:" + directory.resolve("ledger.db"), "", Secret.NONE),
        new ReconcileConfig(ReconcileConfig.Level.SAMPLE, 10),
        List.of("reference", "sales"),
        tables);
  }

  /** Without what is sold. */
  private TableConfigs sales() {
    Hierarchy usual = Hierarchy.DEFAULT.with(orphans("Account__r.External_ID__c", false));
    return table("SALES")
        .object("Sale__c")
        .phase("sales")
        .externalId(scenario.saleKey())
        .field("ID", scenario.saleKey())
        .field("CUSTOMER", "Account__r.External_ID__c")
        .hierarchy(scenario.inserted() ? usual.written(Hierarchy.Writing.INSERTED) : usual);
  }

  private TableConfig customers() {
    TableConfigs table =
        table("CUSTOMERS")
            .phase("reference")
            .field("CODE", "External_ID__c")
            .field("NAME", "Name")
            .field("EMAIL", "Email__c");
    return (scenario.linked() ? table.field("HEAD", "Parent.External_ID__c") : table)
        .hierarchy(new Hierarchy(scenario.writtenOnce(), LEVELS).with(heads()))
        .build();
  }

  private Map<String, OrphanPolicy> heads() {
    return scenario.linked() ? orphans("Parent.External_ID__c", true) : Map.of();
  }

  /** What is said of a lookup; one that the org requires cannot be left empty. */
  private Map<String, OrphanPolicy> orphans(String lookup, boolean canBeEmpty) {
    return switch (scenario.orphans()) {
      case JUDGED -> Map.of();
      case REJECTED -> Map.of(lookup, OrphanPolicy.REJECT);
      case EMPTIED -> Map.of(lookup, canBeEmpty ? OrphanPolicy.NULL : OrphanPolicy.REJECT);
    };
  }

  private TableConfigs table(String name) {
    return TableConfigs.of(name)
        .chunkRows(scenario.chunkRows())
        .concurrency(scenario.slots())
        .retries(scenario.retries());
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
