package io.initload.simulator.http.server;

import io.initload.simulator.auth.LoginSession;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.RequestFacts;
import io.initload.simulator.hook.RequestHook.Point;
import io.initload.simulator.http.Exchange;
import io.initload.simulator.http.Faults;
import io.initload.simulator.http.Json;
import io.initload.simulator.http.OrgParts;
import io.initload.simulator.http.Reply;
import io.initload.simulator.http.RequestBody;
import io.initload.simulator.http.Route;
import io.initload.simulator.http.Router;
import io.initload.simulator.http.WireRules;
import io.initload.simulator.journal.Journal;
import io.initload.simulator.journal.RequestEntry;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.simulator.model.OrgException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every request through the same steps: faults, host, version, session, route, limits, the
 * route itself, the answer, the journal. Safe for several threads.
 */
final class Dispatcher extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final int REST_BYTES_MAX = 1 << 16;

  private final OrgParts org;
  private final Router router;
  private final LongRequests longRequests;
  private final AtomicLong numbers = new AtomicLong();

  Dispatcher(OrgParts org, List<Route> routes) {
    this.org = org;
    this.router = new Router(routes);
    this.longRequests = new LongRequests(org.clock(), org.usage());
  }

  /** What becomes known of a request on its way. */
  private static final class Trace {
    private final long number;
    private final Instant at;
    private final boolean login;
    private final String method;
    private final String pathAndQuery;
    private String action = "unknown";
    private String userId = "";
    private long requestBytes;
    private boolean entered;

    Trace(long number, Instant at, Request request) {
      this.number = number;
      this.at = at;
      this.login = "login".equals(request.getConnectionMetaData().getConnector().getName());
      this.method = method(request);
      this.pathAndQuery = request.getHttpURI().getPathQuery();
    }

    /** The request's line in the journal, unless it has one. */
    void enter(Journal journal, int status) {
      if (!entered) {
        entered = true;
        journal.add(
            new RequestEntry(
                number,
                at,
                login ? "login" : "instance",
                method,
                pathAndQuery,
                action,
                userId,
                status,
                requestBytes));
      }
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Instant now = org.clock().instant();
    Trace trace = new Trace(numbers.incrementAndGet(), now, request);
    // By this a client knows how far the two clocks are apart.
    response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(now));
    try {
      serve(request, response, trace);
      callback.succeeded();
    } catch (Faults.Cut e) {
      trace.enter(org.journal(), 0);
      Connections.end(request, e.ending());
      callback.succeeded();
    } catch (IOException e) {
      LOG.debug(
          "Request {} {} {} broke off: {}",
          trace.number,
          trace.method,
          trace.pathAndQuery,
          e.toString());
      trace.enter(org.journal(), 0);
      callback.failed(e);
    } catch (RuntimeException e) {
      LOG.warn("Request {} {} {} failed", trace.number, trace.method, trace.pathAndQuery, e);
      trace.enter(org.journal(), 0);
      callback.failed(e);
    }
    return true;
  }

  private static String method(Request request) {
    String method = request.getMethod();
    if (method.equals("POST") && request.getHttpURI().getQuery() != null) {
      String other =
          Router.parameters(request.getHttpURI().getQuery()).getOrDefault("_HttpMethod", "");
      return other.isEmpty() ? method : other.toUpperCase(Locale.ROOT);
    }
    return method.equals("HEAD") ? "GET" : method;
  }

  /** Enters the request before its answer is sent, so that who has the answer finds the entry. */
  private void serve(Request request, Response response, Trace trace) throws IOException {
    org.ingest().advance();
    org.queryJobs().advance();
    String path = request.getHttpURI().getPath();
    String query = request.getHttpURI().getQuery();
    Reply reply;
    Faults faults = null;
    Set<String> allowed = Set.of();
    try {
      Router.Found found = router.find(trace.method, path);
      allowed = found.allowed();
      trace.action = found.route().map(Route::action).orElse("unknown");
      String jobId =
          trace.action.contains("ingest") || trace.action.contains("query.")
              ? found.variables().getOrDefault("id", "")
              : "";
      RequestFacts facts =
          new RequestFacts(
              trace.number,
              trace.at,
              trace.method,
              path,
              query == null ? "" : query,
              trace.action,
              jobId);
      faults = new Faults(org.hooks(), facts, org.clock());
      faults.apply(Point.START, 0);
      reply = route(request, found, facts, faults, trace);
      faults.apply(Point.BODY, 0);
    } catch (Faults.Answered e) {
      reply = reply(e.answer());
    } catch (OrgException e) {
      reply = Json.reply(e);
      if (e.kind() == OrgException.Kind.NOT_ALLOWED) {
        reply = reply.with("Allow", String.join(",", allowed));
      }
    }
    trace.enter(org.journal(), reply.status());
    if (!readToItsEnd(request)) {
      reply = reply.with(HttpHeader.CONNECTION.asString(), "close");
    }
    new Replies(request, response).send(limitInfo(reply, path, trace), faults);
  }

  /**
   * Reads what a route left of a body, so that the connection serves the next request; a server
   * that answers and hangs up untold takes that request with it. False for a body that is too long
   * for that. Who asks before sending a body has not sent it.
   */
  private static boolean readToItsEnd(Request request) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      return true;
    }
    try {
      InputStream rest = Content.Source.asInputStream(request);
      return rest.readNBytes(REST_BYTES_MAX + 1).length <= REST_BYTES_MAX;
    } catch (IOException e) {
      return false; // it broke off; the answer goes out as far as it can
    }
  }

  private static Reply reply(Effect.Answer answer) {
    Reply reply = Reply.text(answer.status(), answer.contentType(), answer.body());
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private Reply route(
      Request request, Router.Found found, RequestFacts facts, Faults faults, Trace trace)
      throws IOException {
    if (trace.login && found.data()) {
      throw OrgException.notFound();
    }
    if (found.retired()) {
      throw new OrgException(
          OrgException.Kind.GONE,
          "GONE",
          "The requested API version v" + found.version() + ".0 is retired");
    }
    if (found.version() > Router.NEWEST) {
      throw OrgException.notFound();
    }
    Optional<LoginSession> session = Optional.empty();
    boolean open = found.route().map(r -> r.scope() == Route.Scope.OPEN).orElse(!found.data());
    if (!open) {
      session = Optional.of(session(request));
      trace.userId = session.get().user().id();
    }
    if (found.route().isEmpty()) {
      throw noRoute(found, facts);
    }
    if (found.data()) {
      countRequest();
    }
    String contentEncoding = header(request, HttpHeader.CONTENT_ENCODING.asString());
    RequestBody body = new RequestBody(Content.Source.asInputStream(request), contentEncoding);
    Exchange exchange =
        new Exchange(
            facts,
            found.version(),
            found.variables(),
            Router.parameters(facts.query()),
            name -> header(request, name),
            session,
            body,
            faults);
    try (LongRequests.Ticket ticket = longRequests.enter(found.data());
        Route.Pending pending = found.route().get().handler().prepare(exchange)) {
      faults.apply(Point.BEFORE_COMMIT, 0);
      Reply reply = pending.commit();
      faults.apply(Point.AFTER_COMMIT, 0);
      ticket.done();
      return reply;
    } finally {
      trace.requestBytes = body.bytesRead();
    }
  }

  private static OrgException noRoute(Router.Found found, RequestFacts facts) {
    if (found.allowed().isEmpty()) {
      return OrgException.notFound();
    }
    return new OrgException(
        OrgException.Kind.NOT_ALLOWED,
        "METHOD_NOT_ALLOWED",
        "HTTP Method '"
            + facts.method()
            + "' not allowed. Allowed are "
            + String.join(",", found.allowed()));
  }

  private LoginSession session(Request request) {
    String authorization = header(request, HttpHeader.AUTHORIZATION.asString());
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
    boolean known = scheme.equals("bearer") || scheme.equals("oauth");
    return Optional.of(authorization)
        .filter(a -> known)
        .flatMap(a -> org.logins().use(a.substring(space + 1).strip()))
        .orElseThrow(
            () ->
                new OrgException(
                    OrgException.Kind.UNAUTHORIZED,
                    "INVALID_SESSION_ID",
                    "Session expired or invalid"));
  }

  private void countRequest() {
    if (org.usage().remaining(Counted.API_REQUESTS) == 0) {
      throw new OrgException(
          OrgException.Kind.FORBIDDEN, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }
    org.usage().count(Counted.API_REQUESTS, 1);
  }

  private Reply limitInfo(Reply reply, String path, Trace trace) {
    boolean bulk = path.contains("/jobs/");
    if (trace.userId.isEmpty()
        || !path.contains("/data/")
        || (bulk && org.rules().limitInfo() == WireRules.LimitInfo.NOT_BULK)) {
      return reply;
    }
    long used = org.usage().used(Counted.API_REQUESTS);
    return reply.with(
        "Sforce-Limit-Info", "api-usage=" + used + "/" + org.usage().max(Counted.API_REQUESTS));
  }

  private static String header(Request request, String name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }
}
