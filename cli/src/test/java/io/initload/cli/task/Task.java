package io.initload.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.cli.Launched;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One step as an orchestrator starts it: a process, a request file, a result file. */
public final class Task implements AutoCloseable {
  private final Path result;
  private final Launched process;

  private Task(Path result, Launched process) {
    this.result = result;
    this.process = process;
  }

  /** Starts a step of the site's migration on the host of that name. */
  public static Task start(Site site, String host, String step, Map<String, Object> request) {
    return start(site, host, step, request, List.of());
  }

  /** As {@link #start}, but by a shell that waits for it, as an orchestrator's worker does. */
  public static Task startByAnother(
      Site site, String host, String step, Map<String, Object> request) {
    return start(site, host, step, request, List.of("bash", "-c", "\"$@\" & wait", "bash"));
  }

  /** Runs a step inside this process. */
  public static Ended run(Site site, String step, Map<String, Object> request, int code) {
    try {
      Path directory = Files.createTempDirectory(site.directory(), "task-" + step + "-");
      Path result = directory.resolve("result.json");
      Path file = request(site, directory, request);
      Shell.Result end =
          Shell.run("task", step, "--request", file.toString(), "--result", result.toString())
              .exits(code);
      assertThat(end.out()).isEmpty();
      return new Ended(Shell.parse(Files.readString(result)), end.err());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path request(Site site, Path directory, Map<String, Object> request)
      throws IOException {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("config", site.config().toString());
    request.forEach((name, value) -> document.putPOJO(name, value));
    return Files.writeString(directory.resolve("request.json"), document.toString());
  }

  private static Task start(
      Site site, String host, String step, Map<String, Object> request, List<String> by) {
    try {
      Path directory = Files.createTempDirectory(site.directory(), "task-" + step + "-");
      Path file = request(site, directory, request);
      Path result = directory.resolve("result.json");
      List<String> command = new ArrayList<>(by);
      command.addAll(
          Launched.command(
              "task", step, "--request", file.toString(), "--result", result.toString()));
      return new Task(result, Launched.start(directory, environment(site, host), command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What makes a process one of that host. */
  public static Map<String, String> environment(Site site, String host) {
    return Map.of("INITLOAD_HOST", host, "INITLOAD_STAGING", site.staging(host).toString());
  }

  public Launched process() {
    return process;
  }

  /** Waits for the end; everything it printed must be JSON, one object a line. */
  public Ended ends(int code) {
    Shell.Result end = process.end().exits(code);
    assertThat(end.out()).isEmpty();
    for (String line : end.err().lines().toList()) {
      JsonNode event = Shell.parse(line);
      assertThat(event.path("level").asText()).as(line).isIn("ERROR", "WARN", "INFO", "DEBUG");
      assertThat(event.path("msg").asText()).as(line).isNotEmpty();
      assertThat(event.path("time").asText()).as(line).endsWith("Z");
    }
    return new Ended(result(), end.err());
  }

  public JsonNode result() {
    try {
      return Shell.parse(Files.readString(result));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a step left. */
  public record Ended(JsonNode result, String log) {
    public Ended status(String status) {
      assertThat(result.path("status").asText()).as("%s", result).isEqualTo(status);
      return this;
    }

    public String failure() {
      return result.path("failure").path("code").asText();
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
