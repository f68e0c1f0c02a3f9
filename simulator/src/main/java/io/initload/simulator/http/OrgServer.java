package io.initload.simulator.http;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * The sockets of an org, on the loopback address: one for the login host, one for the instance.
 * Started by its constructor; closing it ends all connections.
 */
public final class OrgServer implements Addresses, AutoCloseable {
  /** URI and headers together may have this many bytes (reference, 1.5). */
  private static final int HEADER_BYTES_MAX = 16_384;

  private static final int THREADS_MAX = 256;
  private static final long IDLE_MILLIS = 600_000;

  private final Server server;
  private final ServerConnector login;
  private final ServerConnector instance;

  /**
   * Opens the sockets.
   *
   * @param name starts the names of threads
   * @param loginPort 0 for any free one
   * @param instancePort 0 for any free one
   * @param more routes of other parts of the org
   */
  public OrgServer(String name, OrgParts org, int loginPort, int instancePort, List<Route> more) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, 4);
    threads.setName(name + "-http");
    threads.setDaemon(true);
    this.server = new Server(threads, new ScheduledExecutorScheduler(name + "-timer", true), null);
    server.setStopTimeout(0);
    this.login = connector("login", loginPort);
    this.instance = connector("instance", instancePort);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new TokenRoutes(org, this).routes());
    routes.addAll(new DataRoutes(org).routes());
    routes.addAll(new DescribeRoutes(org).routes());
    routes.addAll(new IngestRoutes(org).routes());
    routes.addAll(new QueryRoutes(org.queries()).routes());
    routes.addAll(new BulkQueryRoutes(org.queryJobs(), new JobListing(org)).routes());
    routes.addAll(new AdminRoutes(org.clock(), org.usage(), org.faults(), org.controls()).routes());
    routes.addAll(more);
    server.setHandler(new Dispatcher(org, routes));
    server.setErrorHandler(new PlainErrors());
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException(
          "The org cannot listen on 127.0.0.1, ports " + loginPort + " and " + instancePort, e);
    }
  }

  private ServerConnector connector(String name, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setRelativeRedirectAllowed(true);
    ServerConnector connector =
        new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(http));
    connector.setName(name);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    return connector;
  }

  @Override
  public String loginUrl() {
    return "http://127.0.0.1:" + login.getLocalPort();
  }

  @Override
  public String instanceUrl() {
    return "http://127.0.0.1:" + instance.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The org's server cannot be stopped", e);
    }
  }
}
