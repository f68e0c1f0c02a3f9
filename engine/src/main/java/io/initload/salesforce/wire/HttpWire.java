package io.initload.salesforce.wire;

import io.initload.config.TargetConfig;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The wire over sockets: HTTP/1.1, connections kept and used again, proxies as the process is told
 * ({@link Proxies}). A call has no deadline as a whole: it ends when for the configured time no
 * byte has moved in either direction, or when after a long while it only drips. Each call runs on a
 * thread of its own, since a thread that is blocked in a socket can only be freed from outside.
 */
public final class HttpWire implements Wire {
  /** Bodies from this size on ask first ({@code Expect: 100-continue}). */
  private static final long ASK_FIRST = 1 << 20;

  /** More than all threads that call at once; a call that waits for a connection was not sent. */
  private static final int MAX_CONNECTIONS = 256;

  /**
   * A kept connection that was idle for longer is looked at before use, which costs a millisecond:
   * a call lost on a dead one is in doubt.
   */
  private static final TimeValue CHECK_AFTER_IDLE = TimeValue.ofMilliseconds(20);

  private static final Duration LAST_PATIENCE = Duration.ofSeconds(15);

  private static final ManagedHttpClientConnectionFactory BOUNDED_HEADS =
      ManagedHttpClientConnectionFactory.builder()
          .http1Config(
              Http1Config.custom()
                  .setMaxHeaderCount(Bounds.HEADERS_MAX)
                  .setMaxLineLength(Bounds.HEADER_CHARS_MAX)
                  .build())
          .build();

  private final ExecutorService threads;
  private final CloseableHttpClient client;
  private final Duration patience;

  public HttpWire(TargetConfig.Http limits) {
    this(limits, Proxies.ofProcess());
  }

  public HttpWire(TargetConfig.Http limits, ProxySelector proxies) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "initload-org-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.patience = limits.requestTimeout();
    this.client =
        HttpClients.custom()
            .useSystemProperties()
            .setRoutePlanner(new SystemDefaultRoutePlanner(proxies))
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .useSystemProperties()
                    .setConnectionFactory(BOUNDED_HEADS)
                    .setMaxConnTotal(MAX_CONNECTIONS)
                    .setMaxConnPerRoute(MAX_CONNECTIONS)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(limits.connectTimeout()))
                            .setSocketTimeout(Timeout.of(patience))
                            .setValidateAfterInactivity(CHECK_AFTER_IDLE)
                            .build())
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableDefaultUserAgent()
            .build();
  }

  @Override
  public <T> T exchange(Request request, Receiver<T> receiver)
      throws IOException, InterruptedException {
    Progress progress = new Progress();
    OutgoingBody body = new OutgoingBody(request.body(), progress);
    HttpUriRequestBase http = new HttpUriRequestBase(request.method(), request.uri());
    request.headers().forEach(http::setHeader);
    if (request.body().length() > 0) {
      http.setEntity(body);
    }
    http.setConfig(
        RequestConfig.custom()
            .setExpectContinueEnabled(request.body().length() >= ASK_FIRST)
            .setResponseTimeout(Timeout.of(patience))
            .build());
    FutureTask<T> call = new FutureTask<>(() -> run(http, progress, receiver));
    threads.execute(call);
    try {
      return await(call, progress);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException own) {
        throw own;
      }
      if (cause instanceof Error own) {
        throw own;
      }
      throw sorted(cause, body);
    } finally {
      if (!call.isDone()) {
        http.cancel();
        awaitEnd(call);
      }
    }
  }

  private <T> T run(HttpUriRequestBase http, Progress progress, Receiver<T> receiver)
      throws IOException, HttpException {
    ClassicHttpResponse response =
        client.executeOpen(RoutingSupport.determineHost(http), http, null);
    Incoming raw = new Incoming(response.getEntity(), progress);
    try {
      return receiver.take(new Answer(response.getCode(), headers(response), raw));
    } finally {
      end(http, response, raw.isOver());
    }
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(header.getValue());
    }
    return headers;
  }

  /** Gives the connection back, or up: closing would read the rest, which may have no end. */
  private static void end(HttpUriRequestBase http, ClassicHttpResponse response, boolean over)
      throws IOException {
    if (over) {
      response.close();
      return;
    }
    http.cancel();
    try {
      response.close();
    } catch (IOException cut) {
      // by the cancelling
    }
  }

  private <T> T await(FutureTask<T> call, Progress progress)
      throws IOException, InterruptedException, ExecutionException {
    long seen = -1;
    for (int timeouts = 0; ; timeouts++) {
      long moved = progress.bytes.get();
      if (moved == seen) {
        throw new SocketTimeoutException("no byte has moved for " + patience);
      }
      if (drips(moved, timeouts)) {
        throw new SocketTimeoutException(
            "only %,d bytes have moved in %s".formatted(moved, patience.multipliedBy(timeouts)));
      }
      seen = moved;
      try {
        return call.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillGoing) {
        // look whether anything has moved since
      }
    }
  }

  private boolean drips(long moved, int timeouts) {
    long least = patience.multipliedBy(timeouts).toMillis() * Bounds.BYTES_PER_SECOND_MIN / 1_000;
    return timeouts >= Bounds.TIMEOUTS_BEFORE_PACE && moved < least;
  }

  /** The cancelled call still holds the receiver: nobody may go on before it lets go. */
  private static void awaitEnd(FutureTask<?> call) {
    try {
      call.get(LAST_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException ended) {
      return;
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException sorted(@Nullable Throwable cause, OutgoingBody body) {
    IOException own = body.failure();
    if (own != null) {
      return new UnreadableUploadException(own);
    }
    IOException io = cause instanceof IOException e ? e : new IOException(cause);
    boolean unsent =
        cause instanceof ConnectException
            || cause instanceof ConnectTimeoutException
            || cause instanceof ConnectionRequestTimeoutException
            || cause instanceof NoRouteToHostException
            || cause instanceof SSLHandshakeException
            || cause instanceof UnknownHostException;
    return unsent ? new UnsentException(io) : io;
  }

  @Override
  public void close() {
    client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    threads.shutdownNow();
  }

  private static final class Incoming extends FilterInputStream {
    private final Progress progress;
    private final long announced;
    private long taken;
    private boolean ended;

    Incoming(@Nullable HttpEntity entity, Progress progress) throws IOException {
      super(entity == null ? InputStream.nullInputStream() : entity.getContent());
      this.announced = entity == null ? 0 : entity.getContentLength();
      this.progress = progress;
    }

    /** Whether nothing is left to be read, so that the connection can be used again. */
    boolean isOver() {
      return ended || taken == announced;
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      moved(one < 0 ? one : 1);
      return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      moved(count);
      return count;
    }

    private void moved(int count) {
      ended |= count < 0;
      taken += Math.max(count, 0);
      progress.bytes.addAndGet(Math.max(count, 0));
    }
  }
}
