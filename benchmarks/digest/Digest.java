package io.initload.pipeline.extract;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.sun.management.ThreadMXBean;
import io.initload.Sha256;
import io.initload.mapping.Compiled;
import io.initload.mapping.KeyForm;
import io.initload.mapping.RowMapping;
import io.initload.mapping.canonical.BucketSums;
import io.initload.mapping.canonical.KeyedHash;
import io.initload.mapping.canonical.SampleOrder;
import io.initload.mapping.compile.SentFields;
import io.initload.mapping.org.TargetField;
import io.initload.plan.PassKind;
import io.initload.staging.CsvRow;
import io.initload.staging.Encode;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * What digesting a row costs while it is staged, in one process, one thread, interleaved rounds:
 * rows of benchmarks/encode are encoded, encoded and digested, and the bytes that are digested are
 * hashed by themselves, by what is used and by what else there is. In the package of what digests
 * them, which is its own matter. Arguments: rows, passes of a round, rounds.
 */
public final class Digest {
  private static final int WARM_UP = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final List<String> TYPES =
      List.of(
          "string",
          "string",
          "string",
          "string",
          "email",
          "phone",
          "textarea",
          "string",
          "currency",
          "double",
          "date",
          "datetime",
          "datetime",
          "boolean",
          "int",
          "textarea");

  private final Object[][] rows;
  private final String[] keys;
  private final byte[][] inputs;
  private final StagedDigests digests;
  private final CsvRow row = new CsvRow();

  private Digest(Object[][] rows) {
    this.rows = rows;
    this.keys = Arrays.stream(rows).map(values -> String.valueOf(values[0])).toArray(String[]::new);
    this.inputs = Arrays.stream(rows).map(this::input).toArray(byte[][]::new);
    this.digests =
        new StagedDigests(
            KeyedHash.randomKey(), fields(), PassKind.ROWS, BucketSums.forRows(rows.length));
  }

  /** What is measured; its result is used, so that it is done. */
  private record Candidate(String title, LongSupplier pass) {}

  private record Round(double nanosPerRow, double bytesPerRow) {}

  public static void main(String[] args) {
    Digest digest = new Digest(Encode.rows(Integer.parseInt(args[0])));
    digest.measure(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
  }

  private List<Candidate> candidates() {
    Hasher64 high = Hashing.polymurHash2_0(0, 1, 2);
    Hasher64 low = Hashing.polymurHash2_0(0, 3, 4);
    Hasher128 xxh = Hashing.xxh3_128(1);
    Hasher128 murmur = Hashing.murmur3_128(1);
    MessageDigest sha = Sha256.digest();
    return List.of(
        new Candidate("encoded", () -> staged(false)),
        new Candidate("encoded and digested", () -> staged(true)),
        new Candidate(
            "the hash alone: PolymurHash 2.0, twice",
            () -> hashed(in -> high.hashBytesToLong(in) ^ low.hashBytesToLong(in))),
        new Candidate("XXH3, 128 bits", () -> hashed(in -> low(xxh.hashBytesTo128Bits(in)))),
        new Candidate(
            "MurmurHash3, 128 bits", () -> hashed(in -> low(murmur.hashBytesTo128Bits(in)))),
        new Candidate("SHA-256", () -> hashed(in -> ByteBuffer.wrap(sha.digest(in)).getLong())));
  }

  private static long low(HashValue128 hash) {
    return hash.getLeastSignificantBits();
  }

  private long staged(boolean digested) {
    long seen = 0;
    for (int i = 0; i < rows.length; i++) {
      Encode.fill(row, rows[i]);
      if (digested) {
        digests.add(keys[i], SampleOrder.place(keys[i]), row);
      } else {
        seen += SampleOrder.place(keys[i]); // That the sample needs in any case.
      }
      seen += row.size();
    }
    return seen;
  }

  private interface Hash {
    long of(byte[] input);
  }

  private long hashed(Hash hash) {
    long seen = 0;
    for (byte[] input : inputs) {
      seen ^= hash.of(input);
    }
    return seen;
  }

  private void measure(int passes, int rounds) {
    List<Candidate> all = candidates();
    Round[][] results = new Round[all.size()][rounds];
    long seen = 0;
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int i = 0; i < all.size(); i++) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        for (int pass = 0; pass < passes; pass++) {
          seen ^= all.get(i).pass.getAsLong();
        }
        double count = (double) rows.length * passes;
        double nanos = (System.nanoTime() - start) / count;
        double bytes = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / count;
        if (round >= 0) {
          results[i][round] = new Round(nanos, bytes);
        }
      }
    }
    report(all, results, seen);
  }

  private void report(List<Candidate> all, Round[][] results, long seen) {
    System.out.printf(
        "%,d rows, %.0f bytes to digest a row (checksum %x, %,d rows in the sums)%n",
        rows.length,
        Arrays.stream(inputs).mapToInt(input -> input.length).average().orElse(0),
        seen,
        digests.digested().sums().rows());
    System.out.println("| what | ns a row, median (min-max) | bytes allocated a row |");
    System.out.println("|---|---|---|");
    for (int i = 0; i < all.size(); i++) {
      double[] nanos = Arrays.stream(results[i]).mapToDouble(Round::nanosPerRow).sorted().toArray();
      double[] bytes = Arrays.stream(results[i]).mapToDouble(Round::bytesPerRow).sorted().toArray();
      System.out.printf(
          "| %s | %.0f (%.0f-%.0f) | %.0f |%n",
          all.get(i).title,
          nanos[nanos.length / 2],
          nanos[0],
          nanos[nanos.length - 1],
          bytes[bytes.length / 2]);
    }
  }

  /** As many bytes as are digested of a row, in the same order of size. */
  private byte[] input(Object[] values) {
    Encode.fill(row, values);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < row.size(); i++) {
      byte[] text = row.field(i).getBytes(StandardCharsets.UTF_8);
      if (text.length > 0) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(i).array());
        bytes.writeBytes(text);
      }
    }
    return bytes.toByteArray();
  }

  private static SentFields fields() {
    List<String> header = IntStream.range(0, TYPES.size()).mapToObj(i -> "F" + i + "__c").toList();
    List<TargetField> targets =
        IntStream.range(0, TYPES.size()).mapToObj(i -> field(header.get(i), TYPES.get(i))).toList();
    RowMapping mapping = new RowMapping(header, 0, List.of(), List.of(List.of()), List.of());
    return SentFields.of(new Compiled(mapping, KeyForm.EXACT, targets, List.of(), List.of()));
  }

  private static TargetField field(String name, String type) {
    return new TargetField(
        name, type, 255, 18, 4, 9, true, true, true, false, false, false, false, false, List.of(),
        "", false, false, List.of(), "");
  }
}
