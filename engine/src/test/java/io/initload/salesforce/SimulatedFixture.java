package io.initload.salesforce;

import io.initload.config.AuthConfig;
import io.initload.config.Secret;
import io.initload.config.TargetConfig;
import io.initload.config.TargetConfigs;
import io.initload.retry.PollPace;
import io.initload.salesforce.wire.Upload;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Our client in front of a simulated org, over real HTTP. Waits are short whatever was asked. */
final class SimulatedFixture implements AutoCloseable {
  static final Duration SHORT = Duration.ofMillis(2);

  final SimulatedOrg simulator;
  final Org org;

  SimulatedFixture() throws InterruptedException {
    this(OrgOptions.defaults());
  }

  SimulatedFixture(OrgOptions options) throws InterruptedException {
    simulator = SimulatedOrg.start(options);
    org =
        connect(
            new AuthConfig.ClientCredentials(
                simulator.clientId(), new Secret(simulator.clientSecret())));
  }

  Org connect(AuthConfig auth) throws InterruptedException {
    TargetConfig config =
        TargetConfigs.of(simulator.loginUrl(), auth)
            .instance(URI.create(simulator.instanceUrl()).getAuthority())
            .http(
                new TargetConfig.Http(
                    Duration.ofSeconds(5), Duration.ofSeconds(30), 8, SHORT, SHORT.multipliedBy(4)))
            .build();
    return Org.connect(
        config, Clock.systemUTC(), wait -> Thread.sleep(SHORT.toMillis()), new SplittableRandom(7));
  }

  CompressionProbe probe(Path directory) {
    return new CompressionProbe(
        org,
        wait -> Thread.sleep(SHORT.toMillis()),
        new PollPace(SHORT, SHORT, new SplittableRandom(1)),
        directory);
  }

  /** Waits until a submitted job has ended. */
  JobInfo ended(String jobId) throws InterruptedException {
    JobWatch watch = new JobWatch(org.jobs());
    while (true) {
      JobWatch.Look look = watch.look(List.of(jobId));
      if (!look.ended().isEmpty()) {
        return look.ended().get(0);
      }
      Thread.sleep(SHORT.toMillis());
    }
  }

  /** Loads accounts in one job on a quiet wire. */
  JobInfo load(String csv) throws InterruptedException {
    JobInfo job = org.jobs().create(JobRequest.upsert("Account", "External_ID__c"));
    org.jobs().upload(job.id(), Upload.text(csv));
    org.jobs().submit(job.id());
    return ended(job.id());
  }

  List<RowResult> results(String jobId, ResultKind kind, Path directory)
      throws InterruptedException {
    List<RowResult> rows = new ArrayList<>();
    try (ResultReader reader =
        org.jobs().results(jobId, kind, "External_ID__c", directory, 1 << 26)) {
      reader.forEachRemaining(rows::add);
    }
    return rows;
  }

  @Override
  public void close() {
    try (simulator;
        org) {
      // closed in reverse order
    }
  }
}
