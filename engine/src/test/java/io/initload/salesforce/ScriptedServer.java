package io.initload.salesforce;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A server that says exactly what a test tells it to, broken answers included. Answers are queued
 * by method and path (query string aside); the last one is repeated. A token is given, and versions
 * 58.0 to 68.0 are offered, unless the test says otherwise.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What one request gets. */
  @FunctionalInterface
  public interface Reply {
    void to(HttpExchange exchange) throws IOException;
  }

  /**
   * What came in.
   *
   * @param port of the client: one connection, one port
   */
  public record Seen(String call, Map<String, List<String>> headers, String body, int port) {
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> String.join(",", header.getValue()))
          .findFirst()
          .orElse("");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Reply>> script = new HashMap<>();
  private final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());

  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
    on("POST /services/oauth2/token", token("T1"));
    on("GET /services/data", versions(58, 68));
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Reply token(String value) {
    return json(
        200,
        """
        {"access_token":"%s","instance_url":"%s","token_type":"Bearer",
         "id":"%s/id/00D000000000001EAA/005000000000001AAA"}\
        """
            .formatted(value, url(), url()));
  }

  /** The versions of the API from one to another. */
  public static Reply versions(int oldest, int newest) {
    return json(
        200,
        IntStream.rangeClosed(oldest, newest)
            .mapToObj("{\"label\":\"A season\",\"version\":\"%d.0\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]")));
  }

  /** Queues answers to a call; an earlier script of it is dropped. */
  public void on(String call, Reply... replies) {
    synchronized (script) {
      script.put(call, new ArrayDeque<>(List.of(replies)));
    }
  }

  /** The ports that clients spoke from. */
  public Set<Integer> ports() {
    synchronized (seen) {
      return seen.stream().map(Seen::port).collect(Collectors.toSet());
    }
  }

  public List<Seen> seen(String call) {
    synchronized (seen) {
      return seen.stream().filter(s -> s.call().equals(call)).toList();
    }
  }

  public static Reply json(int status, String body) {
    return bytes(status, "application/json;charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply error(int status, String code, String message) {
    return json(status, "[{\"message\":\"%s\",\"errorCode\":\"%s\"}]".formatted(message, code));
  }

  public static Reply html(int status) {
    return bytes(status, "text/html", "<html>Sorry</html>".getBytes(StandardCharsets.UTF_8));
  }

  public static Reply csv(String body) {
    return bytes(200, "text/csv; charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply bytes(int status, String type, byte[] body) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    };
  }

  /** Chunked gzip, cut off after so many compressed bytes but ended as if it were whole. */
  public static Reply gzip(String body, int keep) {
    return exchange -> {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(body.getBytes(StandardCharsets.UTF_8));
      }
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(packed.toByteArray(), 0, Math.min(keep, packed.size()));
      }
    };
  }

  /** Announces the whole body and hangs up after a part of it. */
  public static Reply torn(String body, int keep) {
    return exchange -> {
      byte[] all = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, all.length);
      exchange.getResponseBody().write(all, 0, keep);
      exchange.getResponseBody().flush();
      throw new IOException("hang up");
    };
  }

  /** Hangs up without a word. */
  public static Reply reset() {
    return exchange -> {
      throw new IOException("hang up");
    };
  }

  /** Sends the head and a part of the body, then nothing more until the server closes. */
  public Reply stalled(String body, int keep) {
    return exchange -> {
      byte[] all = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, all.length);
      exchange.getResponseBody().write(all, 0, keep);
      exchange.getResponseBody().flush();
      awaitClose();
    };
  }

  /** Takes the request and never answers. */
  public Reply silent() {
    return exchange -> awaitClose();
  }

  private synchronized void awaitClose() {
    try {
      while (!threads.isShutdown()) {
        wait();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      seen.add(
          new Seen(
              call,
              new HashMap<>(exchange.getRequestHeaders()),
              body,
              exchange.getRemoteAddress().getPort()));
      next(call).to(exchange);
    }
  }

  private Reply next(String call) {
    synchronized (script) {
      Deque<Reply> replies = script.getOrDefault(call, new ArrayDeque<>());
      if (replies.isEmpty()) {
        return error(404, "NOT_FOUND", "The requested resource does not exist");
      }
      return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    synchronized (this) {
      threads.shutdownNow();
      notifyAll();
    }
  }
}
