package io.initload.cli.console;

import io.initload.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** The socket of the console. Closing it ends all connections. */
final class ConsoleServer implements AutoCloseable {
  private static final int THREADS_MAX = 16;
  private static final int HEADER_BYTES_MAX = 8_192;

  /** Longer than there is nothing to tell to those who listen, if the ledger answers at all. */
  private static final long IDLE_MILLIS = 120_000;

  private final Server server;
  private final ServerConnector connector;

  private ConsoleServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Listens.
   *
   * @param port 0 for any free one
   * @throws Failure {@code CONSOLE_ADDRESS}
   */
  static ConsoleServer start(InetAddress address, int port, Door door) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, 2);
    threads.setName("console");
    threads.setDaemon(true);
    Server server =
        new Server(threads, new ScheduledExecutorScheduler("console-timer", true), null);
    server.setStopTimeout(0);
    server.setHandler(door);
    server.setErrorHandler(ConsoleServer::unreadable);
    ServerConnector connector =
        new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(http()));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    ConsoleServer console = new ConsoleServer(server, connector);
    try {
      server.start();
      return console;
    } catch (Exception e) {
      console.close();
      throw unreachable(new InetSocketAddress(address, port), e);
    }
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    http.setSendServerVersion(false);
    return http;
  }

  /** What is no proper request gets no page of the server's own. */
  private static boolean unreadable(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    String message = HttpStatus.getMessage(response.getStatus());
    Content.Sink.write(response, true, message, callback);
    return true;
  }

  private static Failure unreachable(InetSocketAddress address, Exception e) {
    return new Failure(
        Failure.Kind.PLATFORM,
        "CONSOLE_ADDRESS",
        "The console cannot listen on %s port %d: %s."
            .formatted(address.getAddress().getHostAddress(), address.getPort(), e.getMessage()),
        "Name another port by --port, or an address of this machine by --address.",
        e);
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the console cannot be stopped", e);
    }
  }
}
