package io.initload.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.Failure;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.fault.FaultPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a simulated Salesforce org on the loopback address until it is told to stop (SIGTERM).",
      "Prints one JSON line once it is ready: loginUrl, instanceUrl, clientId, clientSecret,"
          + " username.",
      "Example: initload simulator --port 8443 --data data/org"
    })
final class SimulatorCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the instance; 0 picks a free one. Default ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--login-port",
      paramLabel = "N",
      description = "Port of the login host; 0 picks a free one. Default ${DEFAULT-VALUE}.")
  private int loginPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the org in this directory; without it the org is gone afterwards.")
  private @Nullable Path data;

  @Option(
      names = "--describe",
      paramLabel = "DIR",
      description = "Describe documents (JSON) of objects to add or replace.")
  private @Nullable Path describe;

  @Option(names = "--seed", paramLabel = "N", description = "Decides ids and the order of results.")
  private @Nullable Long seed;

  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description = "Speak https with a certificate of its own, written to this PEM file.")
  private @Nullable Path certificate;

  @Option(
      names = "--clock",
      paramLabel = "TIME",
      description = "A clock that stands at this time until /admin/clock moves it.")
  private @Nullable Instant clock;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "A clock that runs X times as fast as the real one.")
  private @Nullable Double speed;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "A plan (YAML) of what goes wrong; see docs/simulator-faults.md.")
  private @Nullable Path faults;

  @Option(
      names = "--set",
      paramLabel = "SWITCH=VALUE",
      description = "Set a switch of docs/simulator.md; may be repeated.")
  private Map<String, String> switches = Map.of();

  SimulatorCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    OrgOptions options;
    Optional<FaultPlan> plan;
    try {
      options = options();
      plan = Optional.ofNullable(faults).map(FaultPlan::file);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          String.valueOf(e.getMessage()),
          "See initload simulator --help and docs/simulator.md.",
          e);
    }
    try (SimulatedOrg org = start(options)) {
      plan.ifPresent(org::faults);
      wiring.out().println(new ObjectMapper().writeValueAsString(announcement(org)));
      wiring.out().flush();
      wiring.termination().await();
    }
    return ExitCode.DONE.code();
  }

  private OrgOptions options() {
    OrgOptions options = OrgOptions.defaults().ports(loginPort, port);
    if (seed != null) {
      options = options.seed(seed);
    }
    if (data != null) {
      options = options.data(data);
    }
    if (describe != null) {
      options = options.describes(describe);
    }
    if (certificate != null) {
      options = options.tls(OrgOptions.Tls.SELF_SIGNED);
    }
    if (clock != null) {
      options = options.clock(OrgClock.virtual(clock));
    }
    if (speed != null) {
      options = options.clock(OrgClock.atSpeed(speed));
    }
    for (var one : switches.entrySet()) {
      options = options.set(one.getKey(), one.getValue());
    }
    return options;
  }

  private Map<String, String> announcement(SimulatedOrg org) throws IOException {
    Map<String, String> ready = new LinkedHashMap<>();
    ready.put("loginUrl", org.loginUrl());
    ready.put("instanceUrl", org.instanceUrl());
    ready.put("clientId", org.clientId());
    ready.put("clientSecret", org.clientSecret());
    ready.put("username", org.username());
    if (certificate != null && org.tls().isPresent()) {
      org.tls().get().writePem(certificate);
      ready.put("certificateFile", certificate.toAbsolutePath().toString());
    }
    return ready;
  }

  /** What keeps the simulator from starting is outside of it: a port, a directory, a document. */
  static SimulatedOrg start(OrgOptions options) {
    try {
      return SimulatedOrg.start(options);
    } catch (RuntimeException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "SIMULATOR",
          String.valueOf(e.getMessage()),
          "Choose other ports, or another directory that no running simulator uses.",
          e);
    }
  }
}
