package io.initload.staging;

import com.sun.management.ThreadMXBean;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * The encoder beside FastCSV, in one process, interleaved rounds: the same decoded rows of 16 mixed
 * columns, from memory to UTF-8 bytes that are thrown away. The bytes of all candidates must be
 * equal. In the encoder's package, since a record's bytes are its own matter. Arguments: rows,
 * passes of a round, rounds.
 */
public final class Encode {
  private static final int WARM_UP = 3;
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Encodes all rows once. */
  private interface Encoder {
    void encode(Object[][] rows, OutputStream out) throws IOException;
  }

  private enum Candidate {
    OURS("initload", Encode::ours),
    FASTCSV("FastCSV", (rows, out) -> fastCsv(rows, out, INSTANT::format)),
    BY_HAND("FastCSV, timestamps by hand", (rows, out) -> fastCsv(rows, out, Encode::byHand));

    private final String title;
    private final Encoder encoder;

    Candidate(String title, Encoder encoder) {
      this.title = title;
      this.encoder = encoder;
    }
  }

  private record Round(double rowsPerSecond, double bytesPerRow) {}

  public static void main(String[] args) throws IOException {
    Object[][] rows = rows(Integer.parseInt(args[0]));
    int passes = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    checkEqual(rows);
    Candidate[] all = Candidate.values();
    Round[][] results = new Round[all.length][rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Candidate candidate : all) {
        Round result = round(candidate.encoder, rows, passes);
        if (round >= 0) {
          results[candidate.ordinal()][round] = result;
        }
      }
    }
    report(results);
  }

  private static Round round(Encoder encoder, Object[][] rows, int passes) throws IOException {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int pass = 0; pass < passes; pass++) {
      encoder.encode(rows, OutputStream.nullOutputStream());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double count = (double) rows.length * passes;
    return new Round(
        count / seconds, (THREADS.getCurrentThreadAllocatedBytes() - allocated) / count);
  }

  private static void report(Round[][] results) {
    System.out.println(
        "| encoder | Mrow/s, median (min-max) | bytes allocated per row"
            + " | ours / it, paired by round |");
    System.out.println("|---|---|---|---|");
    for (Candidate candidate : Candidate.values()) {
      Round[] its = results[candidate.ordinal()];
      Round[] ours = results[Candidate.OURS.ordinal()];
      double[] rate = new double[its.length];
      double[] bytes = new double[its.length];
      double[] ratio = new double[its.length];
      for (int i = 0; i < its.length; i++) {
        rate[i] = its[i].rowsPerSecond() / 1e6;
        bytes[i] = its[i].bytesPerRow();
        ratio[i] = ours[i].rowsPerSecond() / its[i].rowsPerSecond();
      }
      Arrays.sort(bytes);
      System.out.printf(
          "| %s | %s | %.0f | %s |%n",
          candidate.title,
          spread(rate),
          bytes[bytes.length / 2],
          candidate == Candidate.OURS ? "" : spread(ratio));
    }
  }

  private static String spread(double[] values) {
    Arrays.sort(values);
    return "%.2f (%.2f-%.2f)"
        .formatted(values[values.length / 2], values[0], values[values.length - 1]);
  }

  private static void checkEqual(Object[][] rows) throws IOException {
    long[] sums = new long[Candidate.values().length];
    for (Candidate candidate : Candidate.values()) {
      CRC32 crc = new CRC32();
      candidate.encoder.encode(rows, new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
      sums[candidate.ordinal()] = crc.getValue();
    }
    if (Arrays.stream(sums).distinct().count() != 1) {
      throw new IllegalStateException("the encoders disagree: " + Arrays.toString(sums));
    }
  }

  private static void ours(Object[][] rows, OutputStream out) throws IOException {
    CsvRow row = new CsvRow();
    for (Object[] values : rows) {
      fill(row, values);
      int length = row.end();
      out.write(row.bytes(), 0, length);
    }
  }

  /** Writes the values of a row; for benchmarks/digest, too. */
  public static void fill(CsvRow row, Object[] values) {
    row.clear();
    for (Object value : values) {
      row.beginField();
      if (value instanceof String text) {
        row.text(text);
      } else if (value instanceof Long number) {
        row.number(number, 0);
      } else if (value instanceof BigDecimal number) {
        row.number(number);
      } else if (value instanceof LocalDateTime t) {
        row.dateTime(
            t.getYear(),
            t.getMonthValue(),
            t.getDayOfMonth(),
            t.getHour(),
            t.getMinute(),
            t.getSecond(),
            t.getNano());
      } else if (value instanceof LocalDate d) {
        row.date(d.getYear(), d.getMonthValue(), d.getDayOfMonth());
      } else if (value instanceof Boolean flag) {
        row.bool(flag);
      }
      row.endField();
    }
  }

  private interface Timestamps {
    String format(LocalDateTime time);
  }

  private static void fastCsv(Object[][] rows, OutputStream out, Timestamps timestamps)
      throws IOException {
    String[] texts = new String[rows[0].length];
    try (CsvWriter writer =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      for (Object[] values : rows) {
        for (int i = 0; i < texts.length; i++) {
          Object value = values[i];
          if (value instanceof BigDecimal number) {
            texts[i] = number.toPlainString();
          } else if (value instanceof LocalDateTime time) {
            texts[i] = timestamps.format(time);
          } else {
            texts[i] = value == null ? null : value.toString();
          }
        }
        writer.writeRecord(texts);
      }
    }
  }

  private static String byHand(LocalDateTime t) {
    StringBuilder text = new StringBuilder(24);
    text.append(t.getYear()).append('-');
    two(text, t.getMonthValue()).append('-');
    two(text, t.getDayOfMonth()).append('T');
    two(text, t.getHour()).append(':');
    two(text, t.getMinute()).append(':');
    two(text, t.getSecond()).append('.');
    int millis = t.getNano() / 1_000_000;
    text.append((char) ('0' + millis / 100));
    return two(text, millis % 100).append('Z').toString();
  }

  private static StringBuilder two(StringBuilder text, int value) {
    return text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  /** Rows like those of benchmarks/extract/table.sql; numbers end in no zero, which we cut. */
  public static Object[][] rows(int count) {
    SplittableRandom random = new SplittableRandom(1);
    String[] first = {"Zoë", "Łukasz", "Анна", "李", "Maria", "John", "Aisha", "Olu"};
    String[] cities = {"München", "Paris", "São Paulo", "København", "Oslo", "Lima"};
    Object[][] rows = new Object[count][];
    for (int i = 0; i < count; i++) {
      int h = random.nextInt(Integer.MAX_VALUE);
      rows[i] =
          new Object[] {
            (long) i + 1,
            "ORD-%08x-%d".formatted(random.nextInt(), i + 1),
            first[random.nextInt(first.length)],
            h % 20 == 0 ? "Smith, Jr." : "Name" + random.nextInt(100_000),
            h % 12 == 0 ? null : "u" + random.nextInt(Integer.MAX_VALUE) + "@example.com",
            h % 3 == 0 ? null : "+" + random.nextLong(10_000_000_000L, 12_000_000_000L),
            h % 10 == 0
                ? null
                : h % 8 == 0
                    ? "Flat " + h % 99 + "\n" + h % 999 + " High Street"
                    : h % 999 + " High Street, Block " + h % 26,
            cities[h % 6],
            BigDecimal.valueOf(random.nextInt(10_000_000) * 10L + 1 + h % 9, 2),
            h % 4 == 0 ? null : BigDecimal.valueOf(random.nextInt(1_000_000) * 10L + 1 + h % 9, 4),
            h % 5 == 0 ? null : LocalDate.of(1940, 1, 1).plusDays(h % 25_000),
            LocalDateTime.of(2015, 1, 1, 0, 0).plusNanos(random.nextInt() * 150_000_000L),
            h % 3 == 0
                ? null
                : LocalDateTime.of(2019, 1, 1, 0, 0).plusNanos(random.nextInt() * 70_000_000L),
            h % 2 == 0,
            (long) random.nextInt(5_000),
            h % 3 > 0
                ? null
                : "Said \"%016x%016x\", then left.".formatted(random.nextLong(), random.nextLong())
          };
    }
    return rows;
  }

  private Encode() {}
}
