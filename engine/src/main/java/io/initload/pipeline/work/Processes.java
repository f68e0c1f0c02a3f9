package io.initload.pipeline.work;

import io.initload.ledger.entry.Worker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.UUID;

/**
 * Processes of this host, as the ledger names workers. A host is a disk with staged files: where
 * two workers of one machine stage in directories of their own, {@code INITLOAD_HOST} gives each a
 * name of its own.
 */
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

  /** What {@code INITLOAD_HOST} names, or this machine. */
  private static String host() {
    String named = System.getenv("INITLOAD_HOST");
    if (named != null && !named.isBlank()) {
      return named.strip();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Who gave the command of this process, and on which machine. */
  public static String person(String host) {
    return System.getProperty("user.name", "unknown") + " on " + host;
  }
}
