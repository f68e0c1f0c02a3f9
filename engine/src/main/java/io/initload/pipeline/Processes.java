package io.initload.pipeline;

import io.initload.ledger.Worker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.UUID;

/** Processes of this host, as the ledger names workers. */
public final class Processes {
  private Processes() {}

  /** This process as a worker. */
  public static Worker self() {
    ProcessHandle self = ProcessHandle.current();
    String host = host();
    return new Worker(
        host + "-" + self.pid() + "-" + UUID.randomUUID().toString().substring(0, 8),
        host,
        self.pid(),
        started(self));
  }

  /** Whether the process of that id, started at that time, still runs here. */
  static boolean runs(long pid, long started) {
    return ProcessHandle.of(pid).filter(p -> started(p) == started).isPresent();
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
