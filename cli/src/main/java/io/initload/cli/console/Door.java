package io.initload.cli.console;

import io.initload.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request through the same steps: name and origin, token, path, headers. */
final class Door extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private static final int TOKEN_BYTES_MAX = 1_024;

  /** What every answer says, unless it says otherwise itself. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Cache-Control",
          "no-store",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Referrer-Policy",
          "no-referrer",
          "X-Content-Type-Options",
          "nosniff");

  private final Access access;
  private final Assets assets;
  private final Facts facts;
  private final LiveFacts live;

  Door(Access access, Assets assets, Facts facts, LiveFacts live) {
    this.access = access;
    this.assets = assets;
    this.facts = facts;
    this.live = live;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    HEADERS.forEach(headers::put);
    if (!listens(request, response, callback)) {
      send(answer(request), response, callback);
    }
    return true;
  }

  private boolean listens(Request request, Response response, Callback callback) {
    if (!path(request).equals("/events")
        || !request.getMethod().equals("GET")
        || access.objection(request).isPresent()
        || !access.admits(request)) {
      return false;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    return live.listen(response, callback);
  }

  private static void send(Answer answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
    answer.headers().forEach(response.getHeaders()::put);
    Content.Sink.write(response, true, answer.body(), callback);
  }

  private Answer answer(Request request) {
    Optional<String> objection = access.objection(request);
    if (objection.isPresent()) {
      return Answer.refused(403, objection.get());
    }
    String path = path(request);
    if (path.equals("/session")) {
      return request.getMethod().equals("POST") ? session(request) : unallowed("POST");
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      return unallowed("GET, HEAD");
    }
    return assets.find(path).orElseGet(() -> data(path, request));
  }

  private Answer data(String path, Request request) {
    if (!access.admits(request)) {
      return Answer.refused(401, "The token is missing, or is another one.");
    }
    if (path.equals("/events")) {
      return Answer.refused(503, "Too many look at once.");
    }
    try {
      return facts
          .find(path, Query.of(request))
          .orElseGet(() -> Answer.refused(404, "There is no such page."));
    } catch (Query.Mistake e) {
      return Answer.refused(400, String.valueOf(e.getMessage()));
    } catch (Failure e) {
      return Answer.trouble(e);
    } catch (RuntimeException e) {
      LOG.error("The console could not answer {}", path, e);
      return Answer.refused(500, "This is a fault of initload itself; its log says more.");
    }
  }

  /** Gives a browser that knows the token a cookie, so that pages it opens are let in too. */
  private Answer session(Request request) {
    try {
      byte[] body = Content.Source.asInputStream(request).readNBytes(TOKEN_BYTES_MAX);
      String given = new String(body, StandardCharsets.UTF_8).strip();
      if (access.token().isPresent() && access.token().get().is(given)) {
        String cookie = "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(Access.COOKIE, given);
        return Answer.done(Map.of("Set-Cookie", cookie));
      }
      return Answer.refused(401, "This is not the token.");
    } catch (IOException e) {
      return Answer.refused(400, "The token did not arrive.");
    }
  }

  private static Answer unallowed(String allowed) {
    return new Answer(
        405, "text/plain; charset=utf-8", "This only shows.", Map.of("Allow", allowed));
  }

  private static String path(Request request) {
    return String.valueOf(request.getHttpURI().getCanonicalPath());
  }
}
