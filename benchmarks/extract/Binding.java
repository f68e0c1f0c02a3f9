import io.initload.staging.gzip.Codec;
import io.initload.staging.gzip.Codecs;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What the binding to ISA-L costs: the time of a call that has one byte to compress, against the time
 * to compress the 64 KiB that the writer hands over at once. The first is all crossing, the second
 * all work.
 */
public final class Binding {
  private static final int ROUNDS = 7;

  public static void main(String[] args) throws Exception {
    byte[] text = new byte[64 * 1024];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) "0123456789abcdef,\n\"".charAt(random.nextInt(19));
    }
    Codec codec = Codecs.fastest();
    double[] crossing = new double[ROUNDS];
    double[] work = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      crossing[round] = nanos(codec, text, 1, 300_000);
      work[round] = nanos(codec, text, text.length, 3_000);
    }
    Arrays.sort(crossing);
    Arrays.sort(work);
    System.out.printf(
        "%s, %s: %.0f ns a call of one byte, %.0f ns one of 64 KiB: %.2f %%%n",
        System.getProperty("java.version"),
        codec.name(),
        crossing[ROUNDS / 2],
        work[ROUNDS / 2],
        100 * crossing[ROUNDS / 2] / work[ROUNDS / 2]);
  }

  private static double nanos(Codec codec, byte[] text, int length, int calls) throws Exception {
    long[] bytes = new long[1];
    try (Codec.Stream stream = codec.open()) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        stream.write(text, 0, length, (b, from, n) -> bytes[0] += n);
      }
      return (double) (System.nanoTime() - start) / calls;
    }
  }
}
