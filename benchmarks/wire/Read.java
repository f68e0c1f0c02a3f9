import com.sun.management.ThreadMXBean;
import io.initload.config.DataSize;
import io.initload.config.Hours;
import io.initload.config.Secret;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What reading and decoding costs the client: the processor time of the thread that reads a table
 * through the engine's own cursor, whole rows, into a sink that drops them. Arguments: url, table,
 * rounds, frames of the profile to show; user and password by SOURCE_USER and SOURCE_PASSWORD.
 */
public final class Read {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Round(long rows, double cpu, double wall, long bytes) {}

  public static void main(String[] args) throws Exception {
    SourceConfig config =
        new SourceConfig(
            args[0],
            System.getenv("SOURCE_USER"),
            new Secret(System.getenv("SOURCE_PASSWORD")),
            Optional.empty(),
            1,
            0,
            DataSize.megabytes(4),
            SourceConfig.READ_TIMEOUT,
            SourceConfig.PLAN_TIMEOUT,
            Hours.ALWAYS,
            SourceConfig.Consistency.FROZEN);
    int rounds = Integer.parseInt(args[2]);
    try (SourceDatabase source = SourceDatabase.open(config)) {
      SourceName table = SourceName.parse(args[1]);
      List<ColumnRead> reads = reads(source, table);
      read(source, table, reads); // warms up
      List<Round> all = new ArrayList<>();
      Path file = Files.createTempFile("read", ".jfr");
      try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
        recording.start();
        for (int i = 0; i < rounds; i++) {
          all.add(read(source, table, reads));
        }
        recording.dump(file);
      }
      print(all);
      profile(file, Integer.parseInt(args[3]));
      Files.delete(file);
    }
  }

  private static List<ColumnRead> reads(SourceDatabase source, SourceName table) {
    List<ColumnRead> reads = new ArrayList<>();
    for (SourceColumn column : source.shape(table).columns()) {
      Rendering rendering =
          switch (column.type()) {
            case NUMBER, FLOAT -> Rendering.NUMBER;
            case DATETIME, INSTANT -> Rendering.DATETIME;
            default -> Rendering.TEXT;
          };
      reads.add(new ColumnRead(column.name(), rendering));
    }
    return reads;
  }

  private static Round read(SourceDatabase source, SourceName table, List<ColumnRead> reads) {
    Dropped sink = new Dropped();
    long thread = Thread.currentThread().getId();
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long rows = 0;
    try (RowCursor cursor =
        source.read(
            table, new ChunkBounds.Whole(), Snapshot.UNMARKED, reads, ZoneOffset.UTC, "bench")) {
      while (cursor.next()) {
        rows++;
        for (int i = 0; i < reads.size(); i++) {
          cursor.write(i, sink);
        }
      }
    }
    return new Round(
        rows,
        (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9,
        (System.nanoTime() - wall) / 1e9,
        THREADS.getThreadAllocatedBytes(thread) - bytes + (sink.sum & 1));
  }

  private static void print(List<Round> all) {
    double[] cpu = all.stream().mapToDouble(r -> 1e6 * r.cpu / r.rows).sorted().toArray();
    double[] wall = all.stream().mapToDouble(r -> r.rows / r.wall / 1e3).sorted().toArray();
    System.out.printf(
        "%,d rows, %d rounds: %.2f cpu-s per million rows (%.2f-%.2f), %,d bytes allocated a row,"
            + " %.0f krow/s%n",
        all.get(0).rows,
        cpu.length,
        cpu[cpu.length / 2],
        cpu[0],
        cpu[cpu.length - 1],
        all.get(0).bytes / all.get(0).rows,
        wall[wall.length / 2]);
  }

  /** Where the time is spent: the innermost method, and the innermost of ours or the driver's. */
  private static void profile(Path file, int shown) throws Exception {
    Map<String, Integer> innermost = new TreeMap<>();
    Map<String, Integer> owners = new TreeMap<>();
    int samples = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (!event.getEventType().getName().equals("jdk.ExecutionSample")
          || event.getStackTrace() == null) {
        continue;
      }
      List<RecordedFrame> frames = event.getStackTrace().getFrames();
      if (frames.stream().noneMatch(f -> name(f).startsWith("Read."))) {
        continue;
      }
      samples++;
      innermost.merge(name(frames.get(0)), 1, Integer::sum);
      frames.stream()
          .map(Read::name)
          .filter(
              n ->
                  n.startsWith("io.initload.")
                      || n.startsWith("oracle.")
                      || n.startsWith("org.postgresql."))
          .findFirst()
          .ifPresent(n -> owners.merge(n, 1, Integer::sum));
    }
    show("innermost", innermost, samples, shown);
    show("innermost of ours or the driver's", owners, samples, shown);
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static void show(String title, Map<String, Integer> counts, int samples, int shown) {
    System.out.println(title + ", of " + samples + " samples:");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(shown)
        .forEach(
            e -> System.out.printf("  %4.1f %%  %s%n", 100.0 * e.getValue() / samples, e.getKey()));
  }

  /** Sums up what it is given, so that nothing can be left out. */
  private static final class Dropped implements FieldSink {
    private long sum;

    @Override
    public void beginField() {}

    @Override
    public void endField() {}

    @Override
    public void text(CharSequence value) {
      sum += value.length();
    }

    @Override
    public void utf8(byte[] buffer, int offset, int length) {
      sum += length;
    }

    @Override
    public void number(long unscaled, int scale) {
      sum += unscaled + scale;
    }

    @Override
    public void number(BigDecimal value) {
      sum += value.scale();
    }

    @Override
    public void bool(boolean value) {
      sum += value ? 1 : 0;
    }

    @Override
    public void date(int year, int month, int day) {
      sum += year + month + day;
    }

    @Override
    public void noDate(int year, boolean timed, String what) {
      sum += year;
    }

    @Override
    public void dateTime(
        int year, int month, int day, int hour, int minute, int second, int nanos) {
      sum += year + month + day + hour + minute + second + nanos;
    }

    @Override
    public void noTime(String value) {
      sum += value.length();
    }

    @Override
    public void time(int hour, int minute, int second, int nanos) {
      sum += hour + minute + second + nanos;
    }
  }
}
