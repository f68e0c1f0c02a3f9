package io.initload.cli.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.Failure;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Wiring;
import io.initload.simulator.OrgAddress;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.SimulatedOrg;
import io.initload.simulator.auth.TrustedKey;
import io.initload.simulator.clock.RunningClock;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.setup.OrgSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a simulated Salesforce org on the loopback address until it is told to stop (SIGTERM).",
      "Prints one JSON line once it is ready: loginUrl, instanceUrl, clientId, clientSecret,"
          + " username; and on stderr what to write under target in a configuration.",
      "Example: initload simulator --port 8443 --data data/org"
    })
public final class SimulatorCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Spec private CommandSpec spec = CommandSpec.create();

  private OrgOptions options = OrgOptions.defaults();
  private @Nullable FaultPlan faults;
  private @Nullable Path certificate;

  public SimulatorCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the instance. Default: a free one.")
  public void port(int port) {
    change(o -> o.ports(o.address().loginPort(), port));
  }

  @Option(
      names = "--login-port",
      paramLabel = "N",
      description = "Port of the login host. Default: a free one.")
  public void loginPort(int port) {
    change(o -> o.ports(port, o.address().instancePort()));
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the org in this directory; without it the org is gone afterwards.")
  public void data(Path directory) {
    change(o -> o.data(directory));
  }

  @Option(
      names = "--describe",
      paramLabel = "DIR",
      description =
          "Describe documents (JSON) of objects to add or replace; initload describe fetches them.")
  public void describe(Path folder) {
    change(o -> o.describes(folder));
  }

  @Option(
      names = "--setup",
      paramLabel = "FILE",
      description =
          "What an administrator has set up (YAML): record types and rules; see docs/simulator.md.")
  public void setup(Path file) {
    change(o -> o.setup(OrgSetup.file(file)));
  }

  @Option(
      names = "--hide",
      paramLabel = "OBJECT.FIELD",
      description = "A field that the loading user may not see; may be repeated.")
  public void hide(List<String> fields) {
    change(o -> o.hide(fields.toArray(String[]::new)));
  }

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Certificate or public key (PEM) that the JWT bearer flow accepts; may be repeated.")
  public void trust(List<Path> files) {
    files.forEach(file -> change(o -> o.trust(TrustedKey.file(file))));
  }

  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description = "Speak https with a certificate of its own, written to this PEM file.")
  public void tls(Path pem) {
    certificate = pem;
    change(o -> o.tls(OrgAddress.Tls.SELF_SIGNED));
  }

  @Option(names = "--seed", paramLabel = "N", description = "Decides ids and the order of results.")
  public void seed(long seed) {
    change(o -> o.seed(seed));
  }

  @Option(
      names = "--clock",
      paramLabel = "TIME",
      description = "A clock that stands at this time until /admin/clock moves it.")
  public void clock(Instant time) {
    change(o -> o.clock(new VirtualClock(time)));
  }

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "A clock that runs X times as fast as the real one.")
  public void speed(double factor) {
    change(o -> o.clock(RunningClock.atSpeed(factor)));
  }

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "A plan (YAML) of what goes wrong; see docs/simulator-faults.md.")
  public void faults(Path plan) {
    change(
        o -> {
          faults = FaultPlan.file(plan);
          return o;
        });
  }

  @Option(
      names = "--set",
      paramLabel = "SWITCH=VALUE",
      description = "Set a switch of docs/simulator.md; may be repeated.")
  public void set(Map<String, String> switches) {
    switches.forEach((name, value) -> change(o -> o.set(name, value)));
  }

  /** What an option says that the org cannot be is a mistake on the command line. */
  private void change(UnaryOperator<OrgOptions> change) {
    try {
      options = change.apply(options);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    try (SimulatedOrg org = start(options)) {
      Optional.ofNullable(faults).ifPresent(org::faults);
      wiring.out().println(new ObjectMapper().writeValueAsString(announcement(org)));
      wiring.out().flush();
      wiring.err().print(target(org));
      wiring.err().flush();
      wiring.termination().await();
    }
    return ExitCode.DONE.code();
  }

  /**
   * What a configuration says to load into this org, apart from the one line that programs read.
   */
  private static String target(SimulatedOrg org) {
    return """
    # In the migration's configuration:
    target:
      loginUrl: %s
      instance: "%s"
      auth: {flow: client-credentials, clientId: "%s", clientSecret: "%s"}
    """
        .formatted(
            org.loginUrl(),
            URI.create(org.instanceUrl()).getAuthority(),
            org.clientId(),
            org.clientSecret());
  }

  /** The one line on stdout by which a program logs in. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Announcement(
      String loginUrl,
      String instanceUrl,
      String clientId,
      String clientSecret,
      String username,
      @Nullable String certificateFile) {}

  private Announcement announcement(SimulatedOrg org) throws IOException {
    return new Announcement(
        org.loginUrl(),
        org.instanceUrl(),
        org.clientId(),
        org.clientSecret(),
        org.username(),
        certificateFile(org));
  }

  private @Nullable String certificateFile(SimulatedOrg org) throws IOException {
    if (certificate == null || org.tls().isEmpty()) {
      return null;
    }
    org.tls().get().writePem(certificate);
    return certificate.toAbsolutePath().toString();
  }

  /** What keeps the simulator from starting is outside of it: a port, a directory, a document. */
  public static SimulatedOrg start(OrgOptions options) {
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
