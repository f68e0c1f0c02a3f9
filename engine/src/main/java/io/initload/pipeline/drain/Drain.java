package io.initload.pipeline.drain;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.config.TargetConfig;
import io.initload.ledger.Scope;
import io.initload.ledger.TableBook;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.KeyForm;
import io.initload.pipeline.load.AdoptStep;
import io.initload.pipeline.load.Concurrency;
import io.initload.pipeline.load.PollStep;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.settle.SettleStep;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.StepRunner;
import io.initload.pipeline.work.StepRunner.Station;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.PollPace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Brings the jobs of a migration that are in flight into the books. Begins nothing. */
public final class Drain {
  /** Threads that fetch results: each may hold the keys of one part. */
  private static final int SETTLERS = 2;

  private final Workbench bench;
  private final StepRunner runner;
  private final RandomGenerator jitter;

  /**
   * @param jitter spreads the looks at running jobs
   */
  public Drain(Workbench bench, StepRunner runner, RandomGenerator jitter) {
    this.bench = bench;
    this.runner = runner;
    this.jitter = jitter;
  }

  /**
   * Waits for them as long as the org takes, or until a stop is requested.
   *
   * @return why tables were stopped over it
   */
  public List<Failure> run(Quota quota) throws InterruptedException {
    TableBook book = bench.ledger().tables();
    return book.passes().stream().noneMatch(pass -> book.unsettled(pass.name(), Set.of()))
        ? List.of()
        : run(quota, List.of(), this::landed);
  }

  /**
   * The same beside other steps.
   *
   * @param done whether nothing is left to do, for these or those
   */
  List<Failure> run(Quota quota, List<Step> others, Predicate<Tables> done)
      throws InterruptedException {
    List<PassWork> works = works();
    Tables tables = new Tables(bench.ledger().tables(), works);
    Workbench configured = works.isEmpty() ? bench : bench.narrowed(Scope.of(tables.names(), true));
    TargetConfig target = bench.config().target();
    Concurrency concurrency = new Concurrency(target.maxConcurrentJobs());
    PollPace pace = new PollPace(target.poll().first(), target.poll().max(), jitter);
    List<Station> stations = new ArrayList<>();
    others.forEach(step -> stations.add(new Station(step, 1)));
    stations.add(new Station(new AdoptStep(configured, tables), 1));
    stations.add(new Station(new PollStep(configured, pace, concurrency), 1));
    stations.add(new Station(new SettleStep(configured, tables, quota, concurrency), SETTLERS));
    runner.work(stations, () -> done.test(tables));
    return tables.failures();
  }

  /** Whether no job of these tables runs, or waits to be booked. */
  boolean landed(Tables tables) {
    return tables.names().stream().noneMatch(tables::flying);
  }

  private List<PassWork> works() throws InterruptedException {
    Map<String, TableConfig> configs =
        bench.config().tables().stream()
            .collect(Collectors.toMap(TableConfig::name, table -> table));
    List<PassWork> works = new ArrayList<>();
    for (Pass pass : bench.ledger().tables().passes()) {
      TableConfig config = configs.get(pass.table());
      if (config != null) {
        KeyForm form =
            bench
                .org()
                .describe(pass.object())
                .field(pass.externalId())
                .map(KeyForm::of)
                .orElse(KeyForm.EXACT);
        works.add(PassWork.settling(config, pass, form));
      }
    }
    return works;
  }
}
