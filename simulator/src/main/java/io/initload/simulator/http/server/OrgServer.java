package io.initload.simulator.http.server;

import io.initload.simulator.http.Addresses;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Route;
import io.initload.simulator.http.admin.AdminRoutes;
import io.initload.simulator.http.bulk.BulkQueryRoutes;
import io.initload.simulator.http.bulk.IngestRoutes;
import io.initload.simulator.http.bulk.JobListing;
import io.initload.simulator.http.login.TokenRoutes;
import io.initload.simulator.http.rest.ChangeRoutes;
import io.initload.simulator.http.rest.DataRoutes;
import io.initload.simulator.http.rest.DescribeRoutes;
import io.initload.simulator.http.rest.QueryRoutes;
import io.initload.simulator.http.rest.RowRoutes;
import io.initload.simulator.tls.TlsIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * The sockets of an org, on the loopback address: one for the login host, one for the instance.
 * Started by its constructor; closing it ends all connections.
 */
public final class OrgServer implements Addresses, AutoCloseable {
  /**
   * URI and headers together may have this many bytes (docs/reference/salesforce.md, "Error
   * answers").
   */
  private static final int HEADER_BYTES_MAX = 16_384;

  private static final int THREADS_MAX = 256;
  private static final long IDLE_MILLIS = 600_000;

  private final Server server;
  private final ServerConnector login;
  private final ServerConnector instance;
  private final String scheme;

  /**
   * Opens the sockets.
   *
   * @param name starts the names of threads
   * @param loginPort 0 for any free one
   * @param instancePort 0 for any free one
   * @param tls identity to serve https with, empty for http
   * @param more routes of other parts of the org
   */
  public OrgServer(
      String name,
      OrgParts org,
      int loginPort,
      int instancePort,
      Optional<TlsIdentity> tls,
      List<Route> more) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, 4);
    threads.setName(name + "-http");
    threads.setDaemon(true);
    this.server = new Server(threads, new ScheduledExecutorScheduler(name + "-timer", true), null);
    server.setStopTimeout(0);
    this.scheme = tls.isPresent() ? "https" : "http";
    this.login = connector("login", loginPort, tls);
    this.instance = connector("instance", instancePort, tls);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new TokenRoutes(org, this).routes());
    routes.addAll(new DataRoutes(org, this).routes());
    routes.addAll(new DescribeRoutes(org).routes());
    routes.addAll(new ChangeRoutes(org).routes());
    routes.addAll(new RowRoutes(org).routes());
    routes.addAll(new IngestRoutes(org).routes());
    routes.addAll(new QueryRoutes(org.queries(), org.schema()).routes());
    routes.addAll(new BulkQueryRoutes(org.queryJobs(), new JobListing(org)).routes());
    routes.addAll(new AdminRoutes(org, this).routes());
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

  private ServerConnector connector(String name, int port, Optional<TlsIdentity> tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setRelativeRedirectAllowed(true);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ConnectionFactory[] factories =
        tls.map(identity -> new ConnectionFactory[] {secure(identity, plain), plain})
            .orElseGet(() -> new ConnectionFactory[] {plain});
    ServerConnector connector = new ServerConnector(server, null, null, null, 0, 1, factories);
    connector.setName(name);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    return connector;
  }

  private static SslConnectionFactory secure(TlsIdentity identity, HttpConnectionFactory next) {
    String password = UUID.randomUUID().toString();
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(identity.keyStore(password.toCharArray()));
    context.setKeyStorePassword(password);
    context.setSniRequired(false);
    return new SslConnectionFactory(context, next.getProtocol());
  }

  private String url(ServerConnector connector) {
    return scheme + "://127.0.0.1:" + connector.getLocalPort();
  }

  @Override
  public String loginUrl() {
    return url(login);
  }

  @Override
  public String instanceUrl() {
    return url(instance);
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
