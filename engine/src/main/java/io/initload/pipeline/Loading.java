package io.initload.pipeline;

import io.initload.config.TargetConfig;
import io.initload.pipeline.StepRunner.Post;
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
  List<Post> all(Tables tables, Moments moments, Quota quota, WireCompression compression) {
    TargetConfig target = bench.config().target();
    List<Post> posts =
        new ArrayList<>(
            sent(tables, quota, compression, new Concurrency(target.maxConcurrentJobs()), pace()));
    posts.add(0, read(tables, moments, bench.config().source().sessions()));
    posts.add(new Post(new RetryStep(bench, tables), 1));
    return posts;
  }

  Post read(Tables tables, Moments moments, int sessions) {
    return new Post(new ExtractStep(bench, tables, moments), sessions);
  }

  /** Brings what is in flight to its end and into the books; starts nothing. */
  List<Post> drain(Tables tables, Quota quota) {
    Concurrency concurrency = new Concurrency(bench.config().target().maxConcurrentJobs());
    return List.of(
        new Post(new AdoptStep(all, tables), 1),
        new Post(new PollStep(all, pace(), concurrency), 1),
        new Post(new SettleStep(bench, tables, quota, concurrency), SETTLERS));
  }

  /** Deletes the records whose ids the kept lists of the migration hold. */
  List<Post> delete(Tables tables, Quota quota, WireCompression compression, ReceiptStep receipts) {
    TargetConfig target = bench.config().target();
    List<Post> posts =
        new ArrayList<>(
            sent(tables, quota, compression, new Concurrency(target.maxConcurrentJobs()), pace()));
    posts.add(0, new Post(receipts, 1));
    posts.add(new Post(new RetryStep(bench, tables), 1));
    return posts;
  }

  /** Loads and settles what is staged. */
  List<Post> sent(
      Tables tables,
      Quota quota,
      WireCompression compression,
      Concurrency concurrency,
      PollPace pace) {
    TargetConfig target = bench.config().target();
    return List.of(
        new Post(
            new SubmitStep(bench, tables, quota, compression, concurrency),
            Math.min(target.uploads(), target.maxConcurrentJobs())),
        new Post(new AdoptStep(all, tables), 1),
        new Post(new RecoverStep(bench), 1),
        new Post(new PollStep(all, pace, concurrency), 1),
        new Post(new SettleStep(bench, tables, quota, concurrency), SETTLERS));
  }

  WireCompression compression(TableWork table, Quota quota) throws InterruptedException {
    CompressionProbe probe =
        new CompressionProbe(bench.org(), sleeper, pace(), bench.staging().directory());
    return new CompressionChoice(bench, probe, quota.allowance()).of(table.config().object());
  }

  private PollPace pace() {
    TargetConfig.Poll poll = bench.config().target().poll();
    return new PollPace(poll.first(), poll.max(), jitter);
  }
}
