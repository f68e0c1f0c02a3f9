package io.initload.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.Failure;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

  SimulatorCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    OrgOptions options = OrgOptions.defaults().ports(loginPort, port);
    if (data != null) {
      options = options.data(data);
    }
    if (describe != null) {
      options = options.describes(describe);
    }
    try (SimulatedOrg org = start(options)) {
      Map<String, String> ready = new LinkedHashMap<>();
      ready.put("loginUrl", org.loginUrl());
      ready.put("instanceUrl", org.instanceUrl());
      ready.put("clientId", org.clientId());
      ready.put("clientSecret", org.clientSecret());
      ready.put("username", org.username());
      wiring.out().println(new ObjectMapper().writeValueAsString(ready));
      wiring.out().flush();
      wiring.termination().await();
    }
    return ExitCode.DONE.code();
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
