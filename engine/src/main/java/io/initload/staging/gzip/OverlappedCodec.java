package io.initload.staging.gzip;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Compresses in a thread of its own, at most a few buffers behind the thread that writes. The
 * output is the codec's own, byte by byte.
 */
record OverlappedCodec(Codec codec) implements Codec {
  private static final int BUFFERS = 3;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Less than this is not worth a hand-over, let alone a thread: the header of a part, say. */
  private static final int WORTH_BYTES = 4 * 1024;

  private static final ThreadFactory THREADS =
      task -> {
        Thread thread = new Thread(task, "compress");
        thread.setDaemon(true);
        return thread;
      };

  @Override
  public String name() {
    return codec.name();
  }

  @Override
  public Stream open() {
    return new Running(codec.open());
  }

  /** The stream is touched by one thread at a time: by the other while a buffer is out. */
  private static final class Running implements Stream {
    private final Stream stream;
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);

    /** Its thread begins with the first task. */
    private final ExecutorService compressor = Executors.newSingleThreadExecutor(THREADS);

    private volatile @Nullable Throwable failure;

    Running(Stream stream) {
      this.stream = stream;
      for (int i = 0; i < BUFFERS; i++) {
        free.add(new byte[BUFFER_BYTES]);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length, Output out) throws IOException {
      if (length < WORTH_BYTES) {
        settle();
        stream.write(bytes, offset, length, out);
        return;
      }
      for (int at = 0; at < length; at += BUFFER_BYTES) {
        int n = Math.min(BUFFER_BYTES, length - at);
        byte[] buffer = take();
        System.arraycopy(bytes, offset + at, buffer, 0, n);
        compressor.execute(() -> compress(buffer, n, out));
      }
    }

    private void compress(byte[] buffer, int length, Output out) {
      try {
        if (failure == null) {
          stream.write(buffer, 0, length, out);
        }
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
      } finally {
        free.add(buffer);
      }
    }

    @Override
    public void fullFlush(Output out) throws IOException {
      settle();
      stream.fullFlush(out);
    }

    @Override
    public void settle() throws IOException {
      waitForAll();
      Throwable broken = failure;
      if (broken instanceof IOException e) {
        throw e;
      }
      if (broken instanceof RuntimeException e) {
        throw e;
      }
      if (broken instanceof Error e) {
        throw e;
      }
    }

    @Override
    public void close() {
      waitForAll();
      compressor.shutdown();
      stream.close();
    }

    private void waitForAll() {
      byte[][] all = new byte[BUFFERS][];
      for (int i = 0; i < BUFFERS; i++) {
        all[i] = take();
      }
      for (byte[] buffer : all) {
        free.add(buffer);
      }
    }

    /** The other thread always comes back, so an interrupt can wait as well. */
    private byte[] take() {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return free.take();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
