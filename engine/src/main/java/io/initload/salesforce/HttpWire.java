package io.initload.salesforce;

import io.initload.config.TargetConfig;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wire of the JDK: HTTP/1.1, connections kept and used again, proxies as the system properties
 * {@code https.proxyHost} and the like say. A call has no deadline as a whole: it ends when for the
 * configured time no byte has moved in either direction.
 */
final class HttpWire implements Wire {
  /** Bodies from this size on ask first ({@code Expect: 100-continue}). */
  private static final long ASK_FIRST = 1 << 20;

  private final ExecutorService threads;
  private final HttpClient client;
  private final Duration patience;

  HttpWire(TargetConfig.Http limits) {
    this(limits, Optional.ofNullable(ProxySelector.getDefault()));
  }

  HttpWire(TargetConfig.Http limits, Optional<ProxySelector> proxies) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "initload-org-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connectTimeout())
            .executor(threads);
    proxies.ifPresent(builder::proxy);
    this.client = builder.build();
    this.patience = limits.requestTimeout();
  }

  @Override
  public Answer send(Request request) throws IOException, InterruptedException {
    Outgoing outgoing = new Outgoing(request.body());
    HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri());
    request.headers().forEach(builder::header);
    if (request.body().encoding() == Upload.Encoding.GZIP) {
      builder.header("Content-Encoding", "gzip");
    }
    if (request.body().length() >= ASK_FIRST) {
      builder.expectContinue(true);
    }
    builder.method(request.method(), outgoing.publisher());
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(builder.build(), head -> new BodyStream(patience));
    try {
      HttpResponse<InputStream> head = await(answer, outgoing);
      return new Answer(head.statusCode(), head.headers().map(), head.body());
    } catch (ExecutionException e) {
      throw sorted(e.getCause(), outgoing);
    }
  }

  private HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> answer, Outgoing outgoing)
      throws IOException, InterruptedException, ExecutionException {
    long seen = -1;
    boolean done = false;
    try {
      while (true) {
        long moved = outgoing.moved.get();
        if (moved == seen) {
          throw new HttpTimeoutException("no byte has moved for " + patience);
        }
        seen = moved;
        try {
          HttpResponse<InputStream> head = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
          done = true;
          return head;
        } catch (TimeoutException stillGoing) {
          // look whether the upload has moved since
        }
      }
    } finally {
      if (!done) {
        answer.cancel(true);
      }
    }
  }

  private static IOException sorted(@Nullable Throwable cause, Outgoing outgoing) {
    IOException own = outgoing.failure.get();
    if (own != null) {
      return new UnreadableUploadException(own);
    }
    if (cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof UnknownHostException
        || cause instanceof UnresolvedAddressException) {
      return new UnsentException(cause);
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** The request's body on its way: counts what has moved and keeps a failure to read it. */
  private static final class Outgoing {
    private final Upload upload;
    private final AtomicLong moved = new AtomicLong();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    Outgoing(Upload upload) {
      this.upload = upload;
    }

    BodyPublisher publisher() {
      if (upload.length() == 0) {
        return BodyPublishers.noBody();
      }
      return BodyPublishers.fromPublisher(
          BodyPublishers.ofInputStream(() -> new Counted()), upload.length());
    }

    private final class Counted extends FilterInputStream {
      private long left = upload.length();

      Counted() {
        super(InputStream.nullInputStream());
        try {
          in = upload.open();
        } catch (IOException e) {
          failure.set(e);
        }
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          IOException broken = failure.get();
          if (broken != null) {
            throw broken;
          }
          int count = super.read(target, offset, length);
          left -= Math.max(count, 0);
          if (left < 0 || (count < 0 && left > 0)) {
            throw new IOException(
                "the body holds %s than the announced %d bytes"
                    .formatted(left < 0 ? "more" : "fewer", upload.length()));
          }
          moved.addAndGet(Math.max(count, 0));
          return count;
        } catch (IOException e) {
          failure.set(e);
          throw e;
        }
      }
    }
  }
}
