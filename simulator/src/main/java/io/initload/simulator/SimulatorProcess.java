package io.initload.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.fault.FaultPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * An org as a process: announces itself with one line of JSON on standard output and runs until
 * SIGTERM.
 *
 * <pre>
 * --port N              port of the instance, 0 for any free one (default)
 * --login-port N        port of the login host, 0 for any free one (default)
 * --data DIR            keep the org in this directory
 * --describe DIR        describe documents of objects to add or replace
 * --seed N              decides ids, tokens and the order of results
 * --tls FILE            speak https; the certificate to trust is written to FILE
 * --clock INSTANT       a clock that stands at this instant until /admin/clock moves it
 * --speed X             a clock that runs X times as fast
 * --faults FILE         lay this fault plan on the org
 * --set SWITCH=VALUE    set a switch, such as wire.uploadGzip=reject
 * </pre>
 */
public final class SimulatorProcess {
  private static final int USAGE = 1;

  private OrgOptions options = OrgOptions.defaults();
  private int port;
  private int loginPort;
  private @Nullable Path certificate;
  private @Nullable Path faults;

  private SimulatorProcess() {}

  /** Runs the org until the process is told to end. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    SimulatorProcess process = new SimulatorProcess();
    SimulatedOrg org;
    try {
      process.read(arguments);
      org = process.open();
    } catch (IllegalArgumentException | DateTimeException e) {
      System.err.println("simulator: " + e.getMessage());
      System.exit(USAGE);
      return;
    }
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(org::close, "org-close"));
    process.announce(org, System.out);
    never.await();
  }

  private void read(String[] arguments) {
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      option(arguments[i], arguments[i + 1]);
    }
  }

  private void option(String name, String value) {
    switch (name) {
      case "--port" -> port = Integer.parseInt(value);
      case "--login-port" -> loginPort = Integer.parseInt(value);
      case "--data" -> options = options.data(Path.of(value));
      case "--describe" -> options = options.describes(Path.of(value));
      case "--seed" -> options = options.seed(Long.parseLong(value));
      case "--tls" -> {
        certificate = Path.of(value);
        options = options.tls(OrgOptions.Tls.SELF_SIGNED);
      }
      case "--clock" -> options = options.clock(OrgClock.virtual(Instant.parse(value)));
      case "--speed" -> options = options.clock(OrgClock.atSpeed(Double.parseDouble(value)));
      case "--faults" -> faults = Path.of(value);
      case "--set" -> options = set(value);
      default -> throw new IllegalArgumentException("there is no option " + name);
    }
  }

  private OrgOptions set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("--set takes SWITCH=VALUE, not " + assignment);
    }
    return OrgSwitches.set(
        options, assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private SimulatedOrg open() {
    Optional<FaultPlan> plan = Optional.ofNullable(faults).map(FaultPlan::file);
    SimulatedOrg org = SimulatedOrg.start(options.ports(loginPort, port));
    plan.ifPresent(org::faults);
    return org;
  }

  private void announce(SimulatedOrg org, PrintStream out) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode announcement = mapper.createObjectNode();
    announcement.put("loginUrl", org.loginUrl()).put("instanceUrl", org.instanceUrl());
    announcement.put("clientId", org.clientId()).put("clientSecret", org.clientSecret());
    announcement.put("username", org.username());
    if (certificate != null && org.tls().isPresent()) {
      org.tls().get().writePem(certificate);
      announcement.put("certificateFile", certificate.toAbsolutePath().toString());
    }
    out.println(mapper.writeValueAsString(announcement));
    out.flush();
  }
}
