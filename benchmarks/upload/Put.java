package io.initload.salesforce;

import com.sun.management.OperatingSystemMXBean;
import io.initload.config.TargetConfig;
import io.initload.salesforce.wire.HttpWire;
import io.initload.salesforce.wire.Upload;
import io.initload.salesforce.wire.Wire;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Uploads a file over and over with the engine's own wire, several at once, and prints GB sent, wall seconds, processor
 * seconds of this process since the first upload, and the peak of its heap in MB. Arguments: url, file, uploads at
 * once, uploads of each.
 */
public final class Put {
  public static void main(String[] args) throws Exception {
    URI uri = URI.create(args[0]);
    Path file = Path.of(args[1]);
    int atOnce = Integer.parseInt(args[2]);
    int each = Integer.parseInt(args[3]);
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try (Wire wire = new HttpWire(TargetConfig.Http.DEFAULT)) {
      put(wire, uri, file); // loads the classes
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      List<Future<Long>> work = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        work.add(
            threads.submit(
                () -> {
                  long sent = 0;
                  for (int k = 0; k < each; k++) {
                    sent += put(wire, uri, file);
                  }
                  return sent;
                }));
      }
      long sent = 0;
      for (Future<Long> one : work) {
        sent += one.get();
      }
      double wall = (System.nanoTime() - start) / 1e9;
      long heap = 0;
      for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
        heap += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
      }
      System.out.printf(
          "%.3f %.2f %.2f %.1f%n",
          sent / 1e9, wall, (system.getProcessCpuTime() - cpu) / 1e9, heap / 1e6);
    } finally {
      threads.shutdown();
    }
  }

  private static long put(Wire wire, URI uri, Path file) throws Exception {
    Upload body = Upload.plain(file);
    int status =
        wire.exchange(
            new Wire.Request("PUT", uri, Map.of("Content-Type", "text/csv"), body),
            answer -> {
              answer.body().readAllBytes();
              answer.checkEnd();
              return answer.status();
            });
    if (status != 201) {
      throw new IllegalStateException("status " + status);
    }
    return body.length();
  }
}
