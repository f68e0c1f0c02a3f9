package io.initload.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real Prometheus, which asks a console each second; gone when it is closed. */
final class Prometheus implements AutoCloseable {
  /** Far more than it needs on a busy machine; only there so that a hang is told. */
  private static final long PATIENCE_SECONDS = 300;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final URI url;

  private Prometheus(Process process, Path log, URI url) {
    this.process = process;
    this.log = log;
    this.url = url;
  }

  /** Starts one with files in a directory of its own. */
  static Prometheus scraping(URI console, Path directory) throws IOException {
    Path files = Files.createTempDirectory(directory, "prometheus-");
    Path config = files.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: initload
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(console.getAuthority()));
    String at = "127.0.0.1:" + freePort();
    Path log = files.resolve("log");
    Process process =
        new ProcessBuilder(
                program(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + files.resolve("data"),
                "--web.listen-address=" + at)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    return new Prometheus(process, log, URI.create("http://" + at + "/"));
  }

  /** The project's own way to one. */
  private static String program() throws IOException {
    Process found =
        new ProcessBuilder("../tools/prometheus").redirectError(Redirect.INHERIT).start();
    String path = new String(found.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (path.isEmpty()) {
      throw new AssertionError("tools/prometheus found none");
    }
    return path;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Asks until there is an answer with something in it, and answers that. */
  JsonNode untilThereIs(String query) throws IOException, InterruptedException {
    String path = "api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String last = "";
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        last = answer.body();
        JsonNode result = Shell.parse(last).at("/data/result");
        if (answer.statusCode() == 200 && !result.isEmpty()) {
          return result;
        }
        if (answer.statusCode() == 400) {
          throw new AssertionError(query + ": " + last);
        }
      } catch (IOException e) {
        last = String.valueOf(e.getMessage()); // It is not up yet.
      }
      Thread.sleep(200);
    }
    throw new AssertionError(query + " has no data: " + last + "\n" + read(log));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
