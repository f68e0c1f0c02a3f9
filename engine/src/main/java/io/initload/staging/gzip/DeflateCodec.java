package io.initload.staging.gzip;

import java.io.IOException;
import java.util.zip.Deflater;

/** {@link Deflater} at level 1 with large buffers. */
record DeflateCodec() implements Codec {
  @Override
  public String name() {
    return "zlib level 1";
  }

  @Override
  public Stream open() {
    return new Running();
  }

  private static final class Running implements Stream {
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] buffer = new byte[128 * 1024];

    @Override
    public void write(byte[] bytes, int offset, int length, Output out) throws IOException {
      deflater.setInput(bytes, offset, length);
      drain(Deflater.NO_FLUSH, out);
    }

    @Override
    public void fullFlush(Output out) throws IOException {
      deflater.setInput(buffer, 0, 0);
      drain(Deflater.FULL_FLUSH, out);
    }

    private void drain(int flush, Output out) throws IOException {
      int n;
      do {
        n = deflater.deflate(buffer, 0, buffer.length, flush);
        out.write(buffer, 0, n);
      } while (n == buffer.length);
    }

    @Override
    public void close() {
      deflater.end();
    }
  }
}
