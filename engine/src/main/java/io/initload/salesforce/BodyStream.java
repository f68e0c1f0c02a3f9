package io.initload.salesforce;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream that reads no faster than its reader and gives up when nothing comes
 * for a while: the JDK's own stream waits forever. One thread reads; the reader closes.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
  private record Piece(List<ByteBuffer> buffers, boolean last) {}

  private static final Piece END = new Piece(List.of(), true);

  private final Duration patience;
  // holds at most the one piece that was asked for, and the end
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile @Nullable Throwable failure;
  private Piece piece = new Piece(List.of(), false);
  private int next;

  BodyStream(Duration patience) {
    this.patience = patience;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription body) {
    subscription = body;
    body.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    pieces.add(new Piece(item, false));
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    pieces.add(END);
  }

  @Override
  public void onComplete() {
    pieces.add(END);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!piece.last()) {
      for (; next < piece.buffers().size(); next++) {
        ByteBuffer buffer = piece.buffers().get(next);
        if (buffer.hasRemaining()) {
          int count = Math.min(length, buffer.remaining());
          buffer.get(target, offset, count);
          return count;
        }
      }
      take();
    }
    Throwable cause = failure;
    if (cause != null) {
      throw cause instanceof IOException io
          ? new IOException(io.getMessage(), io)
          : new IOException(cause);
    }
    return -1;
  }

  private void take() throws IOException {
    try {
      @Nullable Piece taken = pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (taken == null) {
        close();
        throw new HttpTimeoutException("the answer stopped in the middle for " + patience);
      }
      piece = taken;
      next = 0;
      Flow.Subscription body = subscription;
      if (!taken.last() && body != null) {
        body.request(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new InterruptedIOException("interrupted while an answer was read");
    }
  }

  @Override
  public void close() {
    Flow.Subscription body = subscription;
    if (!piece.last() && body != null) {
      body.cancel();
    }
  }
}
