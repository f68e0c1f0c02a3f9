package io.initload.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A console in a process of its own, and what a browser asks it. */
final class Looked implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Launched process;
  private final JsonNode announced;

  private Looked(Launched process) {
    this.process = process;
    this.announced = Shell.parse(process.firstLine());
  }

  /** Starts it on a free port. */
  static Looked at(Site site, String... options) {
    List<String> all = new ArrayList<>(List.of("--json", "--port", "0"));
    all.addAll(List.of(options));
    return new Looked(site.start("console", all.toArray(String[]::new)));
  }

  URI url() {
    return URI.create(announced.path("url").asText());
  }

  /** As it was printed. */
  String token() {
    return announced.path("token").asText();
  }

  /** A path with its query, by pairs of name and value. */
  static String path(String path, String... query) {
    StringBuilder text = new StringBuilder(path);
    for (int i = 0; i < query.length; i += 2) {
      text.append(i == 0 ? '?' : '&').append(query[i]).append('=');
      text.append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  /** Asks with headers, by pairs of name and value. */
  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<String> post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)).build());
  }

  JsonNode json(String path, String... query) {
    HttpResponse<String> answer = get(path(path, query));
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Shell.parse(answer.body());
  }

  /** The facts that come as events, without end; closing the stream ends it. */
  Stream<JsonNode> events() throws IOException, InterruptedException {
    InputStream body = client.send(request("/events").build(), BodyHandlers.ofInputStream()).body();
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    return lines
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> Shell.parse(line.substring("data: ".length())))
        .onClose(
            () -> {
              try {
                body.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** The status of what is answered to a request as it stands, for what no client would send. */
  int raw(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url().getPort())) {
      String text = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url().resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends it as a person does. */
  Shell.Result end() {
    process.signal("INT");
    return process.end();
  }

  @Override
  public void close() {
    process.close();
  }
}
