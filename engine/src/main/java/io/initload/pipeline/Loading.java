package io.initload.pipeline;

import io.initload.config.TargetConfig;
import io.initload.pipeline.begin.Opening;
import io.initload.pipeline.extract.ExtractStep;
import io.initload.pipeline.extract.RecoverStep;
import io.initload.pipeline.load.AdoptStep;
import io.initload.pipeline.load.CompressionChoice;
import io.initload.pipeline.load.Concurrency;
import io.initload.pipeline.load.PollStep;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.load.SubmitStep;
import io.initload.pipeline.load.WireCompression;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.settle.ReceiptStep;
import io.initload.pipeline.settle.RetryStep;
import io.initload.pipeline.settle.SettleStep;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.StepRunner.Station;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.PollPace;
import io.initload.retry.Sleeper;
import io.initload.salesforce.CompressionProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The posts that move tables from the source into the org and into the books. */
final class Loading {
  /** Threads that fetch results: each may hold the keys of one part. */
  private static final int SETTLERS = 2;

  private final Workbench all;
  private final Workbench bench;
  private final Sleeper sleeper;
  private final RandomGenerator jitter;

  /**
   * @param all where running jobs are looked at: a job that nobody looks at keeps its slot
   * @param bench where pieces are read, loaded and settled
   */
  Loading(Workbench all, Workbench bench, Sleeper sleeper, RandomGenerator jitter) {
    this.all = all;
    this.bench = bench;
    this.sleeper = sleeper;
    this.jitter = jitter;
  }

  /** Everything: reads, loads, settles, tries again. */
  List<Station> all(
      Tables tables, SnapshotPlan snapshots, Quota quota, WireCompression compression) {
    TargetConfig target = bench.config().target();
    List<Station> stations =
        new ArrayList<>(
            sent(tables, quota, compression, new Concurrency(target.maxConcurrentJobs()), pace()));
    stations.add(0, read(tables, snapshots, bench.config().source().sessions()));
    stations.add(new Station(new RetryStep(bench, tables), 1));
    return stations;
  }

  Station read(Tables tables, SnapshotPlan snapshots, int sessions) {
    Opening hours = Opening.ofSource(bench);
    return new Station(new ExtractStep(bench, tables, snapshots, hours), sessions);
  }

  /** Deletes the records whose ids the kept lists of the migration hold. */
  List<Station> delete(
      Tables tables, Quota quota, WireCompression compression, ReceiptStep receipts) {
    TargetConfig target = bench.config().target();
    List<Station> stations =
        new ArrayList<>(
            sent(tables, quota, compression, new Concurrency(target.maxConcurrentJobs()), pace()));
    stations.add(0, new Station(receipts, 1));
    stations.add(new Station(new RetryStep(bench, tables), 1));
    return stations;
  }

  /** Loads and settles what is staged. */
  List<Station> sent(
      Tables tables,
      Quota quota,
      WireCompression compression,
      Concurrency concurrency,
      PollPace pace) {
    TargetConfig target = bench.config().target();
    return List.of(
        new Station(
            new SubmitStep(bench, tables, quota, compression, concurrency),
            Math.min(target.uploads(), target.maxConcurrentJobs())),
        new Station(new AdoptStep(all, tables), 1),
        new Station(new RecoverStep(bench), 1),
        new Station(new PollStep(all, pace, concurrency), 1),
        new Station(new SettleStep(bench, tables, quota, concurrency), SETTLERS));
  }

  WireCompression compression(PassWork table, Quota quota) throws InterruptedException {
    CompressionProbe probe =
        new CompressionProbe(bench.org(), sleeper, pace(), bench.staging().directory());
    return new CompressionChoice(bench, probe, quota.allowance()).of(table.config().object());
  }

  private PollPace pace() {
    TargetConfig.Poll poll = bench.config().target().poll();
    return new PollPace(poll.first(), poll.max(), jitter);
  }
}
