package io.initload.staging.gzip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Intel's ISA-L at level 1: 3.8 times the rate of zlib level 1 and smaller output
 * (docs/reference/performance.md, "Compression"). Used only where the library is installed (Debian:
 * {@code libisal2}) and passes a round trip at start, since the layout of its stream structure is
 * that of version 2 on 64-bit machines.
 */
final class IgzipCodec implements Codec {
  private static final String[] NAMES = {"libisal.so.2", "isal"};
  private static final int PROBE_BYTES = 3_000_000;

  private final IsalLibrary library;

  private IgzipCodec(IsalLibrary library) {
    this.library = library;
  }

  /** The codec, if the library is there and does what it should. */
  static Optional<Codec> find() {
    return Arrays.stream(NAMES)
        .flatMap(name -> InstalledIsal.open(name).stream())
        .<Codec>map(IgzipCodec::new)
        .filter(codec -> ((IgzipCodec) codec).roundTrips())
        .findFirst();
  }

  @Override
  public String name() {
    return "ISA-L level 1 (" + library.way() + ")";
  }

  @Override
  public Stream open() {
    return new Running(library);
  }

  /** Compresses text-like and random bytes with flushes in between and inflates them again. */
  private boolean roundTrips() {
    byte[] input = new byte[PROBE_BYTES];
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < input.length; i++) {
      boolean text = (i >> 16) % 2 == 0;
      input[i] = (byte) (text ? "0123456789,\n".charAt(random.nextInt(12)) : random.nextInt(256));
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (Stream stream = open()) {
      int at = 0;
      while (at < input.length) {
        int n = Math.min(random.nextInt(1, 200_000), input.length - at);
        stream.write(input, at, n, compressed::write);
        at += n;
        if (random.nextInt(3) == 0) {
          stream.fullFlush(compressed::write);
        }
      }
      stream.fullFlush(compressed::write);
    } catch (IOException | IllegalStateException e) {
      return false;
    }
    compressed.write(3);
    compressed.write(0);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed.toByteArray());
      byte[] output = new byte[input.length + 1];
      int n = 0;
      while (!inflater.finished() && n < output.length) {
        int more = inflater.inflate(output, n, output.length - n);
        if (more == 0 && inflater.needsInput()) {
          return false;
        }
        n += more;
      }
      return inflater.finished() && n == input.length && Arrays.equals(input, 0, n, output, 0, n);
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  /** One {@code isal_zstream}. Its fields are reached by their offsets. */
  private static final class Running implements Stream {
    private static final int NEXT_IN = 0;
    private static final int AVAIL_IN = 8;
    private static final int NEXT_OUT = 16;
    private static final int AVAIL_OUT = 24;
    private static final int LEVEL = 40;
    private static final int LEVEL_BUFFER_SIZE = 44;
    private static final int LEVEL_BUFFER = 48;
    private static final int END_OF_STREAM = 56;
    private static final int FLUSH = 58;
    private static final int GZIP_FLAG = 60;

    private static final short NO_FLUSH = 0;
    private static final short FULL_FLUSH = 2;
    private static final int STRUCT_BYTES = 256 * 1024;
    private static final int LEVEL_BUFFER_BYTES = 320 * 1024;
    private static final int BUFFER_BYTES = 128 * 1024;

    private final IsalLibrary library;
    private final IsalLibrary.Block block;
    private final ByteBuffer stream;
    private final ByteBuffer in;
    private final ByteBuffer out;
    private final long inAddress;
    private final long outAddress;
    private final byte[] copy = new byte[BUFFER_BYTES];

    Running(IsalLibrary library) {
      this.library = library;
      this.block = library.allocate(STRUCT_BYTES + LEVEL_BUFFER_BYTES + 2 * BUFFER_BYTES);
      int levelBuffer = STRUCT_BYTES;
      int inAt = levelBuffer + LEVEL_BUFFER_BYTES;
      int outAt = inAt + BUFFER_BYTES;
      this.stream = block.bytes(0, STRUCT_BYTES);
      this.in = block.bytes(inAt, BUFFER_BYTES);
      this.out = block.bytes(outAt, BUFFER_BYTES);
      this.inAddress = block.address() + inAt;
      this.outAddress = block.address() + outAt;
      library.init(block.address());
      stream.putInt(LEVEL, 1);
      stream.putInt(LEVEL_BUFFER_SIZE, LEVEL_BUFFER_BYTES);
      stream.putLong(LEVEL_BUFFER, block.address() + levelBuffer);
      stream.putShort(GZIP_FLAG, (short) 0);
      stream.putShort(END_OF_STREAM, (short) 0);
    }

    @Override
    public void write(byte[] bytes, int offset, int length, Output output) throws IOException {
      int at = offset;
      int end = offset + length;
      while (at < end) {
        int n = Math.min(BUFFER_BYTES, end - at);
        in.put(0, bytes, at, n);
        at += n;
        run(n, NO_FLUSH, output);
      }
    }

    @Override
    public void fullFlush(Output output) throws IOException {
      run(0, FULL_FLUSH, output);
    }

    private void run(int length, short flush, Output output) throws IOException {
      stream.putLong(NEXT_IN, inAddress);
      stream.putInt(AVAIL_IN, length);
      stream.putShort(FLUSH, flush);
      int left;
      do {
        stream.putLong(NEXT_OUT, outAddress);
        stream.putInt(AVAIL_OUT, BUFFER_BYTES);
        int result = library.deflate(block.address());
        if (result != 0) {
          throw new IllegalStateException("isal_deflate returned " + result);
        }
        left = stream.getInt(AVAIL_OUT);
        int n = BUFFER_BYTES - left;
        out.get(0, copy, 0, n);
        output.write(copy, 0, n);
      } while (left == 0 || stream.getInt(AVAIL_IN) > 0);
    }

    @Override
    public void close() {
      block.close();
    }
  }
}
